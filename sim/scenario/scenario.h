// A scenario as plain data: who is there, what they do, what goes wrong, and what is claimed of it.
// Read from a Section (read.h), where every mistake is found; built into a World (build.h). Names
// are resolved and units gone, so that nothing here can be wrong any more.
#pragma once
#include "models/store/store_client.h"
#include "sim/base/mark.h"
#include "sim/base/quantity.h"
#include "sim/base/section.h"
#include "sim/base/time.h"
#include "sim/engine/fault.h"
#include "sim/engine/world.h"
#include "sim/network/link.h"
#include "sim/network/transport.h"
#include "sim/scenario/messaging_spec.h"
#include "sim/trace/history.h"
#include "sim/trace/store_order.h"
#include "sim/trace/verdict.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {

enum class Level : std::uint8_t;  // of consistency: sim/check/history/question.h
namespace conversation {
enum class Judge : std::uint8_t;  // of messages: sim/check/conversation/judges.h
}

// ---- where ----------------------------------------------------------------------------------
// Packets that overtake each other: with `probability` one waits `by` more.
struct Reordering {
  Probability probability;
  Duration by;
};

// One direction of a link between two regions; what is absent is as the latency table says.
struct LinkSpec {
  std::string from, to;
  std::optional<Duration> latency;
  std::optional<Duration> jitter;  // up to this much more, uniformly
  std::optional<Probability> loss;
  std::optional<BurstyLoss> bursts;
  std::optional<Probability> duplicate;
  std::optional<Reordering> reorder;
  std::optional<BitRate> bandwidth;
  std::optional<Bytes> queue;
};

struct TopologySpec {
  std::string latency;  // name of a table; empty: links say it all
  std::vector<std::string> regions;
  Duration local_round_trip{2'000'000};                     // between hosts of one region
  std::vector<LinkSpec> links;                              // at most one for each direction
  std::vector<std::pair<std::string, std::string>> access;  // kind of device, access profile
  ConnectionLimits connections;
};

// ---- who ------------------------------------------------------------------------------------
struct ReplicasSpec {
  std::string region;
  std::uint32_t count = 0;
};

struct StoreSpec {
  std::string name;
  std::string engine;
  std::vector<ReplicasSpec> replicas;
  Section options;                 // for the engine, which has checked them
  std::vector<StoreOrder> orders;  // that the options give
};

struct ClientsSpec {
  std::string name;
  std::uint32_t count = 0;
  std::string region;
  std::string device;  // a kind of topology.access; empty: in the region itself
  models::store::Routing routing = models::store::Routing::nearest;
  Duration clock_offset;
  Duration clock_spread;  // each client's offset is drawn from so much before and after
  Drift drift;
};

// ---- what they do -----------------------------------------------------------------------------
// Keys of a store: "user-{0..99}" is prefix "user-", first 0, last 99 and no suffix.
struct KeySpec {
  std::string prefix, suffix;
  std::uint64_t first = 0, last = 0;
  bool numbered = false;  // false: the one key `prefix`
};

enum class Arrivals : std::uint8_t {
  regular,  // at equal distances
  poisson,  // memoryless, with the same mean
};

enum class KeyOrder : std::uint8_t {
  uniform,     // each as likely as any other, unless `zipf` says otherwise
  sequential,  // one after another, around
};

struct ActionShare {
  Action action = Action::write;
  std::uint32_t weight = 1;
};

struct WorkloadSpec {
  Time from, to;
  std::optional<Duration> every;  // open loop: between two operations of the whole entry
  Arrivals arrivals = Arrivals::regular;
  std::uint32_t in_flight = 0;    // closed loop: operations at a time for each client
  Duration think;                 // and its pause between an answer and the next operation
  std::vector<std::uint32_t> by;  // indices of clients
  std::vector<ActionShare> mix;
  std::uint32_t store = 0;  // index
  ObjectType object = ObjectType::reg;
  KeySpec keys;
  KeyOrder order = KeyOrder::uniform;
  std::optional<Decimal> zipf;  // exponent, in whole thousandths
  std::int64_t amount = 1;      // by which is raised, added or reserved
  std::int64_t bound = 0;       // of reservations
  models::store::Consistency consistency = models::store::Consistency::configured;  // of reads
  models::store::Patience patience;
};

// ---- how it ends ------------------------------------------------------------------------------
// From a moment on a core of the system is healed, and stays so. The rest is left as broken as it
// is, and cut off for ever. What that means for each fault is said by the faults themselves.
struct LivenessPhase {
  Time from;
  std::vector<std::string> broken;  // nodes that are not of the core, by their names
};

// ---- what is claimed --------------------------------------------------------------------------
// Stores, client groups and faults by index.
struct Converges {
  std::uint32_t store = 0;
  Duration within;
  std::optional<std::uint32_t> after;  // a fault
};
struct LostAcknowledgedWrites {
  std::uint32_t store = 0;
};
struct Available {
  std::uint32_t store = 0;
  std::vector<std::uint32_t> groups;    // of clients
  std::optional<std::uint32_t> during;  // a fault
  Probability at_least;
};
struct FifoOrder {
  std::uint32_t store = 0;
};
struct ReadsFresh {
  std::uint32_t store = 0;
};
struct Consistent {
  // Who must see it kept.
  enum class By : std::uint8_t { clients, replicas, both };
  std::uint32_t store = 0;
  Level level{};
  By seen_by = By::clients;
};
struct Recovers {
  std::uint32_t store = 0;
  Duration within;
};
// Of messages between people.
struct OfMessages {
  conversation::Judge judge{};
  std::vector<std::uint32_t> people;  // whose devices; empty: everybody's
  Duration within;                    // of judges that have a deadline
  std::optional<std::uint32_t> after;
};
struct WithoutEffect {
  std::uint32_t fault = 0;
};
using Claim = std::variant<Converges, LostAcknowledgedWrites, Available, FifoOrder, ReadsFresh,
                           Consistent, Recovers, OfMessages, WithoutEffect>;

struct Expectation {
  std::string name;  // as a person would say it: "converges accounts within 30s after split"
  Claim claim;
  Word expected = Word::holds;
  std::uint32_t line = 0;
};

// ---- all of it --------------------------------------------------------------------------------
struct Scenario {
  std::string name, about;
  std::uint64_t seed = 1;
  Time run_for;
  Limits limits;
  bool invariants = true;  // engines' own are looked at after every event
  TopologySpec topology;
  std::vector<StoreSpec> stores;
  std::vector<ClientsSpec> clients;
  std::vector<WorkloadSpec> workload;
  std::optional<MessagingSpec> messaging;
  std::vector<Fault> faults;
  std::optional<LivenessPhase> liveness;
  std::vector<Expectation> expect;
};

}  // namespace cleave
