// What a scenario may claim of messages: every judge by its word, and every mistake in saying so.
#include "sim/check/conversation/judges.h"
#include "sim/check/judges.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "tests/scenario/bad_input.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace cleave {
namespace {

using test::mistakes_in;

std::string chat(const std::string& expect) {
  return R"(cleave: 1
name: Chat
run_for: 60s
topology:
  latency: aws-2017
  regions: [us-east, us-west]
  access: {phone: 4g, laptop: wifi}
stores:
  mail: {engine: raft, replicas: {us-east: 2, us-west: 1}}
services:
  messaging: {queues: mail, ordering: causal}
people:
  ana: {region: us-east, devices: [phone, laptop]}
  bo: {region: us-west, devices: [phone], asleep: [{from: 5s, to: 40s}]}
conversations:
  - {at: 2s, by: ana, to: bo, say: "shall we?", label: plan}
  - {at: 3s, by: bo, to: ana, say: "yes", reply_to: plan}
  - {at: 10s, by: ana, to: bo, say: "good"}
faults:
  - {name: split, at: 6s, for: 4s, cut: [us-east, us-west]}
expect:
  - )" + expect +
         "\n";
}

ExpectationResult judged(const std::string& expect) {
  const Scenario scenario = load_text("chat.yaml", chat(expect)).configurations.front().scenario;
  return run(scenario).expectations.front();
}

std::string words_of(conversation::Judge judge, const std::string& people) {
  return "{" + std::string(to_string(judge)) + ": " + people +
         (has_deadline(judge) ? ", within: 45s" : "") + "}";
}

TEST(MessagingExpect, has_a_word_for_each_judge) {
  for (const conversation::Judge judge : conversation::judges()) {
    const std::string name(to_string(judge));
    SCOPED_TRACE(name);
    EXPECT_EQ(conversation::judge_of(name), judge);
    const JudgeInfo* info = find_judge(name);
    ASSERT_NE(info, nullptr);
    EXPECT_EQ(info->property == Property::liveness, has_deadline(judge));
    const ExpectationResult result = judged(words_of(judge, "ana"));
    EXPECT_EQ(to_string(result.verdict.word), to_string(Word::holds)) << result.verdict.why;
    EXPECT_GT(result.verdict.checked, 0u);
    EXPECT_TRUE(result.name.starts_with(name + " of ana")) << result.name;
  }
}

TEST(MessagingExpect, looks_at_the_devices_of_whom_it_names) {
  using Judge = conversation::Judge;
  EXPECT_EQ(judged("{messages-arrive: ana, within: 10s}").verdict.word, Word::holds);
  EXPECT_EQ(judged("{messages-arrive: bo, within: 10s}").verdict.word, Word::violated);
  EXPECT_EQ(judged("{messages-arrive: everybody, within: 10s}").verdict.word, Word::violated);
  EXPECT_EQ(judged("{messages-arrive: [ana, bo], within: 10s}").verdict.word, Word::violated);
  const std::uint64_t of_ana = judged(words_of(Judge::shown_once, "ana")).verdict.checked;
  const std::uint64_t of_bo = judged(words_of(Judge::shown_once, "bo")).verdict.checked;
  const std::uint64_t of_all = judged(words_of(Judge::shown_once, "everybody")).verdict.checked;
  EXPECT_EQ(of_ana, 6u) << "three messages on two devices";
  EXPECT_EQ(of_bo, 3u);
  EXPECT_EQ(of_all, of_ana + of_bo);
}

TEST(MessagingExpect, tells_every_mistake) {
  for (const auto& [expect, message] : std::vector<std::pair<std::string, std::string>>{
           {"{shown-once: anna}", "write 'ana'"},
           {"{shown-once: ana/phone}", "no person is called 'ana/phone'"},
           {"{shown-once: []}", "write `everybody`"},
           {"{shown-once: everybody, within: 5s}", "within"},
           {"{messages-arrive: everybody}", "within"},
           {"{same-view: everybody, within: 5s, after: split}", "after"},
           {"{messages-arrive: everybody, within: 5s, after: spilt}", "write 'split'"},
           {"{shown-onse: everybody}", "write 'shown-once'"},
       }) {
    SCOPED_TRACE(expect);
    const std::vector<std::string> mistakes = mistakes_in(chat(expect));
    ASSERT_EQ(mistakes.size(), 1u);
    EXPECT_NE(mistakes[0].find(message), std::string::npos) << mistakes[0];
  }
}

TEST(MessagingExpect, needs_people) {
  const std::string text = R"(cleave: 1
name: Nobody
run_for: 10s
topology: {latency: aws-2017, regions: [us-east]}
stores:
  notes: {engine: raft, replicas: {us-east: 3}}
clients:
  east: {region: us-east}
workload:
  - {to: 5s, every: 1s, by: east, do: write, on: notes, key: a}
expect:
  - {shown-once: everybody}
)";
  const std::vector<std::string> mistakes = mistakes_in(text);
  ASSERT_EQ(mistakes.size(), 1u);
  EXPECT_NE(mistakes[0].find("a part `people:`"), std::string::npos) << mistakes[0];
}

// Stopped in the middle, nothing is known of the end.
TEST(MessagingExpect, says_nothing_of_an_end_that_was_not_reached) {
  const Scenario scenario = load_text("chat.yaml", chat("{same-view: everybody, within: 2s}"))
                                .configurations.front()
                                .scenario;
  RunOptions options;
  options.until = Time{20'000'000'000};
  const Verdict verdict = run(scenario, options).expectations.front().verdict;
  EXPECT_EQ(to_string(verdict.word), to_string(Word::undecided));
  EXPECT_EQ(verdict.why, "the run was stopped before its end");
  EXPECT_EQ(run(scenario).expectations.front().verdict.word, Word::holds);
}

TEST(MessagingRun, says_what_people_saw) {
  const RunResult result =
      run(load_text("chat.yaml", chat("{shown-once: everybody}")).configurations.front().scenario);
  ASSERT_EQ(result.conversations.size(), 1u);
  const ConversationResult& chat = result.conversations.front();
  EXPECT_EQ(chat.sent, 3u);
  EXPECT_EQ(chat.missing, 0u);
  EXPECT_TRUE(chat.agreed);
  EXPECT_EQ(chat.messages.at(1).text, "yes");
  EXPECT_FALSE(result.messages.empty());
}

}  // namespace
}  // namespace cleave
