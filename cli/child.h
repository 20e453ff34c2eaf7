// This program once more, in a fresh process.
#pragma once
#include <string>
#include <vector>

namespace cleave::cli {

// What it writes to stdout when called with these words; stderr is shared. Memory that is not yet
// written to holds other bytes there than here. Throws std::system_error if it cannot be started.
std::string output_of_child(const std::vector<std::string>& words);

}  // namespace cleave::cli
