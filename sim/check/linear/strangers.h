// Answers that are wrong whatever the order: of things that nobody put there, or not in time.
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cleave::linear {

// The first operation with an element in its list that nobody added or appended or enqueued at any
// time, or, of a set_full, twice: what no level permits.
std::optional<std::uint32_t> find_phantom(const History& history, Model model,
                                          std::span<const std::uint32_t> operations);

// The first operation with an element in its list that nobody added or appended or enqueued, or, of
// a set_full, twice; and all that add the element, if that is later. Nothing: there is none.
// Requires: the operations are of one object, but for multi_register.
std::vector<std::uint32_t> find_stranger(const History& history, Model model,
                                         std::span<const std::uint32_t> operations);

}  // namespace cleave::linear
