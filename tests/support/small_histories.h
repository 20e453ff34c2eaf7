// All histories of a few operations: every way in which they can overlap, every choice of what was
// asked and answered.
#pragma once
#include "sim/check/history/history.h"

#include <cstddef>
#include <functional>

namespace cleave::testing {

enum class By : std::uint8_t {
  processes_of_their_own,  // each operation
  their_letters,           // the process of its letter, which does one thing at a time
};

// Of so many operations, each one of `letters`. Stops when `visit` says false.
void each_small_history(const History& letters, std::size_t length, By by,
                        const std::function<bool(const History&)>& visit);

}  // namespace cleave::testing
