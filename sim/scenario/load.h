// From a file to what can be run: a scenario with its configurations, or a saved run of one.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/report/file.h"
#include "sim/scenario/compare.h"
#include "sim/scenario/run_result.h"
#include "sim/scenario/saved_run.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct Loaded {
  std::string file;                           // of the scenario
  std::string text;                           // of the scenario, as it is without settings
  std::vector<std::string> settings;          // of a saved run, then those given
  std::vector<Configuration> configurations;  // the first is the scenario itself
  std::optional<SavedRun> saved;              // if the file was one

  // Null if there is none of this name.
  const Configuration* find(std::string_view configuration) const;
};

// Settings are PATH=VALUE, applied in order. Throws ScenarioError with all mistakes.
Loaded load_text(const std::string& file, const std::string& text,
                 const std::vector<std::string>& settings = {});
// The same from a file; throws FileError if it cannot be read.
Loaded load_file(const std::filesystem::path& path, const std::vector<std::string>& settings = {});

// What brings the same run again.
SavedRun saved_run_of(const RunResult& result, const Loaded& loaded);

}  // namespace cleave
