#include "sim/scenario/run_result.h"

#include <algorithm>
#include <array>

namespace cleave {

Status first_of(Status a, Status b) {
  constexpr std::array kOrder{Status::cleave_bug,     Status::bad_input,   Status::file_error,
                              Status::digest_differs, Status::safety,      Status::liveness,
                              Status::without_effect, Status::not_reached, Status::undecided,
                              Status::as_stated};
  return *std::find_if(kOrder.begin(), kOrder.end(), [=](Status s) { return s == a || s == b; });
}

std::string_view to_string(ExpectationResult::StatedBy who) {
  switch (who) {
    case ExpectationResult::StatedBy::scenario:
      return "scenario";
    case ExpectationResult::StatedBy::engine:
      return "engine";
    case ExpectationResult::StatedBy::order:
      return "order";
  }
  return "?";
}

}  // namespace cleave
