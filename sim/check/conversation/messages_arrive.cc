#include "sim/check/conversation/messages_arrive.h"

namespace cleave::conversation {
namespace {

// A person and a status: who and what a receipt tells.
std::uint64_t told(std::uint32_t person, MessageStatus status) {
  return StatusShown{person, status}.pack();
}

}  // namespace

void MessagesArrive::on(const Fact& fact) {
  const bool shown = until_ == Until::shown;
  const Purpose& last = shown ? facts::kMessageShown : facts::kMessageAcknowledged;
  if (fact.name == facts::kMessageAddressed.hash) {
    if (watched_.has({static_cast<std::uint32_t>(fact.value)}))
      deadlines_.begin(fact.subject, fact.value, fact);
  } else if (fact.name == last.hash) {
    deadlines_.end(fact.subject, fact.node.value, fact.at);
  } else if (fact.name == facts::kMessageGivenUp.hash) {
    deadlines_.excuse(fact.subject);
  }
}

Verdict MessagesArrive::finish(const RunEnd& end) {
  deadlines_.finish(end.at);
  const std::string how = until_ == Until::shown ? "shown" : "acknowledged";
  std::string late;
  if (const auto& first = deadlines_.first_late()) {
    const NodeId device{static_cast<std::uint32_t>(first->whose)};
    late = message_name(first->message, end) + " was " + (first->done ? "" : "not ") + how +
           " by " + name_of(device, end);
  }
  return verdict_of(deadlines_, "message", how, late);
}

void ReceiptsArrive::on(const Fact& fact) {
  const auto person_of = [this](NodeId device) {
    const auto found = options_.persons.find(device);
    return found == options_.persons.end() ? std::optional<std::uint32_t>() : found->second;
  };
  const NodeId sender = MessageNumber{fact.subject}.device();
  if (fact.name == facts::kReceiptSent.hash && options_.watched.has(fact.node)) {
    const auto person = person_of(fact.node);
    // What one's own devices have ticks nothing.
    if (!person || person == person_of(sender)) return;
    deadlines_.begin(fact.subject, told(*person, static_cast<MessageStatus>(fact.value)), fact);
  } else if (fact.name == facts::kStatusShown.hash && fact.node == sender) {
    const StatusShown shown = StatusShown::unpack(fact.value);
    // Who has read it has it.
    for (const MessageStatus status : {MessageStatus::delivered, MessageStatus::read})
      if (status <= shown.status) deadlines_.end(fact.subject, told(shown.person, status), fact.at);
  }
}

Verdict ReceiptsArrive::finish(const RunEnd& end) {
  deadlines_.finish(end.at);
  std::string late;
  if (const auto& first = deadlines_.first_late()) {
    const MessageNumber message{first->message};
    late = name_of(message.device(), end) + (first->done ? " showed " : " did not show ") +
           message_name(message.value, end) + " as " +
           std::string(word_of(StatusShown::unpack(first->whose).status));
  }
  return verdict_of(deadlines_, "receipt", "shown to its sender", late);
}

}  // namespace cleave::conversation
