#include "sim/check/history/standing.h"

#include "sim/check/history/judge_history.h"
#include "sim/check/history/lattice.h"

#include <algorithm>

namespace cleave {
namespace {

bool any_implies(const std::vector<Level>& levels, Level weaker) {
  return std::any_of(levels.begin(), levels.end(),
                     [&](Level stronger) { return implies(stronger, weaker); });
}

// What is stronger than something broken is broken, even if its own search came to no end.
void settle(Standing& standing, std::span<const Level> levels) {
  std::vector<Level> violated, undecided;
  for (const Level level : levels) {
    const auto has = [&](const std::vector<Level>& list) {
      return std::find(list.begin(), list.end(), level) != list.end();
    };
    const bool broken = std::any_of(standing.violated.begin(), standing.violated.end(),
                                    [&](Level weaker) { return implies(level, weaker); });
    if (broken)
      violated.push_back(level);
    else if (has(standing.undecided))
      undecided.push_back(level);
  }
  standing.violated = std::move(violated);
  standing.undecided = std::move(undecided);
}

}  // namespace

Standing standing_of(const History& history, Model model, std::span<const Level> levels,
                     const Budget& budget) {
  Standing standing;
  std::vector<Level> untested;  // where nothing tests a level, nothing tests a weaker one
  bool first = true;
  for (const Level level : levels) {
    if (any_implies(standing.strongest, level) || any_implies(untested, level)) continue;
    Finding finding = judge_history(history, {model, level, {}, budget});
    const bool breaks = finding.word == Word::violated && standing.violated.empty();
    if (finding.word == Word::vacuous) untested.push_back(level);
    if (finding.word == Word::holds) standing.strongest.push_back(level);
    if (finding.word == Word::violated) standing.violated.push_back(level);
    if (finding.word == Word::undecided) standing.undecided.push_back(level);
    if (first || breaks) standing.broken = std::move(finding);
    first = false;
  }
  settle(standing, levels);
  return standing;
}

}  // namespace cleave
