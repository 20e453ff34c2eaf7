// Where two configurations of a scenario part that run under one seed: the first event that is not
// the same in both. Until then the change that was made had no effect at all.
#pragma once
#include "sim/explore/selfcheck.h"
#include "sim/scenario/run_result.h"
#include "sim/scenario/scenario.h"

#include <optional>
#include <string>

namespace cleave {

struct Parting {
  std::string configuration;             // that is compared with the first
  std::optional<Difference> difference;  // none: the same bits from start to end
};

// Plays both again up to the chunk of the trace in which they differ. The results are theirs, of
// one seed.
Parting parting(const Scenario& first, const RunResult& first_run, const Scenario& other,
                const RunResult& other_run);

// "event 36,657, at 28.050 s: timer of accounts/us-east/0; before: at 28.051 s: delivery from ..."
std::string words(const Parting& parting);

}  // namespace cleave
