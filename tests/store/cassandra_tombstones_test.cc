// Deletions: tombstones, their end, anti-entropy repair, and what comes back.
#include "models/store/cassandra/hash_tree.h"
#include "tests/store/cassandra_stories.h"

#include <set>

namespace cleave::models::store::cassandra {
namespace {

// A node misses a deletion, and comes back when the others have forgotten it, or before.
struct Zombie : Cassandra {
  OperationId addition, removal;

  Zombie() {
    options.hinted_handoff = false;
    options.gc_grace = 60_s;
    options.compact_every = 5_s;
  }
  void delete_while_away(Duration away) {
    build();
    addition = act(alice, ObjectType::set, Action::add, "message");
    lab.run_for(1_s);
    lab.crash(path("north"));
    lab.run_for(5_s);
    removal = act(alice, ObjectType::set, Action::remove, "message");
    lab.run_for(away);
    lab.restart(path("north"));
    lab.run_for(2_s);
  }
  std::size_t members_at(const std::string& region) const {
    std::size_t count = 0;
    for (const auto& [name, stored] : replica(region).memory.table.cells)
      count += stored.cell.tombstone ? 0u : 1u;
    return count;
  }
};

TEST_F(Zombie, stays_dead_if_repair_comes_within_gc_grace) {
  options.repair_every = 30_s;
  delete_while_away(20_s);
  lab.run_for(40_s);
  for (const std::string& region : regions())
    EXPECT_EQ(members_at(region), 0u) << region;
  EXPECT_EQ(lab.world.ledger().holders({}, removal), 3u);
  lab.run_for(60_s);
  EXPECT_EQ(replica("east").memory.table.tombstones, 0u) << "by now it may be forgotten";
  EXPECT_TRUE(lab.converged("accounts"));
}

TEST_F(Zombie, comes_back_if_it_was_away_for_longer) {
  options.repair_every = 100_s;
  delete_while_away(80_s);
  EXPECT_EQ(members_at("north"), 1u);
  EXPECT_EQ(members_at("east"), 0u);
  EXPECT_EQ(replica("east").memory.table.tombstones, 0u) << "purged";
  lab.run_for(100_s);
  for (const std::string& region : regions())
    EXPECT_EQ(members_at(region), 1u) << region;
  EXPECT_EQ(lab.lost("accounts"), std::vector<OperationId>{removal})
      << "a deletion that was acknowledged is lost";
  EXPECT_EQ(lab.world.ledger().holders({}, addition), 3u);
  EXPECT_TRUE(lab.converged("accounts"));
}

TEST_F(Zombie, comes_back_by_read_repair_too) {
  options.read = Level::all;
  delete_while_away(80_s);
  const OperationId read = act(bob, ObjectType::set, Action::read);
  lab.run_for(2_s);
  EXPECT_EQ(lab.answer(read).values.size(), 1u);
  EXPECT_EQ(members_at("east"), 1u);
  EXPECT_EQ(lab.lost("accounts").size(), 1u);
}

TEST_F(Zombie, may_be_deleted_again) {
  options.repair_every = 100_s;
  delete_while_away(80_s);
  lab.run_for(100_s);
  ASSERT_EQ(members_at("east"), 1u);
  act(alice, ObjectType::set, Action::remove, "message");
  lab.run_for(2_s);
  for (const std::string& region : regions())
    EXPECT_EQ(members_at(region), 0u) << region;
  EXPECT_TRUE(lab.converged("accounts"));
}

TEST_F(Zombie, a_purge_is_remembered_across_a_crash) {
  delete_while_away(80_s);
  for (const CrashDisk how : {CrashDisk::keep_all, CrashDisk::lose_unsynced}) {
    const std::uint64_t state = replica("east").replicated_state();
    lab.begin(how == CrashDisk::keep_all ? Verb::crash : Verb::lose_unsynced, {{path("east")}});
    lab.restart(path("east"));
    lab.run_for(1_s);
    EXPECT_EQ(replica("east").memory.table.tombstones, 0u);
    EXPECT_EQ(replica("east").replicated_state(), state);
    EXPECT_TRUE(lab.world.ledger().held({}, lab.node(path("east"))).contains(removal));
  }
}

// Purged by the clock of the host that purges.
TEST_F(Zombie, tombstone_goes_early_where_the_clock_is_fast) {
  build();
  act(alice, ObjectType::set, Action::add, "message");
  lab.run_for(1_s);
  act(alice, ObjectType::set, Action::remove, "message");
  lab.run_for(1_s);
  Fault fast = lab.make_fault(Verb::skew, {{path("west")}});
  fast.duration = 70_s;
  lab.begin(fast);
  lab.run_for(10_s);
  EXPECT_EQ(replica("west").memory.table.tombstones, 0u);
  EXPECT_EQ(replica("east").memory.table.tombstones, 1u);
  EXPECT_TRUE(lab.converged("accounts")) << "nobody sees a difference";
}

TEST_F(Zombie, hints_older_than_gc_grace_are_not_delivered) {
  options.hinted_handoff = true;
  options.gc_grace = 60_s;
  delete_while_away(80_s);
  lab.run_for(20_s);
  EXPECT_EQ(members_at("north"), 1u) << "the hint with the removal is too old";
  EXPECT_TRUE(replica("east").disk.hints.rows().empty());
}

// As it is in the world: a hundred messages are deleted for everyone while a replica is cut off,
// the others forget that after ten days, and every node is repaired once a week.
TEST_F(Zombie, comes_back_a_hundredfold_after_twelve_days_and_not_after_nine) {
  constexpr Duration kDay = 86'400_s;
  struct Row {
    std::int64_t days_away;
    Duration gc_grace;
    std::size_t came_back;
  };
  for (const Row& row : {Row{9, kDay * 10, 0}, Row{12, kDay * 10, 100}, Row{12, kDay * 20, 0}}) {
    options = {};
    options.write = options.read = Level::quorum;
    options.gossip_every = 1800_s;
    options.repair_every = kDay * 7;
    options.gc_grace = row.gc_grace;
    build();
    const auto message = [&](int i, Action action) {
      return lab.ask(alice, lab.request("accounts", ObjectType::set, action,
                                        "chat " + std::to_string(i), std::to_string(i)));
    };
    std::vector<OperationId> all;
    for (int i = 0; i < 100; ++i)
      all.push_back(message(i, Action::add));
    lab.run_for(60_s);
    lab.cut({{"north"}, {"east", "west"}});
    for (int i = 0; i < 100; ++i)
      all.push_back(message(i, Action::remove));
    lab.run_for(kDay * row.days_away);
    EXPECT_EQ(count(all, Outcome::ok), 200u);
    lab.heal();
    lab.run_for(kDay * 8);
    EXPECT_EQ(lab.lost("accounts").size(), row.came_back) << row.days_away << " days";
    for (const std::string& region : regions())
      EXPECT_EQ(members_at(region), row.came_back) << region << " after " << row.days_away;
  }
}

// ---- repair -------------------------------------------------------------------------------------

struct AntiEntropy : Cassandra {
  AntiEntropy() {
    options.hinted_handoff = false;
    options.repair_every = 20_s;
    options.repair_request_timeout = 3_s;
  }
};

TEST_F(AntiEntropy, makes_replicas_equal_range_by_range) {
  build({"east", "east", "west", "west", "north"});
  cut_off("east");
  for (int i = 0; i < 50; ++i) {
    lab.write(alice, "accounts", "key " + std::to_string(i), "east");
    lab.write(bob, "accounts", "key " + std::to_string(i + 25), "west");
    lab.run_for(100_ms);
  }
  lab.run_for(5_s);
  EXPECT_FALSE(lab.converged("accounts"));
  lab.heal();
  expect_converged_within(45_s);
  EXPECT_TRUE(lab.lost("accounts").empty());
}

TEST_F(AntiEntropy, goes_on_without_replicas_that_are_down) {
  build();
  lab.crash(path("north"));
  cut_off("east");
  lab.run_for(10_s);
  const OperationId write = say(alice, "alone");
  lab.run_for(1_s);
  lab.heal();
  lab.run_for(40_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 2u);
  lab.restart(path("north"));
  lab.run_for(45_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 3u);
}

TEST_F(AntiEntropy, brings_counters_and_queues_together) {
  build();
  cut_off("east");
  lab.run_for(10_s);
  OperationId last;
  for (int i = 0; i < 5; ++i)
    for (const NodeId who : {alice, bob}) {
      act(who, ObjectType::counter, Action::add, {}, 3);
      last = act(who, ObjectType::queue, Action::append, std::to_string(i));
      lab.run_for(50_ms);
    }
  Request acknowledge = lab.request("accounts", ObjectType::queue, Action::acknowledge, "thing");
  acknowledge.version = lab.answer(last).version;
  lab.ask(bob, acknowledge);
  lab.run_for(1_s);
  lab.heal();
  expect_converged_within(60_s);
  EXPECT_TRUE(lab.lost("accounts").empty());
  const OperationId read = act(alice, ObjectType::counter, Action::read);
  const OperationId rest = act(alice, ObjectType::queue, Action::read_from);
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(read).number, 30);
  EXPECT_TRUE(lab.answer(rest).values.empty());
}

TEST(HashTree, finds_the_leaf_of_every_token) {
  struct Row {
    std::uint64_t after, last, token;
    std::size_t leaf;
  };
  for (const Row& row :
       {Row{0, 160, 1, 0}, Row{0, 160, 10, 0}, Row{0, 160, 11, 1}, Row{0, 160, 160, 15},
        Row{kLast - 79, 80, kLast, 7}, Row{kLast - 79, 80, 0, 7}, Row{kLast - 79, 80, 1, 8},
        Row{kLast - 79, 80, 80, 15}, Row{7, 7, 8, 0}, Row{7, 7, 7, 15}})
    EXPECT_EQ(leaf_of({row.token}, {{row.after}, {row.last}}), row.leaf)
        << row.after << " " << row.last << " " << row.token;
}

TEST(HashTree, differs_just_where_cells_differ) {
  const TokenRange around{{kLast - 799}, {800}};
  Table left;
  Table right;
  const auto put = [](Table& table, std::uint64_t token, Timestamp timestamp, bool tombstone) {
    table.apply({{{token}, {}}, {timestamp, tombstone, 0, {}}, {}, 0}, [](OperationId, bool) {});
  };
  for (const std::uint64_t token : {kLast - 700, kLast - 10, std::uint64_t{5}, std::uint64_t{700}})
    for (Table* table : {&left, &right})
      put(*table, token, 10, false);
  EXPECT_EQ(differing(hash_tree(left, around, 0), hash_tree(right, around, 0)), 0u);
  put(left, 700, 11, false);
  put(right, 5, 4, true);  // an older tombstone changes nothing
  put(right, 6, 5, true);
  const LeafMask leaves = differing(hash_tree(left, around, 0), hash_tree(right, around, 0));
  EXPECT_EQ(leaves, 1u << leaf_of({700}, around) | 1u << leaf_of({6}, around));
  EXPECT_EQ(differing(hash_tree(left, around, 6), hash_tree(right, around, 6)),
            1u << leaf_of({700}, around))
      << "one that may be purged does not count";
  EXPECT_EQ(cells_in(right, around, leaves, 0).size(), 3u) << "5 and 6 share a leaf";
}

}  // namespace
}  // namespace cleave::models::store::cassandra
