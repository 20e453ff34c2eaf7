// What the text of a scenario must be before anyone looks for its structure: UTF-8 of a bounded
// size without invisible characters, tabs and directives, and free of what a YAML library chokes
// on.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/scenario/places.h"

#include <cstddef>
#include <optional>

namespace cleave {

constexpr std::size_t kMostTextBytes = 1 << 20;

// Brackets, commas, colons, dashes, quotes and the like: [ ] { } , : ? - & * ! ' " | >
// The YAML library may hold the tokens of a whole text at once, at about 170 bytes each.
constexpr std::size_t kMostIndicators = 400'000;

std::optional<Diagnostic> refuse_text(const Places& places);

}  // namespace cleave
