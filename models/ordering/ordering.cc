#include "models/ordering/ordering.h"

#include <array>

namespace cleave::models::ordering {

std::span<const Policy> policies() {
  static const std::array<Policy, 2> kAll{causal(), server_timestamp()};
  return kAll;
}

}  // namespace cleave::models::ordering
