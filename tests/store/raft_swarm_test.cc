// Small scope, exhaustively: in a short run, each replica crashes before and after each event that
// it handles, in a copy of the World, and starts again later. Then at random: groups of three and
// five, with options drawn at random, under whatever may go wrong at once. The invariants of the
// group are looked at after every event; what clients were told is looked at in the end.
#include "models/store/raft/install.h"
#include "models/store/raft/invariants.h"
#include "models/store/raft/replica.h"
#include "models/store/workload_client.h"
#include "tests/store/chaos.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave::models::store::raft {
namespace {

using support::Lab;

// Times so short that an election fits into half a second.
Options quick() {
  Options options;
  options.heartbeat_every = 20_ms;
  options.election_timeout = 120_ms;
  options.longest_election_timeout = 240_ms;
  options.quorum_within = 120_ms;
  options.lease = 60_ms;
  options.reconnect_after = 200_ms;
  return options;
}

struct Plot {
  Options options;
  Names regions;
  Time writes_until;
  Duration every = 25_ms;
  std::uint64_t seed = 1;
};

// Clients in two regions append to one log, and raise and read one watermark.
Lab make_lab(const Plot& plot) {
  Lab lab({"east", "west", "north"}, 10_ms, plot.seed);
  const StoreId store = lab.add_store("s", plot.regions, [&](World& world, const StorePlan& plan) {
    return install(world, plan, plot.options);
  });
  for (const std::string region : {"east", "west"}) {
    const Load log = appends(store, plot.writes_until, plot.every);
    Load watermark = log;
    watermark.type = ObjectType::max_register;
    watermark.mix = {{Action::raise, 1}, {Action::read, 2}};
    watermark.keys.prefix = "watermark";
    watermark.from = Time{} + 3_ms;
    lab.add(region + " client", region, client_in(lab, region, plot.seed, {log, watermark}));
  }
  return lab;
}

// Answers about the watermark that are lower than one given before they were asked for.
std::uint64_t stale_answers(const Lab& lab) {
  std::vector<std::pair<Time, std::uint64_t>> told;
  for (const auto& [id, done] : lab.recorder.completed)
    if (lab.recorder.invoked.at(id).type == ObjectType::max_register && done.outcome == Outcome::ok)
      told.emplace_back(done.at, done.values.at(0));
  std::sort(told.begin(), told.end());
  std::vector<std::uint64_t> highest;  // of those up to each
  for (const auto& [at, value] : told)
    highest.push_back(highest.empty() ? value : std::max(highest.back(), value));
  std::uint64_t count = 0;
  for (const auto& [id, done] : lab.recorder.completed) {
    const Invoked& asked = lab.recorder.invoked.at(id);
    if (asked.type != ObjectType::max_register || done.outcome != Outcome::ok) continue;
    const std::pair<Time, std::uint64_t> from{asked.at, 0};
    const auto before = std::lower_bound(told.begin(), told.end(), from) - told.begin();
    if (before > 0 && highest[static_cast<std::size_t>(before - 1)] > done.values.at(0)) ++count;
  }
  return count;
}

// What must be true once everything is up, healed and quiet, whatever happened before. Returns what
// is not.
std::string wrong_in(const Lab& lab, const Options& options) {
  if (lab.world.failure()) return "model bug: " + lab.world.failure()->what;
  if (!lab.converged("s")) return "the replicas have not converged";
  if (lab.with_role("s", "leader").size() != 1) return "there is not one leader";
  if (!lab.lost("s").empty()) return "an acknowledged update is lost";
  if (options.reads != Reads::local && stale_answers(lab) > 0)
    return "stale read: it missed what was known before it";
  const NodeId replica = lab.replicas("s").front();
  const auto& objects = lab.world.node<Replica>(replica).memory.machine.objects;
  const auto object = objects.find(key_of("log"));
  if (object == objects.end()) return {};
  std::set<std::uint64_t> values;
  const auto& entries = std::get<Sequence>(object->second).entries;
  for (std::uint64_t i = 0; i < entries.size(); ++i)
    if (!values.insert(entries[i].digest()).second) return "an entry was appended twice";
  return {};
}

// A lab whose invariants are looked at after every event.
struct Watched {
  Lab lab;
  Invariants invariants;
  std::string violated;

  void run_until(Time time) {
    while (violated.empty() && lab.world.step(time, &lab.recorder))
      if (const auto wrong = invariants.after_event(lab.world, lab.replicas("s")))
        violated = *wrong + ", event " + std::to_string(lab.world.event().value);
    if (violated.empty()) lab.run_until(time);  // the clock stands there
  }
  void run_for(Duration duration) { run_until(lab.world.now() + duration); }
  std::string wrong(const Options& options) const {
    return violated.empty() ? wrong_in(lab, options) : violated;
  }
};

// ---- every event --------------------------------------------------------------------------------

struct CrashRow {
  const char* name;
  Verb crash;
  Duration down;  // shorter or longer than it takes to elect
  bool pre_vote = true;
};

class RaftCrashAtEachEvent : public ::testing::TestWithParam<CrashRow> {};

TEST_P(RaftCrashAtEachEvent, loses_nothing_acknowledged_and_converges) {
  const CrashRow& row = GetParam();
  Plot plot{quick(), {"east", "west", "north"}, Time{} + 420_ms, 40_ms};
  plot.options.pre_vote = row.pre_vote;
  const Time end = Time{} + 460_ms;
  std::set<std::string> crashed;
  std::size_t branches = 0;
  const auto crash_and_go_on = [&](Watched branch, const std::string& who) {
    ++branches;
    crashed.insert(who);
    const std::string where =
        who + " crashed at event " + std::to_string(branch.lab.world.event().value);
    branch.lab.begin(row.crash, {{who}});
    branch.run_for(row.down);
    branch.lab.restart(who);
    branch.run_for(1500_ms);
    ASSERT_EQ(branch.wrong(plot.options), "") << where;
  };
  Watched watched{make_lab(plot), {}, {}};
  while (const std::optional<NodeId> handler = next_handler(watched.lab, end)) {
    const std::string who(watched.lab.world.name(*handler));
    const bool of_the_store = who.starts_with("s/");
    if (of_the_store) crash_and_go_on(watched, who);
    watched.lab.world.step(end, &watched.lab.recorder);
    ASSERT_EQ(watched.invariants.after_event(watched.lab.world, watched.lab.replicas("s")),
              std::nullopt);
    if (of_the_store) crash_and_go_on(watched, who);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(crashed.size(), 3u);
  EXPECT_GT(branches, 200u);
}

INSTANTIATE_TEST_SUITE_P(Rows, RaftCrashAtEachEvent,
                         ::testing::Values(CrashRow{"unsynced_short", Verb::lose_unsynced, 60_ms},
                                           CrashRow{"unsynced_long", Verb::lose_unsynced, 500_ms},
                                           CrashRow{"torn_long", Verb::torn_write, 500_ms},
                                           CrashRow{"prefix_short", Verb::crash, 60_ms, false}),
                         [](const auto& test) { return test.param.name; });

// ---- at random ----------------------------------------------------------------------------------

constexpr std::array kVerbs{
    Verb::cut,   Verb::cut,   Verb::cut_one_way,   Verb::isolate,    Verb::hold,
    Verb::delay, Verb::loss,  Verb::duplicate,     Verb::reorder,    Verb::crash,
    Verb::crash, Verb::pause, Verb::lose_unsynced, Verb::torn_write, Verb::disk_full,
    Verb::drift, Verb::skew,  Verb::disk_slow};

Options random_options(Random& random) {
  Options options = quick();
  options.pre_vote = random.chance(1, 2);
  options.check_quorum = random.chance(1, 2);
  options.vote_stickiness = random.chance(2, 3);
  static constexpr std::array kReads{Reads::log, Reads::read_index, Reads::lease, Reads::local};
  options.reads = kReads[random.below(kReads.size())];
  if (options.reads == Reads::lease) options.vote_stickiness = true;
  options.transport = random.chance(1, 2) ? Transport::connection : Transport::datagram;
  return options;
}

// Where it can show.
void plant(Bug bug, Options& options) {
  options.bugs = {bug};
  if (bug == Bug::read_without_round || bug == Bug::read_before_own_entry)
    options.reads = Reads::read_index;
}

struct Tally {
  std::uint64_t events = 0;
  std::uint64_t leaders = 0;
  std::uint64_t commits = 0;
};

// What went wrong, with a bug planted or without.
std::string run_swarm(std::uint64_t seed, Tally& tally, std::optional<Bug> bug = {}) {
  Random random = Random::at(seed, Purpose("swarm").hash, 0, 0);
  Options options = random_options(random);
  if (bug) plant(*bug, options);
  const Names regions = random.chance(1, 2) ? Names{"east", "west", "north"}
                                            : Names{"east", "east", "west", "west", "north"};
  Watched watched{make_lab({options, regions, Time{} + 5_s, 20_ms, seed}), {}, {}};
  Lab& lab = watched.lab;
  Chaos chaos{random, kVerbs, {}};
  for (const NodeId replica : lab.replicas("s"))
    chaos.nodes.emplace_back(lab.world.name(replica));
  while (lab.world.now() < Time{} + 5_s && watched.violated.empty() && !lab.world.failure()) {
    watched.run_for(chaos.up_to(300_ms));
    lab.begin(chaos.fault(lab));
  }
  if (!watched.violated.empty()) return watched.violated;
  watched.run_for(1_s);
  chaos.mend_all(lab);
  watched.run_for(10_s);
  tally.events += lab.world.event().value;
  tally.leaders += watched.invariants.looked().leaders;
  tally.commits += watched.invariants.looked().commits;
  return watched.wrong(options);
}

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

// CLEAVE_TEST_SEED runs one seed, CLEAVE_TEST_SEEDS as many as it says.
TEST(RaftSwarm, keeps_the_invariants_loses_nothing_and_converges) {
  Tally tally;
  const std::uint64_t first = number_from("CLEAVE_TEST_SEED", 1);
  const std::uint64_t last =
      std::getenv("CLEAVE_TEST_SEED") ? first : number_from("CLEAVE_TEST_SEEDS", 60);
  for (std::uint64_t seed = first; seed <= last; ++seed)
    ASSERT_EQ(run_swarm(seed, tally), "") << "CLEAVE_TEST_SEED=" << seed;
  RecordProperty("events", std::to_string(tally.events));
  RecordProperty("leaders", std::to_string(tally.leaders));
  RecordProperty("commits", std::to_string(tally.commits));
  EXPECT_GT(tally.leaders, last - first) << "leaders changed";
  EXPECT_GT(tally.commits, (last - first) * 300);
}

// A seed that finds each. Within 60 seeds nothing finds commit-older-terms, which a story shows
// (raft_test.cc).
struct Canary {
  Bug bug;
  std::uint64_t seed;
};

TEST(RaftSwarm, finds_planted_bugs_as_they_say) {
  std::size_t found = 0;
  for (const Canary& canary :
       {Canary{Bug::vote_twice, 2}, Canary{Bug::forget_vote, 38}, Canary{Bug::vote_for_any_log, 1},
        Canary{Bug::skip_log_check, 11}, Canary{Bug::acknowledge_before_sync, 15},
        Canary{Bug::read_without_round, 23}, Canary{Bug::read_before_own_entry, 4}})
    for (const PlantedBug& planted : kBugs) {
      if (planted.bug != canary.bug) continue;
      ++found;
      Tally tally;
      const std::string wrong = run_swarm(canary.seed, tally, planted.bug);
      EXPECT_NE(wrong.find(planted.caught_by), std::string::npos)
          << planted.name << ": " << wrong << "; if behaviour has changed, look for another seed";
    }
  EXPECT_EQ(found, 7u);
}

}  // namespace
}  // namespace cleave::models::store::raft
