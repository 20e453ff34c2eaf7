#include "cli/scenario_files.h"

#include "cli/values.h"

#include <algorithm>
#include <filesystem>
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

}  // namespace cleave::cli
