// The messaging service under load: events in a second when people chat, and what it costs to have
// twenty thousand devices connected. Judges off.
#include "models/messaging/install.h"
#include "models/store/raft/install.h"
#include "sim/engine/world.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cleave::bench {
namespace {

namespace messaging = models::messaging;
namespace store = models::store;

constexpr std::uint32_t kRegions = 3;

Topology three_regions() {
  Topology topology;
  for (std::uint32_t r = 0; r < kRegions; ++r)
    topology.add_region("region" + std::to_string(r));
  Link link;
  link.latency = 40_ms;
  for (std::uint16_t a = 0; a < kRegions; ++a)
    for (std::uint16_t b = 0; b < a; ++b)
      topology.connect({b}, {a}, link);
  return topology;
}

store::BuiltStore add_mail(World& world) {
  store::StorePlan plan{world.add_store("mail"), "mail", {}, {}};
  for (std::uint16_t r = 0; r < kRegions; ++r) {
    const std::string path = "mail/" + std::to_string(r);
    plan.replicas.push_back({path, world.add_host(path, PlaceId{r}), ""});
  }
  return store::raft::install(world, plan, {});
}

// People with a phone and a laptop; each writes to the next one.
World people(std::uint32_t count, Duration every, std::uint8_t ordering) {
  World world(1, three_regions());
  const store::BuiltStore mail = add_mail(world);
  messaging::Plan plan;
  plan.options.ordering = ordering;
  for (std::uint16_t r = 0; r < kRegions; ++r)
    plan.regions.push_back({PlaceId{r},
                            "gateway/" + std::to_string(r),
                            "mailbox/" + std::to_string(r),
                            {{StoreId{}, mail.replicas, mail.reads, {}, {}}}});
  for (std::uint32_t p = 0; p < count; ++p) {
    const std::string name = "person" + std::to_string(p);
    plan.people.push_back(name);
    if (p % 2 == 1) plan.conversations.push_back({name, {p - 1, p}});
    for (const char* kind : {"/phone", "/laptop"}) {
      const std::uint32_t region = p / 2 % kRegions;
      models::device::Habits habits;
      habits.reads_after = 2_s;
      habits.chatter = {Time{} + 10_s, Time{} + 3600_s, every * 2, {p / 2}};
      const PlaceId place{static_cast<std::uint16_t>(region)};
      plan.devices.push_back(
          {name + kind, world.add_host(name + kind, place), region, p, std::move(habits)});
    }
  }
  messaging::install(world, plan);
  return world;
}

// Each iteration is an event.
void messaging_events(benchmark::State& state) {
  const World fresh = [&] {
    World world = people(200, 2_s, static_cast<std::uint8_t>(state.range(0)));
    world.run_until(Time{} + 10_s);
    return world;
  }();
  World world = fresh;
  for (auto _ : state) {
    if (world.now() > Time{} + 60_s) {
      state.PauseTiming();
      world = fresh;
      state.ResumeTiming();
    }
    world.step();
  }
}
BENCHMARK(messaging_events)->Arg(0)->Arg(1);

// Ten thousand people: built, and until all of their devices are connected and have looked.
void messaging_start(benchmark::State& state) {
  for (auto _ : state) {
    World world = people(10'000, 3600_s, 0);
    world.run_until(Time{} + 9_s);
    benchmark::DoNotOptimize(world.event());
    state.counters["events"] = static_cast<double>(world.event().value);
  }
}
BENCHMARK(messaging_start)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cleave::bench
