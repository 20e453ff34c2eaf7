// The `faults` part: verbs, whom they name and when they are.
#include "sim/base/nearest.h"
#include "sim/base/reader.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <map>
#include <set>

namespace cleave {
namespace {

// How a verb names nodes.
enum class Naming : std::uint8_t { nobody, one_group, two_groups, three_groups, groups, from_to };

Naming naming_of(Verb verb) {
  switch (verb) {
    case Verb::cut:
      return Naming::groups;
    case Verb::cut_one_way:
      return Naming::from_to;
    case Verb::bridge:
      return Naming::three_groups;
    case Verb::heal:
    case Verb::release:
      return Naming::nobody;
    default:
      break;
  }
  const bool between = verb == Verb::hold || (verb >= Verb::delay && verb <= Verb::bandwidth);
  return between ? Naming::two_groups : Naming::one_group;
}

// No node may be on two sides of these: whether it passes between them would be anybody's guess.
bool needs_disjoint_groups(Verb verb) {
  return verb == Verb::cut || verb == Verb::cut_one_way || verb == Verb::bridge;
}

class FaultReader {
 public:
  // Without members, who is who is not known because of other mistakes.
  FaultReader(Scenario& scenario, const std::vector<Member>* members, Diagnostics& diagnostics)
      : scenario_(scenario), members_(members), diagnostics_(diagnostics) {}

  void read(const Section& list);

 private:
  void read_one(const Section& section, Verb verb);
  void read_name(Reader& reader, Fault& fault);
  void read_times(Reader& reader, Fault& fault);
  void read_groups(const Section& section, Fault& fault);
  void read_own(Reader& reader, Fault& fault);
  bool read_group(const Section& section, Fault& fault);
  std::optional<Selector> read_selector(const Section& item);
  std::optional<Selector> read_role(const Section& item, std::size_t of);
  void check_sides(const Section& section, const Fault& fault);
  void check_target(const Section& section, const Fault& fault);
  std::vector<bool> chosen(const std::vector<Selector>& group) const;
  std::string free_name(Verb verb) const;

  Scenario& scenario_;
  const std::vector<Member>* members_;
  Diagnostics& diagnostics_;
  std::map<std::string, Mark> names_;
};

void FaultReader::read(const Section& list) {
  // Names first: generated ones must not take those that are given further down.
  for (const Section& item : list.items)
    if (const Section* name = item.find("name"); name && name->is_scalar())
      names_.emplace(name->text, name->mark);
  std::vector<const Section*> read;
  for (const Section& item : list.items) {
    const Schema* words = find_alternative(item, fault_words(), diagnostics_);
    if (!words) continue;
    for (const Verb verb : all_verbs())
      if (to_string(verb) == words->name) read_one(item, verb);
    read.push_back(&item);
  }
  for (std::size_t i = 0; i < read.size(); ++i)
    check_target(*read[i], scenario_.faults[i]);
}

void FaultReader::read_one(const Section& section, Verb verb) {
  Reader reader(section, verb_words(verb), diagnostics_);
  Fault fault;
  fault.verb = verb;
  fault.line = section.mark.line;
  fault.may_be_inert = reader.boolean("may_be_inert");
  read_name(reader, fault);
  read_times(reader, fault);
  if (naming_of(verb) == Naming::nobody) {
    fault.target = reader.text(to_string(verb));
  } else if (const Section* groups = reader.section(to_string(verb))) {
    const std::size_t before = diagnostics_.count();
    read_groups(*groups, fault);
    if (members_ && diagnostics_.count() == before) check_sides(*groups, fault);
  }
  read_own(reader, fault);
  scenario_.faults.push_back(std::move(fault));
}

void FaultReader::read_name(Reader& reader, Fault& fault) {
  fault.name = reader.text("name");
  if (!reader.has("name")) {
    fault.name = free_name(fault.verb);
    names_.emplace(fault.name, Mark{});
    return;
  }
  if (fault.name.empty()) return;  // no good name, and said so
  if (fault.name == "all") {
    reader.error("name", {"a fault called 'all'", "another name", "`heal: all` means all faults"});
    return;
  }
  const auto twice = std::find_if(scenario_.faults.begin(), scenario_.faults.end(),
                                  [&](const Fault& other) { return other.name == fault.name; });
  if (twice == scenario_.faults.end()) return;
  diagnostics_.error(
      {reader.mark("name"),
       {"two faults are called " + in_quotes(fault.name), "names that differ", "rename one"},
       {{names_.at(fault.name), "the first is here"}}});
}

std::string FaultReader::free_name(Verb verb) const {
  std::uint32_t number = 1;
  const auto name = [&] { return std::string(to_string(verb)) + "-" + std::to_string(number); };
  while (names_.contains(name()))
    ++number;
  return name();
}

void FaultReader::read_times(Reader& reader, Fault& fault) {
  const Schema& words = verb_words(fault.verb);
  const Duration run{scenario_.run_for.ns};
  const Duration at = reader.duration("at");
  fault.at = Time{} + at;
  if (words.find("for") && reader.has("for")) fault.lasts = reader.duration("for");
  if (words.find("flap") && reader.has("flap")) fault.flap_every = reader.duration("flap");
  if (run.ns == 0) return;  // not known
  if (at >= run) {
    reader.error("at", {"it would not begin before the run ends, at " + to_text(run),
                        "a time within the run", "raise run_for, or let it begin earlier"});
  } else if (fault.lasts && *fault.lasts > run - at) {
    reader.error("for", {"it would end after the run, which ends at " + to_text(run),
                         "at most " + to_text(run - at),
                         "leave out `for` if it is not to end, or raise run_for"});
  }
  const Duration lasts = fault.lasts ? *fault.lasts : run - at;
  if (fault.flap_every && *fault.flap_every >= lasts)
    reader.error("flap",
                 {"it would not come and go: it lasts " + to_text(lasts), "less than that", ""});
}

void FaultReader::read_groups(const Section& section, Fault& fault) {
  const Naming naming = naming_of(fault.verb);
  if (naming == Naming::one_group) {
    read_group(section, fault);
    return;
  }
  const std::string verb(to_string(fault.verb));
  if (naming == Naming::from_to) {
    static const Schema kWords{"cut_one_way",
                               "Two groups.",
                               {{.key = "from", .type = Type::any, .doc = "Who is not heard."},
                                {.key = "to", .type = Type::any, .doc = "Who does not hear."}}};
    Reader reader(section, kWords, diagnostics_);
    for (const std::string_view end : {"from", "to"})
      if (const Section* group = reader.section(end)) read_group(*group, fault);
    return;
  }
  const std::size_t least = naming == Naming::three_groups ? 3 : 2;
  const bool exact = naming != Naming::groups;
  const std::size_t found = section.is_list() ? section.items.size() : 1;
  if (!section.is_list() || found < least || (exact && found > least)) {
    const std::string number = least == 3 ? "three" : "two";
    diagnostics_.error(
        section.mark,
        {verb + ": " + (found == 0 ? "it names nobody" : "found " + describe(section)),
         "a list of " + number + (exact ? " groups" : " groups or more"),
         found == 1 ? "`rest` stands for all nodes that no other group names"
                    : "write `" + verb + ": [GROUP, " + (least == 3 ? "GROUP, " : "") +
                          "GROUP]`; a group is a name or a list of names"});
    return;
  }
  for (const Section& item : section.items)
    read_group(item, fault);
}

// A selector, or a list of them.
bool FaultReader::read_group(const Section& section, Fault& fault) {
  std::vector<Selector> group;
  const bool nothing = section.is_list() && section.items.empty();
  if (nothing || section.is_map()) {
    diagnostics_.error(
        section.mark,
        {nothing ? "a group that names nobody" : "found " + describe(section),
         "a name, or a list of names", "name a region, a store, a client group or a node"});
    return false;
  }
  bool good = true;
  for (const Section* item : items_of(section)) {
    std::optional<Selector> selector = read_selector(*item);
    good = good && selector;
    if (selector) group.push_back(std::move(*selector));
  }
  fault.groups.push_back(std::move(group));
  return good;
}

std::optional<Selector> FaultReader::read_selector(const Section& item) {
  if (!item.is_scalar()) {
    diagnostics_.error(item.mark, {"found " + describe(item),
                                   "the name of a region, a store, a "
                                   "client group or a node, `ROLE of STORE`, or `rest`",
                                   ""});
    return std::nullopt;
  }
  const std::string& text = item.text;
  if (text == "rest") return Selector{Selector::By::rest, text, {}};
  if (const std::size_t of = text.find(" of "); of != std::string::npos) return read_role(item, of);
  const auto& regions = scenario_.topology.regions;
  if (std::find(regions.begin(), regions.end(), text) != regions.end())
    return Selector{Selector::By::region, text, {}};

  NameLookup lookup{"region, store, client group or node", region_names(scenario_).names};
  for (const NameLookup& more : {store_names(scenario_), client_names(scenario_)})
    lookup.names.insert(lookup.names.end(), more.names.begin(), more.names.end());
  if (scenario_.messaging) {
    const NameLookup people = people_names(scenario_);
    lookup.names.insert(lookup.names.end(), people.names.begin(), people.names.end());
    lookup.names.insert(lookup.names.end(), {"gateway", "mailbox"});
  }
  const bool deep = text.find('/') != std::string::npos;
  const bool known = members_ && deep
                         ? std::any_of(members_->begin(), members_->end(),
                                       [&](const Member& m) { return names(text, m.name); })
                         : std::any_of(lookup.names.begin(), lookup.names.end(),
                                       [&](std::string_view name) { return names(name, text); });
  if (known) return Selector{Selector::By::path, text, {}};
  if (deep && members_) {
    lookup = {"node", {}};
    for (const Member& member : *members_)
      lookup.names.push_back(member.name);
  }
  const bool regions_are_wrong = regions.empty() && !diagnostics_.empty();
  if (!deep && in_table_only(scenario_, text) != InTable::no)
    find_region(scenario_, text, item.mark, diagnostics_);
  else if (!regions_are_wrong)
    find_name(lookup, text, item.mark, diagnostics_);
  return std::nullopt;
}

// "primary of accounts": who that is will be known when the fault begins.
std::optional<Selector> FaultReader::read_role(const Section& item, std::size_t of) {
  const std::string role = item.text.substr(0, of);
  const std::string store = item.text.substr(of + 4);
  if (!find_name(store_names(scenario_), store, item.mark, diagnostics_)) return std::nullopt;
  return Selector{Selector::By::role, role, store};
}

// By name; roles are not known yet.
std::vector<bool> FaultReader::chosen(const std::vector<Selector>& group) const {
  std::vector<bool> in(members_->size());
  for (const Selector& selector : group)
    for (std::size_t i = 0; i < members_->size(); ++i)
      if ((selector.by == Selector::By::region && (*members_)[i].region == selector.text) ||
          (selector.by == Selector::By::path && names(selector.text, (*members_)[i].name)))
        in[i] = true;
  return in;
}

void FaultReader::check_sides(const Section& section, const Fault& fault) {
  std::vector<std::optional<std::size_t>> side(members_->size());
  std::size_t named = 0;
  bool waits = false;  // for a role, or for what the others leave
  for (std::size_t g = 0; g < fault.groups.size(); ++g) {
    const auto& group = fault.groups[g];
    const bool open = std::any_of(group.begin(), group.end(), [](const Selector& s) {
      return s.by == Selector::By::role || s.by == Selector::By::rest;
    });
    const std::vector<bool> in = chosen(group);
    const std::size_t size = static_cast<std::size_t>(std::count(in.begin(), in.end(), true));
    waits = waits || open;
    named += size;
    if (size == 0 && !open && !group.empty()) {
      diagnostics_.error(section.mark, {"nobody is in " + in_quotes(group.front().text),
                                        "a group with nodes in it",
                                        "place a store or clients there, or leave it out"});
      return;
    }
    for (std::size_t i = 0; i < members_->size(); ++i) {
      if (!in[i]) continue;
      if (side[i] && needs_disjoint_groups(fault.verb)) {
        diagnostics_.error(section.mark,
                           {in_quotes((*members_)[i].name) + " is on two sides",
                            "groups that share no node", "name the node in one group only"});
        return;
      }
      side[i] = g;
    }
  }
  const bool rest_is_empty =
      !waits ? false
             : named == members_->size() &&
                   std::any_of(fault.groups.begin(), fault.groups.end(), [](const auto& group) {
                     return group.size() == 1 && group[0].by == Selector::By::rest;
                   });
  if (rest_is_empty)
    diagnostics_.error(section.mark, {"'rest' is nobody: the other groups name all nodes",
                                      "a group with nodes in it", "leave it out"});
  if (fault.verb == Verb::majorities_ring && !waits && named < 3 && !fault.groups.empty())
    diagnostics_.error(section.mark,
                       {"a ring of " + std::to_string(named) + " nodes", "three or more", ""});
}

void FaultReader::read_own(Reader& reader, Fault& fault) {
  switch (fault.verb) {
    case Verb::delay:
    case Verb::jitter:
    case Verb::skew:
    case Verb::clock_jump:
      fault.duration = reader.duration("by");
      if (reader.has("by") && fault.duration.ns == 0)
        reader.error("by", {"'0s' changes nothing", "another duration", ""});
      break;
    case Verb::reorder:
      fault.duration = reader.duration("by");
      [[fallthrough]];
    case Verb::loss:
    case Verb::duplicate:
      fault.probability = reader.probability("probability").below;
      if (reader.has("probability") && fault.probability == 0)
        reader.error("probability", {"'0%' changes nothing", "more than 0%", ""});
      break;
    case Verb::bursty_loss:
      fault.bursts = read_bursts(reader);
      break;
    case Verb::bandwidth:
      fault.rate = reader.bit_rate("rate");
      break;
    case Verb::drift:
      fault.parts_per_billion = reader.drift("rate").parts_per_billion;
      if (reader.has("rate") && fault.parts_per_billion == 0)
        reader.error("rate", {"'0ppm' changes nothing", "another rate", ""});
      break;
    case Verb::disk_slow:
      fault.factor = reader.integer("factor");
      break;
    case Verb::backup:
      fault.target = reader.text("as");
      break;
    case Verb::restore_backup:
      fault.target = reader.text("from");
      break;
    case Verb::upgrade:
      fault.version = static_cast<std::uint32_t>(reader.natural("to"));
      break;
    default:
      break;
  }
}

// What `heal`, `release` and `restore_backup` refer to, which may stand further down in the file.
void FaultReader::check_target(const Section& section, const Fault& fault) {
  const bool heals = fault.verb == Verb::heal;
  const bool releases = fault.verb == Verb::release;
  const bool restores = fault.verb == Verb::restore_backup;
  if (!(heals || releases || restores) || fault.target.empty()) return;
  const Section& word = *section.find(restores ? "from" : to_string(fault.verb));
  NameLookup lookup{heals ? "fault that lasts" : releases ? "hold" : "earlier backup", {}};
  for (const Fault& other : scenario_.faults) {
    const bool fits = heals      ? verb_words(other.verb).find("for") != nullptr
                      : releases ? other.verb == Verb::hold
                                 : other.verb == Verb::backup && other.at < fault.at;
    if (fits) lookup.names.push_back(restores ? other.target : other.name);
  }
  if (!restores && fault.target == "all") return;
  find_name(lookup, fault.target, word.mark, diagnostics_);
}

}  // namespace

void read_faults(const Section& section, Scenario& scenario, const std::vector<Member>* members,
                 Diagnostics& diagnostics) {
  FaultReader(scenario, members, diagnostics).read(section);
  for (Fault& fault : scenario.faults)
    if (fault.target == "all" && (fault.verb == Verb::heal || fault.verb == Verb::release))
      fault.target.clear();
}

}  // namespace cleave
