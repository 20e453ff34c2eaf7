// A range of seeds as the command line names it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace cleave::cli {

struct SeedRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  // included
};

// "A..B" of --seeds. Throws ScenarioError: it is no range, ends before it begins, or has more than
// `most` seeds.
SeedRange seed_range_of(const std::string& text, std::uint64_t most);

// What stands before and after `between`; all of it and nothing if that is not in it.
struct Halves {
  std::string before, after;
};
Halves halves_of(const std::string& text, const std::string& between);

// Of --jobs: as many as there are processors if it is not given. Throws ScenarioError.
std::size_t jobs_of(const std::optional<std::string>& text);

}  // namespace cleave::cli
