// The two orderings, in the same stories: where they differ, and what both keep.
#include "models/ordering/ordering.h"

#include "models/server/mailbox.h"
#include "tests/support/chat.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using models::ordering::Carried;
using models::ordering::Past;
using models::ordering::Policy;
using models::ordering::policy_named;
using support::Chat;
using support::Texts;

const Texts kBoth{"ana", "bo"};

Chat two_people(std::string_view ordering) {
  Chat chat({"east", "west", "north"});
  chat.options.ordering = policy_named(ordering).number;
  chat.add_person("ana", "east", {"phone", "laptop"});
  chat.add_person("bo", "west", {"phone"});
  return chat;
}

TEST(Policies, have_numbers_and_names_of_their_own) {
  for (const Policy& policy : models::ordering::policies()) {
    EXPECT_EQ(&policy_named(policy.name), &policy);
    EXPECT_EQ(&models::ordering::policy_of(policy.number), &policy);
  }
}

TEST(Causal, message_names_the_newest_that_its_device_showed) {
  const Policy& causal = policy_named("causal");
  Past past;
  const MessageNumber one{1}, two{2}, three{3};
  causal.note(past, one, {1, {}});
  causal.note(past, two, {1, {}});  // concurrent with the first
  const Carried third = causal.carry(past);
  EXPECT_EQ(third, (Carried{2, {one, two}}));
  causal.note(past, three, third);
  EXPECT_EQ(causal.carry(past), (Carried{3, {three}})) << "which comes after both";
}

TEST(ServerTimestamp, message_carries_nothing) {
  const Policy& server_timestamp = policy_named("server-timestamp");
  Past past;
  server_timestamp.note(past, MessageNumber{1}, {7, {}});
  EXPECT_EQ(server_timestamp.carry(past), Carried{});
}

// The clock of the west's mailbox is a minute behind.
Chat question_and_answer_with_skewed_clocks(std::string_view ordering) {
  Chat chat = two_people(ordering);
  const MessageNumber question = chat.line(70_s, "ana/phone", kBoth, "shall we?");
  chat.line(70_s, "bo/phone", kBoth, "yes", question);
  chat.run_until(1_s);
  Fault skew = chat.lab.make_fault(Verb::skew, {{"mailbox/west"}});
  skew.duration = Duration{} - 60_s;
  chat.begin(std::move(skew));
  chat.run_until(120_s);
  return chat;
}

TEST(ServerTimestamp, skewed_clock_puts_the_answer_above_the_question_for_all) {
  const Chat chat = question_and_answer_with_skewed_clocks("server-timestamp");
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), (Texts{"yes", "shall we?"})) << device;
  EXPECT_FALSE(chat.wrong().contains("same-view"));
}

TEST(Causal, skewed_clock_does_not_matter) {
  const Chat chat = question_and_answer_with_skewed_clocks("causal");
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), (Texts{"shall we?", "yes"})) << device;
  EXPECT_EQ(chat.wrong(), (std::map<std::string, std::string>{}));
}

// While its writer is cut off from the service.
TEST(Causal, own_message_is_shown_at_once) {
  Chat chat = two_people("causal");
  const MessageNumber hello = chat.line(10_s, "bo/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.begin(Verb::isolate, {{"bo/phone"}});
  chat.run_until(12_s);
  EXPECT_TRUE(chat.stated(facts::kMessageShown, hello, "bo/phone"));
  EXPECT_FALSE(chat.stated(facts::kMessageAccepted, hello, "bo/phone"));
}

TEST(ServerTimestamp, own_message_is_shown_when_it_is_accepted) {
  Chat chat = two_people("server-timestamp");
  const MessageNumber hello = chat.line(10_s, "bo/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.begin(Verb::isolate, {{"bo/phone"}});
  chat.run_until(12_s);
  EXPECT_TRUE(chat.stated(facts::kMessageSent, hello, "bo/phone"));
  EXPECT_FALSE(chat.stated(facts::kMessageShown, hello, "bo/phone"));
  chat.heal();
  chat.run_until(60_s);
  EXPECT_EQ(chat.when(facts::kMessageShown, hello, "bo/phone"),
            chat.when(facts::kMessageAccepted, hello, "bo/phone"));
}

// The mailbox crashes before its sender hears that it was accepted; another one accepts it then, by
// a clock that is an hour ahead. All copies have the rank that was decided first.
TEST(ServerTimestamp, rank_is_decided_once_for_all_copies) {
  Chat chat = two_people("server-timestamp");
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(1_s);
  Fault ahead = chat.lab.make_fault(Verb::skew, {{"mailbox/west", "mailbox/north"}});
  ahead.duration = 3600_s;
  chat.begin(std::move(ahead));
  const NodeId mailbox = chat.lab.node("mailbox/east");
  const auto in_queues = [&] {
    const auto& all = chat.lab.world.node<models::server::Mailbox>(mailbox).memory.submissions;
    return !all.empty() && all.begin()->second.progress.waiting > 0;
  };
  while (!in_queues())
    chat.lab.world.step(kForever, &chat.watch);
  chat.crash("mailbox/east");
  chat.run_until(60_s);
  ASSERT_TRUE(chat.stated(facts::kMessageAccepted, hello, "ana/phone"));
  const std::int64_t rank = chat.device("bo/phone").disk.messages[0].carried.rank;
  EXPECT_LT(Time{rank}, Time{} + 60_s);
  EXPECT_EQ(chat.device("ana/phone").disk.fates.find(hello)->rank, rank);
  EXPECT_TRUE(chat.stated(facts::kMessageRepeated, hello, "bo/phone"));
}

// A message that was given up is no reason to hold back what was written after it.
TEST(Causal, nobody_waits_for_what_was_given_up) {
  Chat chat = two_people("causal");
  chat.options.give_up_after = 30_s;
  const MessageNumber lost = chat.line(10_s, "bo/phone", kBoth, "lost");
  chat.line(35_s, "bo/phone", kBoth, "found");
  chat.run_until(9_s);
  chat.begin(Verb::isolate, {{"bo/phone"}});
  chat.run_until(45_s);
  chat.heal();
  chat.run_until(120_s);
  EXPECT_TRUE(chat.stated(facts::kMessageGivenUp, lost, "bo/phone"));
  EXPECT_EQ(chat.shown("ana/phone"), Texts{"found"});
  EXPECT_EQ(chat.wrong(60_s), (std::map<std::string, std::string>{}));
}

}  // namespace
}  // namespace cleave
