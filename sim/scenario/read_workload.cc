// The `workload` part: which clients do what, how often, and to which objects of which store.
#include "models/store/operation.h"
#include "sim/base/nearest.h"
#include "sim/base/reader.h"
#include "sim/base/zipf.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cleave {
namespace {

constexpr std::uint64_t kMostKeys = 10'000'000;

constexpr std::array<ObjectType, 8> kObjects{
    ObjectType::reg,   ObjectType::max_register, ObjectType::set,  ObjectType::log,
    ObjectType::queue, ObjectType::counter,      ObjectType::pool, ObjectType::map};
constexpr std::array<Action, 12> kActions{
    Action::read,   Action::write,  Action::compare_and_set, Action::raise,       Action::add,
    Action::remove, Action::append, Action::read_from,       Action::acknowledge, Action::reserve,
    Action::put,    Action::take};

class WorkloadReader {
 public:
  WorkloadReader(const Section& section, Scenario& scenario, Diagnostics& diagnostics)
      : section_(section),
        scenario_(scenario),
        diagnostics_(diagnostics),
        reader_(section, workload_words(), diagnostics) {}

  void read() {
    read_time();
    read_pace();
    read_clients();
    read_actions();
    read_keys();
    read_consistency();
    read_patience();
    reader_.finish(work_.in_flight > 0 ? "with these actions in a closed loop"
                                       : "with these actions in an open loop");
    scenario_.workload.push_back(work_);
  }

 private:
  void read_time();
  void read_pace();
  void read_rate();
  void read_clients();
  void read_actions();
  void add_action(const std::string& word, const Mark& mark, const Section* weight);
  void read_object();
  void read_amounts();
  void read_keys();
  void read_choice();
  void read_consistency();
  void read_patience();

  const Section& section_;
  Scenario& scenario_;
  Diagnostics& diagnostics_;
  Reader reader_;
  WorkloadSpec work_;
};

void WorkloadReader::read_time() {
  const Time end = scenario_.run_for;
  work_.from = Time{} + reader_.duration("from");
  work_.to = Time{} + reader_.duration("to");
  if (!reader_.has("to")) work_.to = end;
  if (end.ns == 0) return;  // not known
  const std::string run = to_text(end - Time{});
  if (work_.from >= end)
    reader_.error("from", {"it would begin after the run, which ends at " + run,
                           "a time within the run", ""});
  else if (work_.to > end)
    reader_.error("to", {"it would end after the run, which ends at " + run, "at most " + run,
                         "leave out `to`, or raise run_for"});
  else if (work_.to <= work_.from)
    reader_.error("to", {"it would end at " + to_text(work_.to - Time{}) + ", and begin at " +
                             to_text(work_.from - Time{}),
                         "an end after the beginning", ""});
}

void WorkloadReader::read_pace() {
  std::vector<std::string_view> said;
  for (const std::string_view key : {"every", "rate", "in_flight"})
    if (reader_.has(key)) said.push_back(key);
  if (said.size() != 1)
    diagnostics_.error(section_.mark, {said.empty() ? "a workload without a pace"
                                                    : "a workload with both " + in_quotes(said[0]) +
                                                          " and " + in_quotes(said[1]),
                                       "one of `every`, `rate` and `in_flight`",
                                       said.empty() ? "write `every: 10ms`, say" : "remove one"});
  if (reader_.has("every")) work_.every = reader_.duration("every");
  if (reader_.has("rate")) read_rate();
  if (reader_.has("in_flight")) {
    work_.in_flight = static_cast<std::uint32_t>(reader_.natural("in_flight"));
    work_.think = reader_.duration("think");
  } else if (reader_.choice("arrivals") == "poisson") {
    work_.arrivals = Arrivals::poisson;
  }
}

// "200/s": the mean time between two operations, to the nearest nanosecond.
void WorkloadReader::read_rate() {
  const std::string text = reader_.text("rate");
  const std::size_t slash = text.find('/');
  const std::string unit = slash == std::string::npos ? "" : text.substr(slash + 1);
  const auto count = parse_quantity<std::uint64_t>(text.substr(0, slash));
  const std::int64_t per = unit == "s" ? 1 : unit == "m" ? 60 : unit == "h" ? 3600 : 0;
  const auto* number = std::get_if<std::uint64_t>(&count);
  constexpr std::int64_t kSecond = 1'000'000'000;
  if (!number || *number == 0 || *number > static_cast<std::uint64_t>(kSecond) || per == 0) {
    reader_.error("rate",
                  {in_quotes(text) + " is no rate", "a number for each second, minute or hour",
                   "write `200/s`, `30/m` or `1000/h`"});
    return;
  }
  const auto n = static_cast<std::int64_t>(*number);
  work_.every = Duration{(per * kSecond + n / 2) / n};
}

void WorkloadReader::read_clients() {
  const std::vector<std::string> names = reader_.list<std::string>("by");
  const Section* by = section_.find("by");
  if (!by) return;
  if (by->is_list() && by->items.empty())
    reader_.error("by", {"a workload by nobody", "one client group or more", "name one"});
  for (const Section* item : items_of(*by)) {
    if (std::find(names.begin(), names.end(), item->text) == names.end()) continue;
    const auto index = find_name(client_names(scenario_), item->text, item->mark, diagnostics_);
    if (!index) continue;
    if (std::find(work_.by.begin(), work_.by.end(), *index) != work_.by.end())
      diagnostics_.error(
          item->mark, {in_quotes(item->text) + " is there twice", "each group once", "remove one"});
    else
      work_.by.push_back(*index);
  }
}

void WorkloadReader::read_actions() {
  const std::string store = reader_.text("on");
  if (!store.empty()) {
    const auto index = find_name(store_names(scenario_), store, reader_.mark("on"), diagnostics_);
    work_.store = index.value_or(0);
  }
  const Section* actions = reader_.section("do");
  if (!actions) return;
  if (actions->is_scalar())
    add_action(actions->text, actions->mark, nullptr);
  else if (actions->is_map())
    for (const Entry& entry : actions->entries)
      add_action(entry.key, entry.mark, &entry.value);
  if (actions->is_list() || (actions->is_map() && actions->entries.empty()))
    reader_.error("do",
                  {"found " + describe(*actions), "an action, or a map from actions to weights",
                   "write `do: write` or `do: {read: 9, write: 1}`"});
  read_object();
}

void WorkloadReader::add_action(const std::string& word, const Mark& mark, const Section* weight) {
  NameLookup lookup{"action", {}};
  for (const Action action : kActions)
    lookup.names.push_back(to_string(action));
  const auto index = find_name(lookup, word, mark, diagnostics_);
  ActionShare share;
  if (index) share.action = kActions.at(*index);
  if (weight) {
    const auto number = parse_quantity<std::uint64_t>(weight->text);
    const auto* value = std::get_if<std::uint64_t>(&number);
    if (!weight->is_scalar() || !value || *value == 0 || *value > 1'000'000) {
      diagnostics_.error(
          weight->mark, {"weight: found " + describe(*weight), "an integer from 1 to 1000000", ""});
      return;
    }
    share.weight = static_cast<std::uint32_t>(*value);
  }
  if (index) work_.mix.push_back(share);
}

void WorkloadReader::read_object() {
  const auto has_all = [&](ObjectType type) {
    return std::all_of(work_.mix.begin(), work_.mix.end(), [&](const ActionShare& share) {
      return models::store::supports(type, share.action);
    });
  };
  if (!reader_.has("object")) {
    const auto* type = std::find_if(kObjects.begin(), kObjects.end(), has_all);
    if (type != kObjects.end())
      work_.object = *type;
    else
      reader_.error("do", {"no type of object has all these actions", "actions of one type",
                           "write an item for each type"});
    read_amounts();
    return;
  }
  const std::string_view word = reader_.choice("object");
  for (const ObjectType type : kObjects)
    if (to_string(type) == word) work_.object = type;
  read_amounts();
  if (has_all(work_.object)) return;
  std::string known;
  for (const Action action : models::store::actions_of(work_.object))
    known += (known.empty() ? "" : ", ") + std::string(to_string(action));
  reader_.error("do", {"a " + std::string(word) + " cannot do this", "some of " + known, ""});
}

// "user-{0..99}", or one name.
void WorkloadReader::read_keys() {
  const std::string text = reader_.text("key");
  if (const Section* value = section_.find("key"); value && value->is_scalar()) {
    const auto keys = parse_keys(text);
    if (const auto* mistake = std::get_if<Mistake>(&keys))
      reader_.error("key", *mistake);
    else
      work_.keys = std::get<KeySpec>(keys);
  }
  read_choice();
}

void WorkloadReader::read_choice() {
  if (reader_.choice("order") == "sequential") work_.order = KeyOrder::sequential;
  if (!reader_.has("zipf")) return;
  work_.zipf = reader_.decimal("zipf");
  const std::uint64_t keys = work_.keys.last - work_.keys.first + 1;
  if (work_.order == KeyOrder::sequential)
    reader_.error("zipf", {"a distribution over keys that are taken in order", "one of the two",
                           "remove 'order' or 'zipf'"});
  else if (keys == 1)
    reader_.error("zipf", {"a distribution over one key", "a range of keys",
                           "write `key: \"user-{0..99}\"`, or remove it"});
  else if (keys > Zipf::kMostRanks)
    reader_.error("zipf", {"a distribution over " + std::to_string(keys) + " keys",
                           "at most " + std::to_string(Zipf::kMostRanks), ""});
  else if (work_.zipf->millionths % 1000 != 0)
    reader_.error("zipf", {"more than three decimals", "an exponent such as 0.99", ""});
}

// What only some actions need.
void WorkloadReader::read_amounts() {
  const auto does = [&](Action action) {
    return std::any_of(work_.mix.begin(), work_.mix.end(),
                       [=](const ActionShare& share) { return share.action == action; });
  };
  const bool counts = work_.object == ObjectType::counter && does(Action::add);
  if (counts || does(Action::raise) || does(Action::reserve))
    work_.amount = reader_.integer("amount");
  if (does(Action::reserve)) work_.bound = reader_.integer("bound");
}

void WorkloadReader::read_consistency() {
  using models::store::Consistency;
  work_.consistency =
      reader_.choice<Consistency>("consistency", {{"configured", Consistency::configured},
                                                  {"strong", Consistency::strong},
                                                  {"eventual", Consistency::eventual}});
}

void WorkloadReader::read_patience() {
  models::store::Patience& patience = work_.patience;
  patience.deadline = reader_.duration("deadline");
  patience.answer_within = reader_.duration("answer_within");
  if (reader_.has("retries"))
    patience.retries = static_cast<std::uint32_t>(reader_.natural("retries"));
  patience.backoff = reader_.duration("backoff");
  patience.most_backoff = reader_.duration("most_backoff");
  if (patience.most_backoff < patience.backoff)
    reader_.error(reader_.has("most_backoff") ? "most_backoff" : "backoff",
                  {"'most_backoff' is " + to_text(patience.most_backoff) +
                       ", less than 'backoff', which is " + to_text(patience.backoff),
                   "as much or more", ""});
}

}  // namespace

Parsed<KeySpec> parse_keys(std::string_view text) {
  const auto wrong = [&](std::string what) {
    return Mistake{in_quotes(text) + " " + std::move(what), "a name, or names with one range",
                   "write `user-{0..99}`, in quotes"};
  };
  KeySpec keys;
  const std::size_t open = text.find('{');
  if (open == std::string_view::npos) {
    if (text.empty()) return wrong("is empty");
    if (text.find('}') != std::string_view::npos) return wrong("has a '}' without a '{'");
    keys.prefix = text;
    return keys;
  }
  const std::size_t close = text.find('}', open);
  if (close == std::string_view::npos) return wrong("has a '{' without a '}'");
  if (text.find_first_of("{}", close + 1) != std::string_view::npos)
    return wrong("has more than one range");
  const std::string_view range = text.substr(open + 1, close - open - 1);
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos) return wrong("has no '..' in its range");
  const auto first = parse_quantity<std::uint64_t>(range.substr(0, dots));
  const auto last = parse_quantity<std::uint64_t>(range.substr(dots + 2));
  if (!std::holds_alternative<std::uint64_t>(first) || !std::holds_alternative<std::uint64_t>(last))
    return wrong("has a range without two numbers");
  keys.prefix = text.substr(0, open);
  keys.suffix = text.substr(close + 1);
  keys.first = std::get<std::uint64_t>(first);
  keys.last = std::get<std::uint64_t>(last);
  keys.numbered = true;
  if (keys.last < keys.first) return wrong("has a range that ends before it begins");
  if (keys.last - keys.first >= kMostKeys)
    return wrong("has more than " + std::to_string(kMostKeys) + " keys");
  return keys;
}

void read_workload(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  for (const Section& item : section.items)
    WorkloadReader(item, scenario, diagnostics).read();
}

}  // namespace cleave
