// cleave shrink: the smallest scenario that fails in the same way, as YAML.
#include "cli/progress_bar.h"
#include "cli/scenario_files.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/explore/shrink.h"
#include "sim/report/file.h"
#include "sim/report/typography.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "sim/scenario/swarm.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cleave::cli {
namespace {

// As given on the command line.
struct ShrinkArguments {
  std::string scenario;
  std::optional<std::string> seed;
  std::vector<std::string> settings;
  std::optional<std::string> configuration;
  std::optional<std::string> most_runs;
  bool swarm = false;
};

std::uint64_t most_runs_of(const ShrinkArguments& arguments) {
  const auto most = value_of<std::uint64_t>("--runs", arguments.most_runs);
  if (most && *most == 0) refuse("--runs", {"found '0'", "1 or more", ""});
  return most.value_or(ShrinkOptions{}.most_runs);
}

// The configuration, or the story of the swarm, that is to be shrunk.
Configuration subject_under(const ShrinkArguments& arguments, const Loaded& loaded,
                            std::uint64_t seed) {
  Configuration subject = configuration_of(loaded, arguments.configuration.value_or(""));
  if (!arguments.swarm) return subject;
  require_swarm(subject, arguments.scenario);
  const std::string story = to_yaml(story_of(subject.tree, seed));
  return load_text(arguments.scenario + ", story " + std::to_string(seed), story)
      .configurations.front();
}

std::size_t items_in(const Section& tree, std::string_view part) {
  const Section* found = tree.find(part);
  return found ? found->items.size() : 0;
}

// "14 faults to 2, 1 conversation to 4, "
std::string summary(const Section& before, const Section& after) {
  std::string text;
  for (const auto& [part, one, many] : {std::tuple{"faults", "fault", "faults"},
                                        {"workload", "workload", "workloads"},
                                        {"conversations", "conversation", "conversations"}})
    if (const std::size_t were = items_in(before, part); were > 0)
      text += counted(were, one, many) + " to " + grouped(items_in(after, part)) + ", ";
  return text;
}

Status shrink_verb(const ShrinkArguments& arguments, Console& console) {
  const auto given = value_of<std::uint64_t>("--seed", arguments.seed);
  ShrinkOptions options;
  options.most_runs = most_runs_of(arguments);
  const Loaded loaded = load_file(arguments.scenario, arguments.settings);
  const std::uint64_t seed = given          ? *given
                             : loaded.saved ? loaded.saved->seed
                                            : loaded.configurations.front().scenario.seed;
  const Configuration subject = subject_under(arguments, loaded, seed);
  const RunResult result = run(subject.scenario, {.seed = seed});
  const std::optional<Target> target = target_of(result);
  if (!target)
    refuse(arguments.scenario, {"nothing broke with seed " + std::to_string(seed),
                                "a run in which something is violated or not as stated",
                                "find a seed with `cleave sweep`"});
  const Section before = subject_of(subject.tree, seed, *target);
  const Oracle oracle = oracle_of(*target);
  if (!oracle(before))
    refuse(arguments.scenario,
           {in_quotes(target->breakage.failure.what) + " does not fail when it is the only claim",
            "", "please report this with the scenario"});
  Shrunk shrunk;
  {
    ProgressBar bar(console, subject.scenario.name);
    if (console.has_reader_at_terminal())
      options.progress = [&bar](const ShrinkProgress& progress) { bar.show(progress); };
    shrunk = shrink(before, oracle, options);
  }
  console.complain("cleave: " + target->breakage.failure.what + ": " +
                   target->breakage.failure.found + "; " + summary(before, shrunk.scenario) +
                   "in " + counted(shrunk.runs, "run", "runs") +
                   (shrunk.minimal ? "" : "; more --runs may make it smaller") + "\n");
  return console.print(to_yaml(shrunk.scenario));
}

constexpr const char* kFooter = R"(Examples:
  cleave shrink split.yaml --seed 17 > small.yaml && cleave run small.yaml
  cleave shrink swarm.yaml --swarm --seed 17 > small.yaml

What is held on to is the first thing that is not as stated, or else the first
violation that is: the same expectation, and the same words about it but for
numbers and nodes. docs/sweeps.md has more.

Exit status: 0 it was shrunk; 64 nothing broke, or bad options or a bad
scenario; 74 a file could not be read.
)";

}  // namespace

void add_shrink(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<ShrinkArguments>();
  CLI::App* verb = app.add_subcommand(
      "shrink", "Make a scenario that fails as small as it can be, and print it.");
  verb->footer(kFooter);
  verb->add_option("SCENARIO", arguments->scenario, "A scenario file, or a saved run.")->required();
  verb->add_option("--seed", arguments->seed, "With which it fails, instead of the scenario's.")
      ->type_name("N");
  verb->add_flag("--swarm", arguments->swarm,
                 "Shrink the story that `cleave sweep --swarm` draws for the seed.");
  verb->add_option("--set", arguments->settings, "Change the scenario at a path.")
      ->type_name("PATH=VALUE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb->add_option("--configuration", arguments->configuration,
                   "Shrink this entry of the scenario's `compare:`.")
      ->type_name("NAME");
  verb->add_option("--runs", arguments->most_runs, "At most so many runs (2,000).")->type_name("N");
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return shrink_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
