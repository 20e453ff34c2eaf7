// Tells a person why a few operations have no order.
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cleave::linear {

// Fills in word, anomaly, why, witness and because of a violation. Requires: `operations`,
// ascending, have no order at the level asked for; if `from` is given, then of an object that was
// that before.
void explain(const History& history, const Question& question,
             std::span<const std::uint32_t> operations, std::optional<std::string_view> from,
             Finding& finding);

}  // namespace cleave::linear
