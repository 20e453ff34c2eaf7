// What people saw, from what their devices stated: lists, orders, who was last, and since when all
// agree.
#include "sim/scenario/conversation_result.h"

#include "sim/report/conversation_text.h"
#include "sim/scenario/threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave {
namespace {

using Kind = MessageEvent::Kind;

constexpr NodeId kPhone{1}, kLaptop{2}, kBo{3};

MessagingCast cast() {
  MessagingCast cast;
  cast.devices = {{kPhone, "ana/phone", 0}, {kLaptop, "ana/laptop", 0}, {kBo, "bo/phone", 1}};
  cast.people = {{"ana", {0, 1}}, {"bo", {2}}};
  cast.conversations = {{"ana and bo", {0, 1}}, {"nobody's", {0, 1}}};
  cast.lines = {{MessageNumber::of(kPhone, 1), 0, "shall we?", ""}};
  return cast;
}

class Story {
 public:
  Story& at(std::int64_t seconds) {
    now_ = Time{seconds * 1'000'000'000};
    return *this;
  }
  Story& sent(NodeId from, std::uint32_t counter) {
    const MessageNumber message = MessageNumber::of(from, counter);
    add(from, Kind::sent, message, 0);
    for (const NodeId to : {kPhone, kLaptop, kBo})
      if (to != from) add(from, Kind::addressed, message, to.value);
    return *this;
  }
  Story& shown(NodeId on, NodeId from, std::uint32_t counter, std::uint64_t index) {
    return add(on, Kind::shown, MessageNumber::of(from, counter), index);
  }
  Story& states(NodeId device, Kind kind, NodeId from, std::uint32_t counter,
                std::uint64_t value = 0) {
    return add(device, kind, MessageNumber::of(from, counter), value);
  }
  Story& down(NodeId device) { return add(device, Kind::down, {}, 0); }

  ConversationResult result(const std::vector<NodeId>& down = {}) const {
    const auto is_up = [&down](NodeId device) {
      return std::find(down.begin(), down.end(), device) == down.end();
    };
    const std::vector<ConversationResult> all = conversation_results(events, cast(), is_up);
    EXPECT_EQ(all.size(), 1u) << "where nothing was sent is nothing to tell";
    return all.empty() ? ConversationResult{} : all.front();
  }

  std::vector<MessageEvent> events;

 private:
  Story& add(NodeId device, Kind kind, MessageNumber message, std::uint64_t value) {
    events.push_back({now_, {events.size() + 1}, device, kind, message, value});
    return *this;
  }
  Time now_;
};

Story two_messages() {
  Story story;
  story.at(1).sent(kPhone, 1).shown(kPhone, kPhone, 1, 0);
  story.at(2).shown(kLaptop, kPhone, 1, 0);
  story.at(3).sent(kBo, 1).shown(kBo, kBo, 1, 0);
  story.at(4).shown(kPhone, kBo, 1, 1).shown(kLaptop, kBo, 1, 1);
  return story;
}

TEST(ConversationResult, tells_who_saw_what_and_when_it_was_everywhere) {
  Story story = two_messages();
  story.at(9).shown(kBo, kPhone, 1, 0).states(kBo, Kind::repeated, kPhone, 1);
  const ConversationResult result = story.result();
  EXPECT_EQ(result.people, (std::vector<std::string>{"ana", "bo"}));
  ASSERT_EQ(result.messages.size(), 2u);
  EXPECT_EQ(result.messages[0].text, "shall we?");
  EXPECT_EQ(result.messages[0].device, "ana/phone");
  EXPECT_EQ(result.messages[0].everywhere, Time{9'000'000'000});
  EXPECT_EQ(arrival(result.messages[0]), "8 s, bo/phone last");
  EXPECT_EQ(arrival(result.messages[1]), "1 s");
  EXPECT_EQ(result.repeated, 1u);
  EXPECT_EQ(result.late, 1u);
  EXPECT_EQ(result.unwritten, 0u);
  EXPECT_EQ(result.agreed, Time{9'000'000'000});
  EXPECT_EQ(sentence(result),
            "ana and bo on 3 devices; 2 messages, the same in the same order on all since 9 s");
  EXPECT_EQ(orders(result, Order::seen),
            (std::vector<std::string>{"1 2 on ana/phone and ana/laptop", "2 1 on bo/phone"}));
  EXPECT_EQ(orders(result, Order::shown), (std::vector<std::string>{"1 2 on all"}));
}

TEST(ConversationResult, tells_what_is_missing_and_where) {
  const ConversationResult result = two_messages().result();
  EXPECT_EQ(result.missing, 1u);
  EXPECT_EQ(result.messages[0].shown, 2u);
  EXPECT_EQ(arrival(result.messages[0]), "not on bo/phone");
  EXPECT_FALSE(result.agreed);
  EXPECT_NE(sentence(result).find("2 messages, 1 not on all"), std::string::npos);
  Story lonely;
  lonely.at(1).sent(kPhone, 1).shown(kPhone, kPhone, 1, 0);
  EXPECT_EQ(arrival(lonely.result().messages[0]), "not on bo/phone and 1 other");
}

TEST(ConversationResult, tells_lists_that_differ_to_the_end) {
  Story story = two_messages();
  story.at(9).shown(kBo, kPhone, 1, 1);
  const ConversationResult result = story.result();
  EXPECT_FALSE(result.agreed);
  EXPECT_NE(sentence(result).find("but not in one order"), std::string::npos);
}

TEST(ConversationResult, leaves_out_what_was_given_up_and_who_is_down) {
  Story story = two_messages();
  story.at(5).states(kPhone, Kind::given_up, kPhone, 1).down(kBo);
  const ConversationResult result = story.result({kBo});
  EXPECT_EQ(result.missing, 0u);
  EXPECT_EQ(result.given_up, 1u);
  EXPECT_EQ(arrival(result.messages[0]), "given up, on 2 of 3");
  EXPECT_NE(sentence(result).find("but for 1 given up, the same in the same order on all that are "
                                  "up since"),
            std::string::npos)
      << sentence(result);
  EXPECT_TRUE(result.agreed);
  EXPECT_FALSE(result.devices[2].up);
  EXPECT_TRUE(result.devices[2].list.empty());
}

TEST(ConversationResult, counts_lines_that_nobody_wrote) {
  Story story;
  story.at(1).sent(kBo, 1).shown(kBo, kBo, 1, 0).shown(kPhone, kBo, 1, 0).shown(kLaptop, kBo, 1, 0);
  EXPECT_EQ(story.result().unwritten, 1u) << "Ana's phone never said it";
  EXPECT_EQ(story.result().late, 0u);
  const std::vector<ConversationResult> nothing =
      conversation_results({}, cast(), [](NodeId) { return true; });
  ASSERT_EQ(nothing.size(), 1u);
  EXPECT_EQ(nothing[0].unwritten, 1u);
  EXPECT_EQ(nothing[0].sent, 0u);
}

TEST(ConversationResult, names_a_few_of_many) {
  ConversationResult result;
  result.name = "all";
  for (int i = 0; i < 30; ++i)
    result.people.push_back("p" + std::to_string(i));
  EXPECT_EQ(sentence(result).substr(0, 48), "all: p0, p1, p2, p3, p4, p5, p6 and 23 others on");
}

TEST(ConversationResult, counts_what_is_shown_twice) {
  Story story = two_messages();
  story.at(5).shown(kLaptop, kPhone, 1, 0);
  EXPECT_EQ(story.result().twice, 1u);
  // After a crash it is no second time.
  Story crashed = two_messages();
  crashed.at(5).down(kLaptop).at(6).shown(kLaptop, kPhone, 1, 0);
  EXPECT_EQ(crashed.result().twice, 0u);
  EXPECT_EQ(crashed.result().devices[1].first, (std::vector<std::uint32_t>{0, 1}));
}

TEST(Threads, know_how_far_a_message_is_as_its_own_device_shows_it) {
  Story story = two_messages();
  const auto read = StatusShown{1, MessageStatus::read}.pack();
  story.states(kLaptop, Kind::status, kPhone, 1, read);
  Threads threads;
  for (const MessageEvent& event : story.events)
    threads.apply(event);
  EXPECT_TRUE(threads.find(MessageNumber::of(kPhone, 1))->status.empty());
  story.states(kPhone, Kind::status, kPhone, 1, read);
  threads.apply(story.events.back());
  EXPECT_EQ(threads.find(MessageNumber::of(kPhone, 1))->status.at(1), MessageStatus::read);
}

// Wherever it goes, forward, back and within a moment: as if it had come from the beginning.
TEST(ThreadCursor, shows_what_had_happened_by_then) {
  Story story = two_messages();
  story.at(4).shown(kBo, kPhone, 1, 0).down(kPhone);
  ThreadCursor cursor(story.events);
  const auto lists = [](const Threads& threads) {
    std::string text;
    for (const NodeId device : {kPhone, kLaptop, kBo})
      text += std::to_string(threads.list(device, 0).size());
    return text;
  };
  const Time four{4'000'000'000};
  const EventId last = story.events.back().event;
  EXPECT_EQ(lists(cursor.at(Time{})), "000");
  EXPECT_EQ(lists(cursor.at(Time{3'000'000'000})), "111");
  EXPECT_EQ(lists(cursor.at(four)), "022");
  EXPECT_EQ(lists(cursor.at(four, EventId{last.value - 1})), "222");
  EXPECT_EQ(lists(cursor.at(four, EventId{last.value - 2})), "221");
  EXPECT_EQ(lists(cursor.at(Time{2'000'000'000})), "110");
}

}  // namespace
}  // namespace cleave
