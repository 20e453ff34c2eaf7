// Each planted bug, in the smallest story that shows it; without the bug, the same story ends well.
#include "models/server/mailbox.h"
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

using Story = std::function<Chat(std::set<Bug>)>;

// The mailbox cannot reach the store of the queues, and crashes before it can.
Chat queues_are_out_of_reach(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs), 0);
  chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.run_until(9_s);
  chat.cut({{"mailbox/east"}, {"queues"}});
  chat.run_until(11_s);
  chat.crash("mailbox/east");
  chat.run_until(12_s);
  chat.restart("mailbox/east");
  chat.heal();
  return chat;
}

// Power fails while the disk is slow to sync what came.
Chat phone_crashes_while_it_syncs(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  chat.line(10_s, "ana/phone", kBoth, "hello");
  chat.habits("bo/laptop").asleep = {{Time{}, Time{} + 30_s}};
  chat.run_until(9_s);
  Fault slow = chat.lab.make_fault(Verb::disk_slow, {{"bo/phone"}});
  slow.factor = 10'000;
  slow.lasts = 10_s;
  chat.begin(std::move(slow));
  chat.run_until(12_s);
  chat.crash("bo/phone");
  chat.restart("bo/phone");
  return chat;
}

Chat one_message(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  chat.line(5_s, "ana/phone", kBoth, "hello");
  return chat;
}

// The phone reads while the laptop sleeps, which then says that the message was delivered.
Chat laptop_wakes_after_the_phone_has_read(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.habits("bo/laptop").asleep = {{Time{}, Time{} + 20_s}};
  return chat;
}

// A backlog of more than one page.
Chat phone_wakes_to_five_messages(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  chat.options.batch = 2;
  for (const char* text : {"one", "two", "three", "four", "five"})
    chat.line(5_s, "ana/phone", kBoth, text);
  chat.habits("bo/phone").asleep = {{Time{}, Time{} + 20_s}};
  return chat;
}

// The acknowledgement of the phone is lost with its gateway.
Chat gateway_crashes_before_the_acknowledgement(std::set<Bug> bugs) {
  Chat chat = two_people(std::move(bugs));
  const MessageNumber hello = chat.line(5_s, "ana/phone", kBoth, "hello");
  chat.start();
  while (!chat.stated(facts::kMessageStored, hello, "bo/phone"))
    chat.lab.world.step(kForever, &chat.watch);
  chat.crash("gateway/west");
  chat.run_until(10_s);
  chat.restart("gateway/west");
  return chat;
}

// The mailbox crashes when Bo's queue has the question and Cy's has not. Bo answers before Ana's
// phone has sent the question again.
Chat question_is_late(std::set<Bug> bugs) {
  Chat chat({"east", "west", "north"});
  chat.options.bugs = std::move(bugs);
  chat.options.ordering = 0;
  chat.options.ping_after = 3_s;
  chat.options.ping_before = 4_s;
  chat.options.reply_within = 2_s;
  chat.add_person("ana", "east", {"phone"});
  chat.add_person("bo", "west", {"phone"});
  chat.add_person("cy", "north", {"phone"});
  const Texts all{"ana", "bo", "cy"};
  const MessageNumber question = chat.line(5_s, "ana/phone", all, "shall we?");
  chat.line(5_s, "bo/phone", all, "yes", question);
  chat.start();
  Fault jitter = chat.lab.make_fault(Verb::jitter, {{"mailbox/east"}, {"queues"}});
  jitter.duration = 5_ms;  // else its requests arrive at one instant
  chat.begin(std::move(jitter));
  const NodeId mailbox = chat.lab.node("mailbox/east");
  const auto step = [&chat] { chat.lab.world.step(kForever, &chat.watch); };
  while (chat.lab.world.node<models::server::Mailbox>(mailbox).memory.submissions.empty())
    step();
  const NodeId leader = chat.lab.node(chat.lab.with_role("queues", "leader").front());
  while (NodeId{chat.watch.delivered.from} != mailbox || NodeId{chat.watch.delivered.to} != leader)
    step();
  chat.cut({{"mailbox/east"}, {"queues"}});
  chat.crash("mailbox/east");
  chat.run_until(8_s);
  chat.heal();
  chat.restart("mailbox/east");
  return chat;
}

std::map<std::string, std::string> wrong_after(Chat chat) {
  chat.run_until(150_s);
  return chat.wrong(60_s);
}

struct BugRow {
  Bug bug;
  Story story;
};

class PlantedBugs : public ::testing::TestWithParam<BugRow> {};

TEST_P(PlantedBugs, show_and_are_what_is_wrong) {
  EXPECT_EQ(wrong_after(GetParam().story({})), (std::map<std::string, std::string>{}));
  const auto& bugs = models::messaging::kBugs;
  const auto* planted = std::find_if(bugs.begin(), bugs.end(),
                                     [](const auto& bug) { return bug.bug == GetParam().bug; });
  const auto wrong = wrong_after(GetParam().story({GetParam().bug}));
  EXPECT_TRUE(wrong.contains(std::string(planted->caught_by))) << testing::PrintToString(wrong);
}

INSTANTIATE_TEST_SUITE_P(
    Each, PlantedBugs,
    ::testing::Values(BugRow{Bug::accept_before_stored, queues_are_out_of_reach},
                      BugRow{Bug::acknowledge_before_durable, phone_crashes_while_it_syncs},
                      BugRow{Bug::deliver_before_durable, phone_crashes_while_it_syncs},
                      BugRow{Bug::forget_own_devices, one_message},
                      BugRow{Bug::last_receipt_wins, laptop_wakes_after_the_phone_has_read},
                      BugRow{Bug::parallel_pulls, phone_wakes_to_five_messages},
                      BugRow{Bug::show_before_cause, question_is_late},
                      BugRow{Bug::show_repeats, gateway_crashes_before_the_acknowledgement}),
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
