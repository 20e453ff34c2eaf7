// What of a recording is looked at: one moment, one window of time, one selection. Every picture is
// a function of a recording and this.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/draw/target.h"

#include <cstdint>
#include <optional>
#include <set>
#include <utility>

namespace cleave::draw {

struct View {
  Time at;        // the cursor: everything due by then has happened
  Time from, to;  // the window of the space-time diagram; from < to
  Target selected;
  // Whose witness is looked at: an index of the expectations. Its operations are selected together,
  // and stay so while they are looked at one by one.
  std::optional<std::uint32_t> verdict;
  StoreId store;                                  // whose divergence is shown
  std::optional<NodeId> reference;                // the replica that others are compared with
  std::optional<std::pair<NodeId, NodeId>> pair;  // whose states are compared
  std::optional<std::uint32_t> conversation;      // whose lists are shown; none: where most is said
  std::set<NodeId> hidden;                        // lanes that are not drawn
  bool operator==(const View&) const = default;
};

}  // namespace cleave::draw
