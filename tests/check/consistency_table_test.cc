#include "sim/check/consistency_table.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

using Row = ConsistencyTable::Row;
using Levels = std::vector<Level>;

ConsistencyTable table_of(std::size_t most_operations = 1'000) {
  return ConsistencyTable(
      {.names = {{{kChat, "chat"}, {kNews, "news"}}, {}}, .most_operations = most_operations});
}

struct Register {
  Story& story;
  std::uint64_t object = kChat;
  std::uint64_t version = 0;

  void write(NodeId client, std::uint64_t value) {
    story.complete(story.invoke(client, {Action::write, object, value}), Outcome::ok, {},
                   ++version);
  }
  void read(NodeId client, std::uint64_t value) {
    story.complete(story.invoke(client, {Action::read, object}), Outcome::ok, {value}, version);
  }
};

TEST(ConsistencyTable, has_one_row_of_registers_that_are_linearizable) {
  ConsistencyTable table = table_of();
  Story story(table);
  for (const std::uint64_t object : {kChat, kNews}) {
    Register reg{story, object};
    reg.write(kAlice, 5);
    reg.read(kBob, 5);
  }
  const std::vector<Row> rows = std::move(table).rows(story.event());
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].store, kStore);
  EXPECT_EQ(rows[0].type, ObjectType::reg);
  EXPECT_TRUE(rows[0].together);
  EXPECT_EQ(rows[0].objects, 2u);
  EXPECT_EQ(rows[0].names, (std::vector<std::string>{"chat", "news"}));
  EXPECT_EQ(rows[0].operations, 4u);
  EXPECT_EQ(rows[0].standing.strongest, Levels{Level::linearizable});
  EXPECT_TRUE(rows[0].standing.violated.empty());
}

TEST(ConsistencyTable, tells_which_object_it_is_that_falls_behind) {
  ConsistencyTable table = table_of();
  Story story(table);
  Register chat{story, kChat}, news{story, kNews};
  for (Register* reg : {&chat, &news}) {
    reg->write(kAlice, 1);
    reg->write(kAlice, 2);
  }
  chat.read(kBob, 1);  // stale
  news.read(kBob, 2);
  const std::vector<Row> rows = std::move(table).rows(story.event());
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_TRUE(rows[0].together);
  EXPECT_EQ(rows[0].standing.violated, Levels{Level::linearizable});
  EXPECT_EQ(rows[0].standing.broken.anomaly, "stale-read");
  EXPECT_FALSE(rows[1].together);
  EXPECT_EQ(rows[1].names, std::vector<std::string>{"chat"});
  EXPECT_EQ(rows[1].standing.strongest, Levels{Level::sequential});
  EXPECT_EQ(rows[2].names, std::vector<std::string>{"news"});
  EXPECT_EQ(rows[2].standing.strongest, Levels{Level::linearizable});
}

// Each object goes back to where it was for one client: sequential alone, but not together, where
// Bob sees news before chat and Carol chat before news.
TEST(ConsistencyTable, tells_apart_what_holds_of_each_and_what_of_all) {
  ConsistencyTable table = table_of();
  Story story(table);
  Register chat{story, kChat}, news{story, kNews};
  chat.write(kAlice, 1);
  news.write(kEast, 1);
  chat.write(kAlice, 2);
  news.write(kEast, 2);
  news.read(kBob, 2);
  chat.read(kBob, 1);
  chat.read(kCarol, 2);
  news.read(kCarol, 1);
  const std::vector<Row> rows = std::move(table).rows(story.event());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].standing.violated, (Levels{Level::linearizable, Level::sequential}));
  EXPECT_EQ(rows[1].objects, 2u) << "objects that stand alike are one row";
  EXPECT_EQ(rows[1].names, (std::vector<std::string>{"chat", "news"}));
  EXPECT_EQ(rows[1].standing.strongest, Levels{Level::sequential});
}

TEST(ConsistencyTable, says_that_there_was_more_than_it_looked_at) {
  for (const bool too_many : {true, false}) {
    ConsistencyTable table = table_of(too_many ? 3 : 4);
    Story story(table);
    Register chat{story};
    for (std::uint64_t value = 1; value <= 2; ++value) {
      chat.write(kAlice, value);
      chat.read(kBob, value);
    }
    const std::vector<Row> rows = std::move(table).rows(story.event());
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].cut_short, too_many);
  }
}

TEST(ConsistencyTable, keeps_stores_apart) {
  ConsistencyTable table = table_of();
  Story story(table);
  story.told(kAlice, Outcome::ok, {Action::write, kChat, 1, 0, kOtherStore});
  story.complete(story.invoke(kBob, {Action::read, kChat, 0, 0, kStore}), Outcome::ok, {7}, 1);
  const std::vector<Row> rows = std::move(table).rows(story.event());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].store, kStore);
  EXPECT_EQ(rows[0].standing.broken.anomaly, "thin-air-read");
  EXPECT_TRUE(rows[1].standing.violated.empty());
}

TEST(ConsistencyTable, has_no_row_of_what_no_level_can_be_asked_of) {
  ConsistencyTable table = table_of();
  Invoked append{.id = {kAlice, 1},
                 .event = {1},
                 .store = kStore,
                 .key = kChat,
                 .type = ObjectType::queue,
                 .action = Action::append,
                 .argument = 1};
  table.on(append);
  EXPECT_TRUE(std::move(table).rows(1).empty());
}

}  // namespace
}  // namespace cleave::test
