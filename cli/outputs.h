// What becomes of results: shared by the verbs that run scenarios.
#pragma once
#include "cli/console.h"
#include "sim/explore/parting.h"
#include "sim/explore/recording.h"
#include "sim/scenario/run_result.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::cli {

// As given on the command line.
struct OutputOptions {
  std::vector<std::string> reports;  // FORMAT=FILE
  bool json = false;
  bool quiet = false;
  bool ascii = false;
  std::string colour = "auto";
};
void add_output_options(CLI::App& verb, OutputOptions& options);
// All but --report.
void add_print_options(CLI::App& verb, OutputOptions& options);
// Whether a report is asked for that shows pictures of the run: then it must be recorded.
bool needs_recording(const OutputOptions& options);

// Whether JSON is asked for, printed or as a report.
bool writes_json(const OutputOptions& options);

struct Results {
  std::vector<RunResult> runs;
  Status status = Status::as_stated;
  enum class Kind : std::uint8_t { run, comparison, sweep } kind = Kind::run;
  std::optional<Recorded> recorded;  // of a run, if needs_recording()
  std::vector<Parting> partings;     // of a comparison
  bool ledger = false;               // in text: what each side of a split network got, levels
};

// What an option, or the scenario, calls a file.
struct NamedFile {
  std::string option;
  std::string file;
};

// Finds what is wrong with the options before anything runs, and sets up the console. `files` are
// those that are read or written beside the reports. Throws ScenarioError.
void prepare(const OutputOptions& options, Results::Kind kind, std::vector<NamedFile> files,
             Console& console);

// Writes the files, then prints. A file that cannot be written is complained about, and the rest
// goes on. The status of all.
Status deliver(Results results, const OutputOptions& options, const Console& console);

// The same for results of any kind: `content` makes a text of them in a format, as "text" or
// "json".
struct Content {
  Status status = Status::as_stated;
  // `status` is how the program exits, also if a file could not be written.
  std::function<std::string(std::string_view format, Status status, const TextOptions& options)>
      text;
};
Status deliver(const Content& content, const OutputOptions& options, const Console& console);

}  // namespace cleave::cli
