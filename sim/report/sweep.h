// What a sweep came to: for people, for programs and for continuous integration. The same bytes for
// the same results, whoever ran them.
#pragma once
#include "sim/explore/sweep.h"
#include "sim/report/text.h"

#include <string>
#include <string_view>

namespace cleave {

// Verdicts over all seeds, then failures grouped by what broke and how, each with the command that
// runs its smallest seed.
std::string text_sweep(const Sweep& sweep, const TextOptions& options);

// One object; each seed on a line of its own.
std::string json_sweep(const Sweep& sweep, std::string_view program);

// One test suite, with a test case for each seed.
std::string junit_sweep(const Sweep& sweep);

// A command line, quoted for a POSIX shell, that runs one seed alone.
std::string seed_command(const Sweep& sweep, std::uint64_t seed, std::string_view program);

}  // namespace cleave
