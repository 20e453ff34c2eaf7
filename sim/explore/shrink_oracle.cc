// What a shrinker holds on to: the failure of a run, and whether another scenario has it too.
#include "sim/base/assert.h"
#include "sim/explore/shrink.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "sim/scenario/swarm.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace cleave {
namespace {

bool is_violation(const ExpectationResult& expectation) {
  return expectation.verdict.word == Word::violated;
}

// Also what is violated as stated.
std::vector<Breakage> all_breakages(const RunResult& run) {
  std::vector<Breakage> all = breakages_of(run);
  for (const ExpectationResult& expectation : run.expectations)
    if (expectation.as_stated() && is_violation(expectation))
      all.push_back(breakage_of(expectation));
  return all;
}

}  // namespace

std::optional<Target> target_of(const RunResult& run) {
  struct Candidate {
    bool as_stated = false;
    Time at;
    Target target;
  };
  std::vector<Candidate> all;
  if (run.failure) all.push_back({false, run.failure->at, {breakages_of(run).front(), {}}});
  for (std::size_t i = 0; i < run.expectations.size(); ++i) {
    const ExpectationResult& e = run.expectations[i];
    if (e.as_stated() && !is_violation(e)) continue;
    Target target{breakage_of(e), {}};
    if (e.stated_by == ExpectationResult::StatedBy::scenario) target.expectation = i;
    all.push_back({e.as_stated(), e.verdict.at.value_or(kForever), std::move(target)});
  }
  const auto first =
      std::min_element(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(a.as_stated, a.at) < std::pair(b.as_stated, b.at);
      });
  if (first != all.end() && !first->as_stated) return first->target;
  // A fault without effect is no moment, but not as stated either.
  const std::vector<Breakage> breakages = breakages_of(run);
  if (!breakages.empty()) return Target{breakages.front(), {}};
  return first == all.end() ? std::nullopt : std::optional(first->target);
}

Section subject_of(const Section& tree, std::uint64_t seed, const Target& target) {
  Section subject = tree;
  std::erase_if(subject.entries,
                [](const Entry& entry) { return entry.key == "compare" || entry.key == "swarm"; });
  if (Section* expect = subject.find("expect"); expect && !target.expectation)
    std::erase_if(subject.entries, [](const Entry& entry) { return entry.key == "expect"; });
  else if (expect)
    expect->items = {Section(expect->items.at(*target.expectation))};
  set_seed(subject, seed);
  Section about = scalar("Shrunk to what is needed for this: " + target.breakage.failure.what +
                         ": " + target.breakage.failure.found + ".\n");
  about.quoted = true;
  std::erase_if(subject.entries, [](const Entry& entry) { return entry.key == "about"; });
  const auto name = std::find_if(subject.entries.begin(), subject.entries.end(),
                                 [](const Entry& entry) { return entry.key == "name"; });
  const auto below = name == subject.entries.end() ? name : std::next(name);
  subject.entries.insert(below, Entry{"about", {}, std::move(about)});
  return subject;
}

Oracle oracle_of(const Target& target) {
  return [key = target.breakage.failure](const Section& scenario) {
    try {
      const Loaded loaded = load_text("shrunk.yaml", to_yaml(scenario));
      const std::vector<Breakage> all = all_breakages(run(loaded.configurations.front().scenario));
      return std::any_of(all.begin(), all.end(),
                         [&key](const Breakage& breakage) { return breakage.failure == key; });
    } catch (const ScenarioError&) {
      return false;
    } catch (const EngineBug&) {
      return false;
    }
  };
}

}  // namespace cleave
