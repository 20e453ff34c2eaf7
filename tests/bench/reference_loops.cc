// Frozen loops that other benchmarks are compared with, so that gates are ratios and not times:
// what a plain program would do with std::priority_queue. Do not improve them.
#include "tests/bench/tables.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace cleave::bench {
namespace {

// Pop the earliest, draw an exponential time, push again.
void reference_hold(benchmark::State& state) {
  const std::vector<std::uint64_t> table = exponential_knots(1'000'000, 1025);
  using Entry = std::pair<std::uint64_t, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  Draws random{7};
  for (std::uint32_t i = 0; i < state.range(0); ++i)
    queue.push({1 + random.quantile(table), i});
  for (auto _ : state) {
    const Entry entry = queue.top();
    queue.pop();
    queue.push({entry.first + 1 + random.quantile(table), entry.second});
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(reference_hold)->Arg(100'000);

// Messages in a slab, their times in a priority queue, a touch of the receiver's state.
void reference_messages(benchmark::State& state) {
  struct Message {
    std::uint64_t sent = 0;
    std::uint32_t from = 0, to = 0;
    std::array<std::uint64_t, 4> payload{};
  };
  const std::vector<std::uint64_t> jitter = exponential_knots(20'000'000, 257);
  const std::vector<std::int64_t> base = latency_matrix();
  using Entry = std::pair<std::uint64_t, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::vector<Message> slab(static_cast<std::size_t>(state.range(0)));
  std::vector<std::array<std::uint64_t, 8>> nodes(kNodes);
  Draws random{7};
  for (std::uint32_t i = 0; i < slab.size(); ++i) {
    slab[i] = {0, i % kNodes, random.below(kNodes), {}};
    queue.push({1 + random.quantile(jitter), i});
  }
  for (auto _ : state) {
    const Entry due = queue.top();
    queue.pop();
    Message& m = slab[due.second];
    auto& node = nodes[m.to];
    node[0] += m.payload[0];
    node[1] = std::max(node[1], m.payload[2]);
    m.sent = due.first;
    m.from = m.to;
    m.to = random.below(kNodes);
    m.payload[0] = node[0];
    m.payload[2] = node[1] + 1;
    const auto latency =
        static_cast<std::uint64_t>(base[m.from % kRegions * kRegions + m.to % kRegions]);
    queue.push({due.first + latency + random.quantile(jitter), due.second});
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(reference_messages)->Arg(10'000);

}  // namespace
}  // namespace cleave::bench
