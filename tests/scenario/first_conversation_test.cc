// What scenarios/tutorial/02-first-conversation.yaml says of itself.
#include "sim/check/conversation/message_order.h"
#include "sim/check/conversation/messages_arrive.h"
#include "sim/check/conversation/same_view.h"
#include "sim/check/conversation/shown_once.h"
#include "sim/scenario/build.h"
#include "sim/scenario/load.h"
#include "tests/support/recorder.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace cleave {
namespace {

struct FirstConversation : ::testing::Test {
  Scenario scenario =
      load_file("scenarios/tutorial/02-first-conversation.yaml").configurations.front().scenario;
  Built built = build(scenario, scenario.seed);
  const MessagingCast& cast = built.cast.messaging;
  support::Recorder recorder;

  void run() { built.world.run_until(scenario.run_for, &recorder); }
  Word judge(Checker&& checker) {
    for (const Fact& fact : recorder.facts)
      checker.on(fact);
    const RunEnd end{built.world.now(), built.world.event(), built.world.ledger()};
    const Verdict verdict = checker.finish(end);
    EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
    return verdict.word;
  }
  const MessagingCast::Line& line(const std::string& label) {
    return *std::find_if(cast.lines.begin(), cast.lines.end(),
                         [&](const auto& one) { return one.label == label; });
  }
  Time shown(const MessagingCast::Line& line, const std::string& device) {
    for (const Fact& fact : recorder.facts_named(facts::kMessageShown))
      if (fact.subject == line.message.value && built.world.name(fact.node) == device)
        return fact.at;
    return kForever;
  }
};

TEST_F(FirstConversation, has_six_people_with_twelve_devices_in_three_regions) {
  EXPECT_EQ(cast.people.size(), 6u);
  EXPECT_EQ(cast.devices.size(), 12u);
  EXPECT_EQ(cast.gateways.size(), 3u);
}

TEST_F(FirstConversation, ends_with_one_view_of_everything) {
  run();
  judge(conversation::SameView({{}, 10_s}));
  judge(conversation::ShownOnce({}));
  judge(conversation::MessagesArrive({}, {40_s, {}}));
  judge(conversation::MessageOrder({}, conversation::MessageOrder::Relation::causal));
  std::map<std::uint64_t, std::set<std::uint64_t>> readers;  // by message
  std::map<std::uint64_t, std::uint64_t> others;             // members but the writer
  for (const Fact& fact : recorder.facts) {
    if (fact.name == facts::kMessageSent.hash)
      others[fact.subject] = cast.conversations[fact.value].members.size() - 1;
    const StatusShown status = StatusShown::unpack(fact.value);
    if (fact.name == facts::kStatusShown.hash && status.status == MessageStatus::read)
      readers[fact.subject].insert(status.person);
  }
  EXPECT_EQ(others.size(), cast.lines.size());
  for (const auto& [message, count] : others)
    EXPECT_EQ(readers[message].size(), count) << message;
}

TEST_F(FirstConversation, europe_sees_the_museum_only_after_the_cut) {
  run();
  const Time healed = Time{} + 27_s;
  EXPECT_LT(shown(line("museum"), "ana/phone"), healed);
  EXPECT_GT(shown(line("museum"), "cleo/phone"), healed);
  EXPECT_LT(shown(line("lake"), "cleo/phone"), healed);
  EXPECT_GT(shown(line("lake"), "ana/phone"), healed);
}

TEST_F(FirstConversation, phone_that_sleeps_has_it_when_it_wakes) {
  run();
  EXPECT_LT(shown(line("settled"), "bo/laptop"), Time{} + 30_s);
  EXPECT_GT(shown(line("settled"), "bo/phone"), Time{} + 45_s);
  EXPECT_LT(shown(line("settled"), "bo/phone"), Time{} + 48_s);
}

}  // namespace
}  // namespace cleave
