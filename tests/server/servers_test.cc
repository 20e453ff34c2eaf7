// Gateways and mailboxes keep nothing: what becomes of messages when they crash, are cut off, or
// find their stores unavailable.
#include "models/server/gateway.h"
#include "models/server/mailbox.h"
#include "models/store/objects.h"
#include "models/store/raft/replica.h"
#include "tests/support/chat.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using models::server::Gateway;
using support::Chat;
using support::Texts;

const Texts kBoth{"ana", "bo"};
using NoneWrong = std::map<std::string, std::string>;

Chat two_people() {
  Chat chat({"east", "west", "north"});
  chat.add_person("ana", "east", {"phone", "laptop"});
  chat.add_person("bo", "west", {"phone", "laptop"});
  return chat;
}

// In the store of the queues, as its first replica has it.
template <class T>
const T* object(const Chat& chat, const std::string& store, std::string_view name) {
  const auto& replica =
      chat.lab.world.node<models::store::raft::Replica>(chat.lab.replicas(store).front());
  const auto& objects = replica.memory.state.machine.objects;
  const auto found = objects.find(models::store::key_of(name));
  return found == objects.end() ? nullptr : &std::get<T>(found->second);
}

TEST(Servers, queue_is_empty_when_its_device_has_everything) {
  Chat chat = two_people();
  chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(10_s);
  for (const std::string& device : chat.device_names()) {
    const auto* queue = object<models::store::Queue>(chat, "queues", device);
    ASSERT_NE(queue, nullptr) << device;
    EXPECT_GT(queue->appended, 0u) << device;
    EXPECT_EQ(queue->entries.size(), 0u) << device;
  }
}

TEST(Servers, message_stays_in_the_queue_of_a_device_that_sleeps) {
  Chat chat = two_people();
  chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.habits("bo/phone").asleep = {{Time{}, Time{} + 20_s}};
  chat.run_until(19_s);
  EXPECT_EQ(object<models::store::Queue>(chat, "queues", "bo/phone")->entries.size(), 1u);
  EXPECT_EQ(chat.shown("bo/laptop"), Texts{"hello"});
  EXPECT_EQ(chat.shown("bo/phone"), Texts{});
  chat.run_until(25_s);
  EXPECT_EQ(object<models::store::Queue>(chat, "queues", "bo/phone")->entries.size(), 0u);
  EXPECT_EQ(chat.shown("bo/phone"), Texts{"hello"});
}

TEST(Servers, receipt_register_has_the_furthest_of_a_persons_devices) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(10_s);
  const auto* receipt = object<models::store::MaxRegister>(
      chat, "receipts", "receipt/" + std::to_string(hello.value) + "/1");
  ASSERT_NE(receipt, nullptr);
  EXPECT_EQ(receipt->value, static_cast<std::int64_t>(MessageStatus::read));
}

TEST(Servers, devices_connect_to_the_nearest_gateway_and_fail_over) {
  Chat chat = two_people();
  chat.line(30_s, "ana/phone", kBoth, "hello");
  chat.run_until(5_s);
  const auto connected = [&](const char* gateway) {
    return chat.lab.world.node<Gateway>(chat.lab.node(gateway)).memory.connected.size();
  };
  EXPECT_EQ(connected("gateway/east"), 2u);
  EXPECT_EQ(connected("gateway/west"), 2u);
  EXPECT_EQ(connected("gateway/north"), 0u);
  chat.crash("gateway/east");
  chat.run_until(240_s);  // who only pings is patient
  EXPECT_EQ(connected("gateway/west") + connected("gateway/north"), 4u);
  EXPECT_EQ(chat.shown("bo/phone"), Texts{"hello"});
  EXPECT_EQ(chat.shown("ana/laptop"), Texts{"hello"});
}

TEST(Servers, gateway_goes_to_another_mailbox_when_its_own_is_down) {
  Chat chat = two_people();
  chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(5_s);
  chat.crash("mailbox/east");
  chat.run_until(60_s);
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), Texts{"hello"}) << device;
  EXPECT_EQ(chat.wrong(40_s), NoneWrong{});
}

// What the gateway passed on is lost with the mailbox: it says so, and devices need not wait until
// they would have given up by themselves.
TEST(Servers, devices_learn_that_a_mailbox_has_crashed) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9500_ms);
  chat.crash("mailbox/east");
  chat.run_until(9900_ms);
  chat.restart("mailbox/east");
  chat.run_until(60_s);
  const auto accepted = chat.when(facts::kMessageAccepted, hello, "ana/phone");
  ASSERT_TRUE(accepted);
  EXPECT_LT(*accepted, Time{} + 10_s + Gateway::kAliveWithin + chat.options.retry_step + 1_s);
  EXPECT_LT(Gateway::kAliveWithin + chat.options.retry_step, chat.options.answer_within);
}

// It lives when it is asked, and dies before it answers.
TEST(Servers, devices_learn_that_a_mailbox_died_while_it_worked) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.cut({{"mailbox/east"}, {"queues"}});
  chat.run_until(11_s);
  chat.crash("mailbox/east");
  chat.run_until(60_s);
  const auto accepted = chat.when(facts::kMessageAccepted, hello, "ana/phone");
  ASSERT_TRUE(accepted);
  EXPECT_LT(*accepted, Time{} + 11_s + Gateway::kAliveWithin + Gateway::kAliveWithin +
                           chat.options.retry_step + 1_s);
}

TEST(Servers, gateway_returns_to_its_own_mailbox) {
  Chat chat = two_people();
  chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(5_s);
  chat.crash("mailbox/east");
  const auto mailbox = [&] {
    return chat.lab.world.node<Gateway>(chat.lab.node("gateway/east")).memory.mailbox;
  };
  chat.run_until(40_s);
  EXPECT_NE(mailbox(), 0u);
  chat.restart("mailbox/east");
  chat.run_until(55_s);
  EXPECT_EQ(mailbox(), 0u);
}

// The cut takes the wake-up with it: the phone finds the message when it has pinged.
TEST(Servers, lost_wake_up_is_mended_by_the_next_ping) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.cut({{"mailbox/east"}, {"gateway/west"}});
  chat.run_until(60_s);
  const auto shown = chat.when(facts::kMessageShown, hello, "bo/phone");
  ASSERT_TRUE(shown);
  EXPECT_GT(*shown, Time{} + 11_s);
  EXPECT_LT(*shown, Time{} + 10_s + chat.options.ping_before + 1_s);
}

// On the side without a majority nothing is accepted; after the heal it is, under the same number.
TEST(Servers, message_is_accepted_only_when_the_store_has_it) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(10_s, "bo/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.cut({{"west"}, {"east", "north"}});
  chat.run_until(40_s);
  EXPECT_FALSE(chat.stated(facts::kMessageAccepted, hello, "bo/phone"));
  chat.heal();
  chat.run_until(120_s);
  EXPECT_TRUE(chat.stated(facts::kMessageAccepted, hello, "bo/phone"));
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), Texts{"hello"}) << device;
  EXPECT_EQ(chat.wrong(80_s), NoneWrong{});
}

}  // namespace
}  // namespace cleave
