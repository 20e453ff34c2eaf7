// What a scenario orders to be done to a store while it runs, such as that a replica is removed.
// That it is done is a fact (facts::kOrderDone); one that never is has shown nothing.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/time.h"

#include <cstdint>
#include <string>

namespace cleave {

struct StoreOrder {
  Time at;                 // not before
  std::string what;        // "remove us-east/1"
  std::uint32_t line = 0;  // of the scenario; 0: not known
  bool may_be_inert = false;
  CLEAVE_DESCRIBE(at, what, line, may_be_inert)
};

}  // namespace cleave
