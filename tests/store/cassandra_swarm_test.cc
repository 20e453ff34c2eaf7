// Cassandra at random: stores of three to six nodes, with options drawn at random whose levels meet
// (R + W > N), under whatever may go wrong at once. The invariants are looked at after every event,
// what clients were told, in the end.
#include "tests/store/cassandra_swarm.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <set>

namespace cleave::models::store::cassandra {
namespace {

constexpr std::array kVerbs{
    Verb::cut,   Verb::cut,   Verb::cut_one_way,   Verb::isolate,    Verb::hold,
    Verb::delay, Verb::loss,  Verb::duplicate,     Verb::reorder,    Verb::crash,
    Verb::crash, Verb::pause, Verb::lose_unsynced, Verb::torn_write, Verb::disk_full,
    Verb::drift, Verb::skew,  Verb::disk_slow};
constexpr Duration kStorm = 3_s;

Options random_options(Random& random) {
  Options options = quick();
  static constexpr std::array<std::pair<Level, Level>, 5> kLevels{{
      {Level::quorum, Level::quorum},
      {Level::all, Level::one},
      {Level::each_quorum, Level::quorum},
      {Level::serial, Level::serial},
      {Level::quorum, Level::all},
  }};
  std::tie(options.write, options.read) = kLevels[random.below(kLevels.size())];
  options.hinted_handoff = random.chance(3, 4);
  options.read_repair = random.chance(3, 4) ? ReadRepair::blocking : ReadRepair::none;
  static constexpr std::array kRetries{Speculation::none, Speculation::percentile,
                                       Speculation::fixed};
  options.speculative_retry = kRetries[random.below(kRetries.size())];
  options.speculative_after = 30_ms;
  options.phi_convict_threshold = 3 + random.below(8);
  return options;
}

// How often everything happened that a swarm is for.
struct Tally {
  std::uint64_t events = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t checked = 0;
  std::uint64_t seen_down = 0;
  std::uint64_t refused = 0;  // timestamps
  std::set<Verb> verbs;

  void add(const Watched& watched) {
    events += watched.lab.world.event().value;
    acknowledged += watched.lab.recorder.acknowledged({}, {}, kForever).size();
    checked += watched.invariants.checked();
    seen_down += watched.lab.recorder.facts_named(Purpose("seen down")).size();
    refused += watched.lab.recorder.facts_named(Purpose("timestamp refused")).size();
  }
};

// What went wrong, with a bug planted or without.
std::string run_swarm(std::uint64_t seed, Tally& tally, std::optional<Bug> bug = {}) {
  Random random = Random::at(seed, Purpose("cassandra swarm").hash, 0, 0);
  Plot plot{random_options(random), {}, Time{} + kStorm, 60_ms, seed};
  static constexpr std::array kStamps{Timestamps::coordinator, Timestamps::client,
                                      Timestamps::hybrid};
  plot.options.timestamps = kStamps[seed % kStamps.size()];
  plot.options.max_clock_offset = 50_ms;  // clocks are off by up to 200 ms
  if (bug) plot.options.bugs = {*bug};
  static constexpr std::array<std::size_t, 3> kSizes{3, 5, 6};
  plot.regions = {"east", "west", "north", "east", "west", "north"};
  plot.regions.resize(kSizes[random.below(kSizes.size())]);
  if (plot.regions.size() == 6 && random.chance(1, 2))
    plot.replication = {{"east", 1}, {"west", 1}, {"north", 1}};
  Watched watched{make_lab(plot), {}, {}};
  Chaos chaos{random, kVerbs, {}};
  for (const NodeId replica : watched.lab.replicas("s"))
    chaos.nodes.emplace_back(watched.lab.world.name(replica));
  // Most clocks may be wrong together: they go on, and the others refuse what they stamp.
  if (plot.options.timestamps == Timestamps::hybrid && random.chance(1, 2)) {
    const auto most = static_cast<std::ptrdiff_t>(chaos.nodes.size() / 2 + 1);
    Fault together = watched.lab.make_fault(
        Verb::skew, {support::Group(chaos.nodes.begin(), chaos.nodes.begin() + most)});
    together.duration = 200_ms;
    watched.begin(together);
  }
  while (watched.lab.world.now() < Time{} + kStorm && watched.violated.empty() &&
         !watched.lab.world.failure()) {
    watched.run_for(chaos.up_to(300_ms));
    const Fault fault = chaos.fault(watched.lab);
    tally.verbs.insert(fault.verb);
    watched.begin(fault);
  }
  if (!watched.violated.empty()) return watched.violated;
  watched.run_for(1_s);
  watched.mend_all(chaos.nodes);
  watched.run_for(10_s);
  tally.add(watched);
  const std::string wrong = watched.wrong(plot.options);
  return wrong.empty() && plot.replication.empty() ? apart(watched.lab) : wrong;
}

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

// CLEAVE_TEST_SEED runs one seed, CLEAVE_TEST_SEEDS as many as it says.
TEST(CassandraSwarm, keeps_the_invariants_loses_nothing_and_converges) {
  Tally tally;
  const std::uint64_t first = number_from("CLEAVE_TEST_SEED", 1);
  const std::uint64_t last =
      std::getenv("CLEAVE_TEST_SEED") ? first : number_from("CLEAVE_TEST_SEEDS", 200);
  for (std::uint64_t seed = first; seed <= last; ++seed)
    ASSERT_EQ(run_swarm(seed, tally), "") << "CLEAVE_TEST_SEED=" << seed;
  struct Row {
    const char* name;
    std::uint64_t count;
    std::uint64_t least;  // in two hundred seeds
  };
  const std::uint64_t two_hundreds = (last - first + 1) / 200;
  for (const Row& row :
       {Row{"events", tally.events, 1'000'000}, Row{"acknowledged", tally.acknowledged, 20'000},
        Row{"checked", tally.checked, 100'000}, Row{"seen down", tally.seen_down, 500},
        Row{"refused", tally.refused, 100}}) {
    RecordProperty(row.name, std::to_string(row.count));
    EXPECT_GE(row.count, row.least * two_hundreds) << row.name;
  }
  const std::set<Verb> all(kVerbs.begin(), kVerbs.end());
  if (two_hundreds > 0) {
    EXPECT_TRUE(std::includes(tally.verbs.begin(), tally.verbs.end(), all.begin(), all.end()));
  }
}

// Bugs that this swarm finds too, and by what.
struct Canary {
  Bug bug;
  const char* says;
};

TEST(CassandraSwarm, finds_planted_bugs) {
  for (const Canary& canary :
       {Canary{Bug::count_twice, "acknowledged at its level"},
        Canary{Bug::acknowledge_before_sync, "acknowledged at its level"},
        Canary{Bug::answer_without_digests, "stale read"},
        Canary{Bug::repair_with_own_clock, "timestamps of coordinators"},
        Canary{Bug::hint_with_new_timestamp, "timestamps of coordinators"}}) {
    std::string found;
    for (std::uint64_t seed = 1; seed <= 60 && found.find(canary.says) == std::string::npos;
         ++seed) {
      Tally tally;
      found = run_swarm(seed, tally, canary.bug);
    }
    EXPECT_NE(found.find(canary.says), std::string::npos) << canary.says << ": " << found;
  }
}

}  // namespace
}  // namespace cleave::models::store::cassandra
