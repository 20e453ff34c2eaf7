// A range that a value is drawn from: "100ms..10s", "1..8", "0.5%..5.0%".
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/section.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cleave {

// Values at equal distances, both ends among them.
struct SwarmRange {
  std::uint64_t count = 1;
  std::function<std::string(std::uint64_t)> text;  // of the i-th, from 0, as a scenario has it
};

// Nothing if the text is not meant as one. Durations are drawn in whole milliseconds if both ends
// are; other numbers have one unit, and as many decimals as the end that has more.
std::optional<std::variant<SwarmRange, Mistake>> parse_swarm_range(std::string_view text);

}  // namespace cleave
