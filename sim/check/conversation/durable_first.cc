#include "sim/check/conversation/durable_first.h"

namespace cleave::conversation {

void DurableFirst::on(const Fact& fact) {
  if (!watched_.has(fact.node)) return;
  const std::uint32_t life = lives_.ended(fact.node);
  std::uint32_t* stored = stored_.find(fact.subject, fact.node.value);
  if (fact.name == facts::kMessageStored.hash) {
    if (stored == nullptr)
      stored_.insert(fact.subject, fact.node.value, life);
    else
      *stored = life;
  } else if (fact.name == facts::kMessageAcknowledged.hash) {
    ++checked_;
    acknowledged_.try_emplace({fact.node, fact.subject}, fact);
    if (!violation_ && (stored == nullptr || *stored != life))
      violation_ = Violation{fact, stored != nullptr};
  }
}

Verdict DurableFirst::finish(const RunEnd& end) {
  if (!violation_)
    for (const auto& [key, fact] : acknowledged_) {
      const std::uint32_t* stored = stored_.find(fact.subject, fact.node.value);
      const bool kept = stored != nullptr && *stored == lives_.ended(fact.node);
      if (kept || !lives_.is_up(fact.node)) continue;
      violation_ = Violation{fact, true};
      break;
    }
  Verdict verdict;
  verdict.checked = checked_;
  if (violation_) {
    const Fact& fact = violation_->acknowledged;
    verdict.word = Word::violated;
    verdict.why = name_of(fact.node, end) + " acknowledged " + message_name(fact.subject, end) +
                  (violation_->lost ? ", and lost it in a crash" : " before it was on its disk");
    verdict.at = fact.at;
    verdict.event = fact.event;
    verdict.witness = {fact.event};
  } else if (checked_ == 0) {
    verdict.why = "no message was acknowledged";
  } else {
    verdict.word = Word::holds;
    verdict.why = count_of(checked_, "acknowledgement") + ", each of what was on the disk";
  }
  return verdict;
}

}  // namespace cleave::conversation
