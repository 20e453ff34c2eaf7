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
  std::vector<Diagnostic> mistakes;
};

Read read(const Said& said) {
  Section section;
  for (const auto& [key, value] : said)
    section.entries.push_back({std::string(key), {}, scalar(value)});
  Diagnostics diagnostics;
  const Options options = read_options(section, diagnostics);
  return {options, diagnostics.all()};
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
                         {"reconnect_after", "2s"}});
  ASSERT_TRUE(all.mistakes.empty());
  Options expected;
  expected.heartbeat_every = 50_ms;
  expected.election_timeout = 300_ms;
  expected.longest_election_timeout = 800_ms;
  expected.quorum_within = 400_ms;
  expected.reads = Reads::lease;
  expected.lease = 200_ms;
  expected.reconnect_after = 2_s;
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
