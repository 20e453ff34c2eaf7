#include "sim/check/conversation/ticks_rise.h"

namespace cleave::conversation {

void TicksRise::on(const Fact& fact) {
  if (fact.name != facts::kStatusShown.hash || !watched_.has(fact.node)) return;
  const StatusShown now = StatusShown::unpack(fact.value);
  const std::uint64_t whose = std::uint64_t{fact.node.value} << 32 | now.person;
  Shown* before = shown_.find(fact.subject, whose);
  if (before == nullptr) {
    shown_.insert(fact.subject, whose, {now.status, fact.event});
    return;
  }
  ++checked_;
  if (now.status < before->status && !violation_) violation_ = Violation{fact, *before};
  *before = {now.status, fact.event};
}

Verdict TicksRise::finish(const RunEnd& end) {
  Verdict verdict;
  verdict.checked = checked_;
  if (violation_) {
    const Fact& fact = violation_->fact;
    const StatusShown now = StatusShown::unpack(fact.value);
    verdict.word = Word::violated;
    verdict.why = name_of(fact.node, end) + " showed " + message_name(fact.subject, end) + " as " +
                  std::string(word_of(now.status)) + " after it had shown it as " +
                  std::string(word_of(violation_->before.status));
    verdict.at = fact.at;
    verdict.event = fact.event;
    verdict.witness = {violation_->before.event, fact.event};
  } else if (checked_ == 0) {
    verdict.why = "no message was shown in two statuses";
  } else {
    verdict.word = Word::holds;
    verdict.why = count_of(checked_, "tick") + " shown after another, none lower";
  }
  return verdict;
}

}  // namespace cleave::conversation
