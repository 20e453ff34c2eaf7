// A host is a failure domain: a machine with its clock, its disk and its place in the network. The
// nodes on it share its crashes and talk over a link without latency.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/clock.h"
#include "sim/network/link.h"
#include "sim/network/topology.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct Disk {
  Duration sync_latency{2'000'000};  // of one sync on an idle disk: a cloud volume
  std::int64_t slowdown = 1;         // by which a fault multiplies it
  Time busy_until;                   // syncs queue behind one another
  std::optional<FaultId> slowed_by;
  std::optional<FaultId> filled_by;  // it takes no more writes
};

// A packet or timer of a paused host: a slot of the slab, and the serial of a timer.
struct Deferred {
  std::uint32_t slot = 0;
  std::uint32_t serial = 0;
};

struct Host {
  std::string name;
  PlaceId place;
  Clock clock;
  std::optional<FaultId> clock_changed_by;
  Disk disk;
  HostLinks links;                // its own share of access links
  std::uint64_t incarnation = 1;  // rises with each start
  std::uint32_t version = 1;
  bool up = true;
  bool paused = false;
  std::vector<NodeId> nodes;
  std::vector<Deferred> deferred;  // in order of arrival
};

}  // namespace cleave
