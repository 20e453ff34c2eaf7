#include "sim/report/page.h"
#include "sim/report/phrases.h"
#include "sim/report/sweep.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cleave {
namespace {

// A screen has room for so much of each; what is left out is counted.
constexpr std::size_t kMostGroups = 12;
constexpr std::size_t kMostSeedsOfGroup = 8;

std::string range_of(const SweepPlan& plan) {
  std::string text = plan.first == plan.last ? "seed " + std::to_string(plan.first)
                                             : "seeds " + std::to_string(plan.first) + " to " +
                                                   std::to_string(plan.last);
  if (plan.shards > 1)
    text += ", shard " + std::to_string(plan.shard) + " of " + std::to_string(plan.shards);
  return text;
}

void write_head(Page& page, const Sweep& sweep) {
  const Stamp result = stamp(status_of(sweep));
  page.spread({printable(sweep.scenario), Tone::strong}, {result.text, result.tone});
  const std::string left =
      printable(sweep.file) + (sweep.swarm ? ", swarm, " : ", ") + range_of(sweep.plan);
  const std::string right = counted(sweep.results.size(), "run", "runs") + ", " +
                            counted(events_of(sweep), "event", "events");
  if (page.fits(left, right)) {
    page.spread({left, Tone::quiet}, {right, Tone::quiet});
  } else {
    page.full(left, Tone::quiet);
    page.full(right, Tone::quiet);
  }
  if (!sweep.configuration.empty()) page.full("configuration " + sweep.configuration, Tone::quiet);
  for (const std::string& setting : sweep.settings)
    page.full("with " + printable(setting), Tone::quiet);
}

// "holds 98, violated 2"
std::string found_text(const Tally& tally) {
  std::string text;
  for (const auto& [word, count] : tally.found)
    text += (text.empty() ? "" : ", ") + std::string(to_string(word)) + " " + grouped(count);
  return text;
}

void write_tallies(Page& page, const Sweep& sweep) {
  page.section("verdicts");
  const std::vector<Tally> tallies = tallies_of(sweep);
  for (const Tally& tally : tallies) {
    std::uint64_t all = 0;
    for (const auto& [word, count] : tally.found)
      all += count;
    const bool good = tally.as_stated == all;
    page.hanging({good ? "ok  " : "NO  ", good ? Tone::good : Tone::bad},
                 tally.name + ": " + found_text(tally) + (good ? ", as stated" : "") +
                     (good ? "" : "; expected " + std::string(to_string(tally.expected))));
  }
  if (tallies.empty()) page.line("the scenario states no expectations");
}

std::string seeds_text(const std::vector<std::uint64_t>& seeds) {
  std::string text = seeds.size() == 1 ? "seed " : "seeds ";
  for (std::size_t i = 0; i < std::min(seeds.size(), kMostSeedsOfGroup); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(seeds[i]);
  if (seeds.size() > kMostSeedsOfGroup)
    text += " and " + grouped(seeds.size() - kMostSeedsOfGroup) + " more";
  return text;
}

void write_failures(Page& page, const Sweep& sweep, std::string_view program) {
  const std::vector<FailureGroup> groups = triage(sweep);
  const auto failed = std::count_if(sweep.results.begin(), sweep.results.end(),
                                    [](const SeedResult& r) { return !breakages_of(r).empty(); });
  page.section("failures");
  if (groups.empty()) {
    page.line("none");
    return;
  }
  page.line(grouped(static_cast<std::uint64_t>(failed)) + " of " +
            counted(sweep.results.size(), "seed", "seeds") + ", in " +
            counted(groups.size(), "way", "ways"));
  for (std::size_t i = 0; i < std::min(groups.size(), kMostGroups); ++i) {
    const FailureGroup& group = groups[i];
    page.section("");
    page.hanging({flush_right(grouped(group.seeds.size()), 5) + "  ", Tone::bad},
                 group.failure.what + ": " + group.failure.found);
    page.hanging({"       "}, seeds_text(group.seeds), Tone::quiet);
    if (!group.why.empty()) page.hanging({"       "}, group.why);
    page.line("  " + seed_command(sweep, group.seeds.front(), program), Tone::strong);
  }
  if (groups.size() > kMostGroups) {
    page.section("");
    page.line("and " + grouped(groups.size() - kMostGroups) + " more ways", Tone::quiet);
  }
}

// How often each was reached; what was not comes first, for that is the news.
void write_probes(Page& page, const Sweep& sweep) {
  std::vector<ProbeResult> probes = probes_of(sweep);
  if (probes.empty()) return;
  page.section("probes");
  const std::vector<std::string> missed = probes_missed(sweep);
  std::stable_sort(probes.begin(), probes.end(),
                   [](const auto& a, const auto& b) { return a.count == 0 && b.count > 0; });
  for (const ProbeResult& probe : probes) {
    const bool bad = std::count(missed.begin(), missed.end(), probe.name) > 0;
    const bool rare = probe.frequency == Probe::Frequency::rare;
    page.hanging({flush_right(probe.count == 0 ? "never" : grouped(probe.count), 9) + "  ",
                  bad ? Tone::bad : Tone::plain},
                 probe.name + (rare ? " (rare)" : ""));
  }
  if (!missed.empty())
    page.line(counted(missed.size(), "probe", "probes") +
                  " that the scenario requires and no run reached",
              Tone::bad);
}

}  // namespace

std::string seed_command(const Sweep& sweep, std::uint64_t seed, std::string_view program) {
  RunResult run;
  run.file = sweep.file;
  run.seed = seed;
  run.settings = sweep.settings;
  run.configuration = sweep.configuration;
  if (!sweep.swarm) return replay_command(run, program, std::nullopt);
  return story_command(run, program);
}

std::string text_sweep(const Sweep& sweep, const TextOptions& options) {
  Page page(static_cast<std::size_t>(options.columns), options.ink, Page::Margin::labels);
  const Status status = status_of(sweep);
  write_head(page, sweep);
  write_tallies(page, sweep);
  write_failures(page, sweep, options.program);
  write_probes(page, sweep);
  page.section("digest");
  page.line(to_hex(digest_of_all(sweep)) + " of all runs");
  page.line(
      "exit " + std::to_string(static_cast<int>(status)) + ": " + std::string(meaning(status)),
      stamp(status).tone);
  return std::move(page).text();
}

}  // namespace cleave
