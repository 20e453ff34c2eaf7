// A sweep: one scenario under many seeds. What each seed came to is a SeedResult, one line of JSON;
// putting them together is a function of these lines alone, so that a report does not depend on who
// ran which seed, in which order, or how often that was interrupted.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/section.h"
#include "sim/explore/failure.h"
#include "sim/scenario/run_result.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cleave {

// Of `shards` parts of equal size, the one with the number `shard`, from 1: each takes every
// shards-th seed, so that all have seeds from everywhere.
struct SweepPlan {
  static constexpr std::uint64_t kMostSeeds = 10'000'000;

  std::uint64_t first = 1;
  std::uint64_t last = 1;
  std::uint32_t shard = 1;
  std::uint32_t shards = 1;

  // In order.
  std::vector<std::uint64_t> seeds() const;
};

// Of the run: seed, status, how far, events, digest, expectations, failure, and faults without
// effect. `bug` is a bug in Cleave itself, and then the rest is empty; the status is cleave_bug.
struct SeedResult {
  RunResult run;
  std::string bug;
};

std::vector<Breakage> breakages_of(const SeedResult& result);

// One object of JSON on one line, and its inverse.
std::string to_json(const SeedResult& result);
SeedResult read_seed_result(const Section& record, Diagnostics& diagnostics);

struct Sweep {
  std::string scenario;  // its name
  std::string file;
  std::string configuration;
  std::vector<std::string> settings;
  bool swarm = false;  // each seed is a story of its own
  // Whether each probe that is not rare must be reached by some run: the scenario says so in its
  // `swarm`, and the sweep is one of a swarm and not a small one.
  bool probes_required = false;
  std::uint32_t behaviour = 0;
  SweepPlan plan;
  std::vector<SeedResult> results;  // by seed
};

Status status_of(const Sweep& sweep);
std::uint64_t events_of(const Sweep& sweep);
// Of all digests, in the order of the seeds.
Hash128 digest_of_all(const Sweep& sweep);

// One expectation over all seeds.
struct Tally {
  std::string name;
  Property property = Property::safety;
  Word expected = Word::holds;
  std::map<Word, std::uint64_t> found;
  std::uint64_t as_stated = 0;
};
// In the order of the scenario.
std::vector<Tally> tallies_of(const Sweep& sweep);

// Fewer runs of a swarm are no reason to wonder at a probe that none of them reached.
constexpr std::uint64_t kFewestRunsForProbes = 100;
// How often each was reached in all runs, in the order of the engines.
std::vector<ProbeResult> probes_of(const Sweep& sweep);
// Those that had to be reached and were not.
std::vector<std::string> probes_missed(const Sweep& sweep);

// Failures that are the same.
struct FailureGroup {
  FailureKey failure;
  std::string why;                   // in the words of its first seed
  std::vector<std::uint64_t> seeds;  // in order
};
// The most frequent first, then by smallest seed.
std::vector<FailureGroup> triage(const Sweep& sweep);

}  // namespace cleave
