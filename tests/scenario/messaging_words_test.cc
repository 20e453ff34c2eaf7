// People, groups, services and conversations: what is read, and every mistake in it.
#include "models/messaging/bugs.h"
#include "models/messaging/schema.h"
#include "models/ordering/ordering.h"
#include "sim/scenario/build.h"
#include "sim/scenario/load.h"
#include "tests/scenario/bad_input.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

using test::Case;
using test::mistakes_in;

constexpr std::string_view kChat = R"(cleave: 1
name: Chat
run_for: 60s
topology:
  latency: aws-2017
  regions: [us-east, us-west]
  access: {phone: 4g, laptop: wifi}
stores:
  mail: {engine: raft, replicas: {us-east: 2, us-west: 1}}
services:
  messaging: {queues: mail, ordering: causal, batch: 50}
people:
  ana: {region: us-east, devices: [phone, laptop], reads_on: laptop}
  bo: {region: us-west, devices: [phone], asleep: [{from: 5s, to: 9s}]}
  crowd: {count: 3, region: us-west, devices: [phone]}
groups:
  club: [ana, bo, crowd]
conversations:
  - {at: 2s, by: ana, to: bo, say: "shall we?", label: plan}
  - {at: 1s, by: ana, to: club, say: "first"}
  - {at: 3s, by: bo, to: ana, say: "yes", reply_to: plan}
  - {every: 10s, by: [ana, crowd], to: club, until: 40s}
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kChat);
  text.replace(text.find(from), from.size(), to);
  return text;
}

Scenario read(const std::string& text) {
  return load_text("chat.yaml", text).configurations.front().scenario;
}

TEST(MessagingWords, say_who_is_there_and_what_is_said) {
  ASSERT_EQ(mistakes_in(std::string(kChat)), std::vector<std::string>{});
  const Built built = build(read(std::string(kChat)), 1);
  const MessagingCast& cast = built.cast.messaging;
  ASSERT_EQ(cast.people.size(), 5u);
  EXPECT_EQ(cast.people[4].name, "crowd/2");
  ASSERT_EQ(cast.devices.size(), 6u);
  EXPECT_EQ(cast.devices[1].name, "ana/laptop");
  EXPECT_EQ(built.world.find("ana/laptop"), cast.devices[1].node);
  EXPECT_EQ(built.world.find("gateway/us-west"), cast.gateways[1]);
  EXPECT_EQ(built.world.find("mailbox/us-east"), cast.mailboxes[0]);
  ASSERT_EQ(cast.conversations.size(), 2u);
  EXPECT_EQ(cast.conversations[0].name, "club");
  EXPECT_EQ(cast.conversations[1].name, "ana and bo");
  ASSERT_EQ(cast.lines.size(), 3u);
  EXPECT_EQ(cast.lines[0].message, MessageNumber::of(cast.devices[0].node, 2)) << "by time";
  EXPECT_EQ(cast.lines[2].message, MessageNumber::of(cast.devices[2].node, 1));
}

TEST(MessagingWords, let_one_of_many_speak_and_be_spoken_to) {
  const std::string text = with("by: bo, to: ana, say: \"yes\", reply_to: plan",
                                "by: crowd/1, to: crowd/2, say: \"yes\"") +
                           "expect:\n  - {shown-once: crowd/1}\n";
  ASSERT_EQ(mistakes_in(text), std::vector<std::string>{});
  const MessagingCast cast = build(read(text), 1).cast.messaging;
  ASSERT_EQ(cast.conversations.size(), 3u);
  EXPECT_EQ(cast.conversations[2].name, "crowd/1 and crowd/2");
  EXPECT_EQ(cast.conversations[2].members, (std::vector<std::uint32_t>{3, 4}));
  EXPECT_EQ(cast.lines[2].message, MessageNumber::of(cast.devices[4].node, 1));
}

TEST(MessagingWords, leave_what_stands_before_people_where_it_was) {
  Scenario scenario = read(std::string(kChat));
  const World with_people = build(scenario, 1).world;
  scenario.messaging.reset();
  const World without = build(scenario, 1).world;
  for (std::uint32_t i = 0; i < without.node_count(); ++i)
    EXPECT_EQ(without.name({i}), with_people.name({i}));
}

TEST(MessagingWords, let_faults_name_devices_and_servers) {
  for (const char* who : {"ana", "ana/phone", "crowd", "crowd/1", "gateway", "mailbox/us-west"}) {
    const std::string fault = std::string("faults: [{at: 1s, for: 1s, crash: ") + who + "}]\n";
    EXPECT_EQ(mistakes_in(std::string(kChat) + fault), std::vector<std::string>{}) << who;
  }
  const std::string misspelt = "faults: [{at: 1s, for: 1s, crash: ann}]\n";
  EXPECT_EQ(mistakes_in(std::string(kChat) + misspelt),
            std::vector<std::string>{"23:35: error: no region, store, client group or node is "
                                     "called 'ann'; write 'ana'"});
}

TEST(MessagingWords, name_every_ordering_and_every_bug) {
  const Schema& schema = models::messaging::schema();
  std::vector<std::string_view> orderings, bugs;
  for (const auto& policy : models::ordering::policies())
    orderings.push_back(policy.name);
  for (const auto& bug : models::messaging::kBugs)
    bugs.push_back(bug.name);
  EXPECT_EQ(choices(*schema.find("ordering")), orderings);
  EXPECT_EQ(choices(*schema.find("bugs")), bugs);
  EXPECT_EQ(faults_of(schema), std::vector<std::string>{});
}

TEST(MessagingWords, mistakes) {
  for (const Case& c : std::vector<Case>{
           {"no service",
            "services:\n  messaging: {queues: mail, ordering: causal, batch: 50}\n",
            "",
            {"11:3: error: 'people' without a service; expected `services: {messaging: {queues: "
             "STORE}}`; add what is missing, or remove this"}},
           {"unknown store",
            "queues: mail",
            "queues: mial",
            {"11:23: error: no store is called 'mial'; write 'mail'"}},
           {"unknown device",
            "devices: [phone], asleep",
            "devices: [phon], asleep",
            {"14:34: error: no device of topology.access is called 'phon'; write 'phone'"}},
           {"two of a kind",
            "[phone, laptop], reads_on",
            "[phone, phone, laptop], reads_on",
            {"13:35: error: devices: two devices called 'phone'; expected one of each kind; add "
             "another kind to `topology.access`"}},
           {"reads on nothing",
            "reads_on: laptop",
            "reads_on: lapto",
            {"13:62: error: no device of this person is called 'lapto'; write 'laptop'"}},
           {"sleeps backwards",
            "from: 5s, to: 9s",
            "from: 9s, to: 5s",
            {"14:67: error: to: the sleep ends before it begins; expected more than `from`"}},
           {"sleeps twice at once",
            "[{from: 5s, to: 9s}]",
            "[{from: 5s, to: 9s}, {from: 8s, to: 12s}]",
            {"14:79: error: from: this sleep begins before the one above it has ended; expected "
             "sleeps in the order of time; join the two, or exchange them"}},
           {"group of strangers",
            "club: [ana, bo, crowd]",
            "club: [ana, bob, crowd]",
            {"17:15: error: no person is called 'bob'; write 'bo'"}},
           {"group of one",
            "club: [ana, bo, crowd]",
            "club: [ana, bo, crowd]\n  few: [bo]",
            {"18:8: error: a group of 1; expected two people or more; write `few: [ana, bo]`"}},
           {"group called as a person",
            "club: [ana",
            "ana: [ana",
            {"17:3: error: 'ana' is a person and a group; expected names that differ, for faults "
             "choose nodes by them; rename one",
             "20:27: error: no person or group is called 'club'; known: ana, bo, crowd, ana",
             "22:40: error: no person or group is called 'club'; known: ana, bo, crowd, ana"}},
           {"says nothing",
            ", say: \"first\"",
            "",
            {"20:5: error: neither `say` nor `every`; expected one of them; write an item for "
             "each"}},
           {"without a time",
            "{at: 1s, by",
            "{by",
            {"20:30: error: say: a message without a time; add `at: 1s`"}},
           {"too late",
            "at: 1s",
            "at: 61s",
            {"20:10: error: at: the run is over by then; expected less than run_for"}},
           {"unknown label",
            "reply_to: plan",
            "reply_to: plam",
            {"21:53: error: no message above this one is called 'plam'; write 'plan'"}},
           {"another conversation",
            "by: bo, to: ana",
            "by: bo, to: club",
            {"21:54: error: reply_to: 'plan' was said in another conversation, 'ana and bo'; "
             "expected a message of this one"}},
           {"to oneself",
            "by: bo, to: ana",
            "by: bo, to: bo",
            {"21:26: error: to: bo writes to bo; expected one other person, or a group"}},
           {"to many",
            "by: bo, to: ana",
            "by: bo, to: crowd",
            {"21:26: error: to: 'crowd' are many people; expected one of them, such as 'crowd/0', "
             "or a group"}},
           {"to the fourth of three",
            "by: bo, to: ana",
            "by: bo, to: crowd/3",
            {"21:26: error: nobody is called 'crowd/3'; expected 'crowd/0' to 'crowd/2'"}},
           {"to a device",
            "by: bo, to: ana",
            "by: bo, to: ana/phone",
            {"21:26: error: no person is called 'ana/phone'; known: ana, bo, crowd"}},
           {"to the same twice",
            "by: [ana, crowd], to: club",
            "by: [ana, crowd], to: [club, club]",
            {"22:40: error: to: 'club' twice; expected each once; remove one"}},
           {"in the group twice",
            "club: [ana, bo, crowd]",
            "club: [ana, bo, crowd, crowd/1]",
            {"17:26: error: 'crowd/1' is in the group twice; expected each person once; remove "
             "one"}},
           {"chatter after the end",
            "{every: 10s",
            "{every: 10s, from: 60s",
            {"22:24: error: from: the run is over by then; expected less than run_for"}},
           {"a person called everybody",
            "  crowd: {count: 3, ",
            "  everybody: {region: us-east, devices: [phone]}\n  crowd: {count: 3, ",
            {"15:3: error: a person called 'everybody'; expected another name; `expect` means all "
             "people by it"}},
           {"to nobody",
            "by: bo, to: ana",
            "by: bo, to: []",
            {"21:26: error: to: nobody; expected one name or more; name somebody, or remove the "
             "item"}},
           {"by somebody unknown who replies",
            "by: bo, to: ana",
            "by: ban, to: ana",
            {"21:18: error: no person is called 'ban'; known: ana, bo, crowd"}},
           {"out of place",
            "{every: 10s, by",
            "{every: 10s, label: x, by",
            {"22:18: error: 'label' has no effect of messages at random: it goes with `say`; "
             "remove it"}},
           {"chats twice",
            "by: [ana, crowd]",
            "by: [ana, ana]",
            {"22:22: error: by: ana writes at random twice; expected one item with `every` for "
             "each person; name all conversations in one `to`"}},
           {"pings backwards",
            "batch: 50",
            "ping_before: 10s",
            {"11:60: error: ping_before: the longest pause before a ping is shorter than the "
             "shortest; expected ping_before no less than ping_after; set both"}},
       }) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(mistakes_in(with(c.from, c.to)),
              std::vector<std::string>(c.said.begin(), c.said.end()));
  }
}

}  // namespace
}  // namespace cleave
