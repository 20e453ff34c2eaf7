#include "sim/explore/script.h"

#include "sim/explore/shrink.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cleave {
namespace {

// Three people with four devices; what is said is the caller's.
Section talk(const std::string& conversations, const std::string& more = "") {
  const std::string text = R"(cleave: 1
name: Talk
seed: 2
run_for: 30s
topology: {latency: aws-2017, regions: [us-east], access: {phone: 4g, laptop: wifi}}
stores:
  mail: {engine: raft, replicas: {us-east: 1}}
services:
  messaging: {queues: mail}
people:
  ana: {region: us-east, devices: [phone, laptop]}
  bo: {region: us-east, devices: [phone]}
  cy: {region: us-east, devices: [phone]}
  crowd: {count: 2, region: us-east, devices: [phone]}
groups:
  friends: [ana, bo, cy]
conversations:
)" + conversations + more;
  return load_text("talk.yaml", text).configurations.front().tree;
}

constexpr const char* kPair = "  - {every: 2s, by: [ana, bo], to: friends, until: 10s}\n";

RunResult result_of(const Section& scenario) {
  return run(load_text("x.yaml", to_yaml(scenario)).configurations.front().scenario);
}

struct Sent {
  std::string what;  // "bo/phone in friends"
  Time at;
};

std::vector<Sent> messages_of(const RunResult& run) {
  std::vector<Sent> all;
  for (const ConversationResult& conversation : run.conversations)
    for (const MessageResult& message : conversation.messages)
      all.push_back({message.device + " in " + conversation.name, message.sent});
  std::sort(all.begin(), all.end(), [](const Sent& a, const Sent& b) {
    return std::tie(a.what, a.at) < std::tie(b.what, b.at);
  });
  return all;
}

std::uint64_t sent_in(const RunResult& run) {
  std::uint64_t sent = 0;
  for (const ConversationResult& conversation : run.conversations)
    sent += conversation.sent;
  return sent;
}

std::size_t with(const Section& scenario, std::string_view key) {
  const std::vector<Section>& items = scenario.find("conversations")->items;
  return static_cast<std::size_t>(std::count_if(
      items.begin(), items.end(), [key](const Section& item) { return item.find(key); }));
}

TEST(Script, says_whatever_was_written_at_random_where_and_when_it_was) {
  const Section generated =
      talk("  - {say: first, at: 1s, by: cy, to: ana}\n" + std::string(kPair) +
           "  - {every: 3s, by: cy, to: [bo, friends], until: 10s}\n"
           "  - {every: 3s, by: crowd, to: bo, until: 10s}\n");
  const auto script = scripted(generated);
  ASSERT_TRUE(script.has_value());
  EXPECT_EQ(with(*script, "every"), 0u);
  const std::vector<Sent> before = messages_of(result_of(generated));
  EXPECT_EQ(with(*script, "say"), before.size());
  EXPECT_EQ(script->find("conversations")->items.front().find("say")->text, "first");
  const auto some_of = [&before](std::string_view what) {
    return std::any_of(before.begin(), before.end(), [what](const Sent& message) {
      return message.what.find(what) != std::string::npos;
    });
  };
  EXPECT_TRUE(some_of("ana/laptop in")) << "else this shows little";
  EXPECT_TRUE(some_of("in bo and cy"));
  EXPECT_TRUE(some_of("crowd/1/phone in "));
  EXPECT_TRUE(some_of("in friends"));
  const std::vector<Sent> after = messages_of(result_of(*script));
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].what, before[i].what);
    EXPECT_LE(after[i].at, before[i].at + Duration{10'000'000}) << after[i].what;
    EXPECT_GE(after[i].at, before[i].at - Duration{1'000'000}) << after[i].what;
  }
}

TEST(Script, is_not_made_of_what_has_none) {
  EXPECT_FALSE(scripted(talk("  - {say: hello, at: 1s, by: ana, to: bo}\n")).has_value());
  EXPECT_FALSE(scripted(talk("  - {every: 1h, by: ana, to: bo, until: 1ms}\n")).has_value())
      << "nothing was written";
  Section broken = talk(kPair);
  std::erase_if(broken.entries, [](const Entry& entry) { return entry.key == "stores"; });
  EXPECT_FALSE(scripted(broken).has_value()) << "this is no scenario";
  EXPECT_FALSE(scripted(map_of({})).has_value());
}

TEST(Script, of_a_failure_is_left_with_the_messages_that_it_takes) {
  Section scenario = talk("  - {every: 1s, by: [ana, bo, cy], to: friends, until: 20s}\n",
                          "faults:\n  - {at: 5s, for: 6s, isolate: bo/phone}\nexpect:\n  - "
                          "{sender-order: everybody}\n");
  for (const auto& [key, value] :
       {std::pair{"batch", scalar("2")}, std::pair{"bugs", list_of({scalar("parallel-pulls")})}})
    ASSERT_FALSE(set_path(scenario, std::string("services.messaging.") + key, value));
  const auto target = target_of(result_of(scenario));
  ASSERT_TRUE(target.has_value());
  const Section small = shrink(subject_of(scenario, 2, *target), oracle_of(*target)).scenario;
  EXPECT_EQ(with(small, "every"), 0u) << to_yaml(small);
  EXPECT_LE(with(small, "say"), 9u) << to_yaml(small);
  const auto again = target_of(result_of(small));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->breakage.failure, target->breakage.failure);
}

TEST(Script, that_stays_long_gives_way_to_what_generated_it) {
  const Oracle many = [](const Section& scenario) {
    try {
      return sent_in(result_of(scenario)) >= 25;
    } catch (const ScenarioError&) {
      return false;
    }
  };
  const Section scenario = talk("  - {every: 200ms, by: [ana, bo, cy], to: friends, until: 20s}\n");
  ASSERT_TRUE(many(scenario));
  const Shrunk shrunk = shrink(scenario, many);
  EXPECT_EQ(with(shrunk.scenario, "every"), 1u) << to_yaml(shrunk.scenario);
  EXPECT_EQ(with(shrunk.scenario, "say"), 0u);
  EXPECT_TRUE(shrunk.minimal);
}

}  // namespace
}  // namespace cleave
