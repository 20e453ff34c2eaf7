// Judging linearizability, by operation: histories of an atomic object, half of them reads.
#include "sim/check/linear/linear.h"
#include "sim/check/linear/parts.h"
#include "sim/check/linear/search.h"
#include "tests/support/random_history.h"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace cleave::bench {
namespace {

History right_history(Model model, std::uint32_t clients, std::int64_t operations) {
  testing::RandomHistory knobs;
  knobs.model = model;
  knobs.processes = clients;
  knobs.operations = static_cast<std::uint32_t>(operations);
  knobs.values = 0;
  knobs.pending = 0;
  knobs.failed = 0;
  return testing::random_history(knobs, 1);
}

void judge(benchmark::State& state, Model model, std::uint32_t clients) {
  const History history = right_history(model, clients, state.range(0));
  Question question;
  question.model = model;
  for (auto _ : state) {
    const Finding finding = judge_linear(history, question);
    if (finding.word != Word::holds) {
      state.SkipWithError(("not right: " + finding.why).c_str());
      return;
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

// By zones.
void linear_register(benchmark::State& state) {
  judge(state, Model::reg, 50);
}
BENCHMARK(linear_register)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void linear_max_register(benchmark::State& state) {
  judge(state, Model::max_register, 50);
}
BENCHMARK(linear_max_register)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

// The same register without a monitor: what any other object costs that is as busy.
void linear_frontier(benchmark::State& state) {
  const History history = right_history(Model::reg, 5, state.range(0));
  const linear::Parts parts = linear::parts_of(history, Model::reg);
  std::uint64_t most = 0;
  for (auto _ : state) {
    const auto schedule = linear::schedule_of(history, Model::reg, parts.at(0));
    const auto actions = linear::actions_of(schedule);
    const auto specification = linear::specification_of(history, {}, actions);
    const linear::Search found =
        linear::search(schedule, *specification, {}, linear::widest_of(schedule));
    if (found.word != Word::holds) {
      state.SkipWithError("not right");
      return;
    }
    most = found.bytes;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["search_bytes"] = static_cast<double>(most);
}
BENCHMARK(linear_frontier)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void linear_cas_register(benchmark::State& state) {
  judge(state, Model::cas_register, 5);
}
BENCHMARK(linear_cas_register)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void linear_mutex(benchmark::State& state) {
  judge(state, Model::mutex, 5);
}
BENCHMARK(linear_mutex)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
}  // namespace cleave::bench
