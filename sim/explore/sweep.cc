#include "sim/explore/sweep.h"

#include "sim/base/assert.h"

#include <algorithm>
#include <utility>

namespace cleave {

std::vector<std::uint64_t> SweepPlan::seeds() const {
  CLEAVE_CHECK(first <= last && last - first < kMostSeeds, "a sweep has a bounded range of seeds");
  CLEAVE_CHECK(shard >= 1 && shard <= shards, "a shard is one of all");
  std::vector<std::uint64_t> all;
  const std::uint64_t count = last - first + 1;
  for (std::uint64_t i = shard - 1; i < count; i += shards)
    all.push_back(first + i);
  return all;
}

std::vector<Breakage> breakages_of(const SeedResult& result) {
  if (result.bug.empty()) return breakages_of(result.run);
  return {{{"Cleave itself", "failed", shape_of(result.bug)}, result.bug}};
}

Status status_of(const Sweep& sweep) {
  Status status = probes_missed(sweep).empty() ? Status::as_stated : Status::not_reached;
  for (const SeedResult& result : sweep.results)
    status = first_of(status, result.run.status);
  return status;
}

std::uint64_t events_of(const Sweep& sweep) {
  std::uint64_t events = 0;
  for (const SeedResult& result : sweep.results)
    events += result.run.events;
  return events;
}

Hash128 digest_of_all(const Sweep& sweep) {
  std::string lines;
  for (const SeedResult& result : sweep.results)
    lines += std::to_string(result.run.seed) + " " + to_hex(result.run.digest) + "\n";
  return hash_bytes_128(lines.data(), lines.size());
}

std::vector<Tally> tallies_of(const Sweep& sweep) {
  std::vector<Tally> tallies;
  std::map<std::string, std::size_t> places;
  for (const SeedResult& result : sweep.results) {
    for (const ExpectationResult& expectation : result.run.expectations) {
      const auto [place, fresh] = places.emplace(expectation.name, tallies.size());
      if (fresh)
        tallies.push_back({expectation.name, expectation.property, expectation.expected, {}, 0});
      Tally& tally = tallies[place->second];
      ++tally.found[expectation.verdict.word];
      if (expectation.as_stated()) ++tally.as_stated;
    }
  }
  return tallies;
}

std::vector<ProbeResult> probes_of(const Sweep& sweep) {
  std::vector<ProbeResult> all;
  std::map<std::string, std::size_t> places;
  for (const SeedResult& result : sweep.results) {
    for (const ProbeResult& probe : result.run.probes) {
      const auto [place, fresh] = places.emplace(probe.name, all.size());
      if (fresh)
        all.push_back(probe);
      else
        all[place->second].count += probe.count;
    }
  }
  return all;
}

std::vector<std::string> probes_missed(const Sweep& sweep) {
  std::vector<std::string> missed;
  if (!sweep.probes_required || sweep.results.size() < kFewestRunsForProbes) return missed;
  for (const ProbeResult& probe : probes_of(sweep))
    if (probe.count == 0 && probe.frequency == Probe::Frequency::common)
      missed.push_back(probe.name);
  return missed;
}

std::vector<FailureGroup> triage(const Sweep& sweep) {
  std::map<FailureKey, FailureGroup> groups;
  for (const SeedResult& result : sweep.results) {
    for (const Breakage& breakage : breakages_of(result)) {
      FailureGroup& group =
          groups.emplace(breakage.failure, FailureGroup{breakage.failure, breakage.why, {}})
              .first->second;
      if (group.seeds.empty() || group.seeds.back() != result.run.seed)
        group.seeds.push_back(result.run.seed);
    }
  }
  std::vector<FailureGroup> all;
  for (auto& [failure, group] : groups)
    all.push_back(std::move(group));
  std::stable_sort(all.begin(), all.end(), [](const FailureGroup& a, const FailureGroup& b) {
    if (a.seeds.size() != b.seeds.size()) return a.seeds.size() > b.seeds.size();
    return a.seeds.front() < b.seeds.front();
  });
  return all;
}

}  // namespace cleave
