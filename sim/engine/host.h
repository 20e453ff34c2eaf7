// A host is a failure domain: a machine with its clock, its disk and its place in the network. The
// nodes on it share its crashes and talk over a link without latency.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/clock.h"
#include "sim/network/link.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cleave {

struct Disk {
  Duration sync_latency{2'000'000};  // of one sync on an idle disk: a cloud volume
  std::int64_t slowdown = 1;         // by which faults multiply it
  Time busy_until;                   // syncs queue behind one another
  bool full = false;
  CrashDisk next_crash = CrashDisk::keep_prefix;
};

struct Host {
  std::string name;
  std::uint16_t place = 0;  // vertex of the topology
  Clock clock;
  Disk disk;
  LinkState uplink, downlink;     // of its own access link
  Time last_active;               // when its radio last carried a packet
  std::uint32_t incarnation = 1;  // rises with each start
  std::uint32_t version = 1;
  bool up = true;
  bool paused = false;
  std::vector<NodeId> nodes;
  std::vector<std::uint64_t> deferred;  // queue entries that wait for it to resume: slot, serial
};

}  // namespace cleave
