#include "cli/compare_seeds.h"

#include "cli/progress_bar.h"
#include "cli/seed_range.h"
#include "cli/values.h"
#include "cli/workers.h"
#include "sim/base/assert.h"
#include "sim/scenario/behaviour.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace cleave::cli {
namespace {

// A worker answers with a letter and what it is.
constexpr char kMeasured = 'M';
constexpr char kBug = 'B';

// One value for each path: "faults.slow.by=50ms".
using Variant = std::vector<std::string>;

Variant values_of(const std::string& varied) {
  const auto [path, list] = halves_of(varied, "=");
  if (path.empty() || list.empty())
    refuse("--vary", {"found " + in_quotes(varied), "PATH=VALUE,VALUE,...",
                      "for example --vary faults.slow.by=50ms,100ms,200ms"});
  Variant values;
  for (std::string rest = list; !rest.empty();) {
    const auto [value, others] = halves_of(rest, ",");
    if (value.empty())
      refuse("--vary",
             {"found an empty value in " + in_quotes(varied), "PATH=VALUE,VALUE,...", ""});
    if (std::find(values.begin(), values.end(), path + "=" + value) != values.end())
      refuse("--vary", {"found " + in_quotes(value) + " twice in " + in_quotes(varied),
                        "each value once", "remove one"});
    values.push_back(path + "=" + value);
    rest = others;
  }
  return values;
}

// Each value of one path with each of the others; the last path varies fastest.
std::vector<Variant> variants_of(const std::vector<std::string>& varied) {
  std::vector<Variant> all{{}};
  for (const std::string& one : varied) {
    std::vector<Variant> longer;
    for (const Variant& before : all)
      for (const std::string& value : values_of(one)) {
        longer.push_back(before);
        longer.back().push_back(value);
      }
    if (longer.size() > kMostVariants)
      refuse("--vary", {std::to_string(longer.size()) + " combinations of values",
                        "at most " + std::to_string(kMostVariants), "vary less at a time"});
    all = std::move(longer);
  }
  return all;
}

// The delay that a fault adds, if that is all that is varied: `faults.NAME.by` of a delay.
std::optional<Duration> delay_of(const Variant& variant, const Scenario& scenario) {
  if (variant.size() != 1) return std::nullopt;
  const auto [path, value] = halves_of(variant.front(), "=");
  for (const Fault& fault : scenario.faults)
    if (fault.verb == Verb::delay && path == "faults." + fault.name + ".by") return fault.duration;
  return std::nullopt;
}

std::string joined(const Variant& variant) {
  std::string text;
  for (const std::string& value : variant)
    text += (text.empty() ? "" : ", ") + value;
  return text;
}

// A run has one seed, and a path one value: a second one would silently lose.
void check_paths(const ComparisonPlan& plan) {
  std::set<std::string> paths;
  for (const std::string& varied : plan.varied) {
    const std::string path = halves_of(varied, "=").before;
    if (path == "seed")
      refuse("--vary", {"found the seed", "a path that is not the seed",
                        "write --seeds 1..20, which pairs the runs of a seed"});
    if (!paths.insert(path).second)
      refuse("--vary", {"found " + path + " twice", "each path once",
                        "write all its values after one --vary, with commas"});
  }
  for (const std::string& setting : plan.settings) {
    const std::string path = halves_of(setting, "=").before;
    if (path == "seed" && (plan.seeds || plan.seed))
      refuse("--set", {"found the seed, which --seed or --seeds says too", "one of them",
                       "leave out --set " + setting});
    if (paths.contains(path))
      refuse("--vary", {"found " + path + ", which --set sets too", "one of them",
                        "leave out --set " + setting});
  }
}

class Comparer {
 public:
  Comparer(const ComparisonPlan& plan, const Console& console, bool quiet)
      : plan_(plan), console_(console), quiet_(quiet) {
    check_paths(plan);
    for (const Variant& variant : variants_of(plan.varied))
      add(variant);
    if (comparison_.all.size() < 2)
      refuse(plan.scenario,
             {"nothing to compare", "entries under `compare:`, or --vary",
              "for example compare: {fenced: {set: {PATH: VALUE}}}, or --vary PATH=V1,V2"});
    if (plan.seeds) {
      const SeedRange range = seed_range_of(*plan.seeds, kMostSeedsCompared);
      comparison_.first_seed = range.first;
      comparison_.last_seed = range.last;
    } else {
      comparison_.first_seed = comparison_.last_seed = plan.seed.value_or(seed_);
    }
  }

  Comparison run() {
    const std::uint64_t seeds = comparison_.last_seed - comparison_.first_seed + 1;
    for (Compared& compared : comparison_.all)
      compared.of_seeds.resize(seeds);
    Work work;
    for (std::uint64_t i = 0; i < seeds * comparison_.all.size(); ++i)
      work.numbers.push_back(i);
    SweepProgress progress;
    progress.all = work.numbers.size();
    ProgressBar bar(console_, comparison_.scenario);
    const bool watched = !quiet_ && console_.has_reader_at_terminal();
    std::map<std::uint64_t, std::string> bugs;
    work.workers = plan_.jobs;
    work.answer = [&](std::uint64_t number) {
      return answer(scenarios_[number / seeds], comparison_.first_seed + number % seeds);
    };
    work.take = [&](const Answer& heard) {
      if (!heard.death.empty())
        bugs[heard.number] = heard.death;
      else if (heard.text.front() == kBug)
        bugs[heard.number] = heard.text.substr(1);
      else
        comparison_.all[heard.number / seeds].of_seeds[heard.number % seeds] =
            read_measured(std::string_view(heard.text).substr(1));
      ++progress.done;
      if (watched) bar.show(progress);
    };
    work_off(std::move(work));
    if (watched) console_.complain(bar.finished(progress));
    if (!bugs.empty()) throw EngineBug(bugs.begin()->second);
    return std::move(comparison_);
  }

 private:
  void add(const Variant& variant) {
    std::vector<std::string> settings = plan_.settings;
    settings.insert(settings.end(), variant.begin(), variant.end());
    const Loaded loaded = load_file(plan_.scenario, settings);
    for (const Configuration& configuration : loaded.configurations) {
      comparison_.all.push_back(
          {configuration.name, joined(variant), delay_of(variant, configuration.scenario), {}});
      scenarios_.push_back(configuration.scenario);
    }
    if (comparison_.scenario.empty()) {
      comparison_.scenario = loaded.configurations.front().scenario.name;
      comparison_.settings = plan_.settings;
      comparison_.file = plan_.scenario;
      comparison_.behaviour = kBehaviour;
      seed_ = loaded.saved ? loaded.saved->seed : loaded.configurations.front().scenario.seed;
    }
  }

  // In a worker.
  static std::string answer(const Scenario& scenario, std::uint64_t seed) {
    try {
      return kMeasured + to_line(measured(cleave::run(scenario, {.seed = seed})));
    } catch (const EngineBug& bug) {
      return kBug + std::string(bug.what());
    }
  }

  const ComparisonPlan& plan_;
  const Console& console_;
  bool quiet_;
  std::uint64_t seed_ = 1;
  Comparison comparison_;
  std::vector<Scenario> scenarios_;  // as Comparison::all
};

}  // namespace

Comparison compare_seeds(const ComparisonPlan& plan, const Console& console, bool quiet) {
  return Comparer(plan, console, quiet).run();
}

}  // namespace cleave::cli
