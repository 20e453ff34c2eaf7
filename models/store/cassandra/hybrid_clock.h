// A hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone 2014), in the compact form of
// that paper: one integer that is compared as such, so that it can stand where a wall clock's
// timestamp stood. Of its microseconds the low ten bits are the logical part; the rest, in units of
// 1.024 ms, is the physical one. Whatever happened before has the lower timestamp, as far as all
// that was seen is merged: of two numbers the larger. It is ahead of the wall clock by no more than
// the clock is from which it got its last number, and a logical part that is full runs over into
// the physical one, as if that clock were 1.024 ms faster.
#pragma once
#include "models/store/operation.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

inline constexpr Timestamp kLogicalParts = 1 << 10;

constexpr Timestamp physical_part(Timestamp timestamp) {
  return timestamp - timestamp % kLogicalParts;
}

// Of an event after one, or after what was seen, with the timestamp `last`. Requires: wall >= 0.
constexpr Timestamp hybrid_timestamp(Timestamp last, Timestamp wall) {
  return std::max(physical_part(wall), last + 1);
}

}  // namespace cleave::models::store::cassandra
