#include "sim/check/conversation/deadlines.h"

#include "sim/check/words.h"

#include <algorithm>

namespace cleave::conversation {

void Deadlines::note(const FaultMark& mark) {
  if (options_.after != mark.fault) return;
  fault_seen_ = true;
  fault_over_ = mark.phase == FaultMark::Phase::end;
  fault_end_ = mark.at;
}

void Deadlines::begin(std::uint64_t message, std::uint64_t whose, const Fact& fact) {
  if (known_.find(message, whose) != nullptr) return;
  known_.insert(message, whose, true);
  open_.emplace(Key{message, whose}, Open{fact.at, fact.event});
}

void Deadlines::end(std::uint64_t message, std::uint64_t whose, Time at) {
  const auto found = open_.find({message, whose});
  if (found == open_.end()) return;
  settle(found->first, found->second, at);
  open_.erase(found);
}

void Deadlines::excuse(std::uint64_t message) {
  const auto first = open_.lower_bound({message, 0});
  auto last = first;
  while (last != open_.end() && last->first.first == message)
    ++last;
  open_.erase(first, last);
}

Time Deadlines::due(const Open& open) const {
  return std::max(open.since, fault_end_) + options_.within;
}

void Deadlines::settle(const Key& key, const Open& open, std::optional<Time> done) {
  const bool waits = options_.after && (!fault_seen_ || !fault_over_);
  if (done && (waits || *done <= due(open))) {
    ++in_time_;
    longest_ = std::max(longest_, *done - open.since);
    return;
  }
  ++count_late_;
  if (!late_ || due(open) < late_->due)
    late_ = Due{key.first, key.second, open.since, open.event, due(open), done};
}

void Deadlines::finish(Time end) {
  const bool waits = options_.after && (!fault_seen_ || !fault_over_);
  for (const auto& [key, open] : open_) {
    if (waits || end < due(open))
      ++undecided_;
    else
      settle(key, open, std::nullopt);
  }
  open_.clear();
}

Verdict verdict_of(const Deadlines& deadlines, std::string_view what, std::string_view how,
                   const std::string& late) {
  Verdict verdict;
  verdict.checked = deadlines.in_time() + deadlines.late();
  const std::string within = " within " + in_seconds(deadlines.options().within);
  if (const auto& first = deadlines.first_late()) {
    verdict.word = Word::violated;
    verdict.why = late + (first->done ? " at " + in_seconds(*first->done) : " by the end") + ", " +
                  "which was due at " + in_seconds(first->due) + "; " +
                  std::to_string(deadlines.late()) + " of " + std::to_string(verdict.checked) +
                  (deadlines.late() == 1 ? " was late" : " were late");
    verdict.at = first->due;
    verdict.witness = {first->event};
  } else if (verdict.checked > 0) {
    verdict.word = Word::holds;
    verdict.why = count_of(verdict.checked, what) + " " + std::string(how) + within +
                  (deadlines.options().after ? " of the fault's end" : "") + ", the slowest in " +
                  in_seconds(deadlines.longest());
  } else if (deadlines.undecided() > 0) {
    verdict.word = Word::undecided;
    verdict.why = "the run ended before anything was due; let it run longer";
  } else {
    verdict.why = "no " + std::string(what) + " was due";
  }
  return verdict;
}

}  // namespace cleave::conversation
