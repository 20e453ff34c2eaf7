// Which writes must stay where some operations of registers are looked at without the others: those
// that a read, or a compare-and-set, may have seen.
#pragma once
#include "sim/check/history/history.h"
#include "sim/check/linear/places.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::linear {

class Support {
 public:
  // Of operations of registers: read, write, compare_and_set, transaction.
  Support(const History& history, std::span<const std::uint32_t> operations);

  // `kept`, ascending, and all that it needs. A write is not needed for a read if another one that
  // is kept came, in real time, between them; but one of its value is always there, if any was.
  std::vector<std::uint32_t> close(std::vector<std::uint32_t> kept) const;

 private:
  struct Writer {
    Place place;
    std::uint32_t operation = 0;
    std::uint64_t longest = 0;  // last completion of those up to here, but for pending ones
  };
  const History& history_;
  std::vector<Writer> writers_;  // by place, then in the order of invocation
  std::vector<Writer> pending_;  // likewise
};

}  // namespace cleave::linear
