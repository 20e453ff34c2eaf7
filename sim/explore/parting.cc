#include "sim/explore/parting.h"

#include "sim/report/typography.h"
#include "sim/scenario/build.h"

namespace cleave {

Parting parting(const Scenario& first, const RunResult& first_run, const Scenario& other,
                const RunResult& other_run) {
  Parting found{other_run.configuration, std::nullopt};
  if (first_run.digest == other_run.digest) return found;
  const auto playable = [](const Scenario& scenario, const RunResult& run) {
    return Playable{[&scenario, &run] { return build(scenario, run.seed).world; }, run.simulated,
                    run.trail};
  };
  found.difference = where_they_part(playable(first, first_run), playable(other, other_run));
  return found;
}

std::string words(const Parting& parting) {
  if (!parting.difference) return "nowhere: the same bits from start to end";
  const auto& [how, chunk, first, second] = *parting.difference;
  if (!first && !second) return "in the final state alone, after the same events";
  const std::string event = "event " + grouped((second ? second : first)->event.value) + ", ";
  if (!first) return event + second->text + ", where the other had ended";
  if (!second) return event + "which it does not have any more: " + first->text;
  if (first->text == second->text) return event + first->text + ", with other content";
  return event + second->text + ", instead of event " + grouped(first->event.value) + ", " +
         first->text;
}

}  // namespace cleave
