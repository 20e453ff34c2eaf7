// Every mistake that a scenario can have, one a line: what stands there instead of what, and the
// whole of what is said about it. The places are those of the changed text.
#include "sim/scenario/load.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cleave {
namespace {

using test::kStory;
using test::with;

// "LINE:COLUMN: WHAT; EXPECTED; ADVICE" of each mistake.
std::vector<std::string> mistakes_in(const std::string& text) {
  std::vector<std::string> lines;
  try {
    load_text("x", text);
  } catch (const ScenarioError& error) {
    for (const Diagnostic& diagnostic : error.diagnostics().all()) {
      const std::string whole = format(diagnostic);
      lines.push_back(whole.substr(2, whole.find('\n') - 2));
    }
  }
  return lines;
}

struct Case {
  std::string_view name;
  std::string_view from, to;
  std::vector<std::string_view> said;
};

void check(const Case& c) {
  SCOPED_TRACE(c.name);
  const std::vector<std::string> said = mistakes_in(with(kStory, c.from, c.to));
  std::string all;
  for (const std::string& line : said)
    all += "\n  " + line;
  ASSERT_EQ(said.size(), c.said.size()) << all;
  for (std::size_t i = 0; i < said.size(); ++i)
    EXPECT_EQ(said[i], c.said[i]);
}

TEST(BadInput, story_itself_is_right) {
  EXPECT_EQ(mistakes_in(std::string(kStory)), std::vector<std::string>{});
}

TEST(BadInput, whole) {
  for (const Case& c : std::vector<Case>{
           {"unknown key",
            "name: Two",
            "nam: Two",
            {"2:1: error: scenario: unknown key 'nam'; write 'name'"}},
           {"no unit",
            "run_for: 60s",
            "run_for: 60",
            {"3:10: error: run_for: '60' has no unit; expected a duration of 1us or more; write "
             "60s or 60ms"}},
           {"runs for nothing",
            "run_for: 60s",
            "run_for: 0s",
            {"3:10: error: run_for: '0s' is out of range; expected a duration of 1us or more"}},
           {"another format",
            "cleave: 1",
            "cleave: 2",
            {"1:9: error: cleave: '2' is out of range; expected 1"}},
           {"reserved",
            "clients:\n",
            "people: {anna: {}}\nclients:\n",
            {"10:1: error: 'people' is reserved for people with devices, which this version does "
             "not have; remove it; `stores`, `clients` and `workload` say who does what"}},
           {"region and group of one name",
            "  west: {region",
            "  us-west: {region",
            {"12:3: error: 'us-west' is a region and a client group; expected names that differ, "
             "for faults choose nodes by them; rename one",
             "14:39: error: no client group is called 'west'; known: east, us-west"}},
           {"a name with a dot",
            "  east: {count",
            "  e.ast: {count",
            {"11:3: error: 'e.ast' is not a name; expected a name of letters, digits, '-' and '_' "
             "that begins with a letter or a digit",
             "14:33: error: no client group is called 'east'; write 'e.ast'"}},
           {"rest",
            "  accounts: {engine",
            "  rest: {engine",
            {"9:3: error: a store called 'rest'; expected another name; faults use this word for "
             "themselves",
             "14:61: error: no store is called 'accounts'; known: rest",
             "18:17: error: no store is called 'accounts'; known: rest"}},
       })
    check(c);
}

TEST(BadInput, topology) {
  constexpr std::string_view kRegions = "regions: [us-east, us-west]";
  for (const Case& c : std::vector<Case>{
           {"unknown table",
            "aws-2017",
            "aws-2071",
            {"5:12: error: no latency table is called 'aws-2071'; write 'aws-2017'"}},
           {"no regions",
            kRegions,
            "regions: []",
            {"6:12: error: regions: no region; expected one or more; name one, such as us-east"}},
           {"unknown region",
            kRegions,
            "regions: [us-east, us-west, us-wset]",
            {"6:31: error: aws-2017 has no region 'us-wset'; expected a region of the table, or "
             "links that say how far it is; write 'us-west'"}},
           {"twice",
            kRegions,
            "regions: [us-east, us-west, us-east]",
            {"6:31: error: the region 'us-east' is there twice; remove one"}},
           {"two names of one",
            kRegions,
            "regions: [us-east, us-west, us-east-1]",
            {"6:31: error: 'us-east-1' and 'us-east' are one region of aws-2017 under two names; "
             "remove one"}},
           {"unknown profile",
            "{phone: 4g}",
            "{phone: 5}",
            {"7:19: error: no access profile is called '5'; write '5g'"}},
           {"link of one region",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{between: [us-east], rtt: 1ms}]",
            {"7:21: error: between: found a list of 1 item; expected two regions; write one item "
             "for each pair"}},
           {"link to itself",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{from: us-east, to: us-east, loss: 1%}]",
            {"7:11: error: a link from 'us-east' to itself; expected two different regions; "
             "`local_rtt` of the topology is for links within a region"}},
           {"link to nowhere",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{from: us-east, to: us-wset}]",
            {"7:31: error: no region of the topology is called 'us-wset'; write 'us-west'"}},
           {"link without ends",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{loss: 1%}]",
            {"7:11: error: a link without its ends; expected `between`, or `from` and `to`; add "
             "`between: [REGION, REGION]`"}},
           {"between and from",
            kRegions,
            "regions: [us-east, us-west]\n"
            "  links: [{between: [us-east, us-west], from: us-east}]",
            {"7:11: error: a link with both 'between' and 'from' or 'to'; expected one of them; "
             "write `from` and `to` for one direction"}},
           {"link twice",
            kRegions,
            "regions: [us-east, us-west]\n"
            "  links: [{between: [us-east, us-west]}, {between: [us-west, us-east]}]",
            {"7:42: error: the link from 'us-west' to 'us-east' is described twice; join the two"}},
           {"round trip one way",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{from: us-east, to: us-west, rtt: 3ms}]",
            {"7:45: error: rtt: a round trip of one direction; expected a time one way; write "
             "`latency: 1.5ms`"}},
           {"queue of nothing",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{between: [us-east, us-west], queue: 1kB}]",
            {"7:41: error: 'queue' has no effect without 'bandwidth'; remove it"}},
           {"bursts",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{between: [us-east, us-west], bursts: "
            "{to_bad: 60%, to_good: 60%}}]",
            {"7:72: error: to_good: 'to_bad' and 'to_good' add up to more than 100%; expected at "
             "most 100%; a state that lasts makes a burst"}},
           {"no distance",
            "latency: aws-2017\n  regions: [us-east, us-west]",
            "regions: [us-east, us-west]",
            {"5:22: error: no way between 'us-west' and 'us-east'; expected links that join all "
             "regions, there and back; add `{between: [us-east, us-west], rtt: ...}` to links"}},
           {"probability without a unit",
            kRegions,
            "regions: [us-east, us-west]\n  links: [{between: [us-east, us-west], loss: 0.1}]",
            {"7:47: error: loss: '0.1' has no unit; expected a probability from 0% to 100% such as "
             "0.1%; write 10% if it is a share of 1, 0.1% if it is a percentage"}},
           {"timeouts",
            kRegions,
            "regions: [us-east, us-west]\n"
            "  connections: {minimum_timeout: 2s, maximum_timeout: 1s}",
            {"7:55: error: maximum_timeout: 1s is less than the minimum timeout; expected 2s or "
             "more"}},
       })
    check(c);
}

TEST(BadInput, stores_and_clients) {
  for (const Case& c : std::vector<Case>{
           {"unknown engine",
            "engine: primary-backup",
            "engine: primary-bakcup",
            {"9:22: error: no engine is called 'primary-bakcup'; write 'primary-backup'"}},
           {"unknown region",
            "replicas: {us-east: 1, us-west: 1}",
            "replicas: {us-east: 1, us-wset: 1}",
            {"9:61: error: no region of the topology is called 'us-wset'; write 'us-west'"}},
           {"no replicas",
            "replicas: {us-east: 1, us-west: 1}",
            "replicas: {}",
            {"9:48: error: replicas: a store without replicas; expected one or more; write "
             "`replicas: {REGION: 1}`"}},
           {"zero replicas",
            "replicas: {us-east: 1, us-west: 1}",
            "replicas: {us-east: 0}",
            {"9:58: error: replicas: '0' is out of range; expected an integer from 1 to 100"}},
           {"unknown option",
            "us-west: 1}}",
            "us-west: 1}, options: {fencig: epoch}}",
            {"9:84: error: primary-backup: unknown key 'fencig'; write 'fencing'"}},
           {"nobody",
            "{count: 2, region",
            "{count: 0, region",
            {"11:17: error: count: '0' is out of range; expected an integer from 1 to 100000"}},
           {"client in no region",
            "region: us-west, device",
            "region: us-wset, device",
            {"12:18: error: no region of the topology is called 'us-wset'; write 'us-west'"}},
           {"client without region",
            "{count: 2, region: us-east}",
            "{count: 2}",
            {"11:9: error: client group: 'region' is missing; expected a name; add `region: ...`"}},
           {"unknown device",
            "device: phone",
            "device: phnoe",
            {"12:35: error: no device of topology.access is called 'phnoe'; write 'phone'"}},
       })
    check(c);
}

TEST(BadInput, workload) {
  for (const Case& c : std::vector<Case>{
           {"by nobody",
            "by: [east, west]",
            "by: []",
            {"14:32: error: by: a workload by nobody; expected one client group or more; name "
             "one"}},
           {"by a stranger",
            "by: [east, west]",
            "by: [east, wset]",
            {"14:39: error: no client group is called 'wset'; write 'west'"}},
           {"twice",
            "by: [east, west]",
            "by: [east, east]",
            {"14:39: error: 'east' is there twice; expected each group once; remove one"}},
           {"no pace",
            "every: 10ms, ",
            "",
            {"14:5: error: a workload without a pace; expected one of `every`, `rate` and "
             "`in_flight`; write `every: 10ms`, say"}},
           {"two paces",
            "every: 10ms",
            "every: 10ms, in_flight: 1",
            {"14:5: error: a workload with both 'every' and 'in_flight'; expected one of `every`, "
             "`rate` and `in_flight`; remove one"}},
           {"every 0",
            "every: 10ms",
            "every: 0ms",
            {"14:22: error: every: '0ms' is out of range; expected a duration of 1ns or more"}},
           {"a rate without a unit",
            "every: 10ms",
            "rate: 200",
            {"14:21: error: rate: '200' is no rate; expected a number for each second, minute or "
             "hour; write `200/s`, `30/m` or `1000/h`"}},
           {"think in an open loop",
            "every: 10ms",
            "every: 10ms, think: 1s",
            {"14:28: error: 'think' has no effect with these actions in an open loop; remove it"}},
           {"unknown action",
            "do: write",
            "do: wriet",
            {"14:50: error: no action is called 'wriet'; write 'write'"}},
           {"weight of nothing",
            "do: write",
            "do: {write: 0, read: 1}",
            {"14:58: error: weight: found '0'; expected an integer from 1 to 1000000"}},
           {"actions of two types",
            "do: write",
            "do: {write: 1, append: 1}",
            {"14:50: error: do: no type of object has all these actions; expected actions of one "
             "type; write an item for each type"}},
           {"no such action",
            "do: write",
            "do: write, object: log",
            {"14:50: error: do: a log cannot do this; expected some of read_from, append"}},
           {"unknown store",
            "on: accounts",
            "on: acounts",
            {"14:61: error: no store is called 'acounts'; write 'accounts'"}},
           {"after the end",
            "to: 40s",
            "to: 90s",
            {"14:10: error: to: it would end after the run, which ends at 1m; expected at most 1m; "
             "leave out `to`, or raise run_for"}},
           {"ends before it begins",
            "to: 40s",
            "from: 50s, to: 40s",
            {"14:21: error: to: it would end at 40s, and begin at 50s; expected an end after the "
             "beginning"}},
           {"begins after the run",
            "to: 40s",
            "from: 60s",
            {"14:12: error: from: it would begin after the run, which ends at 1m; expected a time "
             "within the run"}},
           {"range",
            "user-{0..9}",
            "user-{9..0}",
            {"14:76: error: key: 'user-{9..0}' has a range that ends before it begins; expected a "
             "name, or names with one range; write `user-{0..99}`, in quotes"}},
           {"range without numbers",
            "user-{0..9}",
            "user-{a..z}",
            {"14:76: error: key: 'user-{a..z}' has a range without two numbers; expected a name, "
             "or names with one range; write `user-{0..99}`, in quotes"}},
           {"open range",
            "user-{0..9}",
            "user-{0..9",
            {"14:76: error: key: 'user-{0..9' has a '{' without a '}'; expected a name, or names "
             "with one range; write `user-{0..99}`, in quotes"}},
           {"zipf in order",
            "\"user-{0..9}\"",
            "\"user-{0..9}\", order: sequential, zipf: 0.9",
            {"14:116: error: zipf: a distribution over keys that are taken in order; expected one "
             "of the two; remove 'order' or 'zipf'"}},
           {"zipf with four decimals",
            "\"user-{0..9}\"",
            "\"user-{0..9}\", zipf: 0.9999",
            {"14:97: error: zipf: more than three decimals; expected an exponent such as 0.99"}},
           {"zipf of too many keys",
            "\"user-{0..9}\"",
            "\"user-{0..2000000}\", zipf: 1",
            {"14:103: error: zipf: a distribution over 2000001 keys; expected at most 1048576"}},
           {"too many keys",
            "user-{0..9}",
            "user-{0..10000000}",
            {"14:76: error: key: 'user-{0..10000000}' has more than 10000000 keys; expected a "
             "name, or names with one range; write `user-{0..99}`, in quotes"}},
           {"amount of a write",
            "do: write",
            "do: write, amount: 2",
            {"14:57: error: 'amount' has no effect with these actions in an open loop; remove it"}},
           {"backoff above its most",
            "do: write",
            "do: write, backoff: 9s",
            {"14:66: error: backoff: 'most_backoff' is 5s, less than 'backoff', which is 9s; "
             "expected as much or more"}},
           {"zipf of one key",
            "\"user-{0..9}\"",
            "one, zipf: 0.99",
            {"14:87: error: zipf: a distribution over one key; expected a range of keys; write "
             "`key: \"user-{0..99}\"`, or remove it"}},
       })
    check(c);
}

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

TEST(BadInput, expectations) {
  constexpr std::string_view kConverges = "converges: accounts, within: 10s, after: split";
  for (const Case& c : std::vector<Case>{
           {"unknown judge",
            kConverges,
            "convreges: accounts, within: 10s",
            {"18:6: error: expectation: unknown key 'convreges'; write 'converges'"}},
           {"unknown store",
            kConverges,
            "converges: acounts, within: 10s",
            {"18:17: error: no store is called 'acounts'; write 'accounts'"}},
           {"unknown fault",
            kConverges,
            "converges: accounts, within: 10s, after: splti",
            {"18:47: error: no fault is called 'splti'; write 'split'"}},
           {"no bound",
            kConverges,
            "converges: accounts",
            {"18:5: error: converges: 'within' is missing; expected a duration of 1ns or more; add "
             "`within: ...`"}},
           {"bound of nothing",
            kConverges,
            "converges: accounts, within: 0s",
            {"18:35: error: within: '0s' is out of range; expected a duration of 1ns or more"}},
           {"unknown group",
            kConverges,
            "available: accounts, group: esat",
            {"18:34: error: no client group is called 'esat'; write 'east'"}},
           {"unknown verdict",
            kConverges,
            "fifo: accounts, verdict: broken",
            {"18:31: error: verdict: 'broken' is unknown; expected one of holds, violated, "
             "undecided, vacuous"}},
           {"two judges",
            kConverges,
            "fifo: accounts, available: accounts",
            {"18:22: error: expectation: both 'fifo' and 'available'; expected one of them; write "
             "an item for each"}},
           {"a fault that has an effect",
            kConverges,
            "without_effect: split",
            {"18:22: error: without_effect: the fault may not be without effect; add "
             "`may_be_inert: true` to it"}},
       })
    check(c);
}

TEST(BadInput, comparisons) {
  constexpr std::string_view kExpect = "  - {converges: accounts, within: 10s, after: split}\n";
  const std::string before =
      "  - {lost-acknowledged-writes: accounts, verdict: violated}\ncompare:\n  ";
  for (const auto& [name, entry, said] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"no path", "a: {set: {store.accounts: 1}, expect: []}\n",
            "20:13: error: the scenario has no 'store'; write 'stores'"},
           {"a path to nothing", "a: {set: {stores.acounts.engine: raft}, expect: []}\n",
            "20:13: error: 'stores' has no 'acounts'; write 'accounts'"},
           {"a wrong value", "a: {set: {run_for: 60}, expect: []}\n",
            "20:22: error: run_for: '60' has no unit; expected a duration of 1us or more; write "
            "60s or 60ms"},
           {"nothing set", "a: {set: {}, expect: []}\n",
            "20:12: error: set: found an empty map; expected a map from paths to values; write "
            "`set: {stores.NAME.options.KEY: VALUE}`"},
           {"no expectations", "a: {set: {run_for: 61s}}\n",
            "20:6: error: comparison: 'expect' is missing; expected a list, each item a map: "
            "expectation; add `expect: ...`"},
           {"a name with a space", "a b: {set: {run_for: 61s}, expect: []}\n",
            "20:3: error: 'a b' is not a name; expected a name of letters, digits, '-' and '_' "
            "that begins with a letter or a digit"},
       }) {
    const std::string to = before + entry;
    check({name, kExpect, to, {said}});
  }
}

TEST(BadInput, says_a_misspelt_region_once) {
  // Others name it as it should be; that is not what is wrong.
  check({"regions",
         "regions: [us-east, us-west]",
         "regions: [us-east, us-wset]",
         {"6:22: error: aws-2017 has no region 'us-wset'; expected a region of the table, or links "
          "that say how far it is; write 'us-west'"}});
  check({"left out",
         "regions: [us-east, us-west]",
         "regions: [us-east]",
         {"9:61: error: 'us-west' is not a region of the topology; add it to `regions`",
          "12:18: error: 'us-west' is not a region of the topology; add it to `regions`",
          "16:53: error: 'us-west' is not a region of the topology; add it to `regions`"}});
}

TEST(BadInput, looks_at_options_whatever_else_is_wrong) {
  check({"both",
         "us-west: 1}}",
         "us-wset: 1}, options: {fencig: epoch}}",
         {"9:61: error: no region of the topology is called 'us-wset'; write 'us-west'",
          "9:84: error: primary-backup: unknown key 'fencig'; write 'fencing'"}});
}

TEST(BadInput, comparison_needs_a_negative_control) {
  check({"control",
         "expect:",
         "compare:\n  a: {set: {run_for: 61s}, expect: []}\nexpect:",
         {"18:3: error: no configuration is expected to break; expected a negative control: one "
          "that claims `verdict: violated`; add one; a comparison in which nothing can break shows "
          "nothing"}});
}

TEST(BadInput, all_mistakes_at_once) {
  std::string text = with(kStory, "run_for: 60s", "run_for: 60");
  text = with(text, "region: us-west", "region: us-wset");
  text = with(text, "by: [east, west]", "by: [esat]");
  text = with(text, "within: 10s", "witin: 10s");
  EXPECT_EQ(mistakes_in(text).size(), 4u);
}

}  // namespace
}  // namespace cleave
