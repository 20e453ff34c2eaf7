// cleave run: one scenario, or a saved run, with one seed.
#include "cli/outputs.h"
#include "cli/progress_bar.h"
#include "cli/scenario_files.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/explore/recording.h"
#include "sim/report/file.h"
#include "sim/scenario/behaviour.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "sim/scenario/saved_run.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

// As given on the command line.
struct RunArguments {
  std::string scenario;
  std::optional<std::string> seed;
  std::vector<std::string> settings;
  std::optional<std::string> until;
  std::optional<std::string> configuration;
  std::optional<std::string> expected_digest;
  std::optional<std::string> trail_file;
  std::optional<std::string> save_file;
  bool ledger = false;
  OutputOptions output;

  // Whether a saved run is to be repeated as it was.
  bool changes_nothing() const { return !seed && settings.empty() && !until && !configuration; }
};

Hash128 digest_of_option(const std::string& text) {
  const std::optional<Hash128> digest = from_hex(text);
  if (!digest)
    refuse("--expect-digest", {"found " + in_quotes(text), "32 hexadecimal digits",
                               "copy the digest that a run prints at its end"});
  return *digest;
}

struct Job {
  Loaded loaded;
  Configuration configuration;
  RunOptions options;
  std::optional<Hash128> expected;
};

Job job_of(const RunArguments& arguments) {
  Job job;
  job.options.levels = arguments.ledger || writes_json(arguments.output);
  job.options.seed = value_of<std::uint64_t>("--seed", arguments.seed);
  if (const auto until = value_of<Duration>("--until", arguments.until)) {
    if (until->ns <= 0)
      refuse("--until",
             {"found " + in_quotes(*arguments.until), "more than 0", "for example --until 20s"});
    job.options.until = Time{} + *until;
  }
  if (arguments.expected_digest) job.expected = digest_of_option(*arguments.expected_digest);

  job.loaded = load_file(arguments.scenario, arguments.settings);
  std::string configuration = arguments.configuration.value_or("");
  if (const auto& saved = job.loaded.saved) {
    if (!job.options.seed) job.options.seed = saved->seed;
    if (!job.options.until) job.options.until = saved->until;
    if (!arguments.configuration) configuration = saved->configuration;
    if (!job.expected && arguments.changes_nothing()) job.expected = saved->digest;
  }
  job.configuration = configuration_of(job.loaded, configuration);
  return job;
}

// One digest a closed chunk of the trace, then that of the run.
std::string trail_text(const RunResult& result) {
  std::string text;
  for (const Hash128& chunk : result.trail)
    text += to_hex(chunk) + "\n";
  return text + to_hex(result.digest) + "\n";
}

Status write_or_complain(const std::string& file, const std::string& text, const Console& console) {
  try {
    write_file(file, text);
    return Status::as_stated;
  } catch (const FileError& error) {
    console.complain("cleave: " + std::string(error.what()) + "\n");
    return Status::file_error;
  }
}

void explain_difference(const Job& job, const RunResult& result, const Console& console) {
  if (!job.loaded.saved || job.loaded.saved->behaviour == result.behaviour) return;
  console.complain("cleave: this run was saved with behaviour " +
                   std::to_string(job.loaded.saved->behaviour) + " and repeated with behaviour " +
                   std::to_string(result.behaviour) +
                   "; what differs may be what was changed on purpose in between\n");
}

// The same run with everything kept that pictures show.
Recorded recorded(const Job& job) {
  RecordingRequest request;
  request.loaded = job.loaded;
  request.configuration = job.configuration.name;
  request.seed = job.options.seed;
  request.until = job.options.until;
  request.levels = job.options.levels;
  request.progress = job.options.progress;
  return record(request);
}

Status run_verb(const RunArguments& arguments, Console& console) {
  std::vector<NamedFile> files{{"SCENARIO", arguments.scenario}};
  if (arguments.save_file) files.push_back({"--save", *arguments.save_file});
  if (arguments.trail_file) files.push_back({"--digest-trail", *arguments.trail_file});
  prepare(arguments.output, Results::Kind::run, files, console);
  Job job = job_of(arguments);
  RunResult result;
  std::optional<Recorded> recording;
  {
    ProgressBar bar(console, job.configuration.scenario.name);
    const bool watched = !arguments.output.quiet && console.has_reader_at_terminal();
    if (watched) job.options.progress = [&bar](const Progress& progress) { bar.show(progress); };
    if (needs_recording(arguments.output))
      result = recording.emplace(recorded(job)).recording->result;
    else
      result = run(job.configuration.scenario, job.options);
    if (watched) console.complain(bar.finished(result.events));
  }
  result.file = arguments.scenario;
  result.settings = job.loaded.settings;
  result.configuration = job.configuration.name;
  result.expected_digest = job.expected;
  if (job.expected && *job.expected != result.digest) {
    result.status = first_of(result.status, Status::digest_differs);
    explain_difference(job, result, console);
  }

  Results results{{result}, result.status,   Results::Kind::run, std::move(recording),
                  {},       arguments.ledger};
  if (arguments.save_file)
    results.status = first_of(
        results.status, write_or_complain(*arguments.save_file,
                                          to_yaml(saved_run_of(result, job.loaded)), console));
  if (arguments.trail_file)
    results.status = first_of(
        results.status, write_or_complain(*arguments.trail_file, trail_text(result), console));
  return deliver(std::move(results), arguments.output, console);
}

constexpr const char* kFooter = R"(Examples:
  cleave run scenarios/tutorial/01-first-cut.yaml
  cleave run scenarios/tutorial/01-first-cut.yaml --seed 7 --until 30s
  cleave run split.yaml --set run_for=90s --set faults.split.for=10s
  cleave run split.yaml --save bug.yaml && cleave run bug.yaml
  cleave run scenarios/incidents/github-2018.yaml --ledger
  cleave run split.yaml --report junit=results.xml --report html=run.html

Exit status: 0 every expectation is as stated; 1 a safety expectation is not;
3 a liveness expectation is not; 4 a fault or an expectation had nothing to act
on; 2 undecided; 5 the digest differs; 64 bad options or a bad scenario; 74 a
file could not be read or written; 70 a bug in Cleave.
)";

}  // namespace

void add_run(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* verb = app.add_subcommand("run", "Run a scenario, or a saved run, and report.");
  verb->footer(kFooter);
  verb->add_option(
          "SCENARIO", arguments->scenario,
          "A scenario file, or a run saved by --save: then its digest must come out again.")
      ->required();
  verb->add_option("--seed", arguments->seed, "Of all that is random, instead of the scenario's.")
      ->type_name("N");
  verb->add_option("--set", arguments->settings,
                   "Change the scenario at a path, as in stores.accounts.options.fencing=epoch; "
                   "more than once if you like.")
      ->type_name("PATH=VALUE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb->add_option("--until", arguments->until, "Stop there, as in 20.5s.")->type_name("T");
  verb->add_option("--configuration", arguments->configuration,
                   "Run this entry of the scenario's `compare:`.")
      ->type_name("NAME");
  verb->add_option("--expect-digest", arguments->expected_digest,
                   "Exit with 5 if the digest of the run is another one.")
      ->type_name("HEX");
  verb->add_option("--digest-trail", arguments->trail_file,
                   "Write one digest a chunk of the trace, to find where two runs part.")
      ->type_name("FILE");
  verb->add_option("--save", arguments->save_file,
                   "Save the run: the scenario, the seed and the digest, for a bug report.")
      ->type_name("FILE");
  verb->add_flag("--ledger", arguments->ledger,
                 "Also show what each side of a split network got: how much was served, how fast, "
                 "how stale, and what was lost; and which levels of consistency were kept.");
  add_output_options(*verb, arguments->output);
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return run_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
