#include "cli/seed_range.h"

#include "cli/values.h"
#include "cli/workers.h"

namespace cleave::cli {

Halves halves_of(const std::string& text, const std::string& between) {
  const std::size_t at = text.find(between);
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + between.size())};
}

SeedRange seed_range_of(const std::string& text, std::uint64_t most) {
  const auto [first, last] = halves_of(text, "..");
  if (last.empty())
    refuse("--seeds",
           {"found " + in_quotes(text), "A..B, both ends included", "for example --seeds 1..1000"});
  SeedRange range;
  range.first = value_of<std::uint64_t>("--seeds", first);
  range.last = value_of<std::uint64_t>("--seeds", last);
  if (range.last < range.first)
    refuse("--seeds", {in_quotes(text) + " ends before it begins", "the smaller number first", ""});
  if (range.last - range.first >= most)
    refuse("--seeds", {in_quotes(text) + " are too many", "at most " + std::to_string(most),
                       "take them in several parts"});
  return range;
}

std::size_t jobs_of(const std::optional<std::string>& text) {
  constexpr std::uint64_t kMostJobs = 1024;
  const auto jobs = value_of<std::uint64_t>("--jobs", text);
  if (!jobs) return usable_processors();
  if (*jobs < 1 || *jobs > kMostJobs)
    refuse("--jobs", {"found " + in_quotes(*text), "an integer from 1 to 1024", ""});
  return *jobs;
}

}  // namespace cleave::cli
