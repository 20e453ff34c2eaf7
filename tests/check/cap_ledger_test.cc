// Small worlds, counted by hand. Alice is in the east with a replica, Bob in the west with another,
// and Europe has a third without clients; Carol is in the west too.
#include "sim/check/cap_ledger.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace cleave::test {
namespace {

using Row = CapLedger::Row;
using Kind = CapLedger::Kind;
using Phase = RequestMark::Phase;

const What kRead{Action::read};

class Cap : public ::testing::Test {
 protected:
  Cap()  // before its first rule a World's Reach knows no nodes
      : reach(0),
        ledger({[this]() -> const Reach& { return reach; },
                {{kEast, kWest, kEurope}},
                {kAlice, kBob, kCarol},
                {{{kAlice, kStore}, kEast}, {{kBob, kStore}, kWest}, {{kCarol, kStore}, kWest}}}),
        story(ledger) {}

  void install(Division division) {
    reach.resize(6);
    reach.install({kSplit, RuleKind::cut, std::move(division), {}, 0});
  }
  // East with Alice, West with Bob and Carol; Europe is with the west.
  void cut() {
    story.fault_begins();
    const std::array<Nodes, 2> sides{Nodes{kEast, kAlice}, Nodes{kWest, kEurope, kBob, kCarol}};
    install(split(sides));
  }
  void heal() {
    story.fault_ends();
    reach.remove(kSplit);
  }
  void request(OperationId operation, NodeId replica, Phase phase) {
    ledger.on(RequestMark{{}, replica, operation, phase});
  }
  OperationId served(NodeId client, const What& what, std::int64_t from, std::int64_t to,
                     std::uint64_t version = 0) {
    const OperationId id = story.at(from).invoke(client, what);
    story.at(to).complete(id, Outcome::ok, {}, version);
    return id;
  }
  std::vector<Row> rows(std::int64_t end_ms, const std::vector<OperationId>& held = {}) {
    UpdateSet set;
    for (const OperationId id : held)
      set.insert(id);
    return ledger.rows(at_ms(end_ms), {set});
  }

  Reach reach;
  CapLedger ledger;
  Story story;
};

TEST_F(Cap, has_a_row_for_each_time_side_and_kind_that_saw_something) {
  served(kAlice, {}, 100, 101);
  story.at(1000);
  cut();
  served(kAlice, {}, 1100, 1101);
  served(kAlice, kRead, 1200, 1201);
  served(kBob, {}, 1300, 1301);
  story.at(2000);
  heal();
  served(kBob, {}, 2100, 2101);
  const std::vector<Row> all = rows(3000);
  ASSERT_EQ(all.size(), 5u);
  const std::array<std::array<std::int64_t, 2>, 5> spans{
      {{0, 1000}, {1000, 2000}, {1000, 2000}, {1000, 2000}, {2000, 3000}}};
  const std::array<std::size_t, 5> sides{1, 2, 2, 2, 1};
  const std::array<Kind, 5> kinds{Kind::updates, Kind::reads, Kind::updates, Kind::updates,
                                  Kind::updates};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(all[i].from, at_ms(spans[i][0])) << i;
    EXPECT_EQ(all[i].to, at_ms(spans[i][1])) << i;
    EXPECT_EQ(all[i].sides, sides[i]) << i;
    EXPECT_EQ(all[i].kind, kinds[i]) << i;
    EXPECT_EQ(all[i].outcomes.total(), 1u) << i;
  }
  EXPECT_EQ(all[0].clients, (std::vector<NodeId>{kAlice, kBob, kCarol}));
  EXPECT_EQ(all[1].clients, std::vector<NodeId>{kAlice});
  EXPECT_EQ(all[1].replicas, std::vector<NodeId>{kEast});
  EXPECT_EQ(all[3].clients, (std::vector<NodeId>{kBob, kCarol}));
  EXPECT_EQ(all[3].replicas, (std::vector<NodeId>{kWest, kEurope}));
}

TEST_F(Cap, counts_outcomes_where_an_operation_was_invoked) {
  const OperationId early = story.at(900).invoke(kAlice);
  story.at(1000);
  cut();
  story.told(kAlice, Outcome::ok);
  story.told(kAlice, Outcome::refused);
  story.told(kAlice, Outcome::conflict);
  story.told(kAlice, Outcome::unavailable);
  story.told(kAlice, Outcome::unknown);
  story.invoke(kAlice);
  story.at(1500).complete(early, Outcome::unknown);
  const std::vector<Row> all = rows(2000);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].outcomes, (OutcomeCounts{0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(all[1].outcomes, (OutcomeCounts{1, 1, 1, 1, 1, 1}));
}

TEST_F(Cap, keeps_latencies_of_what_was_served) {
  served(kAlice, {}, 100, 110);
  served(kAlice, {}, 200, 220);
  served(kAlice, {}, 300, 390);
  story.at(9000).complete(story.at(400).invoke(kAlice), Outcome::unknown);
  const Row row = rows(10'000).at(0);
  ASSERT_TRUE(row.p50 && row.p99);
  EXPECT_NEAR(static_cast<double>(row.p50->ns), 20e6, 20e6 / 128);
  EXPECT_EQ(*row.p99, Duration{90'000'000});
}

TEST_F(Cap, says_how_stale_reads_were) {
  served(kAlice, {}, 100, 110, 1);
  served(kAlice, {}, 200, 210, 2);
  served(kAlice, {}, 300, 310, 3);
  served(kBob, kRead, 400, 410, 1);    // two versions and 190 ms behind
  served(kBob, kRead, 1300, 1310, 2);  // one version and 990 ms
  served(kBob, kRead, 1400, 1410, 3);  // fresh
  story.at(1500).told(kBob, Outcome::unavailable, kRead);
  const Row row = rows(2000).at(0);
  ASSERT_EQ(row.kind, Kind::reads);
  EXPECT_EQ(row.compared, 3u);
  EXPECT_EQ(row.stale, 2u);
  EXPECT_EQ(row.most_behind, 2u);
  EXPECT_EQ(row.most_late, Duration{990'000'000});
}

TEST_F(Cap, does_not_call_stale_what_overlaps_nor_maps) {
  const OperationId read = story.at(100).invoke(kBob, kRead);
  served(kAlice, {}, 110, 120, 1);
  story.at(130).complete(read, Outcome::ok, {}, 0);
  Invoked field;
  field.id = {kBob, 100};
  field.store = kStore;
  field.key = kChat;
  field.type = ObjectType::map;
  field.at = at_ms(200);
  ledger.on(field);
  Completed answer;
  answer.id = field.id;
  answer.at = at_ms(210);
  answer.outcome = Outcome::ok;
  ledger.on(answer);
  const Row row = rows(1000).at(0);
  EXPECT_EQ(row.outcomes.ok, 2u);
  EXPECT_EQ(row.compared, 0u);
  EXPECT_EQ(row.stale, 0u);
}

TEST_F(Cap, forgets_old_versions_and_says_no_read_is_later_than_it_is) {
  const std::int64_t versions = CapLedger::kMostVersions * 3;
  for (std::int64_t v = 1; v <= versions; ++v)
    served(kAlice, {}, v * 10, v * 10 + 1, static_cast<std::uint64_t>(v));
  served(kBob, kRead, versions * 10 + 100, versions * 10 + 101, 1);
  const Row row = rows(versions * 20).at(0);
  EXPECT_EQ(row.stale, 1u);
  EXPECT_EQ(row.most_behind, static_cast<std::uint64_t>(versions - 1));
  EXPECT_GT(row.most_late, Duration{1'000'000'000});
  EXPECT_LT(row.most_late, Duration{(versions - 2) * 10'000'000 + 99'000'000});
}

TEST_F(Cap, finds_lost_updates_where_they_were_acknowledged) {
  const OperationId kept = served(kAlice, {}, 100, 101);
  story.at(1000);
  cut();
  served(kAlice, {}, 1100, 1101);  // lost
  served(kAlice, {}, 1200, 1201);  // lost
  const OperationId west = served(kBob, {}, 1300, 1301);
  story.at(1400).told(kBob, Outcome::refused);  // no promise
  const std::vector<Row> all = rows(2000, {kept, west});
  ASSERT_EQ(all.size(), 3u);
  const std::array<std::array<std::uint64_t, 2>, 3> expected{{{1, 0}, {2, 2}, {1, 0}}};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(all[i].acknowledged, expected[i][0]) << i;
    EXPECT_EQ(all[i].lost, expected[i][1]) << i;
  }
}

TEST_F(Cap, says_which_unknown_updates_were_made) {
  const OperationId made = story.at(100).told(kAlice, Outcome::unknown);
  story.told(kAlice, Outcome::unknown);
  const OperationId open = story.invoke(kAlice);
  story.told(kAlice, Outcome::unavailable);
  const Row row = rows(1000, {made, open}).at(0);
  EXPECT_EQ(row.outcomes.unknown, 2u);
  EXPECT_EQ(row.outcomes.open, 1u);
  EXPECT_EQ(row.unknown_held, 2u);
}

TEST_F(Cap, counts_as_sticky_who_reaches_the_nearest_replica_and_as_reaching_who_reaches_any) {
  story.at(100).told(kBob, Outcome::ok);
  story.goes_down(kWest);
  story.told(kBob, Outcome::ok);  // Europe is up
  story.goes_down(kEurope);
  story.told(kBob, Outcome::unavailable);  // the east is
  story.goes_down(kEast);
  story.told(kBob, Outcome::unavailable);
  story.comes_up(kWest);
  story.told(kBob, Outcome::unknown);
  const Row row = rows(1000).at(0);
  EXPECT_EQ(row.reaching.operations, 4u);
  EXPECT_EQ(row.reaching.served, 2u);
  EXPECT_EQ(row.sticky.operations, 2u);
  EXPECT_EQ(row.sticky.served, 1u);
}

TEST_F(Cap, takes_a_way_in_one_direction_for_none) {
  story.at(100).fault_begins();
  const std::array<NodeId, 1> west{kWest};
  const std::array<NodeId, 1> bob{kBob};
  install(one_way(west, bob));
  story.told(kBob, Outcome::ok);
  const Row row = rows(1000).at(0);
  EXPECT_EQ(row.sticky.operations, 0u);
  EXPECT_EQ(row.reaching.operations, 1u);
}

TEST_F(Cap, counts_requests_that_live_replicas_answered_as_gilbert_and_lynch_do) {
  story.at(1000);
  cut();
  const OperationId first = story.invoke(kAlice);
  request(first, kEast, Phase::received);
  request(first, kEast, Phase::received);  // sent again: still one request
  request(first, kEast, Phase::answered);
  request(first, kEast, Phase::answered);
  story.complete(first, Outcome::ok);
  const OperationId second = story.invoke(kBob);
  request(second, kEurope, Phase::received);
  request(second, kEurope, Phase::passed_on);
  request(second, kWest, Phase::received);
  request(second, kWest, Phase::answered);
  story.complete(second, Outcome::ok);
  const OperationId third = story.invoke(kBob);
  request(third, kEurope, Phase::received);
  request(third, kEurope, Phase::passed_on);
  request(third, kWest, Phase::received);
  story.complete(third, Outcome::unknown);
  request(third, kWest, Phase::answered);  // nobody waits for it any more
  const OperationId fourth = story.invoke(kBob);
  request(fourth, kWest, Phase::received);
  request(fourth, kWest, Phase::turned_away);
  story.complete(fourth, Outcome::unavailable);
  const std::vector<Row> all = rows(2000);
  ASSERT_EQ(all.size(), 2u);
  ASSERT_EQ(all[0].requests.size(), 1u);
  EXPECT_EQ(all[0].requests[0].received, 1u);
  EXPECT_EQ(all[0].requests[0].answered, 1u);
  ASSERT_EQ(all[1].requests.size(), 2u);
  EXPECT_EQ(all[1].requests[0].replica, kWest);
  EXPECT_EQ(all[1].requests[0].received, 3u);
  EXPECT_EQ(all[1].requests[0].answered, 1u);
  EXPECT_EQ(all[1].requests[1].replica, kEurope);
  EXPECT_EQ(all[1].requests[1].received, 2u);
  EXPECT_EQ(all[1].requests[1].answered, 1u);
}

TEST_F(Cap, excuses_a_replica_that_crashes_before_it_answers) {
  const OperationId id = story.at(100).invoke(kAlice);
  request(id, kEast, Phase::received);
  story.goes_down(kEast);
  story.comes_up(kEast);
  request(id, kEast, Phase::received);
  request(id, kEast, Phase::answered);
  story.complete(id, Outcome::ok);
  const Row row = rows(1000).at(0);
  EXPECT_EQ(row.requests[0].received, 1u);
  EXPECT_EQ(row.requests[0].answered, 1u);
}

TEST_F(Cap, excuses_a_crash_once_and_not_what_comes_after_it) {
  const OperationId id = story.at(100).invoke(kAlice);
  request(id, kEast, Phase::received);
  story.goes_down(kEast);
  story.comes_up(kEast);
  request(id, kEast, Phase::received);
  story.complete(id, Outcome::unknown);
  const Row row = rows(1000).at(0);
  EXPECT_EQ(row.requests[0].received, 1u);
  EXPECT_EQ(row.requests[0].answered, 0u);
}

TEST_F(Cap, begins_with_the_fault_if_nobody_asked_before) {
  story.at(1000);
  cut();
  served(kAlice, {}, 1100, 1101);
  EXPECT_EQ(rows(2000).at(0).from, at_ms(1000));
}

TEST_F(Cap, has_no_more_windows_than_its_bound) {
  for (std::int64_t i = 0; i < 1000; ++i) {
    story.at(100 + i);
    i % 2 == 0 ? cut() : heal();
    story.told(kAlice, Outcome::ok);
  }
  const std::vector<Row> all = rows(5000);
  ASSERT_EQ(all.size(), CapLedger::kMostWindows);
  EXPECT_EQ(all.back().to, at_ms(5000));
  std::uint64_t operations = 0;
  for (const Row& row : all)
    operations += row.outcomes.total();
  EXPECT_EQ(operations, 1000u);
}

TEST_F(Cap, leaves_out_whoever_is_no_client) {
  story.at(100).told(kEast, Outcome::ok);
  EXPECT_TRUE(rows(1000).empty());
}

}  // namespace
}  // namespace cleave::test
