// Whether what a scenario orders to be done to a store was done by the end of the run. As a fault
// that did nothing, an order that came to nothing is a mistake in the scenario, unless it says that
// it may be so: what was to be tested after it was not.
#pragma once
#include "sim/trace/checker.h"
#include "sim/trace/facts.h"
#include "sim/trace/store_order.h"

#include <optional>
#include <vector>

namespace cleave {

class Orders : public Checker {
 public:
  struct Options {
    std::vector<NodeId> replicas;
    std::vector<StoreOrder> orders;  // by number
  };

  explicit Orders(Options options);

  using Checker::on;
  void on(const Fact& fact) override;
  // Holds: each was done that may not come to nothing. Vacuous: one was not; there is no other.
  Verdict finish(const RunEnd& end) override;

  bool all_done() const;
  // Of the scenario: where the first stands that was not done, else where the first stands.
  std::uint32_t line() const;

 private:
  const StoreOrder* first_open(bool may_be_inert) const;  // also those that may, or only the others
  std::size_t done() const;

  Options options_;
  std::vector<std::optional<Time>> done_;  // as options_.orders
};

}  // namespace cleave
