// The levels of transactions and what follows from what, for all tests of them.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/transactions/transactions.h"

#include <cstdint>
#include <cstdlib>
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

// Of a random test: fixed, or what CLEAVE_TEST_SEED says.
inline std::uint64_t seed() {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
}

}  // namespace cleave::testing
