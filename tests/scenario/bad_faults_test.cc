// Every mistake that a fault can have, one a line.
#include "tests/scenario/bad_input.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace cleave {
namespace {

using test::Case;
using test::check;

TEST(BadInput, faults) {
  constexpr std::string_view kCut = "cut: [us-east, us-west]";
  for (
      const Case& c : std::vector<Case>{
          {"no verb",
           kCut,
           "cute: [us-east, us-west]",
           {"16:38: error: fault: unknown key 'cute'; write 'cut'"}},
          {"nothing like a verb",
           ", cut: [us-east, us-west]",
           "",
           {"16:5: error: fault: found a map with the keys 'name', 'at', 'for'; expected a map "
            "with one of the keys cut, cut_one_way, bridge, majorities_ring, isolate, hold, delay, "
            "jitter, loss, bursty_loss, duplicate, reorder, bandwidth, heal, release, crash, "
            "restart, pause, resume, skew, drift, clock_jump, clock_freeze, disk_slow, disk_full, "
            "lose_unsynced, torn_write, backup, restore_backup, upgrade"}},
          {"two verbs",
           kCut,
           "cut: [us-east, us-west], isolate: us-east",
           {"16:63: error: fault: both 'cut' and 'isolate'; expected one of them; write an item "
            "for each"}},
          {"names nobody",
           kCut,
           "cut: []",
           {"16:43: error: cut: it names nobody; expected a list of two groups or more; write "
            "`cut: [GROUP, GROUP]`; a group is a name or a list of names"}},
          {"one group",
           kCut,
           "cut: [us-east]",
           {"16:43: error: cut: found a list of 1 item; expected a list of two groups or more; "
            "`rest` stands for all nodes that no other group names"}},
          {"a group of nobody",
           kCut,
           "cut: [us-east, []]",
           {"16:53: error: a group that names nobody; expected a name, or a list of names; name a "
            "region, a store, a client group or a node"}},
          {"a stranger",
           kCut,
           "cut: [us-east, us-wset]",
           {"16:53: error: no region, store, client group or node is called 'us-wset'; write "
            "'us-west'"}},
          {"no such node",
           kCut,
           "cut: [us-east, accounts/us-west/1]",
           {"16:53: error: no node is called 'accounts/us-west/1'; write 'accounts/us-west/0'"}},
          {"on two sides",
           kCut,
           "cut: [us-east, accounts]",
           {"16:43: error: 'accounts/us-east/0' is on two sides; expected groups that share no "
            "node; name the node in one group only"}},
          {"role of a stranger",
           kCut,
           "cut: [primary of acounts, rest]",
           {"16:44: error: no store is called 'acounts'; write 'accounts'"}},
          {"rest of all",
           kCut,
           "cut: [us-east, us-west, rest]",
           {"16:43: error: 'rest' is nobody: the other groups name all nodes; expected a group "
            "with nodes in it; leave it out"}},
          {"bridge of two",
           kCut,
           "bridge: [us-east, us-west]",
           {"16:46: error: bridge: found a list of 2 items; expected a list of three groups; write "
            "`bridge: [GROUP, GROUP, GROUP]`; a group is a name or a list of names"}},
          {"ring of two",
           kCut,
           "majorities_ring: [east/0, west]",
           {"16:55: error: a ring of 2 nodes; expected three or more"}},
          {"after the end",
           "at: 10s, for: 20s",
           "at: 60s, for: 20s",
           {"16:23: error: at: it would not begin before the run ends, at 1m; expected a time "
            "within the run; raise run_for, or let it begin earlier"}},
          {"its end after the end",
           "for: 20s",
           "for: 55s",
           {"16:33: error: for: it would end after the run, which ends at 1m; expected at most "
            "50s; leave out `for` if it is not to end, or raise run_for"}},
          {"for nothing",
           "for: 20s",
           "for: 0s",
           {"16:33: error: for: '0s' is out of range; expected a duration of 1ns or more"}},
          {"flaps once",
           "for: 20s",
           "for: 20s, flap: 20s",
           {"16:44: error: flap: it would not come and go: it lasts 20s; expected less than that"}},
          {"delay of nothing",
           kCut,
           "delay: [us-east, us-west], by: 0s",
           {"16:69: error: by: '0s' is out of range; expected a duration of 1ns or more"}},
          {"skew of nothing",
           kCut,
           "skew: us-east, by: 0s",
           {"16:57: error: by: '0s' changes nothing; expected another duration"}},
          {"loss of nothing",
           kCut,
           "loss: [us-east, us-west], probability: 0%",
           {"16:77: error: probability: '0%' changes nothing; expected more than 0%"}},
          {"key of another verb",
           kCut,
           "cut: [us-east, us-west], probability: 1%",
           {"16:63: error: cut: unknown key 'probability'; known: cut, for, flap, at, name, "
            "may_be_inert"}},
          {"a crash that flaps",
           kCut,
           "crash: accounts/us-east/0, flap: 1s",
           {"16:65: error: crash: unknown key 'flap'; known: crash, for, at, name, may_be_inert"}},
          {"called all",
           "name: split",
           "name: all",
           {"16:12: error: name: a fault called 'all'; expected another name; `heal: all` means "
            "all faults",
            "18:47: error: no fault is called 'split'; known: all"}},
          {"heals a stranger",
           "expect:",
           "  - {at: 20s, heal: splti}\nexpect:",
           {"17:21: error: no fault that lasts is called 'splti'; write 'split'"}},
          {"releases a cut",
           "expect:",
           "  - {at: 20s, release: split}\nexpect:",
           {"17:24: error: no hold is called 'split'; the scenario has none"}},
          {"restores what was not backed up",
           "expect:",
           "  - {at: 20s, restore_backup: accounts, from: monday}\nexpect:",
           {"17:47: error: no earlier backup is called 'monday'; the scenario has none"}},
          {"two of one name",
           "expect:",
           "  - {name: split, at: 20s, crash: accounts}\nexpect:",
           {"17:12: error: two faults are called 'split'; expected names that differ; rename one"}},
      })
    check(c);
}

}  // namespace
}  // namespace cleave
