#include "models/ordering/ordering.h"

#include "models/catalogue.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::ordering {

namespace {

template <class Condition>
const Policy& the_policy(Condition&& condition) {
  const auto all = policies();
  const auto found = std::find_if(all.begin(), all.end(), condition);
  CLEAVE_CHECK(found != all.end(), "an ordering that is asked for has a policy");
  return *found;
}

}  // namespace

std::span<const Policy> policies() {
  static const std::vector<Policy> kAll = [] {
    std::vector<Policy> found;
    for (const Entry& entry : catalogue())
      if (entry.ordering) found.push_back(*entry.ordering);
    return found;
  }();
  return kAll;
}

const Policy& policy_named(std::string_view name) {
  return the_policy([name](const Policy& policy) { return policy.name == name; });
}

const Policy& policy_of(std::uint8_t number) {
  return the_policy([number](const Policy& policy) { return policy.number == number; });
}

}  // namespace cleave::models::ordering
