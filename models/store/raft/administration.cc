#include "models/store/raft/administration.h"

#include "sim/base/nearest.h"
#include "sim/base/quantity.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace cleave::models::store::raft {

namespace {

const Schema& chore_schema() {
  static const Schema kSchema{
      .name = "administration",
      .doc =
          "One thing that the administrator does; of `add`, `remove` and `transfer_to` one. "
          "Replicas are named without the store: `us-east/0`.",
      .fields = {
          {.key = "at",
           .type = Type::duration,
           .range = "0s..",
           .doc = "When it begins, or as soon as what stands before it is done. It is asked for "
                  "again until it is done, and must begin before the run ends."},
          {.key = "add",
           .type = Type::text,
           .when_absent = "nothing is added",
           .doc = "The replica that joins: it gets the log as a learner, and votes when it has "
                  "caught up (Ongaro 2014, section 4.2.1)."},
          {.key = "remove",
           .type = Type::text,
           .when_absent = "nothing is removed",
           .doc = "The replica that leaves; a leader steps down when that is committed (section "
                  "4.2.2)."},
          {.key = "transfer_to",
           .type = Type::text,
           .when_absent = "nothing is handed over",
           .doc = "The replica that is to lead (section 3.10; etcd: move-leader; WARaft: "
                  "handover)."},
          {.key = "may_be_inert",
           .type = Type::boolean,
           .default_text = "false",
           .doc = "Whether it may be that it is not done by the end of the run: else that is a "
                  "mistake, as of a fault that did nothing."},
      }};
  return kSchema;
}

// Replicas as a scenario names them, and who belongs to the group by now.
class Roster {
 public:
  explicit Roster(const std::vector<std::string>& regions) {
    std::map<std::string, int> count;
    for (const std::string& region : regions) {
      names_.push_back(region + "/" + std::to_string(count[region]++));
      members_.insert(static_cast<std::uint32_t>(names_.size() - 1));
    }
  }

  std::optional<std::uint32_t> find(Reader& reader, std::string_view key,
                                    const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return static_cast<std::uint32_t>(found - names_.begin());
    const std::vector<std::string_view> known(names_.begin(), names_.end());
    std::string list;
    for (const std::string_view each : known)
      list += (list.empty() ? "" : ", ") + std::string(each);
    reader.error(key, {"the store has no replica " + in_quotes(name), "one of " + list,
                       suggestion(name, known)});
    return {};
  }

  bool belongs(std::uint32_t replica) const { return members_.contains(replica); }
  bool is_last(std::uint32_t replica) const { return members_ == std::set{replica}; }
  void add(std::uint32_t replica) { members_.insert(replica); }
  void remove(std::uint32_t replica) { members_.erase(replica); }

 private:
  std::vector<std::string> names_;
  std::set<std::uint32_t> members_;
};

void read_spares(Reader& reader, Roster& roster, Administration& administration) {
  for (const std::string& name : reader.list<std::string>("spares")) {
    const std::optional<std::uint32_t> spare = roster.find(reader, "spares", name);
    if (!spare) continue;
    if (!roster.belongs(*spare))
      reader.error("spares", {in_quotes(name) + " stands there twice", "each spare once",
                              "leave one of the two out"});
    else if (roster.is_last(*spare))
      reader.error("spares", {"every replica is a spare, and nobody would elect a leader",
                              "at least one replica that is none", "leave one out"});
    else
      roster.remove(*spare);
    administration.spares.push_back(*spare);
  }
  std::stable_sort(administration.spares.begin(), administration.spares.end());
}

// What is wrong with doing this to a replica by now, if anything.
std::optional<Mistake> mistake_in(const Chore& chore, const Roster& roster,
                                  const std::string& name) {
  if (chore.task == Order::Task::add && roster.belongs(chore.replica))
    return Mistake{in_quotes(name) + " belongs to the group already",
                   "a spare, or one that was removed before", "declare it in `spares`"};
  if (chore.task != Order::Task::add && !roster.belongs(chore.replica))
    return Mistake{in_quotes(name) + " does not belong to the group then", "one that does",
                   "add it before"};
  if (chore.task == Order::Task::remove && roster.is_last(chore.replica))
    return Mistake{in_quotes(name) + " is the last replica of the group", "one of several",
                   "add another before"};
  return {};
}

// The chore, and the same as the scenario says it.
std::optional<std::pair<Chore, StoreOrder>> read_chore(const Section& item, Reader& reader,
                                                       Roster& roster) {
  struct Way {
    std::string_view key;
    Order::Task task;
  };
  std::optional<std::pair<Chore, StoreOrder>> read;
  int said = 0;
  const Time at = Time{} + reader.duration("at");
  const bool may_be_inert = reader.boolean("may_be_inert");
  for (const Way& way : {Way{"add", Order::Task::add}, Way{"remove", Order::Task::remove},
                         Way{"transfer_to", Order::Task::transfer}}) {
    if (!reader.has(way.key)) continue;
    ++said;
    const std::string name = reader.text(way.key);
    const std::optional<std::uint32_t> replica = roster.find(reader, way.key, name);
    if (!replica) continue;
    const Chore chore{at, way.task, *replica};
    read = {chore, {at, std::string(way.key) + " " + name, reader.mark("at").line, may_be_inert}};
    if (auto mistake = mistake_in(chore, roster, name)) reader.error(way.key, *mistake);
    if (way.task == Order::Task::add) roster.add(*replica);
    if (way.task == Order::Task::remove) roster.remove(*replica);
  }
  // An unknown key has been told of, and may be meant for one of these.
  const bool misspelt =
      std::any_of(item.entries.begin(), item.entries.end(),
                  [](const cleave::Entry& entry) { return !chore_schema().find(entry.key); });
  if (said > 1 || (said == 0 && !misspelt))
    reader.error("at", {said == 0 ? "nothing is to be done" : "several things at once",
                        "one of add, remove and transfer_to",
                        said == 0 ? "write `add: REPLICA`" : "make them items of their own"});
  return read;
}

void check_time(Reader& reader, Time at, Time before, Duration run_for) {
  if (at < before)
    reader.error("at", {"it stands after a later one", "the order of time", "move it up"});
  if (run_for.ns > 0 && at >= Time{} + run_for)
    reader.error("at", {"it would not begin before the run ends, at " + to_text(run_for),
                        "a time within the run", "raise run_for, or let it begin earlier"});
}

std::string read_region(Reader& reader, const Setting& setting) {
  const std::string& otherwise = setting.replica_regions.front();
  if (!reader.has("administrator")) return otherwise;
  const std::string region = reader.text("administrator");
  const auto& regions = setting.regions;
  if (std::find(regions.begin(), regions.end(), region) != regions.end()) return region;
  const std::vector<std::string_view> known(regions.begin(), regions.end());
  reader.error("administrator", {"the topology has no region " + in_quotes(region),
                                 "one of its regions", suggestion(region, known)});
  return otherwise;
}

}  // namespace

std::vector<Field> administration_fields() {
  return {
      {.key = "spares",
       .type = Type::text,
       .shape = Shape::list,
       .when_absent = "none",
       .doc = "Replicas that do not belong to the group at first, by their names without the "
              "store: `us-east/2`. Until they are added they hold nothing, and no judge expects "
              "anything of them."},
      {.key = "administration",
       .type = Type::section,
       .shape = Shape::list,
       .when_absent = "nobody is added or removed, and the lead is never handed over",
       .doc = "What an administrator does to the group, one after the other. It is a node of its "
              "own: `STORE/administrator`.",
       .of = &chore_schema()},
      {.key = "administrator",
       .type = Type::text,
       .when_absent = "that of the first replica",
       .doc = "The region in which the administrator is."},
  };
}

Administration read_administration(Reader& reader, const Setting& setting,
                                   Diagnostics& diagnostics) {
  Administration administration;
  Roster roster(setting.replica_regions);
  read_spares(reader, roster, administration);
  const Section* chores = reader.section("administration");
  if (!chores) return administration;
  Time before;
  for (const Section& item : chores->is_list() ? chores->items : std::vector<Section>{*chores}) {
    if (!item.is_map()) continue;  // said already
    Reader each(item, chore_schema(), diagnostics);
    if (auto read = read_chore(item, each, roster)) {
      check_time(each, read->first.at, before, setting.run_for);
      before = read->first.at;
      administration.chores.push_back(read->first);
      administration.orders.push_back(std::move(read->second));
    }
    each.finish();
  }
  administration.region = read_region(reader, setting);
  return administration;
}

}  // namespace cleave::models::store::raft
