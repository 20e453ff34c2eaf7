// Acknowledged updates that no replica holds at the end, gathered by what lost them: thousands of
// lost writes are often one event. What became of a single one is in fates.h.
#pragma once
#include "sim/explore/recording.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct Loss {
  StoreId store;
  std::optional<NodeId> holder;      // who held them last; nothing: no replica ever did
  EventId event;                     // in which it gave them up
  Time at;                           // and when
  std::vector<OperationId> updates;  // in order of their invocation
  Time first, last;                  // acknowledged
};

// In order of time; those that no replica ever held come first.
std::vector<Loss> losses(const Recording& recording);

// "4,299 updates of accounts were acknowledged from 20.004 s to 63.301 s. Their last holder,
// accounts/us-east/0, gave them up at 63.344 s (event 44,102), 344 ms after split."
// "Why: accounts/us-west/0 began to lead at 40.021 s, during split, without them. Both led at once,
// for accounts/us-east/0 did not know, and acknowledged writes until 63.344 s. When it heard of the
// other, it dropped what the other did not have."
std::string sentence(const Recording& recording, const Loss& loss);

}  // namespace cleave
