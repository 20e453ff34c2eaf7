// The `expect` part: what is claimed of a run, and what the verdict should be.
#include "sim/base/assert.h"
#include "sim/base/reader.h"
#include "sim/check/consistency.h"
#include "sim/check/conversation/judges.h"
#include "sim/check/judges.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <array>

namespace cleave {
namespace {

Field verdict() {
  return {.key = "verdict",
          .type = Type::choice,
          .range = "holds | violated | undecided | vacuous",
          .default_text = "holds",
          .doc = "What must come out. A claim that should break is a negative control."};
}

// What a judge says of itself, and what it must be told.
Schema judge(std::string_view name, std::vector<Field> own) {
  const JudgeInfo* info = find_judge(name);
  CLEAVE_CHECK(info, "every judge that a scenario can name is in the list of judges");
  own.push_back(verdict());
  return {name, info->doc, std::move(own)};
}

std::vector<Schema> judges_with_options() {
  return {
      judge("converges",
            {{.key = "converges", .type = Type::name, .doc = "A store."},
             {.key = "within",
              .type = Type::duration,
              .range = "1ns..",
              .doc = "How soon: from the update, or from the end of the fault `after`."},
             {.key = "after",
              .type = Type::name,
              .when_absent = "at all times",
              .doc = "A fault: before its end nothing is claimed."}}),
      judge("lost-acknowledged-writes",
            {{.key = "lost-acknowledged-writes", .type = Type::name, .doc = "A store."}}),
      judge("available", {{.key = "available", .type = Type::name, .doc = "A store."},
                          {.key = "group",
                           .type = Type::name,
                           .shape = Shape::list,
                           .when_absent = "all clients",
                           .doc = "Client groups: to whom."},
                          {.key = "during",
                           .type = Type::name,
                           .when_absent = "at all times",
                           .doc = "A fault: only operations that begin while it lasts count."},
                          {.key = "at_least",
                           .type = Type::probability,
                           .default_text = "100%",
                           .doc = "Share of operations that are served."}}),
      judge("fresh-reads", {{.key = "fresh-reads", .type = Type::name, .doc = "A store."}}),
      judge("recovers", {{.key = "recovers", .type = Type::name, .doc = "A store."},
                         {.key = "within",
                          .type = Type::duration,
                          .range = "1ns..",
                          .doc = "How soon: from the update, or from when the core is healed."}}),
      judge("fifo", {{.key = "fifo", .type = Type::name, .doc = "A store."}}),
      Schema{"without_effect",
             "A fault changed nothing, as when a cut is where no packet goes.",
             {{.key = "without_effect",
               .type = Type::name,
               .doc = "A fault; it must say `may_be_inert: true`."},
              verdict()}}};
}

Schema judge_of_messages(conversation::Judge one) {
  std::vector<Field> fields{{.key = to_string(one),
                             .type = Type::text,
                             .shape = Shape::list,
                             .doc = one == conversation::Judge::receipts_arrive
                                        ? "People, what whose devices tell; `everybody`: all."
                                        : "People, on whose devices; `everybody`: on all."}};
  if (has_deadline(one))
    fields.push_back({.key = "within",
                      .type = Type::duration,
                      .range = "1ns..",
                      .doc = one == conversation::Judge::same_view
                                 ? "Messages that are younger at the end may be under way."
                                 : "How soon: from when it was sent, or from the end of the fault "
                                   "`after`."});
  if (waits_for_fault(one))
    fields.push_back({.key = "after",
                      .type = Type::name,
                      .when_absent = "at all times",
                      .doc = "A fault: before its end nothing is claimed."});
  return judge(to_string(one), std::move(fields));
}

// The levels of consistency are told a store, and how to look at it.
const std::vector<Schema>& all_judges() {
  static const std::vector<Schema> kAll = [] {
    std::vector<Schema> all = judges_with_options();
    for (const Level level : levels_of_runs())
      all.push_back(judge(
          to_string(level),
          {{.key = to_string(level), .type = Type::name, .doc = "A store."},
           {.key = "see",
            .type = Type::choice,
            .range = "clients | replicas | both",
            .default_text = "clients",
            .doc = "How it is looked at: by what clients saw; by which updates replicas had "
                   "applied when they answered, which is stricter; or by both, so that the second "
                   "proves or explains the first."}}));
    for (const conversation::Judge one : conversation::judges())
      all.push_back(judge_of_messages(one));
    return all;
  }();
  return kAll;
}

class ExpectReader {
 public:
  ExpectReader(const Section& section, const Schema& words, Scenario& scenario,
               Diagnostics& diagnostics)
      : section_(section),
        judge_(words.name),
        scenario_(scenario),
        diagnostics_(diagnostics),
        reader_(section, words, diagnostics) {}

  void read() {
    Expectation expectation;
    expectation.line = section_.mark.line;
    expectation.expected = reader_.choice<Word>("verdict", {{"holds", Word::holds},
                                                            {"violated", Word::violated},
                                                            {"undecided", Word::undecided},
                                                            {"vacuous", Word::vacuous}});
    if (judge_ == "without_effect") {
      expectation.claim = without_effect();
    } else if (const auto of_messages_ = conversation::judge_of(judge_)) {
      expectation.claim = of_messages(*of_messages_);
    } else {
      const std::uint32_t store = find(judge_, store_names(scenario_)).value_or(0);
      if (judge_ == "converges") expectation.claim = converges(store);
      if (judge_ == "lost-acknowledged-writes") expectation.claim = LostAcknowledgedWrites{store};
      if (judge_ == "available") expectation.claim = available(store);
      if (judge_ == "fifo") expectation.claim = FifoOrder{store};
      if (judge_ == "fresh-reads") expectation.claim = ReadsFresh{store};
      if (const auto level = level_of(judge_)) expectation.claim = consistent(store, *level);
      if (judge_ == "recovers") expectation.claim = recovers(store);
    }
    expectation.name = name_;
    scenario_.expect.push_back(std::move(expectation));
  }

 private:
  // The one that a key names. Its name goes into the expectation's.
  std::optional<std::uint32_t> find(std::string_view key, const NameLookup& lookup) {
    const std::string name = reader_.text(key);
    if (name.empty()) return std::nullopt;
    name_ += (name_.empty() ? "" : " ") + std::string(key) + " " + name;
    return find_name(lookup, name, reader_.mark(key), diagnostics_);
  }
  // A fault that lasts.
  std::optional<std::uint32_t> find_span(std::string_view key) {
    if (!reader_.has(key)) return std::nullopt;
    const auto index = find(key, fault_names(scenario_));
    if (!index) return std::nullopt;
    const Fault& fault = scenario_.faults[*index];
    if (verb_words(fault.verb).find("for")) return index;
    reader_.error(key, {"a " + std::string(to_string(fault.verb)) + " is over when it is done",
                        "a fault that lasts", ""});
    return std::nullopt;
  }

  Consistent consistent(std::uint32_t store, Level level);
  Converges converges(std::uint32_t store);
  Available available(std::uint32_t store);
  Recovers recovers(std::uint32_t store);
  std::vector<std::uint32_t> people(std::string_view key);
  OfMessages of_messages(conversation::Judge judge);
  WithoutEffect without_effect();

  const Section& section_;
  std::string judge_;
  Scenario& scenario_;
  Diagnostics& diagnostics_;
  Reader reader_;
  std::string name_;
};

Consistent ExpectReader::consistent(std::uint32_t store, Level level) {
  using By = Consistent::By;
  const By by = reader_.choice<By>(
      "see", {{"clients", By::clients}, {"replicas", By::replicas}, {"both", By::both}});
  if (by == By::replicas) name_ += ", as replicas see it";
  if (by == By::both) name_ += ", as clients and replicas see it";
  return {store, level, by};
}

Converges ExpectReader::converges(std::uint32_t store) {
  Converges claim{store, reader_.duration("within"), {}};
  name_ += " within " + to_text(claim.within);
  claim.after = find_span("after");
  return claim;
}

Recovers ExpectReader::recovers(std::uint32_t store) {
  const Recovers claim{store, reader_.duration("within")};
  name_ += " within " + to_text(claim.within);
  if (!scenario_.liveness)
    reader_.error("recovers", {"the scenario does not say when the core is healed",
                               "a part `liveness:`", "for example liveness: {at: 30s}"});
  return claim;
}

Available ExpectReader::available(std::uint32_t store) {
  Available claim{store, {}, {}, reader_.probability("at_least")};
  const std::vector<std::string> names = reader_.list<std::string>("group");
  if (const Section* groups = section_.find("group")) {
    if (groups->is_list() && groups->items.empty())
      reader_.error("group", {"nobody", "one client group or more", "name one"});
    for (const Section* item : items_of(*groups)) {
      if (std::find(names.begin(), names.end(), item->text) == names.end()) continue;
      const auto index = find_name(client_names(scenario_), item->text, item->mark, diagnostics_);
      if (!index) continue;
      claim.groups.push_back(*index);
      name_ += (claim.groups.size() == 1 ? " to " : ", ") + item->text;
    }
  } else {
    for (std::uint32_t i = 0; i < scenario_.clients.size(); ++i)
      claim.groups.push_back(i);
  }
  claim.during = find_span("during");
  if (const Section* share = section_.find("at_least"); share && share->is_scalar())
    name_ += ", at least " + share->text;
  return claim;
}

// Indices; none: everybody.
std::vector<std::uint32_t> ExpectReader::people(std::string_view key) {
  std::vector<std::uint32_t> chosen;
  const std::vector<std::string> names = reader_.list<std::string>(key);
  const Section& section = *section_.find(key);
  if (section.is_list() && section.items.empty())
    reader_.error(key, {"nobody", "one name or more", "write `everybody`, or name somebody"});
  if (!scenario_.messaging) {
    reader_.error(key, {"nobody writes to anybody in this scenario", "a part `people:`", ""});
    return {};
  }
  if (section.is_scalar() && section.text == "everybody") return {};
  for (const Section* item : items_of(section)) {
    if (std::find(names.begin(), names.end(), item->text) == names.end()) continue;
    const auto people = find_people(scenario_, item->text, item->mark, diagnostics_);
    if (!people) continue;
    for (std::uint32_t i = 0; i < people->count; ++i)
      chosen.push_back(people->first + i);
    name_ += (name_ == judge_ ? " of " : ", ") + item->text;
  }
  return chosen;
}

OfMessages ExpectReader::of_messages(conversation::Judge judge) {
  name_ = judge_;
  OfMessages claim{judge, people(judge_), {}, {}};
  if (has_deadline(judge)) {
    claim.within = reader_.duration("within");
    name_ += " within " + to_text(claim.within);
  }
  if (waits_for_fault(judge)) claim.after = find_span("after");
  return claim;
}

WithoutEffect ExpectReader::without_effect() {
  const auto index = find("without_effect", fault_names(scenario_));
  if (!index) return {};
  if (!scenario_.faults[*index].may_be_inert)
    reader_.error("without_effect",
                  {"the fault may not be without effect", "", "add `may_be_inert: true` to it"});
  return {*index};
}

}  // namespace

const Schema& expect_words() {
  static const Schema kWords = [] {
    Schema all{"expectation", "What is claimed of a run: one of these, each a key of its own.", {}};
    for (const Schema& one : all_judges())
      all.one_of.push_back(&one);
    return all;
  }();
  return kWords;
}

void read_expectations(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  for (const Section& item : section.items)
    if (const Schema* words = find_alternative(item, expect_words(), diagnostics))
      ExpectReader(item, *words, scenario, diagnostics).read();
}

}  // namespace cleave
