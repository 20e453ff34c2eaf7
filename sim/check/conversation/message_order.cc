#include "sim/check/conversation/message_order.h"

#include <algorithm>

namespace cleave::conversation {
namespace {

constexpr std::size_t kMostSuspects = 65'536;  // the first is the one that is told

}  // namespace

MessageOrder::Thread& MessageOrder::thread(NodeId device, std::uint64_t conversation) {
  Thread& thread = threads_[{device, conversation}];
  if (const std::uint32_t life = lives_.ended(device); thread.life != life) {
    thread.life = life;
    thread.list.clear();
  }
  return thread;
}

bool MessageOrder::concerns(Index message, NodeId device) {
  const MessageNumber number = messages_[message].number;
  return number.device() == device || addressed_.find(number.value, device.value) != nullptr;
}

void MessageOrder::on(const Fact& fact) {
  if (fact.name == facts::kMessageSent.hash) return send(fact);
  if (fact.name == facts::kMessageShown.hash) return show(fact);
  if (fact.name == facts::kMessageAddressed.hash) {
    if (addressed_.find(fact.subject, fact.value) == nullptr)
      addressed_.insert(fact.subject, fact.value, true);
  } else if (fact.name == facts::kMessageWaitsFor.hash) {
    if (waits_.find(fact.subject, fact.node.value) == nullptr)
      waits_.insert(fact.subject, fact.node.value, true);
  } else if (fact.name == facts::kMessageAnswers.hash && relation_ == Relation::causal) {
    const Index* later = indices_.find(fact.subject, 0);
    const Index* earlier = indices_.find(fact.value, 0);
    if (later != nullptr && earlier != nullptr) link(*earlier, *later);
  } else if (fact.name == facts::kMessageGivenUp.hash) {
    if (const Index* message = indices_.find(fact.subject, 0)) messages_[*message].given_up = true;
  }
}

void MessageOrder::send(const Fact& fact) {
  if (indices_.find(fact.subject, 0) != nullptr) return;  // stated anew
  const auto message = static_cast<Index>(messages_.size());
  indices_.insert(fact.subject, 0, message);
  messages_.push_back({{fact.subject}, fact.value, fact.event, false, {}, {}});
  Thread& of_sender = thread(fact.node, fact.value);
  if (of_sender.last_sent) link(*of_sender.last_sent, message);
  if (relation_ == Relation::causal)
    for (const Index seen : of_sender.seen)
      link(seen, message);
  of_sender.last_sent = message;
  of_sender.seen.clear();
}

void MessageOrder::link(Index earlier, Index later) {
  std::vector<Index>& before = messages_[later].before;
  if (earlier == later || std::find(before.begin(), before.end(), earlier) != before.end()) return;
  before.push_back(earlier);
  messages_[earlier].after.push_back(later);
}

void MessageOrder::show(const Fact& fact) {
  const Index* known = indices_.find(fact.subject, 0);
  if (known == nullptr) return;  // nobody sent it: see shown_once.h
  const Index message = *known;
  Thread& here = thread(fact.node, messages_[message].conversation);
  if (shown_.find(fact.subject, fact.node.value) == nullptr) {
    if (watched_.has(fact.node)) check_shown(message, fact);
    shown_.insert(fact.subject, fact.node.value, fact.event);
    here.seen.push_back(message);
  }
  const std::size_t place = std::min<std::size_t>(fact.value, here.list.size());
  here.list.insert(here.list.begin() + static_cast<std::ptrdiff_t>(place), message);
  if (watched_.has(fact.node)) check_place(message, here, fact);
}

// All that comes before it was shown, or the device says that it was not.
void MessageOrder::check_shown(Index message, const Fact& fact) {
  for (const Index earlier : messages_[message].before) {
    if (!concerns(earlier, fact.node)) continue;
    ++checked_;
    if (shown_.find(messages_[earlier].number.value, fact.node.value) != nullptr) continue;
    if (waits_.find(fact.subject, fact.node.value) != nullptr) continue;
    if (suspects_.size() < kMostSuspects)
      suspects_.push_back(
          {Anomaly::shown_without, fact.node, earlier, message, fact.at, fact.event});
  }
}

std::optional<std::size_t> MessageOrder::place_of(Index message, const Thread& thread) {
  const auto found = std::find(thread.list.rbegin(), thread.list.rend(), message);  // mostly new
  if (found == thread.list.rend()) return std::nullopt;
  return static_cast<std::size_t>(thread.list.rend() - found) - 1;
}

void MessageOrder::check_place(Index message, const Thread& thread, const Fact& fact) {
  const std::size_t here = *place_of(message, thread);
  const auto blame = [&](Index earlier, Index later) {
    if (!violation_)
      violation_ = Violation{Anomaly::stands_above, fact.node, earlier, later, fact.at, fact.event};
  };
  for (const Index earlier : messages_[message].before)
    if (const auto place = place_of(earlier, thread); place && *place > here)
      blame(earlier, message);
  for (const Index later : messages_[message].after)
    if (const auto place = place_of(later, thread); place && *place < here) blame(message, later);
}

Verdict MessageOrder::finish(const RunEnd& end) {
  for (const Violation& suspect : suspects_) {
    if (messages_[suspect.earlier].given_up) continue;
    if (!violation_ || suspect.event < violation_->event) violation_ = suspect;
    break;
  }
  Verdict verdict;
  verdict.checked = checked_;
  if (violation_) {
    const Message& earlier = messages_[violation_->earlier];
    const Message& later = messages_[violation_->later];
    const bool without = violation_->anomaly == Anomaly::shown_without;
    verdict.word = Word::violated;
    verdict.why = name_of(violation_->device, end) + " showed " +
                  message_name(later.number.value, end) + (without ? " before " : " above ") +
                  message_name(earlier.number.value, end) + ", which was sent before it";
    verdict.at = violation_->at;
    verdict.event = violation_->event;
    verdict.witness = {earlier.sent, later.sent, violation_->event};
    std::stable_sort(verdict.witness.begin(), verdict.witness.end());
  } else if (checked_ == 0) {
    verdict.why = "no device showed two messages of which one came after the other";
  } else {
    verdict.word = Word::holds;
    verdict.why = count_of(checked_, "pair") + " of messages shown in order";
  }
  return verdict;
}

}  // namespace cleave::conversation
