// A whole scenario: its own keys, then its parts in an order in which each may name what came
// before.
#include "sim/base/reader.h"
#include "sim/scenario/read.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {
namespace {

const Schema& limits_words() {
  static const Schema kWords{
      "limits",
      "What stops a run that would not end.",
      {{.key = "events_per_instant",
        .type = Type::natural,
        .range = "1..",
        .default_text = "100000",
        .doc = "More events at one instant are a loop without delay, and end the run."}}};
  return kWords;
}

// Selectors name regions, stores and client groups by one word: it must mean one of them.
class NameCheck {
 public:
  explicit NameCheck(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add(const std::string& name, const Mark& mark, std::string_view what) {
    if (name == "rest" || name == "all") {
      diagnostics_.error(mark, {"a " + std::string(what) + " called " + in_quotes(name),
                                "another name", "faults use this word for themselves"});
      return;
    }
    if (name == "everybody" && what == "person") {
      diagnostics_.error(
          mark, {"a person called 'everybody'", "another name", "`expect` means all people by it"});
      return;
    }
    const auto [first, fresh] = seen_.emplace(name, Use{mark, what});
    if (fresh || first->second.what == what) return;
    diagnostics_.error({mark,
                        {in_quotes(name) + " is a " + std::string(first->second.what) + " and a " +
                             std::string(what),
                         "names that differ, for faults choose nodes by them", "rename one"},
                        {{first->second.mark, "the other is here"}}});
  }

 private:
  struct Use {
    Mark mark;
    std::string_view what;
  };
  Diagnostics& diagnostics_;
  std::map<std::string, Use> seen_;
};

void check_names(const Section& root, Diagnostics& diagnostics) {
  NameCheck check(diagnostics);
  const Section* topology = root.find("topology");
  if (const Section* regions = topology ? topology->find("regions") : nullptr)
    for (const Section* item : items_of(*regions))
      if (item->is_scalar()) check.add(item->text, item->mark, "region");
  for (const auto& [part, what] : {std::pair{"stores", "store"},
                                   {"clients", "client group"},
                                   {"people", "person"},
                                   {"groups", "group"}})
    if (const Section* map = root.find(part))
      for (const Entry& entry : map->entries)
        check.add(entry.key, entry.mark, what);
  if (const Section* services = root.find("services"))
    for (const char* servers : {"gateway", "mailbox"})
      check.add(servers, services->mark, "kind of server");
}

// The names of a map from names to sections.
void check_keys(const Section& map, Diagnostics& diagnostics) {
  for (const Entry& entry : map.entries) {
    const Parsed<std::string> name = parse_name(entry.key);
    if (const auto* mistake = std::get_if<Mistake>(&name)) diagnostics.error(entry.mark, *mistake);
  }
}

std::vector<Field> title_fields() {
  return {
      {.key = "cleave", .type = Type::natural, .range = "1..1", .doc = "Version of this format."},
      {.key = "name", .type = Type::text, .doc = "A short title."},
      {.key = "about",
       .type = Type::text,
       .when_absent = "no story",
       .doc = "The story: why this is worth a run."},
      {.key = "seed",
       .type = Type::natural,
       .default_text = "1",
       .doc = "Of all that is random. `--seed` overrides it."},
      {.key = "run_for", .type = Type::duration, .range = "1us..", .doc = "Simulated time."},
      {.key = "invariants",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Whether what engines promise of their own insides is looked at after every event. "
              "It changes no run; switch it off to measure speed."}};
}

std::vector<Field> cast_fields() {
  return {{.key = "topology",
           .type = Type::section,
           .doc = "Where things are.",
           .of = &topology_words()},
          {.key = "stores",
           .type = Type::section,
           .shape = Shape::map,
           .when_absent = "none",
           .doc = "Replicated stores, by name.",
           .of = &store_words()},
          {.key = "clients",
           .type = Type::section,
           .shape = Shape::map,
           .when_absent = "none",
           .doc = "Groups of clients, by name.",
           .of = &clients_words()},
          {.key = "workload",
           .type = Type::section,
           .shape = Shape::list,
           .when_absent = "nothing",
           .doc = "What clients do.",
           .of = &workload_words()},
          {.key = "people",
           .type = Type::section,
           .shape = Shape::map,
           .when_absent = "nobody",
           .doc = "People with devices, by name.",
           .of = &people_words()},
          {.key = "groups",
           .type = Type::any,
           .when_absent = "none",
           .doc = "Who talks with whom at once: lists of people, by name."},
          {.key = "services",
           .type = Type::section,
           .when_absent = "none",
           .doc = "What carries their messages.",
           .of = &services_words()},
          {.key = "conversations",
           .type = Type::section,
           .shape = Shape::list,
           .when_absent = "nothing",
           .doc = "What people write to each other.",
           .of = &conversation_words()}};
}

std::vector<Field> outcome_fields() {
  return {{.key = "faults",
           .type = Type::section,
           .shape = Shape::list,
           .when_absent = "none",
           .doc = "What goes wrong.",
           .of = &fault_words()},
          {.key = "liveness",
           .type = Type::section,
           .when_absent = "faults end when they say",
           .doc = "When the core is healed for good, and who stays broken.",
           .of = &liveness_words()},
          {.key = "expect",
           .type = Type::section,
           .shape = Shape::list,
           .when_absent = "nothing",
           .doc = "What is claimed: a run is as stated when every verdict is.",
           .of = &expect_words()},
          {.key = "compare",
           .type = Type::section,
           .shape = Shape::map,
           .when_absent = "nothing",
           .doc = "Other configurations of the same scenario, by name.",
           .of = &comparison_words()},
          {.key = "swarm",
           .type = Type::section,
           .when_absent = "nothing",
           .doc = "What `cleave sweep --swarm` draws anew for each seed.",
           .of = &swarm_words()},
          {.key = "limits",
           .type = Type::section,
           .when_absent = "the defaults below",
           .doc = "What stops a run that would not end.",
           .of = &limits_words()}};
}

}  // namespace

const Schema& scenario_words() {
  static const Schema kWords{
      "scenario", "Who is there, what they do, what goes wrong, and what is claimed of it.",
      joined({title_fields(), cast_fields(), outcome_fields()})};
  return kWords;
}

namespace {

// People, what carries their messages, and what they say: none of them is anything without the
// others.
void read_messaging(const Section& root, Reader& reader, Scenario& scenario,
                    Diagnostics& diagnostics) {
  const Section* people = reader.section("people");
  const Section* groups = reader.section("groups");
  const Section* services = reader.section("services");
  const Section* conversations = reader.section("conversations");
  if (!people && !groups && !services && !conversations) return;
  const std::string first = people     ? "people"
                            : groups   ? "groups"
                            : services ? "services"
                                       : "conversations";
  if (!people || !services || !services->find("messaging"))
    diagnostics.error(root.find(first)->mark,
                      {in_quotes(first) + " without " + (people ? "a service" : "people"),
                       people ? "`services: {messaging: {queues: STORE}}`"
                              : "`people: {NAME: {region: REGION, devices: [KIND]}}`",
                       "add what is missing, or remove this"});
  scenario.messaging.emplace();
  for (const Section* map : {people, groups}) {
    if (map && map->is_map()) check_keys(*map, diagnostics);
  }
  if (people) read_people(*people, scenario, diagnostics);
  if (groups && !groups->is_map())
    reader.error("groups", {"found " + describe(*groups), "a map such as {family: [ana, bo]}", ""});
  else if (groups)
    read_groups(*groups, scenario, diagnostics);
  if (services) read_services(*services, scenario, diagnostics);
  if (conversations) read_conversations(*conversations, scenario, diagnostics);
}

}  // namespace

Scenario read_scenario(const Section& root, Diagnostics& diagnostics) {
  Reader reader(root, scenario_words(), diagnostics);
  Scenario scenario;
  reader.natural("cleave");
  scenario.name = reader.text("name");
  scenario.about = reader.text("about");
  scenario.seed = reader.natural("seed");
  scenario.invariants = reader.boolean("invariants");
  const std::size_t timeless = diagnostics.count();
  const Duration run_for = reader.duration("run_for");
  if (reader.has("run_for") && diagnostics.count() == timeless) scenario.run_for = Time{} + run_for;

  const auto part = [&](std::string_view key) {
    const Section* section = reader.section(key);
    if (section && section->is_map() && key != "topology") check_keys(*section, diagnostics);
    return section;
  };
  const std::size_t before = diagnostics.count();
  check_names(root, diagnostics);
  if (const Section* section = part("topology")) read_topology(*section, scenario, diagnostics);
  if (const Section* section = part("stores")) read_stores(*section, scenario, diagnostics);
  if (const Section* section = part("clients")) read_clients(*section, scenario, diagnostics);
  read_messaging(root, reader, scenario, diagnostics);
  std::optional<std::vector<Member>> members;
  if (diagnostics.count() == before && reader.has("topology")) members = members_of(scenario);
  if (const Section* section = part("workload")) read_workload(*section, scenario, diagnostics);
  if (const Section* section = part("faults"))
    read_faults(*section, scenario, members ? &*members : nullptr, diagnostics);
  if (const Section* section = part("liveness"))
    read_liveness(*section, scenario, members ? &*members : nullptr, diagnostics);
  if (const Section* section = part("expect")) read_expectations(*section, scenario, diagnostics);
  reader.section("swarm");  // is a map, if it is there; check_swarm looks into it
  if (const Section* limits = reader.section("limits"))
    scenario.limits.events_per_instant =
        Reader(*limits, limits_words(), diagnostics).natural("events_per_instant");
  return scenario;
}

}  // namespace cleave
