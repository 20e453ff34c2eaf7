#include "tests/support/toy_nodes.h"

namespace cleave::toys {

namespace {

constexpr std::uint32_t kRegions = 8;

// -ln(1 - p) times the mean at equally likely p.
std::vector<std::uint64_t> exponential_knots(std::uint64_t mean, std::size_t knots) {
  constexpr std::uint64_t kLn2Q32 = 2977044471ull;
  std::vector<std::uint64_t> table(knots);
  for (std::size_t i = 0; i < knots; ++i) {
    const auto tail = static_cast<std::uint64_t>((u128(2 * (knots - i) - 1) << 63) / knots);
    table[i] = static_cast<std::uint64_t>((u128(neg_log2_q32(tail)) * kLn2Q32 >> 32) * mean >> 32);
  }
  return table;
}

// Eight regions, each pair 5 to 85 ms apart, with jitter, and one packet in a thousand lost and
// another doubled.
Topology eight_regions() {
  Topology topology;
  const JitterId jitter = topology.add_jitter(exponential_knots(20'000'000, 257));
  std::vector<PlaceId> regions;
  for (std::uint32_t i = 0; i < kRegions; ++i) {
    const Link local{.latency = Duration{5'000'000},
                     .jitter = jitter,
                     .lost_below = threshold(1, 1000),
                     .duplicated_below = threshold(1, 1000)};
    regions.push_back(topology.add_region("region-" + std::to_string(i), local));
  }
  for (std::uint32_t a = 0; a < kRegions; ++a)
    for (std::uint32_t b = 0; b < kRegions; ++b) {
      if (a == b) continue;
      Random r = Random::at(1, Purpose("base latency").hash, a * kRegions + b, 0);
      Link link{.jitter = jitter,
                .lost_below = threshold(1, 1000),
                .duplicated_below = threshold(1, 1000)};
      link.latency.ns = 5'000'000 + static_cast<std::int64_t>(r.below(80'000'000));
      topology.add_link(regions[a], regions[b], link);
    }
  return topology;
}

template <class N>
World crowd(std::uint64_t seed, std::uint32_t nodes, const N& node) {
  World world(seed, eight_regions());
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const std::string name = std::string(N::kind) + "/" + std::to_string(i);
    const HostId host = world.add_host(name, PlaceId{static_cast<std::uint16_t>(i % kRegions)});
    world.add(name, host, node);
  }
  return world;
}

}  // namespace

void Holder::hold(Context& ctx, std::uint64_t round) {
  static const std::vector<std::uint64_t> kTable = exponential_knots(1'000'000, 1025);
  Random random = ctx.random(Purpose("hold"));
  const std::uint64_t wait = 1 + quantile(random, kTable);
  ctx.start_timer(Duration{static_cast<std::int64_t>(wait)}, Tick{round});
}

World holders(std::uint64_t seed, std::uint32_t nodes, std::uint64_t pending) {
  World world = crowd(seed, nodes, Holder{});
  for (std::uint64_t k = 0; k < pending; ++k)
    world.act({static_cast<std::uint32_t>(k % nodes)}, [](Context& ctx) { Holder::hold(ctx, 0); });
  return world;
}

World talkers(std::uint64_t seed, std::uint32_t nodes, std::uint64_t in_flight) {
  const Talker talker{.nodes = nodes};
  World world = crowd(seed, nodes, talker);
  for (std::uint64_t k = 0; k < in_flight; ++k)
    world.act({static_cast<std::uint32_t>(k % nodes)}, [&](Context& ctx) {
      ctx.send_datagram(talker.any(ctx), Ask{k, 2, 3});
    });
  return world;
}

World letters(std::uint64_t seed, std::uint32_t nodes, std::uint64_t in_flight) {
  const Talker talker{.nodes = nodes};
  World world = crowd(seed, nodes, talker);
  for (std::uint64_t k = 0; k < in_flight; ++k)
    world.act({static_cast<std::uint32_t>(k % nodes)},
              [&](Context& ctx) { ctx.send_datagram(talker.any(ctx), Letter{}); });
  return world;
}

World keepers(std::uint64_t seed, std::uint32_t nodes, std::uint64_t in_flight) {
  Keeper keeper;
  keeper.nodes = nodes;
  World world = crowd(seed, nodes, keeper);
  for (std::uint64_t k = 0; k < in_flight; ++k)
    world.act({static_cast<std::uint32_t>(k % nodes)}, [&](Context& ctx) {
      Random random = ctx.random(Purpose("first hop"));
      ctx.send({static_cast<std::uint32_t>(random.below(nodes))}, Ask{k, 2, 3});
    });
  return world;
}

Topology two_regions(const Link& link) {
  Topology topology;
  const PlaceId east = topology.add_region("east");
  const PlaceId west = topology.add_region("west");
  topology.connect(east, west, link);
  return topology;
}

}  // namespace cleave::toys
