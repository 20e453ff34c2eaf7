// cleave version: what a bug report should name.
#include "cli/verbs.h"
#include "sim/report/version.h"
#include "sim/scenario/behaviour.h"

#include <string>

namespace cleave::cli {

void add_version(CLI::App& app, Action& action) {
  CLI::App* verb = app.add_subcommand(
      "version",
      "Print the version, and the number of the behaviour: equal numbers mean equal digests.");
  verb->footer("Example:\n  cleave version\n");
  verb->callback([&action] {
    action = [](Console& console) {
      return console.print("cleave " + std::string(kVersion) + ", behaviour " +
                           std::to_string(kBehaviour) + "\n");
    };
  });
}

}  // namespace cleave::cli
