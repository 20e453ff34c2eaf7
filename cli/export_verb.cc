// cleave export: what a run did, for other tools.
#include "cli/scenario_files.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "sim/base/nearest.h"
#include "sim/check/history/history_recorder.h"
#include "sim/exchange/write_edn.h"
#include "sim/report/file.h"
#include "sim/report/typography.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run_history.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::cli {
namespace {

// As given on the command line.
struct ExportArguments {
  std::string scenario;
  std::string format = "edn";
  std::optional<std::string> store;
  std::optional<std::string> type;
  std::optional<std::string> seed;
  std::vector<std::string> settings;
  std::optional<std::string> configuration;
  std::optional<std::string> until;
  std::optional<std::string> out;
};

// The one that is named, or the only one there is.
std::size_t choose(std::string_view option, const std::optional<std::string>& word,
                   const std::vector<std::string_view>& names, std::string_view where) {
  if (!word && names.size() == 1) return 0;
  if (!word)
    refuse(option, {std::string(where) + " has several", list_of(names),
                    "write for example " + std::string(option) + " " + std::string(names.front())});
  const auto found = std::find(names.begin(), names.end(), *word);
  if (found == names.end())
    refuse(option, {std::string(where) + " has no " + in_quotes(*word), list_of(names),
                    suggestion(*word, names)});
  return static_cast<std::size_t>(found - names.begin());
}

StoreId store_of(const ExportArguments& arguments, const Scenario& scenario) {
  std::vector<std::string_view> names;
  for (const StoreSpec& store : scenario.stores)
    names.push_back(store.name);
  return {static_cast<std::uint32_t>(choose("--store", arguments.store, names, "the scenario"))};
}

// Objects of several types are of several models, and a history is of one.
ObjectType type_of(const ExportArguments& arguments, const Scenario& scenario, StoreId store) {
  const std::string& name = scenario.stores[store.value].name;
  std::vector<ObjectType> types;
  std::vector<std::string_view> names;
  for (const ObjectType type : types_used(scenario, store)) {
    if (!model_of(type)) continue;
    types.push_back(type);
    names.push_back(to_string(type));
  }
  if (types.empty())
    refuse("--store",
           {"the workload asks nothing of " + in_quotes(name) + " that a consistency checker knows",
            "objects other than queues", ""});
  return types[choose("--type", arguments.type, names, "store " + in_quotes(name))];
}

Status export_verb(const ExportArguments& arguments, Console& console) {
  if (arguments.format != "edn")
    refuse("--format", {"found " + in_quotes(arguments.format), "edn", ""});
  RunOptions options;
  options.seed = value_of<std::uint64_t>("--seed", arguments.seed);
  if (const auto until = value_of<Duration>("--until", arguments.until))
    options.until = Time{} + *until;
  const Loaded loaded = load_file(arguments.scenario, arguments.settings);
  if (loaded.saved && !options.seed) options.seed = loaded.saved->seed;
  const Configuration& configuration = configuration_of(
      loaded, arguments.configuration.value_or(loaded.saved ? loaded.saved->configuration : ""));
  const Scenario& scenario = configuration.scenario;
  const StoreId store = store_of(arguments, scenario);
  const ObjectType type = type_of(arguments, scenario, store);

  const RunHistory run = run_history(scenario, options, store, type);
  const Model model = *model_of(type);
  const std::string text = exchange::edn_of(
      run.history, {model, [&run](std::uint64_t event) { return run.times.of({event}); }});
  console.complain(
      "cleave: " + counted(run.history.operations.size(), "operation", "operations") + " of " +
      scenario.stores[store.value].name + (run.cut_short ? ", the first" : "") +
      "; cleave check HISTORY --format edn --key --model " + std::string(to_string(model)) + "\n");
  if (!arguments.out) return console.print(text);
  write_file(*arguments.out, text);
  return Status::as_stated;
}

constexpr const char* kFooter = R"(Examples:
  cleave export split.yaml --out history.edn
  cleave export chat.yaml --store messages --seed 7 > history.edn
  cleave check history.edn --key --model cas-register

Values are numbered in the order in which they turn up. docs/histories.md has
more.

Exit status: 0 it was written; 64 bad options or a bad scenario; 74 a file could
not be read or written; 70 a bug in Cleave.
)";

}  // namespace

void add_export(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* verb = app.add_subcommand(
      "export", "Run a scenario, and write down what its clients asked and were told.");
  verb->footer(kFooter);
  verb->add_option("SCENARIO", arguments->scenario, "A scenario file, or a saved run.")->required();
  verb->add_option("--format", arguments->format, "edn: a history as Jepsen writes it.")
      ->type_name("FORMAT");
  verb->add_option("--store", arguments->store, "Of which store, if there are several.")
      ->type_name("NAME");
  verb->add_option("--type", arguments->type, "Of which objects, if it has several types.")
      ->type_name("TYPE");
  verb->add_option("--seed", arguments->seed, "Of all that is random, instead of the scenario's.")
      ->type_name("N");
  verb->add_option("--set", arguments->settings, "Change the scenario at a path.")
      ->type_name("PATH=VALUE")
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  verb->add_option("--until", arguments->until, "Stop there, as in 20.5s.")->type_name("T");
  verb->add_option("--configuration", arguments->configuration,
                   "Run this entry of the scenario's `compare:`.")
      ->type_name("NAME");
  verb->add_option("--out", arguments->out, "Write to this file, in full or not at all.")
      ->type_name("FILE");
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return export_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
