// A message on its way: from a device through gateway and mailbox into queues, and to each device
// of each person.
#include "tests/support/chat.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using support::Chat;
using support::Texts;

Chat two_people() {
  Chat chat({"east", "west", "north"});
  chat.add_person("ana", "east", {"phone", "laptop"});
  chat.add_person("bo", "west", {"phone", "laptop"});
  return chat;
}
const Texts kBoth{"ana", "bo"};

TEST(Conversation, message_reaches_every_device_of_both_people) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(10_s);
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), Texts{"hello"}) << device;
  EXPECT_TRUE(chat.stated(facts::kMessageAccepted, hello, "ana/phone"));
  EXPECT_EQ(chat.lab.world.failure(), std::nullopt);
}

TEST(Conversation, status_rises_from_accepted_to_read) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(10_s);
  using S = MessageStatus;
  EXPECT_EQ(chat.statuses(hello, "ana/phone", 1),
            (std::vector{S::accepted, S::delivered, S::read}));
  EXPECT_EQ(chat.statuses(hello, "ana/laptop", 1).back(), S::read);
}

TEST(Conversation, answer_is_written_when_the_question_has_been_seen) {
  Chat chat = two_people();
  const MessageNumber question = chat.line(5_s, "ana/phone", kBoth, "shall we?");
  const MessageNumber answer = chat.line(1_s, "bo/phone", kBoth, "yes", question);
  chat.run_until(12_s);
  EXPECT_GT(*chat.when(facts::kMessageSent, answer, "bo/phone"),
            *chat.when(facts::kMessageShown, question, "bo/phone"));
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), (Texts{"shall we?", "yes"})) << device;
}

}  // namespace
}  // namespace cleave
