#include "sim/check/abstract/conditions.h"

namespace cleave::abstract {

std::optional<Conditions> conditions_of(Level level) {
  Conditions c;
  switch (level) {
    case Level::linearizable:
      c.one_order_by_object = c.real_time = true;
      return c;
    case Level::sequential:
      c.one_order = c.causes = true;
      c.past = Past::prefix;
      return c;
    case Level::causal_memory:
      c.causes = true;
      c.past = Past::prefix;
      return c;
    case Level::causal_convergence:
      c.causes = c.no_cycle = true;
      c.past = Past::included;
      return c;
    case Level::causal:
      c.causes = true;
      c.past = Past::included;
      return c;
    case Level::pram:
      c.session_order = true;
      c.past = Past::prefix;
      return c;
    case Level::read_your_writes:
      c.own_writes = c.steady = true;
      return c;
    case Level::monotonic_reads:
      c.own_reads = c.steady = true;
      return c;
    case Level::monotonic_writes:
      c.session_order = c.seen_of_object = c.steady = true;
      return c;
    case Level::writes_follow_reads:
      c.causes = c.seen_of_object = true;
      return c;
    default:
      return std::nullopt;
  }
}

}  // namespace cleave::abstract
