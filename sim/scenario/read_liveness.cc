// The `liveness` part: when the core is healed for good, and who stays broken. Being broken for
// ever is a fault like any other, and healing shortens faults: the World knows of nothing else.
#include "sim/base/reader.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {

const Schema& liveness_words() {
  static const Schema kWords{
      "liveness",
      "From a moment on the core is healed and stays so: of all that would go on, only what "
      "concerns nobody but the broken does. See `recovers` in `expect`.",
      {{.key = "at",
        .type = Type::duration,
        .range = "0s..",
        .when_absent = "when the last fault has ended",
        .doc = "When the core is healed."},
       {.key = "broken_for_ever",
        .type = Type::any,
        .when_absent = "nobody",
        .doc = "A group of nodes, as in faults: left as broken as they are, and isolated. All "
               "others are the core."}}};
  return kWords;
}

namespace {

constexpr std::string_view kBroken = "broken-for-ever";

class LivenessReader {
 public:
  LivenessReader(const Section& section, Scenario& scenario, const std::vector<Member>* members,
                 Diagnostics& diagnostics)
      : section_(section),
        scenario_(scenario),
        members_(members),
        diagnostics_(diagnostics),
        reader_(section, liveness_words(), diagnostics) {}

  void read() {
    const std::size_t faults = scenario_.faults.size();
    const std::size_t before = diagnostics_.count();
    LivenessPhase& phase = scenario_.liveness.emplace();
    const Section* broken = reader_.section("broken_for_ever");
    const bool anybody = broken && !(broken->is_list() && broken->items.empty());
    if (anybody) read_broken(*broken);
    if (diagnostics_.count() > before || !members_) return;
    if (anybody) phase.broken = members_of_group(scenario_.faults.back().groups.front());
    const std::span<Fault> before_it(scenario_.faults.data(), faults);
    phase.from = begin(before_it, phase);
    if (phase.from >= scenario_.run_for)
      diagnostics_.error(
          mark(), {"the core would not be healed before the run ends",
                   "a time before " + to_text(Duration{scenario_.run_for.ns}), "raise run_for"});
    for (Fault& fault : before_it)
      end_in_time(fault, phase);
    if (anybody) scenario_.faults.back().at = phase.from;
  }

 private:
  // Where it says, or does not, when the core is healed.
  Mark mark() const { return reader_.has("at") ? reader_.mark("at") : section_.mark; }

  // As an item of `faults`, so that it is read and reported as one.
  void read_broken(const Section& group) {
    Section item;
    item.kind = Section::Kind::map;
    item.mark = section_.mark;
    for (const auto& [key, text] :
         {std::pair{"name", kBroken}, {"at", std::string_view("0s")}, {"may_be_inert", "true"}}) {
      Section value = scalar(std::string(text));
      value.mark = section_.mark;
      item.entries.push_back({key, section_.mark, value});
    }
    item.entries.push_back({"isolate", group.mark, group});
    Section list = list_of({item});
    list.mark = section_.mark;
    read_faults(list, scenario_, members_, diagnostics_);
    if (scenario_.faults.empty() || scenario_.faults.back().groups.empty()) return;
    for (const Selector& selector : scenario_.faults.back().groups.front())
      if (selector.by == Selector::By::role || selector.by == Selector::By::rest)
        diagnostics_.error(
            group.mark,
            {in_quotes(selector.by == Selector::By::rest ? selector.text
                                                         : selector.text + " of " + selector.of) +
                 " is somebody else in every run",
             "regions, stores, client groups or nodes", "name who is to stay broken"});
  }

  std::vector<std::string> members_of_group(const std::vector<Selector>& group) const {
    std::vector<std::string> found;
    for (const Member& member : *members_)
      for (const Selector& selector : group)
        if (selector.by == Selector::By::region ? member.region == selector.text
                                                : names(selector.text, member.name)) {
          found.push_back(member.name);
          break;
        }
    return found;
  }

  bool concerns_only(const std::vector<std::string>& broken, const Fault& fault) const {
    for (const auto& group : fault.groups) {
      for (const Selector& selector : group)
        if (selector.by == Selector::By::role || selector.by == Selector::By::rest) return false;
      for (const std::string& member : members_of_group(group))
        if (std::count(broken.begin(), broken.end(), member) == 0) return false;
    }
    return !fault.groups.empty();
  }

  Time begin(std::span<const Fault> faults, const LivenessPhase& phase) {
    if (reader_.has("at")) return Time{} + reader_.duration("at");
    Time last;
    for (const Fault& fault : faults)
      if (!concerns_only(phase.broken, fault))
        last = std::max(last, fault.at + fault.lasts.value_or(Duration{}));
    return last;
  }

  void end_in_time(Fault& fault, const LivenessPhase& phase) {
    if (concerns_only(phase.broken, fault) || fault.groups.empty()) return;
    const bool lasts = verb_words(fault.verb).find("for") != nullptr;
    if (fault.at >= phase.from && (!reader_.has("at") ? lasts && !fault.lasts : true)) {
      diagnostics_.error(
          mark(), {in_quotes(fault.name) + " begins at " + to_text(Duration{fault.at.ns}) +
                       ", and then the core is healed for good",
                   "a later time", "write `at` in `liveness`, after the last fault of the core"});
    } else if (lasts && (!fault.lasts || fault.at + *fault.lasts > phase.from)) {
      fault.lasts = phase.from - fault.at;
    }
  }

  const Section& section_;
  Scenario& scenario_;
  const std::vector<Member>* members_;
  Diagnostics& diagnostics_;
  Reader reader_;
};

}  // namespace

void read_liveness(const Section& section, Scenario& scenario, const std::vector<Member>* members,
                   Diagnostics& diagnostics) {
  LivenessReader(section, scenario, members, diagnostics).read();
}

}  // namespace cleave
