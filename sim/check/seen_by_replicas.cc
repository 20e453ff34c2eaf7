#include "sim/check/seen_by_replicas.h"

#include "sim/check/abstract/judge_execution.h"
#include "sim/check/words.h"

#include <algorithm>

namespace cleave {
namespace {

Verdict undecided(std::string why) {
  Verdict verdict;
  verdict.word = Word::undecided;
  verdict.why = std::move(why);
  return verdict;
}

}  // namespace

Verdict SeenByReplicas::finish(const RunEnd& end) {
  abstract::Execution execution = std::move(recorder_).build();
  const abstract::Finding finding =
      abstract::judge_execution(execution, options_.level, options_.steps);
  if (finding.flaw) return violated(execution, *finding.flaw, end);
  if (execution.cut_short)
    return undecided("there were more than " + std::to_string(options_.most_operations) +
                     " operations: shorten the run");
  if (finding.out_of_steps)
    return undecided(
        "replicas applied the same updates in different orders, and there are too "
        "many to compare: shorten the run");
  Verdict verdict;
  verdict.checked = finding.checked;
  if (finding.checked == 0) {
    verdict.why = "no operation had to see anything";
    return verdict;
  }
  verdict.word = Word::holds;
  verdict.why = count_of(finding.checked, "operation") + " saw at " +
                (finding.checked == 1 ? "its replica" : "their replicas") +
                " what the level asks for";
  return verdict;
}

Verdict SeenByReplicas::violated(const abstract::Execution& execution, const abstract::Flaw& flaw,
                                 const RunEnd& end) const {
  const std::string why = to_text(execution, flaw, {end, options_.names});
  if (flaw.kind == abstract::Flaw::Kind::unanswered) return undecided(why);
  Verdict verdict;
  verdict.word = Word::violated;
  verdict.why = why;
  EventId last;
  for (const std::uint32_t o : {flaw.a, flaw.b}) {
    const abstract::Operation& operation = execution.operations[o];
    verdict.witness.push_back(operation.invoked_at);
    if (operation.completed == abstract::Operation::kNever) continue;
    verdict.witness.push_back(operation.completed_at);
    last = std::max(last, operation.completed_at);
  }
  std::stable_sort(verdict.witness.begin(), verdict.witness.end());
  verdict.witness.erase(std::unique(verdict.witness.begin(), verdict.witness.end()),
                        verdict.witness.end());
  verdict.at = answered_.of(last);
  verdict.event = last;
  return verdict;
}

}  // namespace cleave
