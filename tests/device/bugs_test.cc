// Each planted bug, in the smallest story that shows it; without the bug, the same story ends well.
#include "tests/support/chat.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace cleave {
namespace {

using models::messaging::Bug;
namespace messaging = models::messaging;
using support::Chat;
using support::Texts;

const Texts kBoth{"ana", "bo"};

Chat two_people(std::set<Bug> bugs, std::uint8_t ordering = 1) {
  Chat chat({"east", "west", "north"});
  chat.options.bugs = std::move(bugs);
  chat.options.ordering = ordering;
  chat.add_person("ana", "east", {"phone", "laptop"});
  chat.add_person("bo", "west", {"phone", "laptop"});
  return chat;
}

// Each says what went wrong.
using Story = std::function<std::string(std::set<Bug>)>;

// The mailbox cannot reach the store of the queues, and crashes before it can.
std::string queues_are_out_of_reach(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs), 0);
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.cut({{"mailbox/east"}, {"queues"}});
  chat.run_until(11_s);
  chat.crash("mailbox/east");
  chat.run_until(12_s);
  chat.restart("mailbox/east");
  chat.heal();
  chat.run_until(120_s);
  const bool accepted = chat.stated(facts::kMessageAccepted, hello, "ana/phone");
  return accepted && chat.shown("bo/phone").empty() ? "accepted, and lost" : "";
}

// Power fails while the disk is slow to sync what came.
std::string phone_crashes_while_it_syncs(std::set<Bug> bugs) {
  Chat chat({"east", "west", "north"});
  chat.options.bugs = std::move(bugs);
  chat.options.ordering = 1;
  chat.add_person("ana", "east", {"phone"});
  chat.add_person("bo", "west", {"phone"});
  const MessageNumber hello = chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  Fault slow = chat.lab.make_fault(Verb::disk_slow, {{"bo/phone"}});
  slow.factor = 10'000;
  chat.begin(std::move(slow));
  chat.run_until(12_s);
  if (chat.stated(facts::kMessageStored, hello, "bo/phone")) return "the disk was not slow";
  const bool delivered =
      chat.device("ana/phone").disk.status({hello, 1}) == MessageStatus::delivered;
  if (delivered) return "delivered, and on no disk";
  chat.crash("bo/phone");
  chat.restart("bo/phone");
  chat.run_until(60_s);
  return chat.shown("bo/phone").empty() ? "acknowledged, and lost" : "";
}

std::string both_devices_hold_the_conversation(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.run_until(60_s);
  return chat.shown("ana/laptop") == Texts{"hello"} ? "" : "the laptop does not know of it";
}

// The phone reads while the laptop sleeps, which then says that the message was delivered.
std::string laptop_wakes_after_the_phone_has_read(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.habits("bo/laptop").asleep = {{Time{}, Time{} + 20_s}};
  chat.run_until(60_s);
  const std::vector<MessageStatus> shown = chat.statuses(hello, "ana/phone", 1);
  return std::is_sorted(shown.begin(), shown.end()) ? "" : "read, and then no more";
}

// A backlog of more than one page.
std::string phone_wakes_to_five_messages(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  chat.options.batch = 2;
  for (const char* text : {"one", "two", "three", "four", "five"})
    chat.line(5_s, "ana/phone", kBoth, text);
  chat.habits("bo/phone").asleep = {{Time{}, Time{} + 20_s}};
  chat.run_until(60_s);
  std::vector<std::uint64_t> came;
  for (const Fact& fact : chat.watch.facts_named(facts::kMessageShown))
    if (fact.node == chat.lab.node("bo/phone")) came.push_back(fact.subject);
  if (came.size() != 5) return "not all came";
  return std::is_sorted(came.begin(), came.end()) ? "" : "not in the order of the sender";
}

// The acknowledgement of the phone is lost with its gateway.
std::string gateway_crashes_before_the_acknowledgement(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.start();
  while (!chat.stated(facts::kMessageStored, hello, "bo/phone"))
    chat.lab.world.step(kForever, &chat.watch);
  chat.crash("gateway/west");
  chat.run_until(60_s);
  return chat.watch.shown_twice.empty() ? "" : "shown twice";
}

// Bo's queue has an answer before the question that it was written after.
std::string question_is_late(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs), 0);
  chat.add_postman("west");
  chat.line(50_s, "ana/phone", kBoth, "later");
  chat.start();
  chat.run_until(10_s);
  const NodeId phone = chat.lab.node("ana/phone");
  const MessageNumber question = MessageNumber::of(phone, 101);
  const MessageNumber answer = MessageNumber::of(phone, 102);
  chat.put("bo/phone", messaging::Message{answer, 0, {2, {question}}, question, "yes"});
  chat.run_until(40_s);
  if (!chat.stated(facts::kMessageStored, answer, "bo/phone")) return "it did not come";
  const bool early = chat.stated(facts::kMessageShown, answer, "bo/phone");
  chat.put("bo/phone", messaging::Message{question, 0, {1, {}}, {}, "shall we?"});
  chat.run_until(80_s);
  if (!chat.stated(facts::kMessageShown, answer, "bo/phone")) return "it is never shown";
  if (chat.shown("bo/phone").size() != 3) return "not all is shown";
  return early ? "the answer is shown first" : "";
}

struct BugRow {
  Bug bug;
  Story story;
  std::string wrong;
};

class PlantedBugs : public ::testing::TestWithParam<BugRow> {};

TEST_P(PlantedBugs, show_and_are_what_is_wrong) {
  EXPECT_EQ(GetParam().story({}), "");
  EXPECT_EQ(GetParam().story({GetParam().bug}), GetParam().wrong);
}

INSTANTIATE_TEST_SUITE_P(
    Each, PlantedBugs,
    ::testing::Values(
        BugRow{Bug::accept_before_stored, queues_are_out_of_reach, "accepted, and lost"},
        BugRow{Bug::acknowledge_before_durable, phone_crashes_while_it_syncs,
               "acknowledged, and lost"},
        BugRow{Bug::deliver_before_durable, phone_crashes_while_it_syncs,
               "delivered, and on no disk"},
        BugRow{Bug::forget_own_devices, both_devices_hold_the_conversation,
               "the laptop does not know of it"},
        BugRow{Bug::last_receipt_wins, laptop_wakes_after_the_phone_has_read,
               "read, and then no more"},
        BugRow{Bug::parallel_pulls, phone_wakes_to_five_messages, "not in the order of the sender"},
        BugRow{Bug::show_before_cause, question_is_late, "the answer is shown first"},
        BugRow{Bug::show_repeats, gateway_crashes_before_the_acknowledgement, "shown twice"}),
    [](const auto& test) {
      for (const models::messaging::PlantedBug& bug : models::messaging::kBugs)
        if (bug.bug == test.param.bug) {
          std::string name(bug.name);
          std::replace(name.begin(), name.end(), '-', '_');
          return name;
        }
      return std::string("unknown");
    });

}  // namespace
}  // namespace cleave
