// cleave list: what a scenario may name, from the catalogue and the schemas.
#include "cli/scenario_files.h"
#include "cli/values.h"
#include "cli/verbs.h"
#include "models/messaging/bugs.h"
#include "models/ordering/ordering.h"
#include "sim/base/nearest.h"
#include "sim/check/history/judge_history.h"
#include "sim/check/judges.h"
#include "sim/network/access_profiles.h"
#include "sim/network/latency_tables.h"
#include "sim/report/json_writer.h"
#include "sim/report/typography.h"
#include "sim/scenario/engines.h"
#include "sim/scenario/load.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

struct Item {
  std::string name;
  std::string about;
  std::vector<std::pair<std::string, std::string>> parts{};  // for programs; else name and about
};

constexpr std::size_t kColumns = 80;

// Names in one column, what they mean wrapped in the other.
std::string table(const std::vector<Item>& items) {
  std::size_t names = 0;
  for (const Item& item : items)
    names = std::max(names, columns_of(item.name) + 2);
  std::string text;
  for (const Item& item : items) {
    std::string before = flush_left(item.name, names);
    for (const std::string& line : wrapped(item.about, kColumns - names)) {
      text += before + line + "\n";
      before.assign(names, ' ');
    }
  }
  return text;
}

std::string json(const std::vector<Item>& items) {
  JsonWriter out;
  out.open('[', JsonWriter::Layout::lines);
  for (const Item& item : items) {
    out.open('{');
    if (item.parts.empty()) out.field("name", item.name).field("about", item.about);
    for (const auto& [key, text] : item.parts)
      out.field(key, text);
    out.close('}');
  }
  out.close(']');
  return std::move(out).text() + "\n";
}

std::vector<Item> engine_items() {
  std::vector<Item> items;
  for (const auto& engine : engines())
    items.push_back({std::string(engine.name), std::string(engine.about)});
  return items;
}

// `kind`, "engine" or "service", is what `planter` is.
Item bug_item(const char* kind, std::string_view planter, const models::store::PlantedBug& bug) {
  std::string about = std::string(bug.what) + " Caught by: " + std::string(bug.caught_by);
  const bool in_test = bug.scenario.starts_with("tests/");
  if (in_test) about += ", in " + std::string(bug.scenario) + " alone";
  return {std::string(planter) + " " + std::string(bug.name),
          about + ".",
          {{kind, std::string(planter)},
           {"name", std::string(bug.name)},
           {"what", std::string(bug.what)},
           {"caught_by", std::string(bug.caught_by)},
           {"scenario", in_test ? "" : std::string(bug.scenario)},
           {"test", in_test ? std::string(bug.scenario) : ""}}};
}

// Two columns for all of them together, so that they are aligned.
std::vector<Item> bug_items() {
  std::vector<Item> items;
  for (const auto& engine : engines())
    for (const models::store::PlantedBug& bug : engine.bugs)
      items.push_back(bug_item("engine", engine.name, bug));
  for (const models::messaging::PlantedBug& bug : models::messaging::kBugs)
    items.push_back(
        bug_item("service", "messaging", {bug.name, bug.what, bug.caught_by, bug.scenario}));
  return items;
}

std::vector<Item> ordering_items() {
  std::vector<Item> items;
  for (const models::ordering::Policy& policy : models::ordering::policies())
    items.push_back({std::string(policy.name), std::string(policy.about)});
  return items;
}

std::vector<Item> probe_items() {
  std::vector<Item> items;
  for (const auto& engine : engines())
    for (const Probe& probe : engine.probes)
      items.push_back(
          {std::string(probe.text), probe.frequency == Probe::Frequency::rare ? "rare" : "common"});
  return items;
}

std::vector<Item> fault_items() {
  std::vector<Item> items;
  for (const Verb verb : all_verbs())
    items.push_back({std::string(to_string(verb)), std::string(verb_words(verb).doc)});
  return items;
}

std::vector<Item> judge_items() {
  std::vector<Item> items;
  for (const JudgeInfo& judge : judges())
    items.push_back({std::string(judge.name),
                     std::string(to_string(judge.property)) + ": " + std::string(judge.doc)});
  return items;
}

std::vector<Item> latency_items() {
  std::vector<Item> items;
  for (const LatencyTable& table : latency_tables()) {
    std::string about(table.source);
    about += ". Regions:";
    for (const LatencyTable::Region& region : table.regions)
      about += " " + std::string(region.name) + " (" + std::string(region.city) + ")";
    items.push_back({std::string(table.name), about});
  }
  return items;
}

std::vector<Item> access_items() {
  std::vector<Item> items;
  for (const AccessProfile& profile : access_profiles())
    items.push_back({std::string(profile.name),
                     rounded(profile.rtt) + " round trip. " + std::string(profile.about)});
  return items;
}

std::vector<Item> scenario_items() {
  std::vector<Item> items;
  for (const std::string& file : scenario_files()) {
    try {
      items.push_back({file, load_file(file).configurations.front().scenario.name});
    } catch (const ScenarioError&) {
      items.push_back({file, "not right: see cleave validate"});
    }
  }
  return items;
}

std::vector<Item> level_items() {
  std::vector<Item> items;
  for (const Model model : all_models()) {
    std::string levels;
    for (const Level level : levels_of(model))
      levels += (levels.empty() ? "" : ", ") + std::string(to_string(level));
    if (!levels.empty()) items.push_back({std::string(to_string(model)), levels});
  }
  return items;
}

struct Kind {
  std::string_view name;
  std::string_view about;
  std::vector<Item> (*items)();
};
constexpr std::array kKinds{
    Kind{"engines", "what keeps a store's replicas together", engine_items},
    Kind{"bugs", "mistakes that engines and services make on purpose, by their option `bugs`",
         bug_items},
    Kind{"orderings", "in which order conversations are shown", ordering_items},
    Kind{"probes", "what sometimes happens in engines, and sweeps count", probe_items},
    Kind{"faults", "what can go wrong, verb by verb", fault_items},
    Kind{"judges", "what a scenario can expect", judge_items},
    Kind{"latencies", "round trips between regions of clouds", latency_items},
    Kind{"access", "how devices reach their region", access_items},
    Kind{"levels", "what `cleave check` can ask of each model, strongest first", level_items},
    Kind{"scenarios", "those in ./scenarios", scenario_items},
};

std::string lists() {
  std::vector<Item> kinds;
  for (const Kind& kind : kKinds)
    kinds.push_back({"  " + std::string(kind.name), std::string(kind.about)});
  return "Lists:\n" + table(kinds);
}

struct ListArguments {
  std::string kind;
  bool json = false;
};

Status list_verb(const ListArguments& arguments, Console& console) {
  const std::string& kind = arguments.kind;
  if (kind.empty()) return console.print(lists() + "\nFor example: cleave list engines\n");
  std::vector<std::string_view> names;
  for (const Kind& known : kKinds) {
    if (known.name == kind)
      return console.print(arguments.json ? json(known.items()) : table(known.items()));
    names.push_back(known.name);
  }
  refuse("list", {"there is no list of " + in_quotes(kind), "", suggestion(kind, names)});
}

std::string footer() {
  return lists() + "\nExamples:\n  cleave list engines\n  cleave list faults\n";
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<ListArguments>();
  CLI::App* verb = app.add_subcommand("list", "List what a scenario can name.");
  verb->footer(footer());
  verb->add_option("LIST", arguments->kind, "Which list: see below. Without one, their names.");
  verb->add_flag("--json", arguments->json, "Print it for programs.");
  verb->callback([arguments, &action] {
    action = [arguments](Console& console) { return list_verb(*arguments, console); };
  });
}

}  // namespace cleave::cli
