// What a scenario may say to raft, and what it is told when it says something else.
#include "models/store/raft/options.h"
#include "sim/base/digest.h"
#include "sim/base/section.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::models::store::raft {
namespace {

using namespace literals;
using Said = std::vector<std::pair<std::string_view, std::string_view>>;

struct Read {
  Options options;
  Administration administration;
  std::vector<Diagnostic> mistakes;
};

Read read_section(const Section& section) {
  Diagnostics diagnostics;
  const Setting setting{{"east", "west"}, {"east", "east", "west"}, 10_s};
  const Choice choice = read_options(section, setting, diagnostics);
  return {choice.options, choice.administration, diagnostics.all()};
}

Read read(const Said& said) {
  Section section;
  for (const auto& [key, value] : said)
    section.entries.push_back({std::string(key), {}, scalar(value)});
  return read_section(section);
}

TEST(RaftOptions, left_out_are_those_of_the_preset) {
  EXPECT_EQ(digest_of(read({}).options), digest_of(Options{}));
  EXPECT_EQ(digest_of(read({{"preset", "etcd"}}).options), digest_of(etcd()));
  EXPECT_EQ(digest_of(read({{"preset", "waraft-default"}}).options), digest_of(waraft()));
  EXPECT_NE(digest_of(etcd()), digest_of(waraft()));
}

TEST(RaftOptions, are_read_as_they_are_said) {
  const Read all = read({{"preset", "waraft-default"},
                         {"heartbeat_every", "50ms"},
                         {"election_timeout", "300ms"},
                         {"longest_election_timeout", "800ms"},
                         {"pre_vote", "on"},
                         {"check_quorum", "on"},
                         {"quorum_within", "400ms"},
                         {"reads", "lease"},
                         {"lease", "200ms"},
                         {"reconnect_after", "2s"},
                         {"entries_per_message", "5"},
                         {"snapshot_every", "7"},
                         {"keep_entries", "3"}});
  ASSERT_TRUE(all.mistakes.empty());
  Options expected;
  expected.heartbeat_every = 50_ms;
  expected.election_timeout = 300_ms;
  expected.longest_election_timeout = 800_ms;
  expected.quorum_within = 400_ms;
  expected.reads = Reads::lease;
  expected.lease = 200_ms;
  expected.reconnect_after = 2_s;
  expected.entries_per_message = 5;
  expected.snapshot_every = 7;
  expected.keep_entries = 3;
  EXPECT_EQ(digest_of(all.options), digest_of(expected));

  const Read off = read({{"pre_vote", "off"},
                         {"check_quorum", "off"},
                         {"vote_stickiness", "off"},
                         {"transport", "datagram"}});
  ASSERT_TRUE(off.mistakes.empty());
  expected = {};
  expected.pre_vote = expected.check_quorum = expected.vote_stickiness = false;
  expected.transport = Transport::datagram;
  EXPECT_EQ(digest_of(off.options), digest_of(expected));
  EXPECT_EQ(read({{"reads", "log"}}).options.reads, Reads::log);
  EXPECT_EQ(read({{"reads", "local"}}).options.reads, Reads::local);
}

TEST(RaftOptions, name_every_planted_bug) {
  for (const PlantedBug& planted : kBugs) {
    const Read one = read({{"bugs", planted.name}});
    EXPECT_TRUE(one.mistakes.empty()) << planted.name;
    EXPECT_EQ(one.options.bugs, std::set{planted.bug});
  }
  EXPECT_TRUE(read({}).options.bugs.empty());
}

TEST(RaftOptions, follow_the_election_timeout_unless_said) {
  const Options etcd = read({{"election_timeout", "3s"}}).options;
  EXPECT_EQ(etcd.longest_election_timeout, 6_s);
  EXPECT_EQ(etcd.quorum_within, 3_s);
  EXPECT_EQ(etcd.lease, 1500_ms);
  const Options waraft = read({{"preset", "waraft-default"}, {"election_timeout", "2s"}}).options;
  EXPECT_EQ(waraft.longest_election_timeout, 3_s);
  EXPECT_EQ(waraft.quorum_within, 30_s);
}

// ---- administration
// ------------------------------------------------------------------------------

Section chores(const std::vector<Said>& items) {
  std::vector<Section> list;
  for (const Said& said : items) {
    Section item;
    for (const auto& [key, value] : said)
      item.entries.push_back({std::string(key), {}, scalar(value)});
    list.push_back(std::move(item));
  }
  return list_of(std::move(list));
}

Read administered(const std::vector<std::string_view>& spares, Section administration) {
  std::vector<Section> names;
  for (const std::string_view spare : spares)
    names.push_back(scalar(spare));
  return read_section(map_of({{"spares", list_of(std::move(names))},
                              {"administration", std::move(administration)},
                              {"administrator", scalar("west")}}));
}

TEST(RaftOptions, of_the_administration_are_read_in_order) {
  const Read read = administered(
      {"east/1"}, chores({{{"at", "5s"}, {"add", "east/1"}},
                          {{"at", "7s"}, {"transfer_to", "east/1"}},
                          {{"at", "7s"}, {"remove", "west/0"}, {"may_be_inert", "true"}},
                          {{"at", "9s"}, {"add", "west/0"}}}));
  ASSERT_TRUE(read.mistakes.empty()) << read.mistakes[0].mistake.found;
  const Administration expected{{1},
                                {{Time{} + 5_s, Order::Task::add, 1},
                                 {Time{} + 7_s, Order::Task::transfer, 1},
                                 {Time{} + 7_s, Order::Task::remove, 2},
                                 {Time{} + 9_s, Order::Task::add, 2}},
                                "west",
                                {{Time{} + 5_s, "add east/1"},
                                 {Time{} + 7_s, "transfer_to east/1"},
                                 {Time{} + 7_s, "remove west/0", 0, true},
                                 {Time{} + 9_s, "add west/0"}}};
  EXPECT_EQ(digest_of(read.administration), digest_of(expected));
}

TEST(RaftOptions, of_an_administration_that_cannot_be_done_are_refused) {
  struct Row {
    std::vector<std::string_view> spares;
    std::vector<Said> chores;
    std::string found, advice;
  };
  const Said remove_west{{"at", "1s"}, {"remove", "west/0"}};
  const Said add_east{{"at", "1s"}, {"add", "east/0"}};
  for (const Row& row : {
           Row{{},
               {add_east},
               "add: 'east/0' belongs to the group already",
               "declare it in `spares`"},
           Row{{"east/1"},
               {{{"at", "1s"}, {"transfer_to", "east/1"}}},
               "transfer_to: 'east/1' does not belong to the group then",
               "add it before"},
           Row{{},
               {remove_west, remove_west},
               "remove: 'west/0' does not belong to the group then",
               "add it before"},
           Row{{"east/1", "east/0"},
               {remove_west},
               "remove: 'west/0' is the last replica of the group",
               "add another before"},
           Row{{"east/1", "east/1"},
               {remove_west},
               "spares: 'east/1' stands there twice",
               "leave one of the two out"},
           Row{{"east/0", "east/1", "west/0"},
               {add_east},
               "spares: every replica is a spare, and nobody would elect a leader",
               "leave one out"},
           Row{{},
               {{{"at", "1s"}, {"remove", "east/7"}}},
               "remove: the store has no replica 'east/7'",
               "write 'east/0'"},
           Row{{}, {{{"at", "1s"}}}, "at: nothing is to be done", "write `add: REPLICA`"},
           Row{{},
               {{{"at", "1s"}, {"remvoe", "east/0"}}},
               "administration: unknown key 'remvoe'",
               "write 'remove'"},
           Row{{},
               {{{"at", "1s"}, {"remove", "east/0"}, {"transfer_to", "east/1"}}},
               "at: several things at once",
               "make them items of their own"},
           Row{{},
               {{{"at", "10s"}, {"remove", "west/0"}}},
               "at: it would not begin before the run ends, at 10s",
               "raise run_for, or let it begin earlier"},
           Row{{},
               {{{"at", "2s"}, {"transfer_to", "east/0"}}, remove_west},
               "at: it stands after a later one",
               "move it up"},
       }) {
    const Read result = administered(row.spares, chores(row.chores));
    ASSERT_EQ(result.mistakes.size(), 1u) << row.found;
    EXPECT_EQ(result.mistakes[0].mistake.found, row.found);
    EXPECT_EQ(result.mistakes[0].mistake.advice, row.advice) << row.found;
  }
}

TEST(RaftOptions, that_make_no_sense_are_refused_with_the_reason) {
  struct Row {
    Said said;
    std::string found, advice;
  };
  for (const Row& row : {
           Row{{{"election_timeout", "2s"}, {"longest_election_timeout", "2s"}},
               "longest_election_timeout: it is no longer than election_timeout, and replicas "
               "would "
               "seek to lead at once",
               "leave it out"},
           Row{{{"reads", "lease"}, {"vote_stickiness", "off"}},
               "reads: a lease without vote stickiness: nothing keeps the others from electing "
               "another leader while it lasts",
               "choose read-index"},
           Row{{{"lease", "1s"}}, "'lease' has no effect when 'reads' is not lease", "remove it"},
           Row{{{"check_quorum", "off"}, {"quorum_within", "1s"}},
               "'quorum_within' has no effect when 'check_quorum' is off",
               "remove it"},
           Row{{{"snapshot_every", "0"}, {"keep_entries", "10"}},
               "'keep_entries' has no effect when 'snapshot_every' is 0",
               "remove it"},
           Row{{{"administrator", "west"}},
               "'administrator' has no effect when there is no 'administration'",
               "remove it"},
           Row{{{"spares", "west/1"}},
               "spares: the store has no replica 'west/1'",
               "write 'west/0'"},
           Row{{{"transport", "datagram"}, {"reconnect_after", "1s"}},
               "'reconnect_after' has no effect when 'transport' is datagram",
               "remove it"},
       }) {
    const Read result = read(row.said);
    ASSERT_EQ(result.mistakes.size(), 1u) << row.found;
    EXPECT_EQ(result.mistakes[0].mistake.found, row.found);
    EXPECT_EQ(result.mistakes[0].mistake.advice, row.advice);
  }
}

}  // namespace
}  // namespace cleave::models::store::raft
