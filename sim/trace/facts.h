// What models state for judges: a named claim about a subject, at a time, by a node.
#pragma once
#include "sim/base/id.h"
#include "sim/base/name.h"
#include "sim/base/time.h"

#include <cstdint>

namespace cleave {

struct Fact {
  Time at;
  EventId event;
  NodeId node;
  std::uint64_t name = 0;     // Purpose::hash
  std::uint64_t subject = 0;  // what it is about, in the model's own numbering
  std::uint64_t value = 0;
};

// What judges of every protocol understand.
namespace facts {
// A replica gave up an update but keeps it aside, to be merged by hand. Subject: pack(update).
inline constexpr Purpose kKeptForMerge("kept for merge");
// A replica belongs to its store from now on, or does so no more; at first all do. Of one that does
// not, nothing is expected. Subject: the replica; value: the store.
inline constexpr Purpose kJoinedStore("joined store");
inline constexpr Purpose kLeftStore("left store");
// The node orders the updates of its store from now on, as a primary or leader does, until it
// states that it ceased, or goes down. Value: the engine's own number of its reign.
inline constexpr Purpose kBeganToLead("began to lead");
inline constexpr Purpose kCeasedToLead("ceased to lead");
// What the scenario ordered to be done to a store was done. Subject: the number of the order, from
// 0; value: the replica that it is about.
inline constexpr Purpose kOrderDone("administration done");
}  // namespace facts

// A named fault began or ended: what judges need to know to blame the world and not the protocol.
struct FaultMark {
  enum class Phase : std::uint8_t { begin, end };
  Time at;
  EventId event;
  FaultId fault;
  Phase phase = Phase::begin;
};

// A node went down (crashed, was stopped) or came up again. Nodes are up until told otherwise; a
// paused node is up, only slow.
struct NodeMark {
  enum class Phase : std::uint8_t { up, down };
  Time at;
  EventId event;
  NodeId node;
  Phase phase = Phase::up;
};

}  // namespace cleave
