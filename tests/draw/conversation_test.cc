#include "sim/draw/conversation.h"

#include "sim/draw/conversation_lists.h"
#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave::draw {
namespace {

constexpr Size kUsual{430, 400};

const Recording& friends() {
  static const auto recording =
      record(request_of(load_file("scenarios/tutorial/02-first-conversation.yaml"))).recording;
  return *recording;
}

Threads threads_at(const Recording& recording, Time at) {
  ThreadCursor cursor(recording.result.messages);
  return cursor.at(at);
}

View view_at(Time at) {
  View view = window_of(at, at + Duration{1});
  view.at = at;
  return view;
}

std::vector<Bubble> list_of(const std::string& letters) {
  std::vector<Bubble> list;
  for (const char letter : letters)
    list.push_back({MessageNumber{static_cast<std::uint64_t>(letter)}, false});
  return list;
}

TEST(ConversationLists, are_as_far_apart_as_messages_would_have_to_move) {
  struct Row {
    const char *one, *other;
    std::size_t apart;
  };
  for (const Row& row : {Row{"", "", 0}, Row{"abc", "abc", 0}, Row{"abc", "acb", 1},
                         Row{"abc", "cab", 1}, Row{"abc", "cba", 2}, Row{"abcd", "dabc", 1},
                         // What only one of them has is in no order.
                         Row{"abc", "ac", 0}, Row{"abc", "xayc", 0}, Row{"abc", "cxa", 1}})
    EXPECT_EQ(out_of_order(list_of(row.one), list_of(row.other)), row.apart)
        << row.one << " " << row.other;
}

// Two people with two devices each write to each other; bo's laptop has it the other way round.
struct Crossed {
  MessagingCast cast;
  Threads threads;
  Crossed() {
    cast.devices = {
        {{1}, "ana/phone", 0}, {{2}, "ana/laptop", 0}, {{3}, "bo/phone", 1}, {{4}, "bo/laptop", 1}};
    cast.people = {{"ana", {0, 1}}, {"bo", {2, 3}}};
    cast.conversations = {{"ana and bo", {0, 1}}};
    say(1, 1, {1, 2, 3, 4}, {0, 0, 0, 0});
    say(3, 1, {1, 2, 3, 4}, {1, 1, 1, 0});
  }
  void say(std::uint32_t from, std::uint32_t counter, const std::vector<std::uint32_t>& on,
           const std::vector<std::uint64_t>& indices) {
    const MessageNumber message = MessageNumber::of({from}, counter);
    threads.apply({{}, {}, {from}, MessageEvent::Kind::sent, message, 0});
    for (std::size_t i = 0; i < on.size(); ++i)
      threads.apply({{}, {}, {on[i]}, MessageEvent::Kind::shown, message, indices[i]});
  }
};

TEST(ConversationLists, are_shown_of_whom_they_differ_first) {
  const Crossed crossed;
  using Devices = std::vector<std::uint32_t>;
  EXPECT_EQ(shown_devices(crossed.cast, crossed.threads, 0, 1), (Devices{0}));
  EXPECT_EQ(shown_devices(crossed.cast, crossed.threads, 0, 2), (Devices{0, 3}));
  EXPECT_EQ(shown_devices(crossed.cast, crossed.threads, 0, 3), (Devices{0, 2, 3}));
  EXPECT_EQ(shown_devices(crossed.cast, crossed.threads, 0, 9), (Devices{0, 1, 2, 3}));
  EXPECT_EQ(agreement(crossed.cast, crossed.threads, 0), "1 message in different order");
  EXPECT_EQ(shown_devices(crossed.cast, Threads(), 0, 2), (Devices{0, 2})) << "one of each person";
}

// Europe is cut off: what Cleo has before her is furthest from what Ana has.
TEST(ConversationLists, are_shown_of_both_sides_of_a_cut) {
  const Recording& recording = friends();
  const MessagingCast& cast = recording.cast.messaging;
  const std::uint32_t group = *shown_conversation(recording, View());
  const auto devices = shown_devices(cast, threads_at(recording, seconds(24)), group, 2);
  ASSERT_EQ(devices.size(), 2u);
  EXPECT_EQ(cast.devices[devices[0]].name, "ana/phone");
  EXPECT_EQ(cast.devices[devices[1]].name, "cleo/phone");
}

TEST(ConversationLists, say_whether_all_have_all) {
  const Recording& recording = friends();
  const std::uint32_t group = *shown_conversation(recording, View());
  const MessagingCast& cast = recording.cast.messaging;
  EXPECT_EQ(cast.conversations[group].name, "friends");
  EXPECT_EQ(agreement(cast, threads_at(recording, seconds(24)), group),
            "3 messages not everywhere");
  EXPECT_EQ(agreement(cast, threads_at(recording, seconds(69)), group),
            "the same on all 12 devices");
}

TEST(Conversation, has_a_bubble_for_what_each_device_shows) {
  const Recording& recording = friends();
  const View view = view_at(seconds(69));
  const Threads threads = threads_at(recording, view.at);
  const Drawing drawing = draw_conversation(recording, threads, view, {430, 2000});
  const std::uint32_t group = *shown_conversation(recording, view);
  std::size_t shown = 0;
  for (const std::uint32_t device : shown_devices(recording.cast.messaging, threads, group, 2))
    shown += threads.list(recording.cast.messaging.devices[device].node, group).size();
  EXPECT_EQ(drawing.spots.size(), shown);
  EXPECT_EQ(shown, 16u);
  const std::vector<std::string> texts = texts_of(drawing);
  EXPECT_NE(std::find(texts.begin(), texts.end(), "Museum it is."), texts.end());
  for (const Spot& spot : drawing.spots) {
    EXPECT_EQ(spot.target.kind, Target::Kind::event);
    EXPECT_NE(spot.name.find(" shows "), std::string::npos) << spot.name;
  }
  expect_legible(drawing, "at the end");
}

// As many of the newest as there is room for, none outside of its column or on another.
TEST(Conversation, keeps_to_its_room) {
  const Recording& recording = friends();
  const View view = view_at(seconds(69));
  const Threads threads = threads_at(recording, view.at);
  for (const Size size : {Size{200, 120}, kUsual, Size{760, 300}, Size{1200, 500}}) {
    const Drawing drawing = draw_conversation(recording, threads, view, size);
    EXPECT_FALSE(drawing.spots.empty()) << size.width;
    for (const Spot& spot : drawing.spots) {
      EXPECT_GE(spot.rect.y, 30) << spot.name;
      EXPECT_LE(spot.rect.bottom(), size.height) << spot.name;
      EXPECT_LE(spot.rect.right(), size.width) << spot.name;
      for (const Spot& other : drawing.spots)
        EXPECT_TRUE(&spot == &other || !spot.rect.overlaps(other.rect)) << spot.name;
    }
    expect_legible(drawing, std::to_string(size.width));
  }
}

TEST(Conversation, marks_the_cut_between_what_was_sent_before_and_after) {
  const Recording& recording = friends();
  const auto rules = [&recording](Time at) {
    const View view = view_at(at);
    const Drawing drawing =
        draw_conversation(recording, threads_at(recording, at), view, {430, 2000});
    const std::vector<std::string> texts = texts_of(drawing);
    return std::count(texts.begin(), texts.end(), "cut 15.000 s");
  };
  EXPECT_EQ(rules(seconds(14)), 0);
  EXPECT_EQ(rules(seconds(69)), 2) << "in each column";
}

TEST(Conversation, says_what_is_there_if_nobody_writes) {
  const Drawing drawing = draw_conversation(tutorial(), Threads(), View(), kUsual);
  EXPECT_TRUE(drawing.spots.empty());
  EXPECT_FALSE(texts_of(drawing).empty());
  EXPECT_TRUE(table_of_conversation(tutorial(), Threads(), View()).rows.empty());
}

TEST(Conversation, is_a_table_too) {
  const Recording& recording = friends();
  const Threads threads = threads_at(recording, seconds(69));
  const Table table = table_of_conversation(recording, threads, view_at(seconds(69)));
  EXPECT_EQ(table.rows.size(), 12u * 8u);
  EXPECT_EQ(table.rows[0],
            (std::vector<std::string>{"ana/phone", "1", "ana", "Who is free on Saturday?",
                                      "5.002 s", "read"}));
}

}  // namespace
}  // namespace cleave::draw
