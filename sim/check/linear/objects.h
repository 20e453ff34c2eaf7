// Objects side by side, as one: their states are kept together.
#pragma once
#include "sim/check/linear/specification.h"

namespace cleave::linear {

// As specification_of(), of operations of several objects.
std::unique_ptr<Specification> objects_of(const History& history, const Question& question,
                                          std::span<const std::uint32_t> actions);

}  // namespace cleave::linear
