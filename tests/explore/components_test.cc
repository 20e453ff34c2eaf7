#include "sim/explore/components.h"

#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace cleave {
namespace {

// Four regions with one replica each, and a fault in the middle of the run.
World at_4s(const std::string& fault) {
  const Loaded loaded = load_text("test.yaml", R"(cleave: 1
name: Four
run_for: 8s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west, eu-central]}
stores:
  notes: {engine: primary-backup, replicas: {us-east: 1, us-west: 1, eu-west: 1, eu-central: 1}}
clients:
  east: {count: 3, region: us-east}
workload:
  - {to: 7s, every: 50ms, by: [east], do: write, on: notes, key: "note-{0..9}", deadline: 2s}
faults:
  - {name: trouble, at: 2s, for: 4s, )" + fault + R"(}
)");
  const Scenario& scenario = loaded.configurations.front().scenario;
  World world = build(scenario, 1).world;
  world.run_until(draw::seconds(4));
  return world;
}

// "0 0 1 -" by replica: the number of its component, or that it is in none.
std::string sides(const World& world) {
  const Components found = components(world);
  std::string text;
  for (const std::string region : {"us-east", "us-west", "eu-west", "eu-central"}) {
    const NodeId id = *world.find("notes/" + region + "/0");
    const std::optional<std::size_t> of = found.of[world.host_of(id).value];
    text += (text.empty() ? "" : " ") + (of ? std::to_string(*of) : "-");
  }
  return text;
}

TEST(Components, are_one_where_nothing_is_cut) {
  const World world = at_4s("delay: [us-east, us-west], by: 20ms");
  EXPECT_EQ(sides(world), "0 0 0 0");
  EXPECT_EQ(components(world).count, 1u);
}

TEST(Components, are_the_sides_of_a_cut) {
  EXPECT_EQ(sides(at_4s("cut: [[us-east, us-west], [eu-west, eu-central]]")), "0 0 1 1");
}

TEST(Components, of_a_bridge_are_one_as_messages_can_be_relayed) {
  EXPECT_EQ(sides(at_4s("bridge: [[us-east, us-west], eu-west, eu-central]")), "0 0 0 0");
}

TEST(Components, need_both_ways) {
  EXPECT_EQ(sides(at_4s("cut_one_way: {from: us-east, to: [us-west, eu-west, eu-central]}")),
            "0 1 1 1");
}

TEST(Components, do_not_hold_who_is_down) {
  EXPECT_EQ(sides(at_4s("crash: notes/us-west/0")), "0 - 0 0");
}

TEST(Passage, counts_pairs_that_pass_each_way) {
  const World world = at_4s("cut_one_way: {from: us-east, to: [us-west, eu-west]}");
  const std::vector<NodeId> east{*world.find("notes/us-east/0")};
  const std::vector<NodeId> others{*world.find("notes/us-west/0"), *world.find("notes/eu-west/0"),
                                   *world.find("notes/eu-central/0")};
  const Passage there = passage(world, east, others);
  EXPECT_EQ(there.open, 1u);
  EXPECT_EQ(there.pairs, 3u);
  EXPECT_TRUE(passage(world, others, east).all());
  EXPECT_FALSE(there.all());
  EXPECT_FALSE(there.none());
}

// Against the definition: every two hosts, one by one.
TEST(Passage, agrees_with_asking_for_every_pair) {
  const World world = at_4s("cut: [[us-east], [us-west, eu-west]]");
  std::vector<NodeId> all;
  for (std::uint32_t i = 0; i < world.node_count(); ++i)
    all.push_back(NodeId{i});
  for (const NodeId from : all)
    for (const NodeId to : all)
      if (world.host_of(from) != world.host_of(to)) {
        EXPECT_EQ(passage(world, {from}, {to}).all(), world.reaches(from, to))
            << world.name(from) << " to " << world.name(to);
      }
}

}  // namespace
}  // namespace cleave
