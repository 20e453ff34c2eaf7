// Where a history stands among the consistency levels: which are kept, which are broken.
#pragma once
#include "sim/check/history/question.h"

#include <span>
#include <vector>

namespace cleave {

struct Standing {
  std::vector<Level> strongest;  // that hold, but for those that another one implies
  std::vector<Level> violated;   // strongest first, as they were given
  std::vector<Level> undecided;
  Finding broken;  // of the first that is violated, if any is; else of the first that was asked
  bool operator==(const Standing& other) const {  // whatever it was that broke
    return strongest == other.strongest && violated == other.violated &&
           undecided == other.undecided;
  }
};

// Asks for one level after the other, each with the whole budget, but for what follows from the
// answers before by kImplications. Requires: levels that can be asked of the model, a stronger one
// before those that it implies. All lists are empty if nothing puts a level to the test.
Standing standing_of(const History& history, Model model, std::span<const Level> levels,
                     const Budget& budget);

}  // namespace cleave
