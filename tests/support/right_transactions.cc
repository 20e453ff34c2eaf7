#include "tests/support/right_transactions.h"

#include "sim/base/random.h"
#include "sim/check/history/history_builder.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cleave::testing {
namespace {

constexpr std::uint32_t kProcesses = 20;
constexpr std::uint32_t kSteps = 4;
constexpr std::uint32_t kLiveKeys = 16;
constexpr std::int64_t kUpdates = 128;  // of a key, before a new one takes its place

}  // namespace

History right_transactions(Call update, std::uint32_t steps_in_all, std::uint64_t seed) {
  Random random = Random::at(seed, 1, 0, 0);
  HistoryBuilder builder;
  std::uint32_t keys = 0;
  const auto new_key = [&] { return builder.key(builder.names().intern(std::to_string(++keys))); };
  std::vector<std::uint32_t> live;
  for (std::uint32_t i = 0; i < kLiveKeys; ++i)
    live.push_back(new_key());
  std::vector<std::vector<Value>> lists(1);
  std::vector<bool> open(kProcesses);
  for (std::uint32_t done = 0; done < steps_in_all;) {
    const auto process = static_cast<std::uint32_t>(random.below(kProcesses));
    const Value name = integer(process);
    open[process] = !open[process];
    if (open[process]) {
      std::array<Step, kSteps> steps{};
      for (Step& step : steps) {
        std::uint32_t& key = live[random.below(kLiveKeys)];
        if (lists.size() <= keys) lists.resize(std::size_t{keys} + 1);
        step.key = key;
        if (random.chance(1, 2)) continue;
        step.call = update;
      }
      Operation asked;
      asked.call = Call::transaction;
      asked.steps = builder.steps(steps);
      builder.invoke(name, asked);
      done += kSteps;
      continue;
    }
    builder.complete(name, Ending::done);
  }
  History history = std::move(builder).build();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> moments;
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    const Operation& operation = history.operations[i];
    const std::uint64_t end = std::min(operation.completed, operation.invoked + 2 * kProcesses);
    moments.emplace_back(operation.invoked + random.below(end - operation.invoked), i);
  }
  std::stable_sort(moments.begin(), moments.end());
  // A list that is full is followed by a new key, the same for all from then on.
  std::map<std::uint32_t, std::uint32_t> successor;
  std::int64_t value = 0;
  for (const auto& [moment, i] : moments) {
    const Slice slice = history.operations[i].steps;
    for (std::uint32_t s = slice.first; s < slice.first + slice.count; ++s) {
      Step& step = history.steps[s];
      while (successor.contains(step.key))
        step.key = successor[step.key];
      if (lists.size() <= step.key) lists.resize(std::size_t{step.key} + 1);
      auto& list = lists[step.key];
      if (step.call == update) {
        step.argument = integer(++value);
        list.push_back(step.argument);
        if (static_cast<std::int64_t>(list.size()) < kUpdates) continue;
        successor[step.key] = static_cast<std::uint32_t>(history.keys.size());
        history.keys.push_back(history.names.intern("k" + std::to_string(value)));
      } else if (update == Call::append) {
        step.answer = Answer::many;
        step.results = {static_cast<std::uint32_t>(history.values.size()),
                        static_cast<std::uint32_t>(list.size())};
        history.values.insert(history.values.end(), list.begin(), list.end());
      } else {
        step.answer = Answer::one;
        if (!list.empty()) step.result = list.back();
      }
    }
  }
  return history;
}

}  // namespace cleave::testing
