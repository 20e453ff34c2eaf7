// A folder that a sweep keeps its results in, one file a seed, so that it can be interrupted at any
// moment and go on, and so that several processes or machines can share it. Each file appears in
// full or not at all. What the sweep is of stands in it too, and another sweep is refused.
#pragma once
#include "sim/explore/sweep.h"
#include "sim/scenario/load.h"

#include <filesystem>
#include <optional>
#include <string>

namespace cleave {

class SweepFolder {
 public:
  // Makes the folder if it is not there. Throws ScenarioError if it holds another sweep, or things
  // that are not a sweep's, and FileError if it cannot be written to.
  SweepFolder(std::filesystem::path path, const Sweep& sweep, const Loaded& loaded);

  // What was kept of a seed; nothing if nothing was, or if it cannot be read.
  std::optional<SeedResult> find(std::uint64_t seed) const;
  // Throws FileError. Any process may call it, several at once.
  void keep(std::uint64_t seed, const std::string& json) const;

 private:
  std::filesystem::path file_of(std::uint64_t seed) const;
  std::filesystem::path path_;
};

}  // namespace cleave
