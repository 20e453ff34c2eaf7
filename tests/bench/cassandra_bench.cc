// Writes that a Cassandra store of three replicas acknowledges at quorum in a second, on one core,
// and reads: what a client asks of one coordinator, to the answer.
#include "models/store/cassandra/install.h"
#include "models/store/cassandra/replica.h"
#include "sim/engine/world.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cleave::bench {
namespace {

namespace store = models::store;
namespace cassandra = models::store::cassandra;

constexpr std::uint32_t kUnderWay = 256;

// Asks a coordinator for so many operations at once, and for the next one with every answer.
struct Asker {
  static constexpr std::string_view kind = "asker";
  struct Begin {
    static constexpr std::string_view name = "begin";
    NodeId coordinator;
    CLEAVE_DESCRIBE(coordinator)
  };
  NodeId coordinator;
  Action action = Action::write;
  std::uint32_t asked = 0;
  std::uint64_t answered = 0;
  CLEAVE_DESCRIBE(coordinator, action, asked, answered)
  using Receives = std::variant<Begin, store::Reply>;

  void ask(Context& ctx) {
    store::Request request;
    request.id = {ctx.self(), ++asked};
    request.key = {asked % 1000};
    request.action = action;
    ctx.send(coordinator, request);
  }
  void on(const Begin& begin, NodeId /*self*/, Context& ctx) {
    coordinator = begin.coordinator;
    for (std::uint32_t i = 0; i < kUnderWay; ++i)
      ask(ctx);
  }
  void on(const store::Reply& reply, NodeId /*from*/, Context& ctx) {
    answered += reply.result.outcome == Outcome::ok ? 1u : 0u;
    ask(ctx);
  }
};

struct Cluster {
  World world;
  NodeId asker;

  explicit Cluster(Action action) : world(7, one_region()) {
    store::StorePlan plan{world.add_store("s"), "s", {}, {}};
    for (const std::string path : {"s/here/0", "s/here/1", "s/here/2"})
      plan.replicas.push_back({path, world.add_host(path, {}), "here"});
    cassandra::Choice choice;
    choice.options.read = choice.options.write = cassandra::Level::quorum;
    const std::vector<NodeId> nodes = cassandra::install(world, plan, choice).replicas;
    Asker node;
    node.action = action;
    asker = world.add("asker", world.add_host("asker", {}), node);
    world.run_until(Time{} + Duration{5'000'000'000});
    world.act(asker, [&](Context& ctx) { ctx.start_timer({}, Asker::Begin{nodes[0]}); });
  }
  static Topology one_region() {
    Topology topology;
    topology.add_region("here");
    return topology;
  }
  std::uint64_t answered() const { return world.node<Asker>(asker).answered; }
};

void operate(benchmark::State& state, Action action) {
  constexpr std::uint64_t kEvents = 10'000;
  Cluster cluster(action);
  const std::uint64_t before = cluster.answered();
  for (auto _ : state)
    cluster.world.run(kEvents);
  state.SetItemsProcessed(static_cast<std::int64_t>(cluster.answered() - before));
}

void cassandra_writes(benchmark::State& state) {
  operate(state, Action::write);
}
BENCHMARK(cassandra_writes);

void cassandra_reads(benchmark::State& state) {
  operate(state, Action::read);
}
BENCHMARK(cassandra_reads);

}  // namespace
}  // namespace cleave::bench
