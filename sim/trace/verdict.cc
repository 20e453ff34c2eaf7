#include "sim/trace/verdict.h"

#include <array>

namespace cleave {

std::string_view to_string(Word word) {
  constexpr std::array<std::string_view, 4> kNames{"holds", "violated", "undecided", "vacuous"};
  return kNames.at(static_cast<std::size_t>(word));
}

std::string_view to_string(Property property) {
  return property == Property::safety ? "safety" : "liveness";
}

}  // namespace cleave
