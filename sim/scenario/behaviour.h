// What a run does with a given scenario and seed has a number. It is raised by every commit that
// moves a digest of tests/determinism, and that commit says why. A saved run carries the number
// with which it was made, so that another digest is known for a change and not for a mistake.
#pragma once
#include <cstdint>

namespace cleave {

constexpr std::uint32_t kBehaviour = 10;

}  // namespace cleave
