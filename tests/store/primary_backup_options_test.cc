// What a scenario may say to primary-backup, and what it is told when it says something else.
#include "models/store/primary_backup/options.h"
#include "sim/base/digest.h"
#include "sim/base/section.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::models::store::primary_backup {
namespace {

using namespace literals;
using Said = std::vector<std::pair<std::string_view, std::string_view>>;

struct Read {
  Choice choice;
  std::vector<Diagnostic> mistakes;
};

Read read(const Said& said, const std::vector<std::string>& replicas = {"us-east", "us-west"}) {
  Section section;
  for (const auto& [key, value] : said)
    section.entries.push_back({std::string(key), {}, scalar(value)});
  Diagnostics diagnostics;
  Choice choice = read_options(section, {"us-east", "us-west", "eu-west"}, replicas, diagnostics);
  return {std::move(choice), diagnostics.all()};
}

TEST(PrimaryBackupOptions, left_out_are_those_of_the_struct) {
  const Read nothing = read({});
  EXPECT_TRUE(nothing.mistakes.empty());
  EXPECT_EQ(digest_of(nothing.choice.options), digest_of(Options{}));
  EXPECT_EQ(nothing.choice.monitor_region, "us-west");
}

TEST(PrimaryBackupOptions, are_read_as_they_are_said) {
  const Read all = read({{"acknowledge", "semi-sync"},
                         {"acks", "2"},
                         {"fallback_after", "3s"},
                         {"sync", "off"},
                         {"reads", "any"},
                         {"fencing", "epoch"},
                         {"lease", "7s"},
                         {"resync", "keep"},
                         {"monitor", "eu-west"},
                         {"heartbeat_every", "500ms"},
                         {"promote_after", "20s"},
                         {"reconnect_after", "9s"}},
                        {"us-east", "us-west", "us-west"});
  ASSERT_TRUE(all.mistakes.empty());
  Options expected;
  expected.acknowledge = Acknowledge::semi_sync;
  expected.acks = 2;
  expected.fallback_after = 3_s;
  expected.sync = Sync::periodic;
  expected.reads = Reads::any;
  expected.fencing = Fencing::epoch;
  expected.lease = 7_s;
  expected.resync = Resync::keep;
  expected.heartbeat_every = 500_ms;
  expected.promote_after = 20_s;
  expected.reconnect_after = 9_s;
  EXPECT_EQ(digest_of(all.choice.options), digest_of(expected));
  EXPECT_EQ(all.choice.monitor_region, "eu-west");
}

TEST(PrimaryBackupOptions, a_lease_is_half_of_promote_after_unless_said) {
  EXPECT_EQ(read({{"fencing", "epoch"}, {"promote_after", "20s"}}).choice.options.lease, 10_s);
}

TEST(PrimaryBackupOptions, without_fallback_semi_sync_waits_for_ever) {
  const Read off = read({{"acknowledge", "semi-sync"}, {"fallback", "off"}});
  EXPECT_TRUE(off.mistakes.empty());
  EXPECT_FALSE(off.choice.options.fallback_after);
}

TEST(PrimaryBackupOptions, that_make_no_sense_are_refused_with_the_reason) {
  struct Row {
    Said said;
    std::vector<std::string> replicas;
    std::string found, advice;
  };
  const std::vector<std::string> two{"us-east", "us-west"};
  for (const Row& row : {
           Row{{{"monitor", "us-wset"}},
               two,
               "monitor: the topology has no region 'us-wset'",
               "write 'us-west'"},
           Row{{{"acknowledge", "semi-sync"}},
               {"us-east"},
               "acknowledge: it waits for 1 of 0 backups",
               "add replicas, or choose async"},
           Row{{{"acknowledge", "semi-sync"}, {"acks", "2"}},
               two,
               "acks: it waits for 2 of 1 backups",
               "add replicas, or choose async"},
           Row{{{"acks", "1"}},
               two,
               "'acks' has no effect when 'acknowledge' is async",
               "remove it"},
           Row{{{"fallback", "off"}},
               two,
               "'fallback' has no effect when 'acknowledge' is async",
               "remove it"},
           Row{{{"acknowledge", "semi-sync"}, {"fallback", "off"}, {"fallback_after", "5s"}},
               two,
               "'fallback_after' has no effect when 'fallback' is off",
               "remove it"},
           Row{{{"lease", "5s"}}, two, "'lease' has no effect when 'fencing' is off", "remove it"},
       }) {
    const Read result = read(row.said, row.replicas);
    ASSERT_EQ(result.mistakes.size(), 1u) << row.found;
    EXPECT_EQ(result.mistakes[0].mistake.found, row.found);
    EXPECT_EQ(result.mistakes[0].mistake.advice, row.advice);
  }
}

}  // namespace
}  // namespace cleave::models::store::primary_backup
