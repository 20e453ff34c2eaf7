// Lamport's order without holding back: what a message carries, and where one stands that comes
// late.
#include "models/ordering/ordering.h"
#include "tests/support/chat.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using models::ordering::Carried;
using models::ordering::Past;
using models::ordering::policy_named;
using support::Chat;
using support::Texts;

TEST(Lamport, message_is_ranked_above_what_its_device_showed_and_waits_for_nothing) {
  const models::ordering::Policy& lamport = policy_named("lamport");
  Past past;
  EXPECT_EQ(lamport.carry(past), (Carried{1, {}}));
  lamport.note(past, MessageNumber{7}, {5, {}});
  lamport.note(past, MessageNumber{8}, {3, {}});
  EXPECT_EQ(lamport.carry(past), (Carried{6, {}}));
}

// Bo writes while nobody hears him. The others have gone on when his message comes.
TEST(Lamport, what_comes_late_is_put_above_what_was_shown_and_all_agree) {
  Chat chat({"east", "west", "north"});
  chat.options.ordering = policy_named("lamport").number;
  chat.add_person("ana", "east", {"phone"});
  chat.add_person("bo", "west", {"phone"});
  chat.add_person("cy", "north", {"phone"});
  const Texts all{"ana", "bo", "cy"};
  const MessageNumber hello = chat.line(10_s, "bo/phone", all, "hello");
  const MessageNumber anyone = chat.line(12_s, "ana/phone", all, "anyone?");
  const MessageNumber me = chat.line(14_s, "cy/phone", all, "me", anyone);
  chat.run_until(9_s);
  chat.begin(Verb::isolate, {{"bo/phone"}});
  chat.run_until(20_s);
  EXPECT_EQ(chat.shown("ana/phone"), (Texts{"anyone?", "me"}));
  EXPECT_EQ(chat.shown("bo/phone"), (Texts{"hello"}));
  chat.heal();
  chat.run_until(90_s);
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), (Texts{"anyone?", "hello", "me"})) << device;
  EXPECT_GT(*chat.when(facts::kMessageShown, hello, "ana/phone"),
            *chat.when(facts::kMessageShown, me, "ana/phone"));
  EXPECT_FALSE(chat.wrong().contains("same-view"));
}

}  // namespace
}  // namespace cleave
