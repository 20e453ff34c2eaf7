// Numbers that name things of one kind and cannot be mixed with those of another.
#pragma once
#include "sim/base/describe.h"

#include <compare>
#include <cstdint>

namespace cleave {

template <class Tag, class Rep = std::uint32_t>
struct Id {
  Rep value = 0;
  auto operator<=>(const Id&) const = default;
  CLEAVE_DESCRIBE(value)
};

using HostId = Id<struct HostTag>;
using NodeId = Id<struct NodeTag>;    // index of a node in its World, in order of creation
using StoreId = Id<struct StoreTag>;  // index of a store in its scenario
using FaultId = Id<struct FaultTag>;  // index of a fault in its World
using EventId = Id<struct EventTag, std::uint64_t>;  // number of an event, from 1; 0 is "the start"

}  // namespace cleave
