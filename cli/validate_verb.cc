// cleave validate: every mistake of scenarios, before anything runs.
#include "cli/verbs.h"
#include "sim/report/file.h"
#include "sim/report/typography.h"
#include "sim/scenario/load.h"

#include <memory>
#include <string>
#include <vector>

namespace cleave::cli {
namespace {

std::string summary(const std::string& file, const Loaded& loaded) {
  const Scenario& scenario = loaded.configurations.front().scenario;
  std::string text = valid_utf8(file) + ": ok: " + scenario.name + ": " +
                     counted(scenario.stores.size(), "store", "stores") + ", " +
                     counted(scenario.faults.size(), "fault", "faults") + ", " +
                     counted(scenario.expect.size(), "expectation", "expectations");
  if (loaded.configurations.size() > 1)
    text += ", " + counted(loaded.configurations.size(), "configuration", "configurations");
  return text + "\n";
}

Status validate(const std::string& file, Console& console) {
  try {
    return console.print(summary(file, load_file(file)));
  } catch (const ScenarioError& error) {
    console.complain(error.what());
    return Status::bad_input;
  } catch (const FileError& error) {
    console.complain("cleave: " + std::string(error.what()) + "\n");
    return Status::file_error;
  }
}

Status validate_verb(const std::vector<std::string>& files, Console& console) {
  Status status = Status::as_stated;
  std::size_t bad = 0;
  for (const std::string& file : files) {
    const Status found = validate(file, console);
    if (found != Status::as_stated) ++bad;
    status = first_of(status, found);
  }
  if (bad > 0 && files.size() > 1)
    console.complain("cleave: " + grouped(bad) + " of " + grouped(files.size()) + " files " +
                     (bad == 1 ? "is" : "are") + " not right\n");
  return status;
}

constexpr const char* kFooter = R"(Examples:
  cleave validate scenarios/tutorial/01-first-cut.yaml
  cleave validate scenarios/*/*.yaml

Exit status: 0 all are right, 64 one is not, 74 one cannot be read.
)";

}  // namespace

void add_validate(CLI::App& app, Action& action) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* verb = app.add_subcommand(
      "validate", "Find every mistake in scenarios, with file, line and column, and run nothing.");
  verb->footer(kFooter);
  verb->add_option("SCENARIO", *files, "Scenario files or saved runs.")->required();
  verb->callback([files, &action] {
    action = [files](Console& console) { return validate_verb(*files, console); };
  });
}

}  // namespace cleave::cli
