// cleave check: is a history, from anywhere, as consistent as it should be?
#include "cli/outputs.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/base/nearest.h"
#include "sim/check/history/judge_history.h"
#include "sim/check/history/strongest_level.h"
#include "sim/exchange/read_history.h"
#include "sim/report/file.h"
#include "sim/report/judged_history.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

using exchange::Format;

// As given on the command line.
struct CheckArguments {
  std::vector<std::string> files;
  std::optional<std::string> format;
  std::optional<std::string> model;
  std::optional<std::string> level;
  std::optional<std::string> init;
  std::vector<std::string> budget;
  bool keyed = false;
  OutputOptions output;
};

template <class T>
std::vector<std::string_view> names_of(std::span<const T> all) {
  std::vector<std::string_view> names;
  for (const T each : all)
    names.push_back(to_string(each));
  return names;
}

[[noreturn]] void refuse_word(std::string_view option, const std::string& found,
                              const std::vector<std::string_view>& known) {
  const auto near = nearest(found, known);
  refuse(option,
         {"found " + in_quotes(found), list_of(known), near ? "write " + in_quotes(*near) : ""});
}

Format format_of(const CheckArguments& arguments, const std::string& file) {
  if (arguments.format) {
    if (const auto format = exchange::format_of(*arguments.format)) return *format;
    refuse_word("--format", *arguments.format, names_of(exchange::formats()));
  }
  if (const auto format = exchange::format_of_file(file)) return *format;
  refuse("--format", {"the name of " + in_quotes(file) + " does not say what its format is",
                      list_of(names_of(exchange::formats())), "write for example --format edn"});
}

// Models of which anything can be asked.
std::vector<std::string_view> models_to_ask() {
  std::vector<std::string_view> names;
  for (const Model model : all_models())
    if (!levels_of(model).empty()) names.push_back(to_string(model));
  return names;
}

Model model_of(const CheckArguments& arguments, Format format) {
  const std::optional<Model> own = exchange::model_of(format);
  const std::vector<std::string_view> known = models_to_ask();
  if (!arguments.model) {
    if (own) return *own;
    refuse("--model", {std::string(to_string(format)) + " does not say what its objects are",
                       list_of(known), "write for example --model register"});
  }
  const std::optional<Model> model = cleave::model_of(*arguments.model);
  if (!model || levels_of(*model).empty()) refuse_word("--model", *arguments.model, known);
  if (!exchange::tells_real_time(format) && *model != *own)
    refuse("--model", {"found " + in_quotes(*arguments.model),
                       std::string(to_string(*own)) + ", which is what " +
                           std::string(to_string(format)) + " holds",
                       "leave it out"});
  return *model;
}

bool needs_real_time(Level level) {
  return level == Level::linearizable || level == Level::strict_serializable;
}

std::vector<Level> levels_of(Model model, Format format) {
  std::vector<Level> levels = cleave::levels_of(model);
  if (!exchange::tells_real_time(format))
    levels.erase(std::remove_if(levels.begin(), levels.end(), needs_real_time), levels.end());
  return levels;
}

Level level_of(const CheckArguments& arguments, Model model, Format format) {
  const std::vector<Level> levels = levels_of(model, format);
  if (levels.empty())
    refuse("--model", {"nothing can be asked of a " + std::string(to_string(model)),
                       list_of(models_to_ask()), ""});
  if (!arguments.level && !levels.empty()) return levels.front();
  const std::optional<Level> level = cleave::level_of(arguments.level.value_or(""));
  if (level && std::find(levels.begin(), levels.end(), *level) != levels.end()) return *level;
  const std::string what = std::string(to_string(model)) + " in " + std::string(to_string(format));
  const std::vector<std::string_view> known = names_of(std::span<const Level>(levels));
  if (!level) refuse_word("--level", arguments.level.value_or(""), known);
  const bool no_time = needs_real_time(*level) && !exchange::tells_real_time(format);
  refuse("--level", {in_quotes(*arguments.level) + " cannot be asked of a " + what +
                         (no_time ? ", which does not say when anything happened" : ""),
                     list_of(known), ""});
}

Budget budget_of(const std::vector<std::string>& words) {
  Budget budget;
  bool given[2] = {false, false};
  for (const std::string& word : words) {
    const bool has_unit = word.find_first_not_of("0123456789") != std::string::npos;
    if (std::exchange(given[has_unit ? 1 : 0], true))
      refuse("--budget",
             {std::string("found a second ") +
                  (has_unit ? "amount of memory, " : "number of steps, ") + in_quotes(word),
              "a number of steps, an amount of memory, or one of each", ""});
    if (has_unit)
      budget.bytes = static_cast<std::uint64_t>(value_of<Bytes>("--budget", word).count);
    else
      budget.steps = value_of<std::uint64_t>("--budget", word);
  }
  return budget;
}

struct Job {
  std::string file;
  exchange::ReadOptions read;
  Question question;
};

Job job_of(const CheckArguments& arguments, const std::string& file, const Budget& budget) {
  Job job{file, {}, {}};
  job.read.format = format_of(arguments, file);
  job.read.model = job.question.model = model_of(arguments, job.read.format);
  job.read.keyed = arguments.keyed;
  job.read.init = arguments.init;
  job.question.level = level_of(arguments, job.question.model, job.read.format);
  job.question.budget = budget;
  return job;
}

// What else holds was not asked: it shall not cost more than the answer.
constexpr std::uint64_t kMostStepsForMore = 200'000;

// Throws ScenarioError and FileError.
JudgedHistory judge(const Job& job, bool wants_more) {
  Diagnostics diagnostics;
  auto read = exchange::read_history(read_blocks(job.file), job.file, job.read, diagnostics);
  diagnostics.throw_if_any();
  JudgedHistory judged;
  judged.file = job.file;
  judged.format = to_string(job.read.format);
  judged.question = job.question;
  judged.question.init = read->init;
  judged.history = std::move(read->history);
  judged.finding = judge_history(judged.history, judged.question);
  if (wants_more && judged.finding.word == Word::violated) {
    Question weaker = judged.question;
    weaker.budget.steps = std::min(weaker.budget.steps, kMostStepsForMore);
    judged.strongest = strongest_below(judged.history, weaker);
  }
  return judged;
}

Status check_verb(const CheckArguments& arguments, Console& console) {
  prepare(arguments.output, Results::Kind::run, {}, console);
  const Budget budget = budget_of(arguments.budget);
  std::vector<Job> jobs;
  for (const std::string& file : arguments.files)
    jobs.push_back(job_of(arguments, file, budget));

  Status status = Status::as_stated;
  std::vector<std::string> objects;
  for (const Job& job : jobs) {
    const Status one = guarded(
        [&](Console&) {
          const JudgedHistory judged = judge(job, !arguments.output.quiet);
          const Status found = status_of(judged);
          if (arguments.output.json)
            objects.push_back(json_report(judged));
          else if (!arguments.output.quiet)
            return first_of(found, console.print((&job == &jobs.front() ? "" : "\n") +
                                                 text_report(judged, console.text_options())));
          return found;
        },
        console);
    status = first_of(status, one);
  }
  if (arguments.output.json && !objects.empty())
    status = first_of(status, console.print(json_histories(objects, status)));
  return status;
}

constexpr const char* kFooter = R"(Examples:
  cleave check history.edn --model cas-register
  cleave check history.edn --model list-append --level snapshot-isolation
  cleave check history.edn --model queue --level exactly-once
  cleave check jepsen.log --format jepsen-log --json
  zcat history.edn.gz | cleave check - --format edn --model register --key

The strongest level that can be asked of the model is the default; of a
violation the strongest weaker one that holds is said, too. docs/histories.md
says how histories are written down.

Exit status: 0 it holds; 1 it is violated; 2 undecided: the budget is used up,
say; 4 nothing in the history puts it to the test; 64 bad options or a
malformed history; 74 a file could not be read.
)";

}  // namespace

void add_check(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* verb =
      app.add_subcommand("check", "Judge the consistency of a history, whoever recorded it.");
  verb->footer(kFooter);
  verb->add_option("HISTORY", arguments->files, "Files; - is the standard input.")->required();
  verb->add_option("--format", arguments->format,
                   "edn, json, plume, awdit, jepsen-log or kv-log; of .edn and .json files it is "
                   "known.")
      ->type_name("FORMAT");
  verb->add_option("--model", arguments->model,
                   "What the objects are, such as register, set or list-append.")
      ->type_name("MODEL");
  verb->add_option("--level", arguments->level,
                   "How consistent they should be, such as linearizable or causal.")
      ->type_name("LEVEL");
  verb->add_option("--init", arguments->init, "What every register holds at first (nil).")
      ->type_name("VALUE");
  verb->add_flag("--key", arguments->keyed,
                 "Values are [key value]: independent objects, as jepsen.independent has them.");
  verb->add_option("--budget", arguments->budget,
                   "Give up after so many steps of a search (50000000), or with a unit, when it "
                   "remembers so much (1GiB); both if given twice.")
      ->type_name("B")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_print_options(*verb, arguments->output);
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return check_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
