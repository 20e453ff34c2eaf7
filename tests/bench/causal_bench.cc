// How fast the levels of causal consistency are judged, on one core: histories of 32 processes and
// 64 registers, half of the operations reads. In one of them the registers are kept by a replica
// for each process, whose last writer wins (so that causal convergence holds and little else); in
// the other they are atomic (so that everything holds).
#include "sim/base/random.h"
#include "sim/check/causal/causal.h"
#include "sim/check/history/history_builder.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cleave::bench {
namespace {

constexpr std::uint32_t kProcesses = 32;
constexpr std::uint32_t kKeys = 64;

struct Version {
  std::int64_t clock = 0;  // Lamport's, of the last writer
  std::int64_t value = 0;  // 0: nobody wrote
};
struct Replica {
  std::int64_t clock = 0;
  std::vector<Version> versions = std::vector<Version>(kKeys);

  // By time, then by value, which is of one writer.
  static bool is_older(const Version& a, const Version& b) {
    return std::pair(a.clock, a.value) < std::pair(b.clock, b.value);
  }
  void learn(const Replica& other) {
    clock = std::max(clock, other.clock);
    for (std::size_t k = 0; k < kKeys; ++k)
      if (is_older(versions[k], other.versions[k])) versions[k] = other.versions[k];
  }
};

enum class Registers : std::uint8_t { replicated, atomic };

History make(Registers kind, std::int64_t operations) {
  Random random = Random::at(1, 2, 3, 4);
  HistoryBuilder builder;
  std::vector<std::uint32_t> keys;
  for (std::uint32_t k = 0; k < kKeys; ++k)
    keys.push_back(builder.key(builder.names().intern("x" + std::to_string(k))));
  std::vector<Replica> replicas(kind == Registers::atomic ? 1 : kProcesses);
  for (std::int64_t i = 1; i <= operations; ++i) {
    const std::uint64_t process = random.below(kProcesses);
    Replica& replica = replicas[process % replicas.size()];
    if (replicas.size() > 1 && random.below(8) == 0)
      replica.learn(replicas[random.below(kProcesses)]);
    const std::uint64_t k = random.below(kKeys);
    Operation o;
    o.key = keys[k];
    if (random.below(2) == 0) {
      o.call = Call::write;
      o.argument = integer(i);
      replica.versions[k] = {++replica.clock, i};
    } else {
      o.answer = Answer::one;
      if (replica.versions[k].value != 0) o.result = integer(replica.versions[k].value);
    }
    const Value name = integer(static_cast<std::int64_t>(process));
    builder.invoke(name, o);
    builder.complete(name, Ending::done);
  }
  return std::move(builder).build();
}

void registers(benchmark::State& state, Registers kind, Level level) {
  const History history = make(kind, state.range(0));
  for (auto _ : state) {
    const Finding finding = judge_causal(history, {Model::reg, level, {}, {}});
    if (finding.word == Word::holds) continue;
    state.SkipWithError(("it should hold: " + finding.why).c_str());
    return;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void up_to_100k(benchmark::internal::Benchmark* bench) {
  bench->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
}
void up_to_1m(benchmark::internal::Benchmark* bench) {
  up_to_100k(bench);
  bench->Arg(1'000'000);
}

BENCHMARK_CAPTURE(registers, causal, Registers::replicated, Level::causal)->Apply(up_to_1m);
BENCHMARK_CAPTURE(registers, causal_convergence, Registers::replicated, Level::causal_convergence)
    ->Apply(up_to_1m);
BENCHMARK_CAPTURE(registers, writes_follow_reads, Registers::replicated, Level::writes_follow_reads)
    ->Apply(up_to_1m);
BENCHMARK_CAPTURE(registers, monotonic_reads, Registers::replicated, Level::monotonic_reads)
    ->Apply(up_to_1m);
BENCHMARK_CAPTURE(registers, monotonic_writes, Registers::replicated, Level::monotonic_writes)
    ->Apply(up_to_1m);
BENCHMARK_CAPTURE(registers, read_your_writes, Registers::replicated, Level::read_your_writes)
    ->Apply(up_to_1m);
BENCHMARK_CAPTURE(registers, causal_memory, Registers::atomic, Level::causal_memory)
    ->Apply(up_to_100k);
BENCHMARK_CAPTURE(registers, pram, Registers::atomic, Level::pram)->Apply(up_to_100k);

}  // namespace
}  // namespace cleave::bench
