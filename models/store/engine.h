// What an engine is to a scenario: a name, options, a way to put its nodes into a World, and what
// it promises of each object type. An engine is a folder beside this file; its entry.cc puts it
// into the catalogue.
#pragma once
#include "models/store/operation.h"
#include "models/store/store_client.h"
#include "sim/base/diagnostics.h"
#include "sim/base/schema.h"
#include "sim/base/section.h"
#include "sim/engine/world.h"
#include "sim/trace/probe.h"
#include "sim/trace/store_order.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::models::store {

// ---- what the scenario says of a store ---------------------------------------------------------

// Known before there is a World: enough to check options.
struct Setting {
  std::vector<std::string> regions;          // of the topology
  std::vector<std::string> replica_regions;  // of each replica, in order
  Duration run_for{};                        // 0: not known
};

struct Placement {
  std::string path;  // of the replica's node: "accounts/us-east/0"
  HostId host;
  std::string region;
};

struct StorePlan {
  StoreId store;
  std::string name;  // "accounts"; nodes of the engine's own are "accounts/..."
  std::vector<Placement> replicas;
  Section options;  // checked
};

// The setting of a store in a World that has its topology.
Setting setting_of(const World& world, const StorePlan& plan);

// What clients need to know of a store that was built.
struct BuiltStore {
  std::vector<NodeId> replicas;  // in the order of the plan
  ReadsAt reads = ReadsAt::leader;
  ClientClock clock = ClientClock::none;
};

// ---- what the engine says of itself -------------------------------------------------------------

// Whether what a type guarantees (see guarantee()) survives a cut, a failover in its midst and the
// heal.
enum class Kept : std::uint8_t {
  always,
  within_bounds,  // but for operations of a bounded time, which `about` names
  no,
};
std::string_view to_string(Kept kept);

constexpr std::size_t kObjectTypes = 8;

// What the engine promises when some of its options are so, and the others as by default.
struct Promise {
  std::vector<std::pair<std::string_view, std::string_view>> options;
  std::array<Kept, kObjectTypes> kept{};  // by ObjectType
  bool blocks = false;       // updates are not served while too few replicas are in reach
  bool stale_reads = false;  // a read may miss what was acknowledged before it
  std::string_view about;    // one or two sentences
};

// A mistake that an engine makes on purpose when its option `bugs` names it: what judges and
// invariants are for. One that is not found says that nobody looked.
struct PlantedBug {
  std::string_view name;       // as a scenario says it
  std::string_view what;       // the mistake, as a sentence
  std::string_view caught_by;  // words of who must find it: of the verdict or its reason
  std::string_view scenario;   // whose swarm finds it, or a test; empty: swarms/ENGINE.yaml
};

// What an engine's own invariants came to, up to now.
struct Inspection {
  std::uint64_t checked = 0;  // how often something was compared
  std::optional<std::string>
      wrong;  // a sentence, from the first event after which they do not hold
};
// Looks at a store after an event that the node, one of its replicas, has handled. It is called
// after each of them, in order, until something is wrong; it may be copied together with the World,
// and points into none.
using Inspector = std::function<Inspection(const World& world, NodeId handler)>;

struct Engine {
  std::string_view name;   // as a scenario names it: "primary-backup"
  std::string_view about;  // one sentence
  Schema options;
  std::vector<Promise> promises;
  // Adds every mistake of a store's options.
  void (*check)(const Section& options, const Setting& setting, Diagnostics& diagnostics) = nullptr;
  // Adds the store's nodes and declares its replicas. Requires: options that check() let pass, and
  // hosts in their regions.
  BuiltStore (*build)(World& world, const StorePlan& plan) = nullptr;
  // What a store's options order to be done to it, in order; when that is done, a node states
  // facts::kOrderDone. Null: they never do. Requires: options that check() let pass.
  std::vector<StoreOrder> (*orders)(const Section& options, const Setting& setting) = nullptr;
  // What holds of its replicas as a group, whatever goes wrong: "Raft's invariants". Empty: it
  // says nothing of the kind, and there is no inspector.
  std::string_view invariants{};
  Inspector (*inspector)() = nullptr;
  std::vector<PlantedBug> bugs{};
  std::vector<Probe> probes{};  // all that its nodes state
  // Whether a store with these options is to come past the probe: not if it is about what they do
  // not ask for. Null: past each of them.
  bool (*asks_for)(const Section& options, const Probe& probe) = nullptr;
};

// What one may rely on for an object of this type when its engine keeps its guarantees.
std::string_view guarantee(ObjectType type);

}  // namespace cleave::models::store
