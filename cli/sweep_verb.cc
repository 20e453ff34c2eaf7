// cleave sweep: one scenario under many seeds, on all processors.
#include "cli/outputs.h"
#include "cli/progress_bar.h"
#include "cli/scenario_files.h"
#include "cli/seed_range.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "cli/workers.h"
#include "sim/base/assert.h"
#include "sim/explore/sweep.h"
#include "sim/explore/sweep_folder.h"
#include "sim/report/file.h"
#include "sim/report/sweep.h"
#include "sim/scenario/behaviour.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/read.h"
#include "sim/scenario/run.h"
#include "sim/scenario/swarm.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cleave::cli {
namespace {

// As given on the command line.
struct SweepArguments {
  std::string scenario;
  std::optional<std::string> seeds;
  std::optional<std::string> jobs;
  std::optional<std::string> shard;
  std::optional<std::string> folder;
  std::vector<std::string> settings;
  std::optional<std::string> configuration;
  std::optional<std::string> story;
  bool swarm = false;
  OutputOptions output;
};

SweepPlan plan_of(const SweepArguments& arguments) {
  SweepPlan plan;
  if (!arguments.seeds)
    refuse("--seeds", {"it is missing", "A..B, both ends included", "for example --seeds 1..1000"});
  const SeedRange seeds = seed_range_of(*arguments.seeds, SweepPlan::kMostSeeds);
  plan.first = seeds.first;
  plan.last = seeds.last;
  if (!arguments.shard) return plan;
  const auto [shard, shards] = halves_of(*arguments.shard, "/");
  if (shards.empty())
    refuse("--shard", {"found " + in_quotes(*arguments.shard), "I/N, the first being 1/N",
                       "for example --shard 1/4"});
  const auto i = value_of<std::uint64_t>("--shard", shard);
  const auto n = value_of<std::uint64_t>("--shard", shards);
  if (i < 1 || i > n || n > SweepPlan::kMostSeeds)
    refuse("--shard", {"there is no shard " + in_quotes(*arguments.shard),
                       "I/N with I from 1 to N, and N at most 10000000", ""});
  plan.shard = static_cast<std::uint32_t>(i);
  plan.shards = static_cast<std::uint32_t>(n);
  return plan;
}

// What a worker does: one seed, from start to end. A bug in Cleave is a result like any other.
SeedResult result_of(const Scenario& scenario, std::uint64_t seed) {
  SeedResult result;
  try {
    result.run = run(scenario, {.seed = seed});
  } catch (const EngineBug& bug) {
    result.bug = bug.what();
    result.run.seed = seed;
    result.run.status = Status::cleave_bug;
  }
  return result;
}

// A worker answers with a letter and what it is: the result of a seed, or why it could not be kept.
constexpr char kResult = 'R';
constexpr char kFileError = 'F';
constexpr char kBadStory = 'S';

class Sweeper {
 public:
  Sweeper(const SweepArguments& arguments, Console& console)
      : arguments_(arguments),
        console_(console),
        loaded_(load_file(arguments.scenario, arguments.settings)),
        configuration_(configuration_of(loaded_, arguments.configuration.value_or(""))) {
    sweep_.scenario = configuration_.scenario.name;
    sweep_.file = arguments.scenario;
    sweep_.configuration = configuration_.name;
    sweep_.settings = loaded_.settings;
    sweep_.behaviour = kBehaviour;
    sweep_.swarm = arguments.swarm;
    if (arguments.swarm) require_swarm(configuration_, arguments.scenario);
    sweep_.probes_required = arguments.swarm && requires_probes(configuration_.tree);
    sweep_.plan = plan_of(arguments);
    if (arguments.folder) folder_.emplace(*arguments.folder, sweep_, loaded_);
  }

  Sweep run() {
    const std::vector<std::uint64_t> seeds = sweep_.plan.seeds();
    progress_.all = seeds.size();
    for (const std::uint64_t seed : seeds) {
      std::optional<SeedResult> kept = folder_ ? folder_->find(seed) : std::nullopt;
      if (kept)
        add(*std::move(kept));
      else
        work_.numbers.push_back(seed);
    }
    const bool watched = !arguments_.output.quiet && console_.has_reader_at_terminal();
    const std::uint64_t before = progress_.done;
    work_.workers = jobs_of(arguments_.jobs);
    work_.answer = [this](std::uint64_t seed) { return answer(seed); };
    ProgressBar bar(console_, sweep_.scenario);
    work_.take = [&](const Answer& heard) {
      add(read(heard));
      if (watched) bar.show(progress_);
    };
    work_off(std::move(work_));
    if (watched) console_.complain(bar.finished(SweepProgress{progress_.done - before, 0, 0}));
    for (auto& [seed, result] : results_)
      sweep_.results.push_back(std::move(result));
    return std::move(sweep_);
  }

 private:
  // In a worker.
  std::string answer(std::uint64_t seed) const {
    try {
      const std::string json = to_json(result_of(scenario_of(seed), seed));
      if (folder_) folder_->keep(seed, json);
      return kResult + json;
    } catch (const FileError& error) {
      return kFileError + std::string(error.what());
    } catch (const ScenarioError& error) {
      return kBadStory + std::string(error.what());
    }
  }

  Scenario scenario_of(std::uint64_t seed) const {
    if (!sweep_.swarm) return configuration_.scenario;
    Diagnostics diagnostics;
    Scenario scenario = read_scenario(story_of(configuration_.tree, seed), diagnostics);
    diagnostics.throw_if_any();
    return scenario;
  }

  // A result is always read back from its text, so that it is the same as one that was kept.
  SeedResult read(const Answer& heard) const {
    if (!heard.death.empty()) {
      SeedResult dead;
      dead.bug = heard.death;
      dead.run.seed = heard.number;
      dead.run.status = Status::cleave_bug;
      return dead;
    }
    if (heard.text.front() == kFileError) throw FileError(heard.text.substr(1));
    if (heard.text.front() == kBadStory)
      refuse("--swarm", {"the story of seed " + std::to_string(heard.number) +
                             " is no scenario:\n" + heard.text.substr(1),
                         "", "change what may be drawn so that all of it goes together"});
    Diagnostics diagnostics;
    const auto record = parse_text("seed", heard.text.substr(1), diagnostics);
    diagnostics.throw_if_any();
    SeedResult result = read_seed_result(*record, diagnostics);
    diagnostics.throw_if_any();
    return result;
  }

  void add(SeedResult result) {
    ++progress_.done;
    if (result.run.status != Status::as_stated) ++progress_.failed;
    const std::uint64_t seed = result.run.seed;
    results_.emplace(seed, std::move(result));
  }

  const SweepArguments& arguments_;
  const Console& console_;
  Loaded loaded_;
  const Configuration& configuration_;
  Sweep sweep_;
  std::optional<SweepFolder> folder_;
  Work work_;
  SweepProgress progress_;
  std::map<std::uint64_t, SeedResult> results_;
};

Status print_story(const SweepArguments& arguments, const Console& console) {
  const auto seed = value_of<std::uint64_t>("--story", *arguments.story);
  const Loaded loaded = load_file(arguments.scenario, arguments.settings);
  const Configuration& configuration =
      configuration_of(loaded, arguments.configuration.value_or(""));
  require_swarm(configuration, arguments.scenario);
  return console.print(to_yaml(story_of(configuration.tree, seed)));
}

Status sweep_verb(const SweepArguments& arguments, Console& console) {
  if (arguments.story) return print_story(arguments, console);
  prepare(arguments.output, Results::Kind::sweep, {{"SCENARIO", arguments.scenario}}, console);
  const Sweep sweep = Sweeper(arguments, console).run();
  return deliver(Content{status_of(sweep),
                         [&sweep](std::string_view format, Status, const TextOptions& options) {
                           if (format == "json") return json_sweep(sweep, options.program);
                           if (format == "junit") return junit_sweep(sweep);
                           return text_sweep(sweep, options);
                         }},
                 arguments.output, console);
}

constexpr const char* kFooter = R"(Examples:
  cleave sweep scenarios/tutorial/01-first-cut.yaml --seeds 1..100
  cleave sweep split.yaml --seeds 1..10000 --resume results
  cleave sweep split.yaml --seeds 1..10000 --shard 2/4 --resume results
  cleave sweep swarm.yaml --seeds 1..10000 --swarm
  cleave sweep swarm.yaml --story 17 > story-17.yaml && cleave run story-17.yaml

The output does not depend on --jobs, on --shard (once all shards are in one
folder and the sweep is made of it without --shard), or on how often the sweep
was interrupted. docs/sweeps.md shows how to spread one over machines.

Exit status: that of `cleave run` which comes first of all seeds.
)";

void add_options(CLI::App& verb, SweepArguments& arguments) {
  verb.add_option("SCENARIO", arguments.scenario, "A scenario file.")->required();
  verb.add_option("--seeds", arguments.seeds, "From A to B, both included.")->type_name("A..B");
  verb.add_flag("--swarm", arguments.swarm,
                "Draw a story for each seed from what the scenario's `swarm:` allows.");
  verb.add_option("--jobs", arguments.jobs,
                  "Worker processes; as many as there are processors if not given.")
      ->type_name("N");
  verb.add_option("--shard", arguments.shard,
                  "Only the Ith of N equal parts of the seeds, from 1/N to N/N.")
      ->type_name("I/N");
  verb.add_option("--resume", arguments.folder,
                  "Keep each result in a file of this folder, and do not run again what is kept "
                  "there. May be shared by several sweeps of one scenario at once.")
      ->type_name("DIR");
  verb.add_option("--set", arguments.settings, "Change the scenario at a path.")
      ->type_name("PATH=VALUE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb.add_option("--configuration", arguments.configuration,
                  "Of this entry of the scenario's `compare:`.")
      ->type_name("NAME");
  add_output_options(verb, arguments.output);
  CLI::Option* story =
      verb.add_option("--story", arguments.story,
                      "Run nothing: print the story of this seed, a plain scenario.")
          ->type_name("SEED");
  for (const char* of_a_sweep : {"--seeds", "--jobs", "--shard", "--resume", "--report", "--json"})
    story->excludes(verb.get_option(of_a_sweep));
}

}  // namespace

void add_sweep(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<SweepArguments>();
  CLI::App* verb = app.add_subcommand(
      "sweep", "Run a scenario under many seeds, and put together what broke and how.");
  verb->footer(kFooter);
  add_options(*verb, *arguments);
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return sweep_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
