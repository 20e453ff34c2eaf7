// Raft at random: groups of three and five with spares, with options drawn at random, whose members
// come and go and hand over the lead, under whatever may go wrong at once. The invariants of the
// group are looked at after every event; what clients were told is looked at in the end.
#include "tests/store/raft_swarm.h"

#include "sim/trace/facts.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <set>

namespace cleave::models::store::raft {
namespace {

constexpr std::array kVerbs{
    Verb::cut,   Verb::cut,   Verb::cut_one_way,   Verb::isolate,    Verb::hold,
    Verb::delay, Verb::loss,  Verb::duplicate,     Verb::reorder,    Verb::crash,
    Verb::crash, Verb::pause, Verb::lose_unsynced, Verb::torn_write, Verb::disk_full,
    Verb::drift, Verb::skew,  Verb::disk_slow};
constexpr Duration kStorm = 5_s;

Options random_options(Random& random) {
  Options options = quick();
  options.pre_vote = random.chance(1, 2);
  options.check_quorum = random.chance(1, 2);
  options.vote_stickiness = random.chance(2, 3);
  static constexpr std::array kReads{Reads::log, Reads::read_index, Reads::lease, Reads::local};
  options.reads = kReads[random.below(kReads.size())];
  if (options.reads == Reads::lease) options.vote_stickiness = true;
  options.transport = random.chance(1, 2) ? Transport::connection : Transport::datagram;
  options.entries_per_message = random.chance(1, 2) ? 1 : 64;
  options.snapshot_every = random.chance(1, 4) ? 0 : 5 + random.below(60);
  options.keep_entries = random.below(20);
  return options;
}

// Up to six things to do, of which each makes sense when it is its turn.
Administration random_administration(Random& random, std::uint32_t replicas) {
  Administration administration;
  administration.region = "north";
  std::set<std::uint32_t> members;
  for (std::uint32_t i = 0; i < replicas; ++i)
    members.insert(i);
  for (const std::uint32_t spare : {replicas - 2, replicas - 1})
    if (random.chance(1, 2)) {
      administration.spares.push_back(spare);
      members.erase(spare);
    }
  Time at;
  for (std::uint64_t left = random.below(7); left > 0; --left) {
    at = at + Duration{static_cast<std::int64_t>(random.below(1'500'000'000))};
    const auto replica = static_cast<std::uint32_t>(random.below(replicas));
    if (!members.contains(replica)) {
      administration.chores.push_back({at, Order::Task::add, replica});
      members.insert(replica);
    } else if (random.chance(1, 2) && members.size() > 2) {
      administration.chores.push_back({at, Order::Task::remove, replica});
      members.erase(replica);
    } else {
      administration.chores.push_back({at, Order::Task::transfer, replica});
    }
  }
  return administration;
}

// Where it can show.
void plant(Bug bug, Options& options) {
  options.bugs = {bug};
  if (bug == Bug::read_without_round || bug == Bug::read_before_own_entry)
    options.reads = Reads::read_index;
  if (bug != Bug::lease_from_answer && bug != Bug::lease_by_ticks) return;
  options.reads = Reads::lease;
  options.lease = 110_ms;  // as long as it may be where clocks drift by 2 %
}

// How often everything happened that a swarm is for.
struct Tally {
  std::uint64_t events = 0;
  std::uint64_t made_way = 0;   // leaders, for another
  std::uint64_t installed = 0;  // snapshots of a leader
  std::uint64_t chores = 0;     // done by administrators
  std::uint64_t removed = 0;
  std::uint64_t joined = 0;
  std::set<Verb> verbs;
  Invariants::Looked looked;

  void add(const Watched& watched) {
    const Lab& lab = watched.lab;
    const auto facts = [&lab](Purpose name) { return lab.recorder.facts_named(name).size(); };
    events += lab.world.event().value;
    made_way += facts(Purpose("made way"));
    installed += facts(Purpose("snapshot installed"));
    chores += facts(Purpose("administration done"));
    joined += facts(facts::kJoinedStore);
    for (const Fact& fact : lab.recorder.facts_named(facts::kLeftStore))
      if (fact.node.value != fact.subject) ++removed;  // a spare says so of itself
    const Invariants::Looked& more = watched.invariants.looked();
    looked.leaders += more.leaders;
    looked.entries += more.entries;
    looked.commits += more.commits;
    looked.votes += more.votes;
    looked.snapshots += more.snapshots;
    looked.changes += more.changes;
  }
};

struct Leader {
  std::optional<NodeId> node;
  Term term;
};

Leader newest_leader(const Lab& lab) {
  Leader newest;
  for (const std::string& name : lab.with_role("s", "leader")) {
    const Term term = lab.world.node<Replica>(lab.node(name)).term();
    if (term > newest.term) newest = {lab.node(name), term};
  }
  return newest;
}

// In half of the runs what goes wrong goes wrong where somebody has just begun to lead: what is
// hardest for Raft are leaders who follow one another before their logs are on a majority.
void aim_at(NodeId leader, Fault& fault, Chaos& chaos, const Lab& lab) {
  static constexpr std::array kOnLeaders{Verb::isolate, Verb::isolate, Verb::crash,
                                         Verb::lose_unsynced, Verb::pause};
  fault.verb = kOnLeaders[chaos.below(kOnLeaders.size())];
  fault.groups = {{{Selector::By::path, std::string(lab.world.name(leader)), {}}}};
}

// What went wrong, with a bug planted or without.
std::string run_swarm(std::uint64_t seed, Tally& tally, std::optional<Bug> bug = {}) {
  Random random = Random::at(seed, Purpose("swarm").hash, 0, 0);
  Options options = random_options(random);
  if (bug) plant(*bug, options);
  static constexpr std::array<std::size_t, 4> kSizes{3, 4, 5, 7};
  Names regions{"east", "west", "north", "east", "west", "north", "east"};
  regions.resize(kSizes[random.below(kSizes.size())]);
  const Administration administration =
      random_administration(random, static_cast<std::uint32_t>(regions.size()));
  // Who is removed and does not know it deposes every leader unless one of them is on (4.2.3).
  if (!options.pre_vote) options.vote_stickiness = true;
  Watched watched{
      make_lab({options, administration, regions, Time{} + kStorm, 20_ms, seed}), {}, {}};
  Lab& lab = watched.lab;
  Chaos chaos{random, kVerbs, {}};
  for (const NodeId replica : lab.replicas("s"))
    chaos.nodes.emplace_back(lab.world.name(replica));
  const bool hunts = chaos.below(2) == 0;
  Term hit;
  while (lab.world.now() < Time{} + kStorm && watched.violated.empty() && !lab.world.failure()) {
    Fault fault = chaos.fault(lab);
    if (hunts) {
      for (int i = 0; i < 60 && newest_leader(lab).term <= hit; ++i)
        watched.run_for(5_ms);
      watched.run_for(chaos.up_to(60_ms));
      const Leader newest = newest_leader(lab);
      hit = std::max(hit, newest.term);
      if (newest.node && chaos.below(8) > 0) aim_at(*newest.node, fault, chaos, lab);
    } else {
      watched.run_for(chaos.up_to(300_ms));
    }
    tally.verbs.insert(fault.verb);
    lab.begin(fault);
  }
  if (!watched.violated.empty()) return watched.violated;
  watched.run_for(1_s);
  chaos.mend_all(lab);
  watched.run_for(15_s);
  tally.add(watched);
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
  struct Row {
    const char* name;
    std::uint64_t count;
    std::uint64_t least;  // in sixty seeds
  };
  const std::uint64_t sixties = (last - first + 1) / 60;
  for (const Row& row :
       {Row{"events", tally.events, 300'000}, Row{"leaders", tally.looked.leaders, 120},
        Row{"entries", tally.looked.entries, 30'000}, Row{"commits", tally.looked.commits, 30'000},
        Row{"votes", tally.looked.votes, 300}, Row{"snapshots", tally.looked.snapshots, 600},
        Row{"snapshots installed", tally.installed, 30},
        Row{"changes of the group", tally.looked.changes, 100}, Row{"joined", tally.joined, 20},
        Row{"removed", tally.removed, 20}, Row{"leaders who made way", tally.made_way, 20},
        Row{"chores", tally.chores, 60}}) {
    RecordProperty(row.name, std::to_string(row.count));
    EXPECT_GE(row.count, row.least * sixties) << row.name;
  }
  const std::set<Verb> all(kVerbs.begin(), kVerbs.end());
  if (sixties > 0) {
    EXPECT_TRUE(std::includes(tally.verbs.begin(), tally.verbs.end(), all.begin(), all.end()));
  }
}

// The first seed that finds each, as its entry in the list says.
struct Canary {
  Bug bug;
  std::uint64_t seed;
};
constexpr std::array kCanaries{
    Canary{Bug::vote_twice, 1},
    Canary{Bug::forget_vote, 37},
    Canary{Bug::vote_for_any_log, 2},
    Canary{Bug::skip_log_check, 3},
    Canary{Bug::commit_older_terms, 730},
    Canary{Bug::acknowledge_before_sync, 125},
    Canary{Bug::read_without_round, 62},
    Canary{Bug::read_before_own_entry, 43},
    Canary{Bug::truncate_without_conflict, 1},
    Canary{Bug::snapshot_over_newer_log, 1},
    Canary{Bug::snapshot_without_sessions, 56},
    Canary{Bug::shorten_before_sync, 106},
    Canary{Bug::change_before_own_entry, 4},
    Canary{Bug::two_changes_at_once, 174},
    Canary{Bug::count_learners, 57},
    Canary{Bug::lease_from_answer, 533},
    Canary{Bug::lease_by_ticks, 143},
};

TEST(RaftSwarm, finds_every_planted_bug_as_it_says) {
  ASSERT_EQ(kCanaries.size(), kBugs.size());
  for (std::size_t i = 0; i < kBugs.size(); ++i) {
    ASSERT_EQ(kCanaries[i].bug, kBugs[i].bug) << "in the order of bugs.h";
    Tally tally;
    const std::string wrong = run_swarm(kCanaries[i].seed, tally, kBugs[i].bug);
    EXPECT_NE(wrong.find(kBugs[i].caught_by), std::string::npos)
        << kBugs[i].name << ": " << wrong << "; if behaviour has changed, look for another seed";
  }
}

}  // namespace
}  // namespace cleave::models::store::raft
