// An entry of the event queue: when, and which slot of the slab.
#pragma once
#include "sim/base/time.h"

#include <cstdint>

namespace cleave {

struct Due {
  Time time;
  std::uint32_t slot = 0;
  std::uint32_t serial = 0;  // of a timer: a mismatch with its slot says that it was cancelled
};
static_assert(sizeof(Due) == 16);

}  // namespace cleave
