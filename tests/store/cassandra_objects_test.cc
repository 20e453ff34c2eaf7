// The object types as they are built of cells, anomalies included.
#include "tests/store/cassandra_stories.h"

#include <algorithm>

namespace cleave::models::store::cassandra {
namespace {

using CassandraObject = Cassandra;

std::vector<std::string> values(const Result& result) {
  std::vector<std::string> all;
  for (const Blob& value : result.values)
    all.emplace_back(value.bytes());
  return all;
}

TEST_F(CassandraObject, set_merges_elements_of_both_sides) {
  build();
  cut_off("east");
  act(alice, ObjectType::set, Action::add, "ann");
  act(bob, ObjectType::set, Action::add, "ben");
  lab.run_for(10_s);
  lab.heal();
  expect_converged_within(10_s);
  const OperationId read = act(alice, ObjectType::set, Action::read);
  lab.run_for(1_s);
  std::vector<std::string> members = values(lab.answer(read));
  std::sort(members.begin(), members.end());
  EXPECT_EQ(members, (Names{"ann", "ben"}));
}

TEST_F(CassandraObject, set_removes_by_tombstone_and_later_additions_show) {
  build();
  act(alice, ObjectType::set, Action::add, "ann");
  lab.run_for(1_s);
  act(bob, ObjectType::set, Action::remove, "ann");
  lab.run_for(1_s);
  const OperationId gone = act(alice, ObjectType::set, Action::read);
  EXPECT_EQ(replica("north").memory.table.tombstones, 1u);
  act(alice, ObjectType::set, Action::add, "ann");
  lab.run_for(1_s);
  const OperationId back = act(bob, ObjectType::set, Action::read);
  lab.run_for(1_s);
  EXPECT_TRUE(lab.answer(gone).values.empty());
  EXPECT_EQ(values(lab.answer(back)), Names{"ann"});
  EXPECT_GT(lab.answer(back).version, lab.answer(gone).version);
}

TEST_F(CassandraObject, max_register_is_a_cell_whose_timestamp_is_its_value) {
  build();
  cut_off("east");
  act(alice, ObjectType::max_register, Action::raise, {}, 7);
  act(bob, ObjectType::max_register, Action::raise, {}, 5);
  lab.run_for(5_s);
  act(bob, ObjectType::max_register, Action::raise, {}, 6);
  lab.run_for(5_s);
  lab.heal();
  expect_converged_within(10_s);
  const OperationId read = act(bob, ObjectType::max_register, Action::read);
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(read).number, 7);
  EXPECT_EQ(replica("north").memory.table.cells.size(), 1u);
}

TEST_F(CassandraObject, map_merges_by_field) {
  build();
  Request about = lab.request("accounts", ObjectType::map, Action::write, "profile", "hello");
  about.field = key_of("about");
  Request photo = lab.request("accounts", ObjectType::map, Action::write, "profile", "cat");
  photo.field = key_of("photo");
  cut_off("east");
  lab.ask(alice, about);
  lab.ask(bob, photo);
  lab.run_for(10_s);
  lab.heal();
  expect_converged_within(10_s);
  about.action = Action::read;
  photo.action = Action::read;
  const OperationId read_about = lab.ask(bob, about);
  const OperationId read_photo = lab.ask(alice, photo);
  lab.run_for(1_s);
  EXPECT_EQ(values(lab.answer(read_about)), Names{"hello"});
  EXPECT_EQ(values(lab.answer(read_photo)), Names{"cat"});
}

TEST_F(CassandraObject, counter_adds_up_the_shards_of_both_sides) {
  build();
  cut_off("east");
  for (int i = 0; i < 3; ++i) {
    act(alice, ObjectType::counter, Action::add, {}, 10);
    act(bob, ObjectType::counter, Action::add, {}, 1);
    lab.run_for(1_s);
  }
  lab.run_for(10_s);
  lab.heal();
  expect_converged_within(10_s);
  const OperationId read = act(bob, ObjectType::counter, Action::read);
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(read).number, 33);
}

TEST_F(CassandraObject, counter_counts_twice_what_is_tried_twice) {
  options.write = Level::all;
  build();
  const Patience impatient{.deadline = 20_s, .answer_within = 30_ms, .retries = 1, .backoff = 0_s};
  const NodeId eve = lab.add_person("Eve", "east", "accounts", Routing::pinned, impatient);
  lab.run_for(1_s);
  act(eve, ObjectType::counter, Action::add, {}, 10);  // takes 40 ms, and is asked for again
  lab.run_for(5_s);
  const OperationId read = act(bob, ObjectType::counter, Action::read);
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(read).number, 20);
  EXPECT_TRUE(lab.converged("accounts")) << "all agree on it";
}

TEST_F(CassandraObject, counter_whose_shard_was_lost_forgets_what_was_acknowledged) {
  options.commitlog_sync = CommitLogSync::periodic;
  build();
  const OperationId lost = act(alice, ObjectType::counter, Action::add, {}, 10);
  lab.run_for(1_s);
  EXPECT_EQ(lab.world.ledger().holders({}, lost), 3u);
  lab.begin(Verb::lose_unsynced, {{path("east")}});
  lab.restart(path("east"));
  lab.run_for(5_s);
  look(alice);  // finds her connection broken
  lab.run_for(1_s);
  act(alice, ObjectType::counter, Action::add, {}, 1);  // a later clock, and a lower sum
  lab.run_for(1_s);
  const OperationId read = act(bob, ObjectType::counter, Action::read);
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(read).number, 1);
  EXPECT_EQ(lab.world.ledger().holders({}, lost), 0u) << "and the replicas say so";
}

TEST_F(CassandraObject, log_is_in_the_order_of_timestamps) {
  build();
  Fault late = lab.make_fault(Verb::skew, {{path("west")}});
  late.duration = Duration{} - 3_s;
  lab.begin(late);
  const OperationId first = act(alice, ObjectType::log, Action::append, "first");
  lab.run_for(1_s);
  const OperationId second = act(bob, ObjectType::log, Action::append, "second");
  lab.run_for(1_s);
  const OperationId read = act(alice, ObjectType::log, Action::read_from);
  lab.run_for(1_s);
  EXPECT_EQ(values(lab.answer(read)), (Names{"second", "first"})) << "a late clock writes the past";
  EXPECT_LT(lab.answer(second).version, lab.answer(first).version);
  Request onwards = lab.request("accounts", ObjectType::log, Action::read_from, "thing");
  onwards.version = lab.answer(first).version;
  const OperationId last = lab.ask(bob, onwards);
  lab.run_for(1_s);
  EXPECT_EQ(values(lab.answer(last)), Names{"first"}) << "positions go on from where they were";
}

TEST_F(CassandraObject, queue_acknowledges_by_one_range_tombstone) {
  build();
  std::vector<OperationId> appended;
  for (const char* text : {"one", "two", "three"}) {
    appended.push_back(act(alice, ObjectType::queue, Action::append, text));
    lab.run_for(100_ms);
  }
  Request acknowledge = lab.request("accounts", ObjectType::queue, Action::acknowledge, "thing");
  acknowledge.version = lab.answer(appended[1]).version;
  lab.ask(bob, acknowledge);
  lab.run_for(1_s);
  const OperationId read = act(bob, ObjectType::queue, Action::read_from);
  lab.run_for(1_s);
  EXPECT_EQ(values(lab.answer(read)), Names{"three"});
  const Table& table = replica("north").memory.table;
  EXPECT_EQ(table.cells.size(), 2u) << "a row and a tombstone";
  table.check();
  for (const OperationId id : appended)
    EXPECT_EQ(lab.world.ledger().holders({}, id), 3u) << "what was taken away is held";
}

// An entry that comes late has a position before what was acknowledged, and is never read.
TEST_F(CassandraObject, queue_loses_an_entry_that_an_acknowledgement_overtakes) {
  build();
  cut_off("west");
  const OperationId late = act(bob, ObjectType::queue, Action::append, "late");
  lab.run_for(1_s);
  const OperationId seen = act(alice, ObjectType::queue, Action::append, "seen");
  lab.run_for(1_s);
  Request acknowledge = lab.request("accounts", ObjectType::queue, Action::acknowledge, "thing");
  acknowledge.version = lab.answer(seen).version;
  lab.ask(alice, acknowledge);
  lab.run_for(9_s);
  lab.heal();
  expect_converged_within(10_s);
  const OperationId read = act(bob, ObjectType::queue, Action::read_from);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(late), Outcome::ok);
  EXPECT_TRUE(lab.answer(read).values.empty());
}

TEST_F(CassandraObject, queue_reads_in_pages_of_a_thousand) {
  build();
  for (int i = 0; i < 1003; ++i)
    act(alice, ObjectType::queue, Action::append, std::to_string(i));
  lab.run_for(5_s);
  const OperationId first = act(bob, ObjectType::queue, Action::read_from);
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(first).values.size(), 1000u);
  EXPECT_TRUE(lab.converged("accounts"));
}

}  // namespace
}  // namespace cleave::models::store::cassandra
