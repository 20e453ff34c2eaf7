#include "sim/check/conversation/shown_once.h"

namespace cleave::conversation {

void ShownOnce::on(const Fact& fact) {
  if (fact.name == facts::kMessageSent.hash && sent_.find(fact.subject, 0) == nullptr)
    sent_.insert(fact.subject, 0, fact.event);
  if (fact.name == facts::kMessageShown.hash && watched_.has(fact.node)) show(fact);
}

void ShownOnce::show(const Fact& fact) {
  ++checked_;
  const std::uint32_t life = lives_.ended(fact.node);
  Shown* before = shown_.find(fact.subject, fact.node.value);
  const bool twice = before != nullptr && before->life == life;
  if (!violation_ && (twice || sent_.find(fact.subject, 0) == nullptr)) {
    violation_ = Violation{{fact.subject}, fact.node, fact.at, fact.event, {}};
    if (twice) violation_->before = before->event;
  }
  if (before == nullptr)
    shown_.insert(fact.subject, fact.node.value, {life, fact.event});
  else
    *before = {life, fact.event};
}

Verdict ShownOnce::finish(const RunEnd& end) {
  Verdict verdict;
  verdict.checked = checked_;
  if (violation_) {
    verdict.word = Word::violated;
    verdict.why = name_of(violation_->device, end) + " showed " +
                  message_name(violation_->message.value, end) +
                  (violation_->before ? " twice" : ", which nobody sent");
    verdict.at = violation_->at;
    verdict.event = violation_->event;
    if (violation_->before) verdict.witness.push_back(*violation_->before);
    verdict.witness.push_back(violation_->event);
  } else if (checked_ == 0) {
    verdict.why = "no message was shown";
  } else {
    verdict.word = Word::holds;
    verdict.why = "shown " + count_of(checked_, "time") + ", no message twice on a device";
  }
  return verdict;
}

}  // namespace cleave::conversation
