// cleave explain: the story of what broke first in a run, in plain sentences.
#include "cli/console.h"
#include "cli/progress_bar.h"
#include "cli/scenario_files.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/explore/explanation.h"
#include "sim/explore/recording.h"
#include "sim/report/explanation_text.h"
#include "sim/scenario/load.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

// As given on the command line.
struct ExplainArguments {
  std::string scenario;
  std::optional<std::string> seed;
  std::vector<std::string> settings;
  std::optional<std::string> configuration;
};

Status explain_verb(const ExplainArguments& arguments, Console& console) {
  const auto seed = value_of<std::uint64_t>("--seed", arguments.seed);
  RecordingRequest request = request_of(load_file(arguments.scenario, arguments.settings), seed);
  if (arguments.configuration) request.configuration = *arguments.configuration;
  request.configuration = configuration_of(request.loaded, request.configuration).name;
  ProgressBar bar(console, request.loaded.find(request.configuration)->scenario.name);
  const bool watched = console.has_reader_at_terminal();
  if (watched) request.progress = [&bar](const Progress& progress) { bar.show(progress); };
  const auto recording = record(request).recording;
  if (watched) console.complain(bar.finished(recording->result.events));
  RunResult result = recording->result;
  result.file = arguments.scenario;
  if (recording->trace.left_out() > 0)
    console.complain("cleave: the run is too long to be told in full: " +
                     std::to_string(recording->trace.left_out()) +
                     " records are missing at its end\n");
  const Status printed =
      console.print(explanation_text(explain(*recording), result, console.text_options()));
  return first_of(result.status, printed);
}

constexpr const char* kFooter = R"(Examples:
  cleave explain scenarios/incidents/github-2018.yaml
  cleave explain scenarios/incidents/github-2018.yaml --configuration fenced
  cleave explain split.yaml --seed 7 --set faults.split.for=10s

Exit status: that of `cleave run`.
)";

}  // namespace

void add_explain(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* verb = app.add_subcommand(
      "explain", "Run a scenario and tell what broke first, in order, in plain sentences.");
  verb->footer(kFooter);
  verb->add_option("SCENARIO", arguments->scenario, "A scenario file, or a run saved by --save.")
      ->required();
  verb->add_option("--seed", arguments->seed, "Of all that is random, instead of the scenario's.")
      ->type_name("N");
  verb->add_option("--set", arguments->settings, "Change the scenario at a path.")
      ->type_name("PATH=VALUE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb->add_option("--configuration", arguments->configuration,
                   "Tell of this entry of the scenario's `compare:`.")
      ->type_name("NAME");
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return explain_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
