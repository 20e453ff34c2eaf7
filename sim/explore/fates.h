// What became of an update, from the client who asked for it to the replicas that took it up and
// gave it up, in plain sentences: how a person finds out which acknowledged writes were lost, and
// why.
#pragma once
#include "sim/explore/recording.h"

#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct Fate {
  OperationId operation;
  std::optional<Time> acknowledged;
  std::vector<EventId> events;  // that the story tells of, in order
  bool held = false;            // by some replica at the end
  std::string story;
};

// Of any operation that was recorded.
Fate fate_of(const Recording& recording, OperationId operation);
// Of all updates that were acknowledged and are held by no replica at the end, in order of their
// invocation; at most `most` of them.
std::vector<Fate> lost_writes(const Recording& recording, std::size_t most = 1'000);

}  // namespace cleave
