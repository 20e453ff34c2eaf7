// What a person changes in a scenario is changed in its text, and nothing else is.
#include "sim/explore/branch.h"

#include "sim/base/diagnostics.h"
#include "sim/scenario/run.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace cleave {
namespace {

using namespace literals;

std::string with_list(const std::string& faults) {
  return "cleave: 1\nrun_for: 30s\n" + faults + "# the end\n";
}

struct SpanCase {
  const char* what;
  const char* before;
  const char* after;
};
const SpanCase kSpans[] = {
    {"in flow style, at first", "faults:\n  - {name: split, at: 10s, for: 10s, cut: [a, b]}\n",
     "faults:\n  - {name: split, at: 12.5s, for: 3s, cut: [a, b]}\n"},
    {"in flow style, for first", "faults:\n  - {for: 10s, cut: [a, b], at: 10s, name: split}\n",
     "faults:\n  - {for: 3s, cut: [a, b], at: 12.5s, name: split}\n"},
    {"in block style",
     "faults:\n  - name: split\n    at: 10s  # why\n    for: 10s\n    cut: [a, b]\n",
     "faults:\n  - name: split\n    at: 12.5s  # why\n    for: 3s\n    cut: [a, b]\n"},
    {"without an end", "faults:\n  - {name: split, at: 10s, cut: [a, b]}\n",
     "faults:\n  - {name: split, at: 12.5s, cut: [a, b]}\n"},
    {"after letters of two bytes", "faults:\n  - {cut: [ä, ö], name: split, at: 10s, for: 1s}\n",
     "faults:\n  - {cut: [ä, ö], name: split, at: 12.5s, for: 3s}\n"},
    {"the second of two",
     "faults:\n  - {name: other, at: 10s, for: 1s}\n  - {name: split, at: 10s, for: 1s}\n",
     "faults:\n  - {name: other, at: 10s, for: 1s}\n  - {name: split, at: 12.5s, for: 3s}\n"},
};

TEST(Branch, moves_the_edges_of_a_fault_in_the_text) {
  for (const SpanCase& c : kSpans) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(
        with_span("a.yaml", with_list(c.before), {"split", Time{} + 12'500_ms, Time{} + 15'500_ms}),
        with_list(c.after));
  }
}

TEST(Branch, refuses_to_move_what_it_cannot_find_or_replace) {
  struct {
    const char* faults;
    const char* says;
  } const cases[] = {
      {"faults:\n  - {name: other, at: 10s}\n", "split"},
      {"", "faults"},
      {"faults:\n  - {name: split, at: '10s'}\n", "quotes"},
      {"faults:\n  - {name: split, cut: [a, b]}\n", "without a time"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.faults);
    try {
      with_span("a.yaml", with_list(c.faults), {"split", Time{} + 1_s, Time{} + 2_s});
      ADD_FAILURE() << "was not refused";
    } catch (const ScenarioError& error) {
      EXPECT_NE(std::string(error.what()).find(c.says), std::string::npos) << error.what();
    }
  }
}

// Three replicas; two, or four, or another cut in the configurations.
constexpr const char* kReplicas = R"(cleave: 1
name: Replicas
seed: 1
run_for: 20s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west]}
stores:
  notes: {engine: raft, replicas: {us-east: 1, us-west: 1, eu-west: 1}}
clients:
  east: {count: 2, region: us-east}
workload:
  - {from: 1s, to: 18s, rate: 5/s, by: east, do: write, on: notes, key: note}
faults:
  - {name: split, at: 5s, for: 5s, cut: [us-east, rest]}
expect:
  - {lost-acknowledged-writes: notes}
compare:
  two:
    set: {stores.notes.replicas: {us-east: 1, us-west: 1}}
    expect: [{available: notes, group: east, verdict: violated}]
  four:
    set: {stores.notes.replicas: {us-east: 2, us-west: 1, eu-west: 1}}
    expect: [{lost-acknowledged-writes: notes}]
  late:
    set: {faults.split.at: 8s}
    expect: [{lost-acknowledged-writes: notes}]
)";

std::shared_ptr<const Recording> recorded(const std::string& configuration,
                                          const std::vector<std::string>& settings = {}) {
  RecordingRequest request = request_of(load_text("replicas.yaml", kReplicas, settings));
  request.configuration = configuration;
  return record(request).recording;
}

Hash128 digest_of(const std::string& text) {
  return run(load_text("text.yaml", text).configurations.front().scenario).digest;
}

TEST(Branch, text_of_a_configuration_or_of_settings_runs_to_the_same_digest_alone) {
  const Hash128 as_written = recorded("")->result.digest;
  EXPECT_EQ(digest_of(*scenario_text(*recorded(""))), as_written);
  for (const char* name : {"two", "four", "late"}) {
    SCOPED_TRACE(name);
    const auto recording = recorded(name);
    EXPECT_NE(recording->result.digest, as_written);
    EXPECT_EQ(digest_of(*scenario_text(*recording)), recording->result.digest);
  }
  const auto set = recorded("late", {"seed=7", "faults.split.for=2s"});
  EXPECT_EQ(digest_of(*scenario_text(*set)), set->result.digest);
  EXPECT_EQ(scenario_text(*set)->find("# replicas.yaml, configuration late, seed=7, faults"), 0u);
}

TEST(Branch, runs_another_configuration_under_the_same_seed_and_for_as_long) {
  RecordingRequest request = request_of(load_text("replicas.yaml", kReplicas), 9);
  request.until = draw::seconds(12);
  const auto first = record(request).recording;
  const auto other = record(other_configuration(*first, "four")).recording;
  EXPECT_EQ(other->result.configuration, "four");
  EXPECT_EQ(other->result.seed, 9u);
  EXPECT_EQ(other->result.simulated, draw::seconds(12));
  EXPECT_EQ(record(other_configuration(*other, "")).recording->result.digest, first->result.digest);
}

TEST(Branch, of_a_configuration_has_its_past_and_its_nodes) {
  const Deed deed{"crash", "crash: notes/us-east/1"};  // which "four" alone has
  const auto parent = recorded("four");
  const auto branch = record(branch_of(*parent, deed, draw::seconds(12))).recording;
  const auto parting = first_differing_event(*parent, *branch);
  ASSERT_TRUE(parting);
  EXPECT_GE(parting->at, draw::seconds(12));
  EXPECT_EQ(digest_of(*scenario_text(*branch)), branch->result.digest);
  EXPECT_THROW((void)branch_of(*recorded(""), deed, draw::seconds(12)), ScenarioError);
}

TEST(Branch, may_name_a_node_that_another_configuration_lacks) {
  const auto parent = recorded("");
  const RecordingRequest in_all =
      branch_of(*parent, {"crash", "crash: notes/us-west/0"}, draw::seconds(12));
  EXPECT_EQ(in_all.loaded.configurations.size(), 4u);
  const RecordingRequest in_some =
      branch_of(*parent, {"crash", "crash: notes/eu-west/0"}, draw::seconds(12));
  EXPECT_EQ(in_some.loaded.configurations.size(), 1u);
  EXPECT_EQ(record(in_some).recording->scenario.faults.back().at,
            moment_after(parent->trace, draw::seconds(12)));
}

TEST(Branch, moves_a_fault_where_the_configuration_has_it) {
  const auto parent = recorded("late");
  const RecordingRequest request =
      branch_of(*parent, Stretch{"split", draw::seconds(9), draw::seconds(11)});
  const Fault& moved = request.loaded.find(request.configuration)->scenario.faults.front();
  EXPECT_EQ(moved.at, draw::seconds(9));
  EXPECT_EQ(*moved.lasts, 2_s);
}

}  // namespace
}  // namespace cleave
