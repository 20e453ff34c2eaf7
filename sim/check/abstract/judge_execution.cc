#include "sim/check/abstract/judge_execution.h"

#include "sim/base/assert.h"
#include "sim/check/abstract/settle.h"

namespace cleave::abstract {

Finding judge_execution(Execution& execution, Level level, std::uint64_t steps) {
  const std::optional<Conditions> conditions = conditions_of(level);
  CLEAVE_CHECK(conditions.has_value(), "the level can be asked of an abstract execution");
  Finding whole;
  whole.flaw = settle(execution);
  if (whole.flaw) return whole;
  const auto add = [&whole](const Finding& part) {
    if (!whole.flaw) whole.flaw = part.flaw;
    whole.checked += part.checked;
    whole.out_of_steps |= part.out_of_steps;
  };
  add(judge_orders(execution, *conditions));
  if (!whole.flaw) add(judge_object_sessions(execution, *conditions, steps));
  if (!whole.flaw) add(judge_store_sessions(execution, *conditions, steps));
  whole.out_of_steps &= !whole.flaw;
  return whole;
}

}  // namespace cleave::abstract
