// cleave selfcheck: do scenarios give the same bits twice, and in a fresh process? Where two runs
// part, the first event in which they differ is named.
#include "cli/child.h"
#include "cli/scenario_files.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/explore/selfcheck.h"
#include "sim/report/typography.h"
#include "sim/scenario/build.h"
#include "sim/scenario/load.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// One line an event: its number, what it is, and all that the digest takes in.
std::string line_of(const TracedRecord& traced) {
  std::string line = "event " + std::to_string(traced.event.value) + ", " + traced.text + ",";
  for (const std::uint64_t word : traced.record.payload)
    line += " " + to_hex(Hash128{word, 0}).substr(16);
  return line;
}

struct Subject {
  std::string file;
  Configuration configuration;
  std::uint64_t seed = 0;
  Time end;  // of the run

  World world() const { return build(configuration.scenario, seed).world; }
  std::vector<std::string> words(std::string verb) const {
    std::vector<std::string> all{std::move(verb), file};
    if (!configuration.name.empty()) all.insert(all.end(), {"--configuration", configuration.name});
    return all;
  }
  std::string name() const {
    return configuration.name.empty() ? file : file + ", " + configuration.name;
  }
};

std::string records_text(const Subject& subject, std::size_t chunk) {
  std::string text;
  for (const TracedRecord& record : records_of_chunk(subject.world(), subject.end, chunk))
    text += line_of(record) + "\n";
  return text;
}

// The first lines of one chunk that differ here and in a fresh process.
std::string difference_in_chunk(const Subject& subject, std::size_t chunk) {
  std::vector<std::string> words = subject.words("selfcheck");
  words.insert(words.end(), {"--chunk", std::to_string(chunk)});
  const std::vector<std::string> here = lines_of(records_text(subject, chunk));
  const std::vector<std::string> there = lines_of(output_of_child(words));
  const auto [a, b] = std::mismatch(here.begin(), here.end(), there.begin(), there.end());
  const std::string nothing = "nothing";
  return "  here:  " + (a == here.end() ? nothing : *a) +
         "\n  there: " + (b == there.end() ? nothing : *b) + "\n";
}

// What a fresh process does otherwise; empty: nothing.
std::string difference_in_child(const Subject& subject, const Fingerprint& here) {
  std::vector<std::string> words = subject.words("run");
  words.insert(words.end(), {"--seed", std::to_string(subject.seed), "--quiet", "--digest-trail",
                             "/dev/stdout"});
  const std::vector<std::string> there = lines_of(output_of_child(words));
  std::vector<std::string> expected;
  for (const Hash128& chunk : here.trail)
    expected.push_back(to_hex(chunk));
  expected.push_back(to_hex(here.digest));
  if (there == expected) return "";
  const auto part = std::mismatch(expected.begin(), expected.end(), there.begin(), there.end());
  const auto chunk = static_cast<std::size_t>(part.first - expected.begin());
  return "a fresh process differs in chunk " + std::to_string(chunk) + " of the digest trail:\n" +
         difference_in_chunk(subject, chunk);
}

Status check_one(const Subject& subject, Console& console) {
  const Selfcheck found = selfcheck([&] { return subject.world(); }, subject.end);
  std::string difference = found.difference ? found.difference->text() + "\n" : "";
  if (difference.empty()) difference = difference_in_child(subject, found.fingerprint);
  if (difference.empty())
    return console.print(subject.name() + ": the same bits, " +
                         counted(found.fingerprint.events, "event", "events") + ", " +
                         to_hex(found.fingerprint.digest) + "\n");
  return first_of(Status::digest_differs,
                  console.print(subject.name() + ": NOT THE SAME BITS\n" + difference));
}

// As given on the command line.
struct SelfcheckArguments {
  std::vector<std::string> files;
  std::optional<std::string> configuration;
  std::optional<std::string> chunk;
};

std::vector<Subject> subjects_of(const SelfcheckArguments& arguments) {
  std::vector<Subject> subjects;
  for (const std::string& file : arguments.files.empty() ? scenario_files() : arguments.files) {
    const Loaded loaded = load_file(file);
    const auto& saved = loaded.saved;
    // A saved run is one run: of one configuration, and perhaps cut short.
    std::optional<std::string> wanted = arguments.configuration;
    if (!wanted && saved) wanted = saved->configuration;
    for (const Configuration& configuration : loaded.configurations) {
      if (wanted && configuration.name != *wanted) continue;
      const Scenario& scenario = configuration.scenario;
      subjects.push_back(
          {file, configuration, saved ? saved->seed : scenario.seed,
           saved && saved->until ? std::min(scenario.run_for, *saved->until) : scenario.run_for});
    }
  }
  return subjects;
}

Status selfcheck_verb(const SelfcheckArguments& arguments, Console& console) {
  const auto chunk = value_of<std::uint64_t>("--chunk", arguments.chunk);
  const std::vector<Subject> subjects = subjects_of(arguments);
  if (subjects.empty())
    refuse("--configuration",
           {"no scenario has one of this name", "an entry of the scenario's `compare:`", ""});
  if (chunk) {
    const std::string records = records_text(subjects.front(), *chunk);
    if (records.empty())
      refuse("--chunk", {"the run has no chunk " + std::to_string(*chunk),
                         "a line of its digest trail but the last, counted from 0", ""});
    return console.print(records);
  }
  Status status = Status::as_stated;
  for (const Subject& subject : subjects)
    status = first_of(status, check_one(subject, console));
  return status;
}

constexpr const char* kFooter = R"(Examples:
  cleave selfcheck
  cleave selfcheck scenarios/tutorial/01-first-cut.yaml
  cleave selfcheck split.yaml --chunk 12

To compare two machines, let `cleave run --digest-trail FILE` write the trail on
both; the first line in which they differ is the chunk (counted from 0) to look
at with --chunk.

Exit status: 0 the same bits, 5 not.
)";

}  // namespace

void add_selfcheck(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<SelfcheckArguments>();
  CLI::App* verb = app.add_subcommand(
      "selfcheck",
      "Run scenarios again: in the same process with the heap disturbed, from a copy, and in a "
      "fresh process. Do they give the same bits? If not, the first difference is named.");
  verb->footer(kFooter);
  verb->add_option("SCENARIO", arguments->files,
                   "Scenario files; all below ./scenarios if none are given.");
  verb->add_option("--configuration", arguments->configuration,
                   "Only this entry of the scenario's `compare:`.")
      ->type_name("NAME");
  verb->add_option("--chunk", arguments->chunk,
                   "Print the events of one chunk of the digest trail instead.")
      ->type_name("N");
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return selfcheck_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
