// Judging transactions, by step: histories as clients of a right database make them.
#include "sim/check/transactions/transactions.h"
#include "tests/support/right_transactions.h"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace cleave::bench {
namespace {

void judge(benchmark::State& state, Model model, Level level) {
  const History history =
      testing::right_transactions(model == Model::list_append ? Call::append : Call::write,
                                  static_cast<std::uint32_t>(state.range(0)), 1);
  for (auto _ : state) {
    const Finding finding = judge_transactions(history, {model, level, {}, {}});
    if (finding.word != Word::holds) {
      state.SkipWithError(("not right: " + finding.why).c_str());
      return;
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void list_append_strict(benchmark::State& state) {
  judge(state, Model::list_append, Level::strict_serializable);
}
BENCHMARK(list_append_strict)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void list_append_snapshot(benchmark::State& state) {
  judge(state, Model::list_append, Level::snapshot_isolation);
}
BENCHMARK(list_append_snapshot)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void list_append_committed(benchmark::State& state) {
  judge(state, Model::list_append, Level::read_committed);
}
BENCHMARK(list_append_committed)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void rw_register_strict(benchmark::State& state) {
  judge(state, Model::rw_register, Level::strict_serializable);
}
BENCHMARK(rw_register_strict)->Arg(10'000)->Arg(100'000);

void rw_register_serializable(benchmark::State& state) {
  judge(state, Model::rw_register, Level::serializable);
}
BENCHMARK(rw_register_serializable)->Arg(10'000)->Arg(100'000);

void rw_register_snapshot(benchmark::State& state) {
  judge(state, Model::rw_register, Level::snapshot_isolation);
}
BENCHMARK(rw_register_snapshot)->Arg(10'000)->Arg(100'000);

void rw_register_atomic_view(benchmark::State& state) {
  judge(state, Model::rw_register, Level::monotonic_atomic_view);
}
BENCHMARK(rw_register_atomic_view)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void rw_register_causal(benchmark::State& state) {
  judge(state, Model::rw_register, Level::causal);
}
BENCHMARK(rw_register_causal)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
}  // namespace cleave::bench
