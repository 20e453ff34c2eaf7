#include "sim/check/conversation/truthful_ticks.h"

namespace cleave::conversation {

void TruthfulTicks::on(const Fact& fact) {
  if (fact.name == facts::kMessageStored.hash) note(fact, MessageStatus::delivered);
  if (fact.name == facts::kMessageShown.hash) note(fact, MessageStatus::read);
  if (fact.name != facts::kStatusShown.hash || !options_.watched.has(fact.node)) return;
  const StatusShown shown = StatusShown::unpack(fact.value);
  if (shown.status < MessageStatus::delivered) return;
  ++checked_;
  const MessageStatus* reached = reached_.find(fact.subject, shown.person);
  if (!violation_ && (reached == nullptr || *reached < shown.status)) violation_ = fact;
}

void TruthfulTicks::note(const Fact& fact, MessageStatus status) {
  const auto person = options_.persons.find(fact.node);
  if (person == options_.persons.end()) return;
  MessageStatus* reached = reached_.find(fact.subject, person->second);
  if (reached == nullptr)
    reached_.insert(fact.subject, person->second, status);
  else
    *reached = std::max(*reached, status);
}

Verdict TruthfulTicks::finish(const RunEnd& end) {
  Verdict verdict;
  verdict.checked = checked_;
  if (violation_) {
    const bool read = StatusShown::unpack(violation_->value).status == MessageStatus::read;
    verdict.word = Word::violated;
    verdict.why = name_of(violation_->node, end) + " showed " +
                  message_name(violation_->subject, end) + " as " + (read ? "read" : "delivered") +
                  " before any device of the person " +
                  (read ? "had shown it" : "had it on its disk");
    verdict.at = violation_->at;
    verdict.event = violation_->event;
    verdict.witness = {violation_->event};
  } else if (checked_ == 0) {
    verdict.why = "no message was shown as delivered or read";
  } else {
    verdict.word = Word::holds;
    verdict.why = count_of(checked_, "tick") + " of delivered and read, each of them true";
  }
  return verdict;
}

}  // namespace cleave::conversation
