// cleave compare: a scenario and the entries of its `compare:`, side by side under one seed.
#include "cli/compare_seeds.h"
#include "cli/outputs.h"
#include "cli/progress_bar.h"
#include "cli/seed_range.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/explore/parting.h"
#include "sim/report/comparison_report.h"
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
  std::optional<std::string> seeds;
  std::optional<std::string> jobs;
  std::vector<std::string> settings;
  std::vector<std::string> varied;
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

Status compare_many(const CompareArguments& arguments, Console& console) {
  for (const std::string& report : arguments.output.reports)
    if (report.starts_with("junit"))
      refuse("--report", {"junit has a suite for each run", "text or json",
                          "write `cleave sweep SCENARIO --report junit=FILE` for many seeds"});
  ComparisonPlan plan{arguments.scenario,
                      arguments.settings,
                      arguments.varied,
                      arguments.seeds,
                      value_of<std::uint64_t>("--seed", arguments.seed),
                      jobs_of(arguments.jobs)};
  const Comparison comparison = compare_seeds(plan, console, arguments.output.quiet);
  return deliver(Content{status_of(comparison),
                         [&](std::string_view format, Status, const TextOptions& options) {
                           return format == "json" ? json_comparison(comparison)
                                                   : text_comparison(comparison, options);
                         }},
                 arguments.output, console);
}

Status compare_verb(const CompareArguments& arguments, Console& console) {
  prepare(arguments.output, Results::Kind::comparison, {{"SCENARIO", arguments.scenario}}, console);
  if (arguments.seeds || !arguments.varied.empty()) return compare_many(arguments, console);
  RunOptions options;
  options.levels = true;
  options.seed = value_of<std::uint64_t>("--seed", arguments.seed);
  const Loaded loaded = load_file(arguments.scenario, arguments.settings);
  if (loaded.configurations.size() < 2)
    refuse(arguments.scenario, {"nothing to compare", "entries under `compare:`, or --vary",
                                "for example compare: {fenced: {set: {PATH: VALUE}}}, or --vary "
                                "PATH=V1,V2"});
  if (loaded.saved && !options.seed) options.seed = loaded.saved->seed;

  Results results;
  results.kind = Results::Kind::comparison;
  for (const Configuration& configuration : loaded.configurations) {
    results.runs.push_back(run_one(configuration, options, console));
    results.runs.back().file = arguments.scenario;
    results.runs.back().settings = loaded.settings;
    results.status = first_of(results.status, results.runs.back().status);
    if (results.runs.size() > 1)
      results.partings.push_back(parting(loaded.configurations.front().scenario,
                                         results.runs.front(), configuration.scenario,
                                         results.runs.back()));
  }
  return deliver(std::move(results), arguments.output, console);
}

constexpr const char* kFooter = R"(Examples:
  cleave compare scenarios/incidents/github-2018.yaml
  cleave compare scenarios/incidents/github-2018.yaml --seeds 1..100
  cleave compare slow.yaml --vary faults.slow.by=10ms,20ms,40ms
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
  verb->add_option("--seeds", arguments->seeds,
                   "Under each of these seeds, both ends included: medians, what nine of ten seeds "
                   "lie between, and what differs seed by seed.")
      ->type_name("A..B")
      ->excludes(verb->get_option("--seed"));
  verb->add_option("--vary", arguments->varied,
                   "Each configuration with each of these values. Of `faults.NAME.by` of a delay, "
                   "also how latencies rise with it. Several: each value with each other.")
      ->type_name("PATH=V1,V2")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb->add_option("--jobs", arguments->jobs,
                   "Worker processes for --seeds and --vary; as many as there are processors if "
                   "not given.")
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
