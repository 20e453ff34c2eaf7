// A request of a client at one replica: whether nodes that are up answer what reaches them, which
// is what Gilbert and Lynch (2002) call available. It judges nothing and is in no digest.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/trace/history.h"

#include <cstdint>

namespace cleave {

struct RequestMark {
  enum class Phase : std::uint8_t {
    received,
    answered,     // served: done, refused, or a conflict
    passed_on,    // another replica was named: its answer is this one's
    turned_away,  // nobody was named, or it is not known what becomes of it
  };
  Time at;
  NodeId replica;
  OperationId operation;
  Phase phase = Phase::received;
};

}  // namespace cleave
