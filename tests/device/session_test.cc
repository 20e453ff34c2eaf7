// The connection of a device: kept alive, found dead, made again; what sleeps, and what reads.
#include "models/server/gateway.h"
#include "tests/support/chat.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using models::device::Device;
using support::Chat;
using support::Texts;
using S = MessageStatus;

const Texts kBoth{"ana", "bo"};

Chat two_people() {
  Chat chat({"east", "west", "north"});
  chat.add_person("ana", "east", {"phone", "laptop"});
  chat.add_person("bo", "west", {"phone", "laptop"});
  return chat;
}

const Device::Session& session(const Chat& chat, const std::string& device) {
  return chat.device(device).memory.session;
}

TEST(Session, dead_gateway_is_noticed_by_silence) {
  Chat chat = two_people();
  chat.options.dead_after = 60_s;
  chat.line(300_s, "ana/phone", kBoth, "later");
  chat.run_until(5_s);
  chat.crash("gateway/east");
  chat.run_until(50_s);
  EXPECT_EQ(session(chat, "ana/phone").gateway, chat.lab.node("gateway/east"));
  EXPECT_EQ(session(chat, "ana/phone").state, Device::Session::State::up) << "as it believes";
  chat.run_until(110_s);
  EXPECT_NE(session(chat, "ana/phone").gateway, chat.lab.node("gateway/east"));
  EXPECT_EQ(session(chat, "ana/phone").state, Device::Session::State::up);
}

// Attempts are 0, 2, 4, 6 ... seconds after the failure before, each of which takes 10 s to notice.
TEST(Session, pauses_before_connecting_grow_by_a_step) {
  Chat chat = two_people();
  chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.begin(Verb::isolate, {{"ana/phone"}});
  std::vector<Time> attempts;
  std::uint32_t failures = 0;
  while (chat.lab.world.now() < Time{} + 100_s) {
    chat.lab.world.step(kForever, &chat.watch);
    if (session(chat, "ana/phone").failures == failures) continue;
    failures = session(chat, "ana/phone").failures;
    attempts.push_back(chat.lab.world.now());
  }
  ASSERT_GE(attempts.size(), 4u);
  for (std::size_t i = 1; i < 4; ++i)
    EXPECT_EQ(attempts[i] - attempts[i - 1], 10_s + 2_s * static_cast<std::int64_t>(i - 1)) << i;
}

TEST(Session, device_is_back_within_seconds_of_a_short_isolation) {
  Chat chat = two_people();
  chat.line(12_s, "ana/phone", kBoth, "hello");
  chat.run_until(10_s);
  chat.begin(Verb::isolate, {{"ana/phone"}});
  chat.run_until(15_s);
  EXPECT_EQ(chat.shown("bo/phone"), Texts{});
  chat.heal();
  chat.run_until(20_s);
  EXPECT_EQ(chat.shown("bo/phone"), Texts{"hello"}) << "the connection outlives it";
}

TEST(Sleep, device_does_nothing_and_is_not_connected) {
  Chat chat = two_people();
  chat.line(10_s, "bo/phone", kBoth, "written when it wakes");
  chat.habits("bo/phone").asleep = {{Time{} + 5_s, Time{} + 30_s}};
  chat.run_until(29_s);
  EXPECT_EQ(chat.watch.facts_named(facts::kMessageSent).size(), 0u);
  EXPECT_EQ(session(chat, "bo/phone").state, Device::Session::State::down);
  const auto& gateway = chat.lab.world.node<models::server::Gateway>(chat.lab.node("gateway/west"));
  EXPECT_FALSE(gateway.memory.connected.contains(chat.lab.node("bo/phone")));
  chat.run_until(35_s);
  EXPECT_EQ(chat.shown("ana/phone"), Texts{"written when it wakes"});
}

// Bo reads on the phone; the laptop learns of it, and does not say it again.
TEST(Receipts, what_is_read_on_one_device_is_read_on_all) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(20_s);
  EXPECT_TRUE(chat.device("bo/laptop").disk.mark(hello).read);
  EXPECT_TRUE(chat.when(facts::kReceiptSent, hello, "bo/phone", 3));
  EXPECT_FALSE(chat.when(facts::kReceiptSent, hello, "bo/laptop", 3));
}

TEST(Receipts, own_devices_send_none_for_own_messages) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(20_s);
  EXPECT_TRUE(chat.stated(facts::kMessageStored, hello, "ana/laptop"));
  EXPECT_FALSE(chat.stated(facts::kReceiptSent, hello, "ana/laptop"));
}

TEST(Receipts, delivered_is_as_far_as_it_comes_while_the_reader_sleeps) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.habits("bo/phone").asleep = {{Time{}, Time{} + 60_s}};
  chat.run_until(50_s);
  EXPECT_EQ(chat.statuses(hello, "ana/phone", 1), (std::vector{S::accepted, S::delivered}));
  chat.run_until(70_s);
  EXPECT_EQ(chat.statuses(hello, "ana/phone", 1).back(), S::read);
}

// A report of what became of many messages is one letter.
TEST(Receipts, come_many_at_once) {
  Chat chat = two_people();
  for (int i = 0; i < 9; ++i)
    chat.line(5_s, "ana/phone", kBoth, std::to_string(i));
  chat.habits("bo/phone").asleep = {{Time{}, Time{} + 30_s}};
  chat.habits("bo/laptop").asleep = {{Time{}, Time{} + 90_s}};
  chat.run_until(60_s);
  const std::uint32_t reports = chat.device("bo/phone").memory.receipts.ticket & 0xfffff;
  EXPECT_EQ(reports, 2u) << "one of delivered, one of read";
  EXPECT_EQ(chat.watch.facts_named(facts::kReceiptSent).size(), 18u);
}

TEST(Inbox, backlog_comes_page_by_page) {
  Chat chat = two_people();
  chat.options.batch = 2;
  for (int i = 0; i < 5; ++i)
    chat.line(5_s, "ana/phone", kBoth, std::to_string(i));
  chat.habits("bo/phone").asleep = {{Time{}, Time{} + 30_s}};
  chat.run_until(31_s);
  EXPECT_EQ(chat.shown("bo/phone"), (Texts{"0", "1", "2", "3", "4"}));
  EXPECT_EQ(chat.device("bo/phone").memory.inbox.batches, 3u);
}

TEST(Outbox, message_is_sent_again_under_its_number_and_recognised) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.start();
  while (!chat.stated(facts::kMessageShown, hello, "bo/phone") &&
         !chat.stated(facts::kMessageStored, hello, "ana/laptop"))
    chat.lab.world.step(kForever, &chat.watch);
  chat.crash("ana/phone");  // it may or may not remember that the message was accepted
  chat.restart("ana/phone");
  chat.run_until(60_s);
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), Texts{"hello"}) << device;
  EXPECT_TRUE(chat.watch.shown_twice.empty());
}

TEST(Outbox, person_is_told_when_it_gives_up) {
  Chat chat = two_people();
  chat.options.give_up_after = 30_s;
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.begin(Verb::isolate, {{"ana/phone"}});
  chat.run_until(100_s);
  EXPECT_EQ(chat.when(facts::kMessageGivenUp, hello, "ana/phone"),
            *chat.when(facts::kMessageSent, hello, "ana/phone") + 30_s);
  chat.heal();
  chat.run_until(160_s);
  EXPECT_EQ(chat.shown("bo/phone"), Texts{});
}

TEST(Outbox, full_disk_takes_nothing_until_it_has_room) {
  Chat chat = two_people();
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  const MessageNumber hi = chat.line(11_s, "bo/phone", kBoth, "hi");
  chat.run_until(9_s);
  Fault full = chat.lab.make_fault(Verb::disk_full, {{"ana/phone"}});
  full.lasts = 15_s;
  chat.begin(std::move(full));
  chat.run_until(23_s);
  EXPECT_FALSE(chat.stated(facts::kMessageSent, hello, "ana/phone"));
  EXPECT_FALSE(chat.stated(facts::kMessageStored, hi, "ana/phone"));
  EXPECT_TRUE(chat.stated(facts::kMessageStored, hi, "ana/laptop"));
  chat.run_until(60_s);
  for (const std::string& device : chat.device_names())
    EXPECT_EQ(chat.shown(device), (Texts{"hi", "hello"})) << device;
}

}  // namespace
}  // namespace cleave
