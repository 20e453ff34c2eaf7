#include "sim/explore/explanation.h"

#include "sim/base/name.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kMostTurns = 8;  // of the course; earlier ones are counted
constexpr std::size_t kMostNamed = 3;  // of what else was violated, and of what held
constexpr std::size_t kMostStoresTold = 3;

// Something that changed in the world, and when.
struct Turn {
  Time at;
  int rank = 0;  // of turns at one time: what began in it, last
  bool of_fault = false;
  std::string sentence;
};

class Teller {
 public:
  explicit Teller(const Recording& recording) : recording_(recording), run_(recording.result) {
    choose();
  }

  Explanation tell() {
    tell_setting();
    tell_course();
    if (broken_) story_.witness = tell_witness(recording_, *broken_);
    if (failed_) tell_failure();
    tell_ending();
    return std::move(story_);
  }

 private:
  // As first_break(), or a violation that no moment made: one of a share, say.
  void choose() {
    for (const ExpectationResult& expectation : run_.expectations) {
      if (expectation.verdict.word != Word::violated) continue;
      const auto rank = [&](const ExpectationResult& e) {
        return std::pair(e.expected == Word::violated, moment(e));
      };
      if (!broken_ || rank(expectation) < rank(*broken_)) broken_ = &expectation;
    }
    failed_ = run_.failure && (!broken_ || broken_->expected == Word::violated ||
                               run_.failure->at <= moment(*broken_));
    if (failed_) {
      broken_ = nullptr;
      story_.broke = title(*run_.failure);
      story_.at = run_.failure->at;
    } else if (broken_ != nullptr) {
      story_.broke = broken_->name;
      story_.at = broken_->verdict.at;
    }
    end_ = story_.at.value_or(run_.simulated);
  }

  Time moment(const ExpectationResult& expectation) const {
    return expectation.verdict.at.value_or(run_.simulated);
  }

  // A store that the violation names, or any if it names none.
  bool is_concerned(std::size_t store) const {
    const auto names = [&](const StoreResult& s) {
      return (" " + story_.broke + " ").find(" " + s.name + " ") != std::string::npos ||
             story_.broke.starts_with(s.name + ":");
    };
    return names(run_.stores[store]) || std::none_of(run_.stores.begin(), run_.stores.end(), names);
  }

  // ---- the setting ------------------------------------------------------------------------------
  void tell_setting() {
    for (std::size_t s = 0; s < run_.stores.size(); ++s) {
      if (!is_concerned(s)) continue;
      if (story_.setting.size() == kMostStoresTold) break;
      const StoreResult& store = run_.stores[s];
      std::vector<std::string> where;
      for (const Placement& placement : store.replicas)
        where.push_back((where.empty() ? counted(placement.count, "replica", "replicas")
                                       : grouped(placement.count)) +
                        " in " + placement.region);
      const std::string users = users_of(s);
      story_.setting.push_back(store.name + " is a " + store.engine + " store with " +
                               listed(where) + "." + (users.empty() ? "" : " " + users + "."));
    }
  }

  // "20 clients in us-east (east) and 20 in us-west (west) use it"
  std::string users_of(std::size_t store) const {
    std::set<std::uint32_t> groups;
    for (const WorkloadSpec& work : recording_.scenario.workload)
      if (work.store == store) groups.insert(work.by.begin(), work.by.end());
    std::vector<std::string> users;
    bool one = false;
    for (const std::uint32_t g : groups) {
      const ClientsSpec& group = recording_.scenario.clients[g];
      one = groups.size() == 1 && group.count == 1;
      users.push_back(
          (users.empty() ? counted(group.count, "client", "clients") : grouped(group.count)) +
          " in " + group.region + " (" + group.name + ")");
    }
    return users.empty() ? "" : listed(users) + (one ? " uses it" : " use it");
  }

  // ---- the course -------------------------------------------------------------------------------
  void tell_course() {
    std::vector<Turn> turns;
    for (const FaultResult& fault : run_.faults)
      add_fault(fault, turns);
    for (std::size_t s = 0; s < run_.stores.size(); ++s)
      if (is_concerned(s)) add_tenures(run_.stores[s], turns);
    std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
      return std::pair(a.at, a.rank) < std::pair(b.at, b.rank);
    });
    leave_out_of(turns);
    for (Turn& turn : turns)
      story_.course.push_back(std::move(turn.sentence));
  }

  // The earliest, and of faults before leaders: who led is in force, what a fault did is over.
  void leave_out_of(std::vector<Turn>& turns) {
    std::uint64_t faults = 0;
    std::uint64_t leaders = 0;
    Time last;
    while (turns.size() > kMostTurns) {
      auto first =
          std::find_if(turns.begin(), turns.end(), [](const Turn& t) { return t.of_fault; });
      if (first == turns.end()) first = turns.begin();
      ++(first->of_fault ? faults : leaders);
      last = std::max(last, first->at);
      turns.erase(first);
    }
    std::vector<std::string> parts;
    if (faults > 0) parts.push_back("faults began or ended " + times(faults));
    if (leaders > 0) parts.push_back("leaders came or went " + times(leaders));
    if (parts.empty()) return;
    story_.course.push_back("Until " + exact(last) + ", " + listed(parts) + ".");
  }

  void add_fault(const FaultResult& fault, std::vector<Turn>& turns) const {
    const bool once = fault.active.size() == 1;
    for (const Span& span : fault.active) {
      if (span.from > end_) break;
      std::string text = "At " + exact(span.from) + event_of(fault, span.from) + " the fault " +
                         fault.fault.name + " began" + act_of(fault.fault);
      if (once)
        for (const std::string& meant : fault.chosen)
          text += "; " + with_was(meant);
      turns.push_back({span.from, 1, true, text + "."});
      if (span.to == span.from || span.to > end_ || span.to >= run_.simulated) continue;
      text = "At " + exact(span.to) + event_of(fault, span.to) + " " + fault.fault.name + " ended";
      if (once && fault.why_inert.empty()) text += "; it " + with_and(effect(fault));
      turns.push_back({span.to, 0, true, text + "."});
    }
  }

  // " and cut us-east from the rest"; of what cuts nothing, in the scenario's own words.
  static std::string act_of(const Fault& fault) {
    if (fault.verb != Verb::cut || fault.groups.size() != 2) return ": " + deed(fault);
    std::string words = deed(fault);  // "cut us-east | rest"
    const std::size_t bar = words.find(" | ");
    if (words.ends_with(" | rest")) words.insert(bar + 3, "the ");
    return " and " + words.replace(bar, 3, " off from ");
  }

  // "dropped 3 packets, delayed 1", as a person says it.
  static std::string with_and(std::string list) {
    const std::size_t comma = list.rfind(", ");
    return comma == std::string::npos ? list : list.replace(comma, 2, " and ");
  }

  // "primary of accounts: accounts/us-east/0", as half a sentence.
  static std::string with_was(const std::string& meant) {
    const std::size_t colon = meant.find(": ");
    if (colon == std::string::npos) return meant;
    return "the " + meant.substr(0, colon) + " was " + meant.substr(colon + 2);
  }

  // " (event 12,345)", in which the fault began or ended.
  std::string event_of(const FaultResult& fault, Time at) const {
    const auto events = recording_.trace.events();
    const TypeId name = static_cast<TypeId>(name_hash(fault.fault.name)) & kNameMask;
    for (std::size_t row = recording_.trace.first_event_from(at); row < events.size(); ++row) {
      if (events[row].at != at) break;
      if (events[row].kind == RecordKind::fault && events[row].name == name)
        return " (event " + grouped(row + 1) + ")";
    }
    return "";
  }

  void add_tenures(const StoreResult& store, std::vector<Turn>& turns) const {
    for (const Tenure& tenure : store.tenures) {
      if (tenure.span.from > end_) break;
      const Tenure* other = leader_beside(store, tenure);
      std::string text = tenure.span.from == Time{}
                             ? tenure.replica + " led " + store.name + " from the start"
                             : sentence_of(at_event(tenure.span.from, tenure.began)) +
                                   meanwhile(run_, tenure.span.from) + " " + tenure.replica +
                                   " began to lead " + store.name;
      if (other)
        text += " while " + other->replica + " went on leading: both did for " +
                rounded(std::min(tenure.span.to, other->span.to) - tenure.span.from);
      turns.push_back({tenure.span.from, tenure.span.from == Time{} ? -1 : 1, false, text + "."});
      if (tenure.span.to > end_ || tenure.span.to >= run_.simulated) continue;
      turns.push_back({tenure.span.to, 0, false,
                       "At " + exact(tenure.span.to) + " " + tenure.replica + " ceased to lead."});
    }
  }

  // ---- the end ----------------------------------------------------------------------------------
  void tell_failure() {
    story_.witness.push_back(sentence_of(at_event(run_.failure->at, run_.failure->event)) + " " +
                             run_.failure->node +
                             " broke an assertion of its own: " + run_.failure->what + ".");
  }

  void tell_ending() {
    if (story_.broke.empty()) return tell_nothing_broke();
    if (broken_ != nullptr) {
      const std::string& why = broken_->verdict.why;
      story_.ending.push_back(
          "So \"" + broken_->name + "\" is violated: " +
          why.substr(0, why.find("; first ")).substr(0, why.find("; the first ")) + ".");
      tell_statement(*broken_);
    }
    tell_others();
  }

  void tell_statement(const ExpectationResult& expectation) {
    if (expectation.stated_by == ExpectationResult::StatedBy::engine)
      story_.ending.push_back("The engine promises of itself that this never happens.");
    else if (expectation.as_stated())
      story_.ending.push_back("The scenario states that it shall be violated, and so it is.");
    else
      story_.ending.push_back("The scenario states that it " + wish(expectation.expected) + ".");
  }

  static std::string wish(Word word) {
    switch (word) {
      case Word::holds:
        return "shall hold";
      case Word::violated:
        return "shall be violated";
      default:
        return "shall be " + std::string(to_string(word));
    }
  }

  void tell_others() {
    std::vector<std::string> names;
    for (const ExpectationResult& expectation : run_.expectations)
      if (&expectation != broken_ && expectation.verdict.word == Word::violated)
        names.push_back("\"" + expectation.name + "\"");
    const std::size_t all = names.size();
    if (all == 0) return;
    names.resize(std::min(all, kMostNamed));
    if (all > kMostNamed) names.push_back(grouped(all - kMostNamed) + " more");
    story_.ending.push_back("Also violated in this run: " + listed(names) + ".");
  }

  void tell_nothing_broke() {
    story_.ending.push_back("Nothing was violated in " + exact(run_.simulated) + " and " +
                            counted(run_.events, "event", "events") + ".");
    for (const ExpectationResult& expectation : run_.expectations) {
      if (!expectation.as_stated() || expectation.verdict.word != Word::holds)
        story_.ending.push_back("\"" + expectation.name + "\" is " +
                                std::string(to_string(expectation.verdict.word)) + ": " +
                                expectation.verdict.why + ".");
      else
        story_.ending.push_back("\"" + expectation.name + "\" held: " + expectation.verdict.why +
                                ".");
    }
    if (run_.expectations.empty()) story_.ending.push_back("The scenario states no expectations.");
  }

  const Recording& recording_;
  const RunResult& run_;
  const ExpectationResult* broken_ = nullptr;  // null: nothing, or a model's assertion
  bool failed_ = false;
  Time end_;  // of the story
  Explanation story_;
};

}  // namespace

std::string at_event(Time at, EventId event) {
  return "at " + exact(at) + " (event " + grouped(event.value) + ")";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

std::string meanwhile(const RunResult& run, Time at) {
  const std::string text = circumstance(run, at);
  return text.empty() ? "" : text + ",";
}

std::string times(std::uint64_t count) {
  return count == 1 ? "once" : count == 2 ? "twice" : grouped(count) + " times";
}

std::string sentence_of(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

Explanation explain(const Recording& recording) {
  return Teller(recording).tell();
}

}  // namespace cleave
