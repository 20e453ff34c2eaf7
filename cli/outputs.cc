#include "cli/outputs.h"

#include "cli/values.h"
#include "sim/base/nearest.h"
#include "sim/report/file.h"
#include "sim/report/html.h"
#include "sim/report/json.h"
#include "sim/report/junit.h"
#include "sim/report/text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace cleave::cli {
namespace {

constexpr std::array<std::string_view, 4> kFormats{"text", "json", "junit", "html"};

struct Report {
  std::string format;
  std::string file;
};

Report report_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size())
    refuse("--report", {"found " + in_quotes(text), "FORMAT=FILE", "for example json=run.json"});
  const std::string format = text.substr(0, equals);
  if (std::find(kFormats.begin(), kFormats.end(), format) == kFormats.end())
    refuse("--report", {"there is no format " + in_quotes(format), "text, json, junit or html",
                        suggestion(format, kFormats)});
  return {format, text.substr(equals + 1)};
}

std::string text_of(const Results& results, const TextOptions& options) {
  if (results.kind != Results::Kind::run)
    return text_comparison(results.runs, options, results.partings);
  TextOptions text = options;
  text.ledger = results.ledger;
  return text_report(results.runs.front(), text);
}

std::string json_of(const Results& results) {
  return results.kind == Results::Kind::run ? json_report(results.runs.front())
                                            : json_comparison(results.runs, results.partings);
}

std::string content_of(std::string_view format, Results& results, const TextOptions& options) {
  if (format == "html")
    return html_report(results.runs.front(), *results.recorded->recording,
                       results.recorded->timeline, options.program);
  if (format == "json") return json_of(results);
  if (format == "junit") return junit_report(results.runs);
  return text_of(results, options);
}

void apply(const OutputOptions& options, Console& console) {
  constexpr std::array<std::string_view, 3> kColours{"auto", "always", "never"};
  const auto found = std::find(kColours.begin(), kColours.end(), options.colour);
  if (found == kColours.end())
    refuse("--color", {"found " + in_quotes(options.colour), "auto, always or never", ""});
  console.set_colour(static_cast<Colour>(found - kColours.begin()));
  if (options.ascii) console.set_charset(Charset::ascii);
}

// Pipes and devices take what they are given; a file would be taken the place of.
bool is_replaced(const std::string& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

// Else what is written last would take the place of the other, or of the scenario.
void refuse_one_file_twice(const std::vector<NamedFile>& files) {
  for (auto one = files.begin(); one != files.end(); ++one) {
    const auto same = [one](const NamedFile& other) { return other.file == one->file; };
    if (is_replaced(one->file) && std::any_of(files.begin(), one, same))
      refuse(one->option, {in_quotes(one->file) + " is read or written by this command already",
                           "a file of its own", ""});
  }
}

}  // namespace

void add_output_options(CLI::App& verb, OutputOptions& options) {
  verb.add_option("--report", options.reports,
                  "Also write a report to a file, as text, json, junit or html; more than once if "
                  "you like. The file is written in full or not at all.")
      ->type_name("FORMAT=FILE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_print_options(verb, options);
}

void add_print_options(CLI::App& verb, OutputOptions& options) {
  CLI::Option* json =
      verb.add_flag("--json", options.json, "Print one JSON object instead of text.");
  verb.add_flag("--quiet", options.quiet, "Print no results; the exit status says how it went.")
      ->excludes(json);
  verb.add_option("--color", options.colour,
                  "auto (the default: on a terminal, unless NO_COLOR is set), always or never.")
      ->type_name("WHEN");
  verb.add_flag("--ascii", options.ascii, "Draw with plain ASCII characters.");
}

namespace {

bool has_report(const OutputOptions& options, std::string_view format) {
  return std::any_of(options.reports.begin(), options.reports.end(),
                     [&](const std::string& text) { return report_of(text).format == format; });
}

}  // namespace

bool needs_recording(const OutputOptions& options) {
  return has_report(options, "html");
}

bool writes_json(const OutputOptions& options) {
  return options.json || has_report(options, "json");
}

void prepare(const OutputOptions& options, Results::Kind kind, std::vector<NamedFile> files,
             Console& console) {
  apply(options, console);
  for (const std::string& report : options.reports)
    files.push_back({"--report", report_of(report).file});
  refuse_one_file_twice(files);
  if (kind == Results::Kind::sweep && needs_recording(options))
    refuse("--report", {"html shows one run", "text, json or junit",
                        "write `cleave run SCENARIO --seed N --report html=FILE`"});
  if (kind == Results::Kind::comparison && needs_recording(options))
    refuse("--report", {"html shows one run", "text, json or junit",
                        "write `cleave run SCENARIO --configuration NAME --report html=FILE`"});
}

Status deliver(Results results, const OutputOptions& options, const Console& console) {
  const Status before = results.status;
  return deliver(
      Content{before,
              [&results](std::string_view format, Status status, const TextOptions& text) {
                // What is printed says how the program exits.
                for (RunResult& run : results.runs)
                  if (status == Status::file_error) run.status = status;
                return content_of(format, results, text);
              }},
      options, console);
}

Status deliver(const Content& content, const OutputOptions& options, const Console& console) {
  // In a file nobody wants the colours and the width of this terminal.
  TextOptions plain = console.text_options();
  plain.ink = Ink::plain;
  plain.columns = TextOptions{}.columns;
  Status status = content.status;
  for (const std::string& text : options.reports) {
    const Report report = report_of(text);
    try {
      write_file(report.file, content.text(report.format, content.status, plain));
    } catch (const FileError& error) {
      console.complain("cleave: " + std::string(error.what()) + "\n");
      status = first_of(status, Status::file_error);
    }
  }
  if (options.quiet) return status;
  return first_of(status, console.print(content.text(options.json ? "json" : "text", status,
                                                     console.text_options())));
}

}  // namespace cleave::cli
