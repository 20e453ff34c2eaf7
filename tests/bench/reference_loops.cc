// Frozen loops that other benchmarks are compared with, so that gates are ratios and not times:
// what a plain program would do with std::priority_queue. Do not improve them.
#include "tests/bench/tables.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
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

// Sorts the ends of intervals, and looks for the most that are open at once: the least that whoever
// judges a history by its real-time order must do.
void reference_intervals(benchmark::State& state) {
  Draws random{7};
  std::vector<std::pair<std::uint64_t, std::uint32_t>> ends;
  for (std::uint32_t i = 0; i < state.range(0); ++i)
    ends.push_back({2 * std::uint64_t{i} + random.below(100), i});
  for (auto _ : state) {
    auto sorted = ends;
    std::sort(sorted.begin(), sorted.end());
    std::uint64_t most = 0;
    for (std::size_t i = 0, open = 0; i < sorted.size(); ++i) {
      while (open < ends.size() && 2 * open < sorted[i].first)
        ++open;
      most = std::max<std::uint64_t>(most, open - i);
    }
    benchmark::DoNotOptimize(most);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(reference_intervals)->Arg(1'000'000);

// Entries appended to three logs, taken round by messages in a priority queue, counted by two
// answers, and applied to three maps: what is left of replication without faults, terms and disks.
void reference_replication(benchmark::State& state) {
  struct Entry {
    std::uint64_t term = 1, key = 0, number = 0;
    std::array<std::uint64_t, 12> value{};  // as large as an entry with a request
  };
  struct Message {
    std::uint64_t due = 0, sequence = 0;
    std::uint32_t to = 0;
    Entry entry;
    bool operator>(const Message& o) const {
      return std::pair(due, sequence) > std::pair(o.due, o.sequence);
    }
  };
  std::array<std::deque<Entry>, 3> logs;
  std::array<std::map<std::uint64_t, Entry>, 3> objects;
  std::priority_queue<Message, std::vector<Message>, std::greater<>> queue;
  std::uint64_t sequence = 0;
  const auto send = [&](std::uint64_t now, std::uint32_t to, const Entry& entry) {
    queue.push({now + 10, ++sequence, to, entry});
  };
  for (std::uint64_t i = 0; i < 256; ++i)
    send(i, 0, {1, i, i, {}});
  std::uint64_t committed = 0;
  for (auto _ : state) {
    for (const std::uint64_t before = committed; committed == before;) {
      const Message m = queue.top();
      queue.pop();
      if (m.to == 3) {  // an answer; the second one commits, and asks for the next
        if (++objects[0][m.entry.key % 1000].term % 2 == 0) continue;
        ++committed;
        send(m.due, 0, {1, m.entry.key + 256, m.entry.number + 256, {}});
        continue;
      }
      logs[m.to].push_back(m.entry);
      if (logs[m.to].size() > 100'000) logs[m.to].pop_front();
      if (m.to == 0) {
        send(m.due, 1, m.entry);
        send(m.due, 2, m.entry);
      } else {
        objects[m.to][m.entry.key % 1000] = m.entry;
        send(m.due, 3, m.entry);
      }
    }
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(reference_replication);

}  // namespace
}  // namespace cleave::bench
