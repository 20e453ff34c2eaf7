#include "sim/scenario/load.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

using test::kStory;
using test::with;

std::vector<Fault> faults_in(std::string_view item) {
  const std::string text =
      with(kStory, "  - {name: split, at: 10s, for: 20s, cut: [us-east, us-west]}\n",
           "  - {name: split, at: 10s, for: 20s, cut: [us-east, us-west]}\n  - {at: 30s, " +
               std::string(item) + "}\n");
  return load_text("story.yaml", text).configurations.at(0).scenario.faults;
}
Fault fault_in(std::string_view item) {
  return faults_in(item).at(1);
}

// "region us-east, path accounts | role primary of accounts": groups as text.
std::string groups_of(const Fault& fault) {
  std::string text;
  for (const auto& group : fault.groups) {
    if (!text.empty()) text += " | ";
    for (std::size_t i = 0; i < group.size(); ++i) {
      constexpr std::array<std::string_view, 4> kHow{"path", "region", "role", "rest"};
      text += (i > 0 ? ", " : "") + std::string(kHow.at(static_cast<std::size_t>(group[i].by)));
      if (group[i].by != Selector::By::rest) text += " " + group[i].text;
      if (!group[i].of.empty()) text += " of " + group[i].of;
    }
  }
  return text;
}

struct Case {
  std::string_view item;
  Verb verb;
  std::string_view groups;
  std::function<bool(const Fault&)> has = [](const Fault&) { return true; };
};

constexpr std::string_view kCoasts = "region us-east | region us-west";

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.item);
    const Fault fault = fault_in(c.item);
    EXPECT_EQ(to_string(fault.verb), to_string(c.verb));
    EXPECT_EQ(groups_of(fault), c.groups);
    EXPECT_TRUE(c.has(fault));
    EXPECT_EQ(fault.at, Time{30'000'000'000});
    EXPECT_EQ(fault.line, 17u);
  }
}

TEST(ReadFaults, of_reach) {
  check({
      {"cut: [us-east, us-west]", Verb::cut, kCoasts},
      {"cut: [[accounts/us-east, east], accounts/us-west/0, west/0]", Verb::cut,
       "path accounts/us-east, path east | path accounts/us-west/0 | path west/0"},
      {"cut: [primary of accounts, rest]", Verb::cut, "role primary of accounts | rest"},
      {"cut_one_way: {from: us-east, to: rest}", Verb::cut_one_way, "region us-east | rest"},
      {"bridge: [east, west, accounts]", Verb::bridge, "path east | path west | path accounts"},
      {"majorities_ring: [accounts, east]", Verb::majorities_ring, "path accounts, path east"},
      {"isolate: accounts/monitor", Verb::isolate, "path accounts/monitor"},
      {"hold: [us-east, us-west]", Verb::hold, kCoasts},
  });
}

TEST(ReadFaults, of_links) {
  check({
      {"delay: [us-east, us-west], by: 20ms", Verb::delay, kCoasts,
       [](const Fault& f) { return f.duration == Duration{20'000'000}; }},
      {"jitter: [us-east, us-west], by: 2ms", Verb::jitter, kCoasts,
       [](const Fault& f) { return f.duration == Duration{2'000'000}; }},
      {"loss: [us-east, us-west], probability: 50%", Verb::loss, kCoasts,
       [](const Fault& f) { return f.probability == 1ull << 63; }},
      {"duplicate: [us-east, us-west], probability: 100%", Verb::duplicate, kCoasts,
       [](const Fault& f) { return f.probability == UINT64_MAX; }},
      {"reorder: [us-east, us-west], probability: 25%, by: 7ms", Verb::reorder, kCoasts,
       [](const Fault& f) {
         return f.probability == 1ull << 62 && f.duration == Duration{7'000'000};
       }},
      {"bursty_loss: [us-east, us-west], to_bad: 25%, to_good: 50%, slot: 5ms", Verb::bursty_loss,
       kCoasts,
       [](const Fault& f) {
         return f.bursts == BurstyLoss{Duration{5'000'000}, 1ull << 62, 1ull << 63, 0, UINT64_MAX};
       }},
      {"bandwidth: [us-east, us-west], rate: 1Mbit/s", Verb::bandwidth, kCoasts,
       [](const Fault& f) { return f.rate == BitRate{1'000'000}; }},
  });
}

TEST(ReadFaults, of_hosts) {
  check({
      {"crash: accounts", Verb::crash, "path accounts"},
      {"crash: [accounts/us-east/0, west], for: 5s", Verb::crash,
       "path accounts/us-east/0, path west",
       [](const Fault& f) { return f.lasts == Duration{5'000'000'000}; }},
      {"restart: us-east", Verb::restart, "region us-east"},
      {"pause: east, for: 1s", Verb::pause, "path east"},
      {"resume: east/1", Verb::resume, "path east/1"},
      {"skew: east, by: -5s", Verb::skew, "path east",
       [](const Fault& f) { return f.duration == Duration{-5'000'000'000}; }},
      {"drift: east, rate: -20ppm", Verb::drift, "path east",
       [](const Fault& f) { return f.parts_per_billion == -20'000; }},
      {"clock_jump: east, by: 1h", Verb::clock_jump, "path east",
       [](const Fault& f) { return f.duration == Duration{3'600'000'000'000}; }},
      {"clock_freeze: east", Verb::clock_freeze, "path east"},
      {"disk_slow: accounts, factor: 10", Verb::disk_slow, "path accounts",
       [](const Fault& f) { return f.factor == 10; }},
      {"disk_full: accounts, for: 2s", Verb::disk_full, "path accounts"},
      {"lose_unsynced: accounts", Verb::lose_unsynced, "path accounts"},
      {"torn_write: accounts", Verb::torn_write, "path accounts"},
      {"backup: accounts, as: monday", Verb::backup, "path accounts",
       [](const Fault& f) { return f.target == "monday"; }},
      {"upgrade: accounts, to: 2", Verb::upgrade, "path accounts",
       [](const Fault& f) { return f.version == 2; }},
  });
}

TEST(ReadFaults, that_end_others) {
  check({
      {"heal: split", Verb::heal, "", [](const Fault& f) { return f.target == "split"; }},
      {"heal: all", Verb::heal, "", [](const Fault& f) { return f.target.empty(); }},
      {"release: all", Verb::release, "", [](const Fault& f) { return f.target.empty(); }},
  });
  const std::vector<Fault> restored = faults_in(
      "backup: accounts, as: monday}\n  - {at: 40s, restore_backup: accounts, from: monday");
  EXPECT_EQ(restored.at(2).verb, Verb::restore_backup);
  EXPECT_EQ(restored.at(2).target, "monday");
}

TEST(ReadFaults, that_come_and_go) {
  const Fault fault = fault_in("for: 10s, flap: 500ms, may_be_inert: true, isolate: east");
  EXPECT_EQ(fault.lasts, Duration{10'000'000'000});
  EXPECT_EQ(fault.flap_every, Duration{500'000'000});
  EXPECT_TRUE(fault.may_be_inert);
}

TEST(ReadFaults, gives_a_name_that_is_free) {
  const std::vector<Fault> faults = faults_in(
      "crash: east}\n  - {at: 31s, crash: west}\n  - {at: 40s, name: crash-1, crash: accounts");
  EXPECT_EQ(faults.at(0).name, "split");
  EXPECT_EQ(faults.at(1).name, "crash-2");
  EXPECT_EQ(faults.at(2).name, "crash-3");
  EXPECT_EQ(faults.at(3).name, "crash-1");
}

}  // namespace
}  // namespace cleave
