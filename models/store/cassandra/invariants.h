// What holds of a Cassandra store as a whole, whatever goes wrong: looked at after every event, at
// the node that handled it. It sees all nodes at once, which none of them can.
//   timestamps of coordinators    what a replica stores has the timestamp that a coordinator gave
//                                 it, or took from its client
//   timestamps within the offset  of hybrid clocks: nothing is stored that is later than the wall
//                                 clock of its node by more than max_clock_offset
//   acknowledged at its level     when a client is told ok, as many replicas have the update as
//                                 the level asks for, and if the commit log says so, on their
//                                 disks
#pragma once
#include "models/store/cassandra/replica.h"
#include "sim/engine/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace cleave::models::store::cassandra {

// Of one store. Requires: it is called after every event of the store's nodes, in order, and not
// again once it has found something.
class Invariants {
 public:
  std::optional<std::string> after_event(const World& world, NodeId handler);
  std::uint64_t checked() const { return checked_; }

 private:
  struct Seen {  // of a node, after its last event
    std::uint64_t generation = 0;
    std::uint64_t log = 0;  // size
    std::uint64_t stamps = 0;
    std::uint64_t acknowledgements = 0;
    std::map<OperationId, std::uint64_t> stored;  // position after the first entry with it
  };
  std::optional<std::string> look_at_log(const World& world, NodeId node, Seen& seen);
  std::optional<std::string> look_at_answer(const World& world, NodeId handler);

  std::map<NodeId, Seen> seen_;
  std::set<std::pair<OperationId, Timestamp>> stamped_;
  std::uint64_t checked_ = 0;
};

}  // namespace cleave::models::store::cassandra
