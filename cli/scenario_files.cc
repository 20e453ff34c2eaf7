#include "cli/scenario_files.h"

#include "cli/values.h"
#include "sim/base/nearest.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace cleave::cli {

std::vector<std::string> scenario_files() {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> files;
  for (fs::recursive_directory_iterator at("scenarios", error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".yaml") files.push_back(at->path().string());
  if (files.empty())
    refuse("./scenarios", {"there are no scenarios below this folder", "",
                           "go to the folder that Cleave was cloned to, or name a file"});
  std::sort(files.begin(), files.end());
  return files;
}

const Configuration& configuration_of(const Loaded& loaded, const std::string& name) {
  if (const Configuration* found = loaded.find(name)) return *found;
  std::vector<std::string_view> names;
  for (const Configuration& configuration : loaded.configurations)
    if (!configuration.name.empty()) names.push_back(configuration.name);
  refuse("--configuration", {"there is no configuration " + in_quotes(name),
                             "an entry of the scenario's `compare:`", suggestion(name, names)});
}

void require_swarm(const Configuration& configuration, const std::string& file) {
  if (configuration.tree.find("swarm") == nullptr)
    refuse(file, {"it does not say what a swarm may draw", "a part `swarm:`",
                  "for example swarm: {faults: [{fault: {at: 1s..9s, crash: NODE}}]}"});
}

}  // namespace cleave::cli
