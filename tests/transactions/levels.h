// The levels of transactions and what follows from what, for all tests of them.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/transactions/transactions.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

namespace cleave::testing {

constexpr Level kIsolationLevels[] = {
    Level::strict_serializable,   Level::strong_session_serializable,
    Level::serializable,          Level::strong_session_snapshot_isolation,
    Level::snapshot_isolation,    Level::parallel_snapshot_isolation,
    Level::repeatable_read,       Level::read_atomic,
    Level::monotonic_atomic_view, Level::read_committed,
    Level::read_uncommitted};

// A level and one right below it.
constexpr std::pair<Level, Level> kImplications[] = {
    {Level::strict_serializable, Level::strong_session_serializable},
    {Level::strong_session_serializable, Level::serializable},
    {Level::strong_session_serializable, Level::strong_session_snapshot_isolation},
    {Level::serializable, Level::snapshot_isolation},
    {Level::serializable, Level::repeatable_read},
    {Level::strong_session_snapshot_isolation, Level::snapshot_isolation},
    {Level::snapshot_isolation, Level::parallel_snapshot_isolation},
    {Level::parallel_snapshot_isolation, Level::read_atomic},
    {Level::repeatable_read, Level::read_atomic},
    {Level::read_atomic, Level::monotonic_atomic_view},
    {Level::monotonic_atomic_view, Level::read_committed},
    {Level::read_committed, Level::read_uncommitted}};

inline bool implies(Level strong, Level weak) {
  if (strong == weak) return true;
  for (const auto& [above, below] : kImplications)
    if (above == strong && implies(below, weak)) return true;
  return false;
}

inline Finding judge(Model model, const History& history, Level level) {
  return judge_transactions(history, {model, level, {}, {}});
}

// Does what a violation tells hang together? Each edge of a cycle begins where the one before it
// ended, and no more of them are anti-dependencies than the level forbids.
inline bool is_told_well(const Finding& finding, Level level) {
  if (finding.because.size() < 2 || finding.anomaly == "lost-update") return true;
  const auto misses = [&](std::size_t i) {
    return finding.because[i % finding.because.size()].why.find(" did not see ") !=
           std::string::npos;
  };
  std::size_t missed = 0;
  bool adjacent = false;
  for (std::size_t i = 0; i < finding.because.size(); ++i) {
    const Because& next = finding.because[(i + 1) % finding.because.size()];
    if (finding.because[i].to != next.from) return false;
    missed += misses(i) ? 1 : 0;
    adjacent = adjacent || (misses(i) && misses(i + 1));
  }
  if (implies(Level::parallel_snapshot_isolation, level)) return missed < 2;
  return !adjacent || !implies(Level::snapshot_isolation, level);
}

// Of a random test: fixed, or what CLEAVE_TEST_SEED says.
inline std::uint64_t seed() {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
}

}  // namespace cleave::testing
