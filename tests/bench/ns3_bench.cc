// The same work on ns-3's kernel with its fastest scheduler, without devices, trace or digest.
#include "tests/bench/tables.h"

#include <benchmark/benchmark.h>
#include <ns3/core-module.h>
#include <ns3/packet.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cleave::bench {
namespace {

void use_fastest_scheduler() {
  ns3::Simulator::Destroy();
  ns3::ObjectFactory factory;
  factory.SetTypeId("ns3::PriorityQueueScheduler");
  ns3::Simulator::SetScheduler(factory);
}

// ns-3 runs until it is stopped: every kBatch events it returns.
constexpr int kBatch = 10'000;
int left = kBatch;

void count() {
  if (--left > 0) return;
  left = kBatch;
  ns3::Simulator::Stop();
}

void run(benchmark::State& state) {
  for (auto _ : state)
    ns3::Simulator::Run();
  state.SetItemsProcessed(state.iterations() * kBatch);
  ns3::Simulator::Destroy();
}

std::vector<std::uint64_t> hold_table;
Draws draws{7};

void fire() {
  count();
  ns3::Simulator::Schedule(ns3::NanoSeconds(1 + draws.quantile(hold_table)), &fire);
}

void ns3_hold(benchmark::State& state) {
  use_fastest_scheduler();
  hold_table = exponential_knots(1'000'000, 1025);
  for (std::int64_t i = 0; i < state.range(0); ++i)
    ns3::Simulator::Schedule(ns3::NanoSeconds(1 + draws.quantile(hold_table)), &fire);
  run(state);
}
BENCHMARK(ns3_hold)->Arg(100'000);

std::vector<std::uint64_t> jitter;
std::vector<std::int64_t> base;
struct Node {
  std::uint64_t sum = 0, latest = 0;
};
std::vector<Node> nodes;

void receive(std::uint64_t a, std::uint64_t /*b*/, std::uint64_t c) {
  count();
  const std::uint32_t self = ns3::Simulator::GetContext();
  Node& node = nodes[self];
  node.sum += a;
  node.latest = std::max(node.latest, c);
  const auto to = draws.below(kNodes);
  const std::int64_t latency = base[self % kRegions * kRegions + to % kRegions] +
                               static_cast<std::int64_t>(draws.quantile(jitter));
  ns3::Simulator::ScheduleWithContext(to, ns3::NanoSeconds(latency), &receive, a, node.sum,
                                      node.latest + 1);
}

void ns3_messages(benchmark::State& state) {
  use_fastest_scheduler();
  jitter = exponential_knots(20'000'000, 257);
  base = latency_matrix();
  nodes.assign(kNodes, {});
  for (std::int64_t i = 0; i < state.range(0); ++i)
    ns3::Simulator::ScheduleWithContext(
        static_cast<std::uint32_t>(i % kNodes), ns3::NanoSeconds(draws.quantile(jitter)), &receive,
        static_cast<std::uint64_t>(i), std::uint64_t{2}, std::uint64_t{3});
  run(state);
}
BENCHMARK(ns3_messages)->Arg(10'000);

// The same as ns-3's own models do it: what is sent is a packet.
struct Integers {
  std::uint64_t a = 0, b = 0, c = 0;
};

void send(std::uint32_t to, std::int64_t latency, const Integers& integers);

void receive_packet(const ns3::Ptr<ns3::Packet>& packet) {
  count();
  Integers got;
  packet->CopyData(reinterpret_cast<std::uint8_t*>(&got), sizeof got);
  const std::uint32_t self = ns3::Simulator::GetContext();
  Node& node = nodes[self];
  node.sum += got.a;
  node.latest = std::max(node.latest, got.c);
  const auto to = draws.below(kNodes);
  send(to,
       base[self % kRegions * kRegions + to % kRegions] +
           static_cast<std::int64_t>(draws.quantile(jitter)),
       {got.a, node.sum, node.latest + 1});
}

void send(std::uint32_t to, std::int64_t latency, const Integers& integers) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&integers);
  const auto packet = ns3::Create<ns3::Packet>(bytes, std::uint32_t{sizeof integers});
  ns3::Simulator::ScheduleWithContext(to, ns3::NanoSeconds(latency), &receive_packet, packet);
}

void ns3_packets(benchmark::State& state) {
  use_fastest_scheduler();
  jitter = exponential_knots(20'000'000, 257);
  base = latency_matrix();
  nodes.assign(kNodes, {});
  for (std::int64_t i = 0; i < state.range(0); ++i)
    send(static_cast<std::uint32_t>(i % kNodes), static_cast<std::int64_t>(draws.quantile(jitter)),
         {static_cast<std::uint64_t>(i), 2, 3});
  run(state);
}
BENCHMARK(ns3_packets)->Arg(10'000);

}  // namespace
}  // namespace cleave::bench
