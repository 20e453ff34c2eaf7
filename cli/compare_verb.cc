// cleave compare: a scenario and the entries of its `compare:`, side by side under one seed.
#include "cli/outputs.h"
#include "cli/progress_bar.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

// As given on the command line.
struct CompareArguments {
  std::string scenario;
  std::optional<std::string> seed;
  std::vector<std::string> settings;
  OutputOptions output;
};

RunResult run_one(const Configuration& configuration, RunOptions options, const Console& console) {
  ProgressBar bar(console, configuration.name.empty() ? "as written" : configuration.name);
  if (console.has_reader_at_terminal())
    options.progress = [&bar](const Progress& progress) { bar.show(progress); };
  RunResult result = run(configuration.scenario, options);
  result.configuration = configuration.name;
  return result;
}

Status compare_verb(const CompareArguments& arguments, Console& console) {
  prepare(arguments.output, Results::Kind::comparison, {{"SCENARIO", arguments.scenario}}, console);
  RunOptions options;
  options.seed = value_of<std::uint64_t>("--seed", arguments.seed);
  const Loaded loaded = load_file(arguments.scenario, arguments.settings);
  if (loaded.configurations.size() < 2)
    refuse(arguments.scenario, {"nothing to compare", "entries under `compare:`",
                                "for example compare: {fenced: {set: {PATH: VALUE}}}"});
  if (loaded.saved && !options.seed) options.seed = loaded.saved->seed;

  Results results;
  results.kind = Results::Kind::comparison;
  for (const Configuration& configuration : loaded.configurations) {
    results.runs.push_back(run_one(configuration, options, console));
    results.runs.back().file = arguments.scenario;
    results.runs.back().settings = loaded.settings;
    results.status = first_of(results.status, results.runs.back().status);
  }
  return deliver(std::move(results), arguments.output, console);
}

constexpr const char* kFooter = R"(Examples:
  cleave compare scenarios/incidents/github-2018.yaml
  cleave compare split.yaml --seed 7 --report junit=results.xml

Exit status: that of `cleave run` which comes first of all configurations.
)";

}  // namespace

void add_compare(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* verb = app.add_subcommand(
      "compare", "Run a scenario and each entry of its `compare:`, and put them side by side.");
  verb->footer(kFooter);
  verb->add_option("SCENARIO", arguments->scenario, "A scenario file.")->required();
  verb->add_option("--seed", arguments->seed, "Of all that is random, instead of the scenario's.")
      ->type_name("N");
  verb->add_option("--set", arguments->settings,
                   "Change the scenario at a path, in all configurations.")
      ->type_name("PATH=VALUE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_output_options(*verb, arguments->output);
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return compare_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
