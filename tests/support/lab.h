// The words in which tests tell their stories: regions, stores, people, and what goes wrong.
//   Lab lab({"east", "west"});
//   lab.add_store("accounts", {"east", "west"}, build);
//   const NodeId alice = lab.add_person("alice", "east", {"accounts"});
//   lab.cut({{"east"}, {"west"}});
//   const OperationId hello = lab.ask(alice, lab.write("accounts", "name", "Alice"));
//   lab.run_for(5_s);
//   EXPECT_EQ(lab.recorder.outcome(hello), Outcome::ok);
// Who is meant is said by the name of a region, or the path name of a node.
#pragma once
#include "models/store/engine.h"
#include "models/store/store_client.h"
#include "sim/engine/world.h"
#include "tests/support/recorder.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::support {

namespace store = models::store;

// Asks what the test tells it to.
struct Person {
  static constexpr std::string_view kind = "person";
  struct Ask {
    static constexpr std::string_view name = "ask";
    store::Request request;
    CLEAVE_DESCRIBE(request)
  };
  struct Told {  // what to do when the answer comes: remember it
    std::uint32_t question = 0;
    CLEAVE_DESCRIBE(question)
  };

  std::vector<store::StoreAccess> stores;
  struct Memory {
    store::StoreClient<Told> client;
    std::uint32_t questions = 0;
    std::map<std::uint32_t, store::Result> answers;  // by question
    CLEAVE_DESCRIBE(client, questions, answers)
  } memory;
  CLEAVE_DESCRIBE(stores, memory)

  using Receives = Join<std::variant<Start, Ask>, store::StoreClient<Told>::Receives>;

  void on(const Start& start, NodeId /*self*/, Context& /*ctx*/) {
    memory.client.open(stores, start.incarnation);
  }
  void on(const Ask& ask, NodeId /*self*/, Context& ctx) {
    memory.client.perform(ctx, ask.request, Told{++memory.questions});
  }
  void on(const store::Answer<Told>& answer, NodeId /*replica*/, Context& /*ctx*/) {
    memory.answers.emplace(answer.then.question, answer.result);
  }
  template <store::FromStore M>
  void on(const M& m, NodeId from, Context& ctx) {
    memory.client.on(m, from, ctx, *this);
  }
};

// Adds a store's nodes, as Engine::build does.
using Build = std::function<store::BuiltStore(World&, const store::StorePlan&)>;
using Group = std::vector<std::string>;

class Lab {
 public:
  // Every two regions are `one_way` apart.
  explicit Lab(const std::vector<std::string>& regions, Duration one_way = Duration{40'000'000},
               std::uint64_t seed = 1)
      : world(seed, topology_of(regions, one_way)) {}

  World world;
  Recorder recorder;

  // ---- who --------------------------------------------------------------------------------------
  // Replica n in a region is "STORE/REGION/n", and so is its host.
  StoreId add_store(const std::string& name, const std::vector<std::string>& regions,
                    const Build& build) {
    store::StorePlan plan;
    plan.store = world.add_store(name);
    plan.name = name;
    std::map<std::string, int> count;
    for (const std::string& region : regions) {
      const std::string path = name + "/" + region + "/" + std::to_string(count[region]++);
      plan.replicas.push_back({path, world.add_host(path, place(region)), region});
    }
    stores_.emplace(name, Store{plan, build(world, plan)});
    return plan.store;
  }
  // Any node, on a host of its own.
  template <class N>
  NodeId add(const std::string& name, const std::string& region, N node) {
    return world.add(name, world.add_host(name, place(region)), std::move(node));
  }
  // The person's own region's replicas are the nearest.
  NodeId add_person(const std::string& name, const std::string& region, const std::string& store,
                    store::Routing routing = store::Routing::nearest,
                    store::Patience patience = {}) {
    Person person;
    person.stores = {access(region, store, routing, patience)};
    return add(name, region, std::move(person));
  }
  store::StoreAccess access(const std::string& region, const std::string& name,
                            store::Routing routing = store::Routing::nearest,
                            store::Patience patience = {}) const {
    const Store& store = stores_.at(name);
    store::StoreAccess access{store.plan.store, {},       store.built.reads,
                              routing,          patience, store.built.clock};
    for (const bool near : {true, false})
      for (std::size_t i = 0; i < store.plan.replicas.size(); ++i)
        if ((store.plan.replicas[i].region == region) == near)
          access.replicas.push_back(store.built.replicas[i]);
    return access;
  }
  NodeId node(std::string_view path) const { return *world.find(path); }
  const std::vector<NodeId>& replicas(const std::string& store) const {
    return stores_.at(store).built.replicas;
  }

  // ---- what they do -----------------------------------------------------------------------------
  store::Request request(const std::string& store, ObjectType type, Action action,
                         std::string_view object, std::string_view value = {}) const {
    const store::ObjectName name(stores_.at(store).plan.store, type, object);
    return store::make(name, action, value.empty() ? Blob{} : Blob(1, 1, std::string(value)));
  }
  // The next operation of a person that has not restarted; it begins with the next step.
  OperationId ask(NodeId person, store::Request request) {
    world.act(person, [&request](Context& ctx) {
      ctx.start_timer(Duration{0}, Person::Ask{std::move(request)});
    });
    return {person, ++asked_[person]};
  }
  OperationId write(NodeId person, const std::string& store, std::string_view reg,
                    std::string_view value) {
    return ask(person, request(store, ObjectType::reg, Action::write, reg, value));
  }
  OperationId read(NodeId person, const std::string& store, std::string_view reg,
                   store::Consistency consistency = store::Consistency::configured) {
    store::Request question = request(store, ObjectType::reg, Action::read, reg);
    question.consistency = consistency;
    return ask(person, std::move(question));
  }

  // ---- time -------------------------------------------------------------------------------------
  void run_for(Duration duration) { run_until(world.now() + duration); }
  void run_until(Time time) { world.run_until(time, &recorder); }

  // ---- what goes wrong, now ---------------------------------------------------------------------
  FaultId begin(Verb verb, const std::vector<Group>& groups) {
    Fault fault = make_fault(verb, groups);
    return begin(std::move(fault));
  }
  FaultId begin(Fault fault) {
    fault.at = world.now();
    fault.may_be_inert = true;
    const FaultId id = world.schedule(std::move(fault));
    run_until(world.now());
    return id;
  }
  FaultId cut(const std::vector<Group>& groups) { return begin(Verb::cut, groups); }
  void heal() { begin(Verb::heal, {}); }
  void crash(const std::string& who) { begin(Verb::crash, {{who}}); }
  void restart(const std::string& who) { begin(Verb::restart, {{who}}); }

  Fault make_fault(Verb verb, const std::vector<Group>& groups) const {
    Fault fault;
    fault.name = std::string(to_string(verb)) + " " + std::to_string(world.fault_count());
    fault.verb = verb;
    for (const Group& names : groups) {
      fault.groups.emplace_back();
      for (const std::string& name : names) {
        const bool region = world.topology().find(name).has_value();
        fault.groups.back().push_back(
            {region ? Selector::By::region : Selector::By::path, name, {}});
      }
    }
    return fault;
  }

  // ---- what came of it --------------------------------------------------------------------------
  std::optional<Outcome> outcome(OperationId id) const { return recorder.outcome(id); }
  const store::Result& answer(OperationId id) const {
    return world.node<Person>(id.client).memory.answers.at(id.index);
  }
  bool converged(const std::string& store) const {
    const std::vector<NodeId>& all = replicas(store);
    const StoreId id = stores_.at(store).plan.store;
    if (world.ledger().largest_distance(id) != 0) return false;
    for (const NodeId replica : all)
      if (world.replicated_state(replica) != world.replicated_state(all.front())) return false;
    return true;
  }
  // Acknowledged updates that no replica of the store holds.
  std::vector<OperationId> lost(const std::string& store, Time acknowledged_from = {},
                                Time to = kForever) const {
    const StoreId id = stores_.at(store).plan.store;
    std::vector<OperationId> gone;
    for (const OperationId update : recorder.acknowledged(id, acknowledged_from, to))
      if (world.ledger().holders(id, update) == 0) gone.push_back(update);
    return gone;
  }
  std::vector<std::string> with_role(const std::string& store, std::string_view role) const {
    std::vector<std::string> found;
    for (const NodeId replica : replicas(store))
      if (world.is_up(replica) && world.role(replica) == role)
        found.emplace_back(world.name(replica));
    return found;
  }

 private:
  struct Store {
    store::StorePlan plan;
    store::BuiltStore built;
  };
  static Topology topology_of(const std::vector<std::string>& regions, Duration one_way) {
    Topology topology;
    for (const std::string& region : regions)
      topology.add_region(region);
    const auto places = topology.places().size();
    for (std::size_t a = 0; a < places; ++a)
      for (std::size_t b = 0; b < a; ++b) {
        Link link;
        link.latency = one_way;
        topology.connect({static_cast<std::uint16_t>(b)}, {static_cast<std::uint16_t>(a)}, link);
      }
    return topology;
  }
  PlaceId place(const std::string& region) const { return *world.topology().find(region); }

  std::map<std::string, Store> stores_;
  std::map<NodeId, std::uint32_t> asked_;
};

}  // namespace cleave::support
