// What tests of every engine do to a small store: stop at each event and look who handles it, or
// draw what may go wrong at once, and mend all of it in the end.
#pragma once
#include "models/store/workload_client.h"
#include "tests/support/lab.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store {

using Names = std::vector<std::string>;

class Handles : public Observer {
 public:
  using Observer::on;
  void on(const Record& record, EventId /*event*/) override {
    if (record.kind() == RecordKind::delivered || record.kind() == RecordKind::timer)
      node = NodeId{record.to};
  }
  std::optional<NodeId> node;
};

// Who handles the next event, if a node does.
inline std::optional<NodeId> next_handler(const support::Lab& lab, Time limit) {
  World ahead = lab.world;
  Handles handles;
  ahead.step(limit, &handles);
  return handles.node;
}

// Appends to one log.
inline Load appends(StoreId store, Time until, Duration every) {
  Load load;
  load.store = store;
  load.until = until;
  load.pace = OpenLoop{.every = every};
  load.type = ObjectType::log;
  load.mix = {{Action::append, 1}};
  load.keys.prefix = "log";
  load.patience = {.deadline = 1_s, .answer_within = 100_ms, .backoff = 5_ms};
  return load;
}

// In a region, by its name.
inline WorkloadClient client_in(const support::Lab& lab, const std::string& region,
                                std::uint64_t seed, std::vector<Load> loads) {
  WorkloadClient client;
  client.name = region;
  client.seed = seed;
  client.stores = {lab.access(region, "s")};
  client.loads = std::move(loads);
  return client;
}

struct Chaos {
  Random random;
  std::span<const Verb> verbs;  // one that stands there twice is drawn twice as often
  Names nodes;                  // hosts have the same names

  std::uint64_t below(std::uint64_t n) { return random.below(n); }
  Duration up_to(Duration most) {
    return {static_cast<std::int64_t>(below(static_cast<std::uint64_t>(most.ns)))};
  }
  const std::string& any() { return nodes[below(nodes.size())]; }

  Fault fault(const support::Lab& lab) {
    const std::string a = any();
    const std::string b = any();
    const Verb verb = verbs[below(verbs.size())];
    const bool pair = verb == Verb::cut || verb == Verb::cut_one_way || verb == Verb::hold ||
                      (verb >= Verb::delay && verb <= Verb::reorder);
    Fault fault = lab.make_fault(verb, pair && a != b ? std::vector<support::Group>{{a}, {b}}
                                                      : std::vector<support::Group>{{a}});
    if (pair && a == b) fault.verb = Verb::isolate;
    fault.lasts = up_to(900_ms) + 1_ms;
    fault.duration = up_to(200_ms);
    fault.probability = threshold(below(60), 100);
    fault.parts_per_billion = static_cast<std::int64_t>(below(40'000'000)) - 20'000'000;
    fault.factor = 20;
    return fault;
  }

  void mend_all(support::Lab& lab) const {
    lab.heal();
    lab.begin(Verb::release, {});
    for (const std::string& node : nodes) {
      lab.restart(node);
      lab.begin(Verb::resume, {{node}});
    }
  }
};

}  // namespace cleave::models::store
