// Every mistake that a scenario can have, one a line. Those of workloads and of faults have files
// of their own.
#include "tests/scenario/bad_input.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cleave {
namespace {

using test::Case;
using test::check;
using test::kStory;
using test::mistakes_in;
using test::with;

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
           {"people without a service",
            "clients:\n",
            "people: {anna: {region: us-east, devices: [phone]}}\nclients:\n",
            {"10:9: error: 'people' without a service; expected `services: {messaging: {queues: "
             "STORE}}`; add what is missing, or remove this"}},
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
