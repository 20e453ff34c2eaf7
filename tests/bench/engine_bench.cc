// The engine through its public interface, with everything on: trace, digest, jitter, loss, rules.
#include "sim/engine/world.h"
#include "tests/bench/tables.h"
#include "tests/support/toy_nodes.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <vector>

namespace cleave::bench {
namespace {

void run(benchmark::State& state, World world) {
  world.run(world.pending());  // the slab and the queue have their size
  for (auto _ : state)
    world.run(1);
  state.SetItemsProcessed(state.iterations());
  const auto bytes = static_cast<double>(world.queue_bytes() + world.slab_bytes());
  state.counters["bytes_per_pending"] = bytes / static_cast<double>(world.pending());
}

void hold(benchmark::State& state) {
  run(state, toys::holders(7, kNodes, static_cast<std::uint64_t>(state.range(0))));
}
BENCHMARK(hold)->Arg(1'000)->Arg(100'000)->Arg(1'000'000);

void messages(benchmark::State& state) {
  run(state, toys::talkers(7, kNodes, static_cast<std::uint64_t>(state.range(0))));
}
BENCHMARK(messages)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void letters(benchmark::State& state) {
  run(state, toys::letters(7, kNodes, static_cast<std::uint64_t>(state.range(0))));
}
BENCHMARK(letters)->Arg(10'000);

// Trace and digest alone: what a message pays for them.
void trace_record(benchmark::State& state) {
  TraceDigest trace;
  Record record;
  for (auto _ : state) {
    ++record.time_ns;
    record.payload[0] += 3;
    trace.append(record);
  }
  benchmark::DoNotOptimize(trace.value());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(trace_record);

// A cut of 1,000 nodes into two, and its end.
void cut_and_heal(benchmark::State& state) {
  World world = toys::talkers(7, kNodes, 10'000);
  const Time start = world.now();
  Fault cut{.name = "cut", .verb = Verb::cut, .at = start, .lasts = Duration{1}};
  cut.groups = {{}, {}};
  for (std::uint32_t i = 0; i < kRegions; ++i)
    cut.groups[i % 2].push_back({Selector::By::region, "region-" + std::to_string(i), {}});
  for (auto _ : state) {
    World copy = world;
    cut.at = start;
    copy.schedule(cut);
    copy.run(2, start + Duration{1});  // nothing is shared any more when the clock starts
    cut.at = copy.now();
    const auto begin = std::chrono::steady_clock::now();
    copy.schedule(cut);
    copy.run(2, cut.at + Duration{1});
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() / 2);
  }
}
BENCHMARK(cut_and_heal)->UseManualTime()->Iterations(300);

void copy_world(benchmark::State& state) {
  World world = toys::keepers(7, 500, 2'000);
  world.run(200'000);
  for (auto _ : state) {
    World copy = world;
    benchmark::DoNotOptimize(copy.pending());
  }
}
BENCHMARK(copy_world);

}  // namespace
}  // namespace cleave::bench
