// Entries that a Raft group of three commits in a second, on one core: what a client asks for,
// through logs, disks and acknowledgements, to the answer. Judges off; then with the invariants of
// the group looked at after every event.
#include "models/store/raft/install.h"
#include "models/store/raft/invariants.h"
#include "models/store/raft/replica.h"
#include "sim/engine/world.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cleave::bench {
namespace {

namespace store = models::store;
namespace raft = models::store::raft;

constexpr std::uint32_t kUnderWay = 256;

// Asks the leader for so many writes at once, and for the next one with every answer.
struct Pump {
  static constexpr std::string_view kind = "pump";
  struct Begin {
    static constexpr std::string_view name = "begin";
    NodeId leader;
    CLEAVE_DESCRIBE(leader)
  };
  NodeId leader;
  std::uint32_t asked = 0;
  std::uint64_t answered = 0;
  CLEAVE_DESCRIBE(leader, asked, answered)
  using Receives = std::variant<Begin, store::Reply>;

  void ask(Context& ctx) {
    store::Request request;
    request.id = {ctx.self(), ++asked};
    request.key = {asked % 1000};
    request.action = Action::write;
    request.settled = asked > kUnderWay ? asked - kUnderWay : 0;
    ctx.send(leader, request);
  }
  void on(const Begin& begin, NodeId /*self*/, Context& ctx) {
    leader = begin.leader;
    for (std::uint32_t i = 0; i < kUnderWay; ++i)
      ask(ctx);
  }
  void on(const store::Reply& /*reply*/, NodeId /*from*/, Context& ctx) {
    ++answered;
    ask(ctx);
  }
};

struct Group {
  World world;
  std::vector<NodeId> replicas;
  NodeId pump;
  raft::Invariants invariants;

  Group() : world(7, one_region()) {
    store::StorePlan plan{world.add_store("s"), "s", {}, {}};
    for (const std::string path : {"s/here/0", "s/here/1", "s/here/2"})
      plan.replicas.push_back({path, world.add_host(path, {}), "here"});
    replicas = raft::install(world, plan, {}).replicas;
    pump = world.add("pump", world.add_host("pump", {}), Pump{});
    world.run_until(Time{} + Duration{5'000'000'000});
    for (const NodeId replica : replicas)
      if (world.role(replica) == "leader")
        world.act(pump, [&](Context& ctx) { ctx.start_timer({}, Pump::Begin{replica}); });
  }
  static Topology one_region() {
    Topology topology;
    topology.add_region("here");
    return topology;
  }
  std::uint64_t answered() const { return world.node<Pump>(pump).answered; }
};

enum class Watch : std::uint8_t { nobody, invariants };

void commit(benchmark::State& state, Watch watch) {
  constexpr std::uint64_t kEvents = 10'000;
  Group group;
  const std::uint64_t before = group.answered();
  for (auto _ : state)
    for (std::uint64_t i = 0; i < kEvents; ++i) {
      group.world.step();
      if (watch == Watch::nobody) continue;
      if (group.invariants.after_event(group.world, group.replicas)) {
        state.SkipWithError("an invariant is violated");
        return;
      }
    }
  state.SetItemsProcessed(static_cast<std::int64_t>(group.answered() - before));
}

void raft_entries(benchmark::State& state) {
  commit(state, Watch::nobody);
}
BENCHMARK(raft_entries);

void raft_entries_watched(benchmark::State& state) {
  commit(state, Watch::invariants);
}
BENCHMARK(raft_entries_watched);

}  // namespace
}  // namespace cleave::bench
