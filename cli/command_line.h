// The command line: from words to one verb, and from whatever happens to an exit status
// (docs/command-line.md). Results go to stdout, all else to stderr.
#pragma once
#include <string>
#include <vector>

namespace cleave::cli {

// Requires: arguments[0] is the name that the program was called by.
int main(const std::vector<std::string>& arguments);

}  // namespace cleave::cli
