#include "sim/base/diff.h"

#include "sim/base/digest.h"
#include "sim/base/random.h"
#include "tests/base/seed.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave {
namespace {

enum class Plain : std::uint8_t { zero, one };
enum class Spoken : std::uint8_t { no, yes };
std::string_view to_string(Spoken s) {
  return s == Spoken::yes ? "yes" : "no";
}

struct Pending {
  NodeId client;
  std::set<NodeId> acked;
  auto operator<=>(const Pending&) const = default;
  CLEAVE_DESCRIBE(client, acked)
};
struct Memory {
  std::map<std::uint64_t, Pending> pending;
  std::optional<Time> deadline;
  CLEAVE_DESCRIBE(pending, deadline)
};
struct Node {
  Memory memory;
  Log<std::string, 4> log;
  std::vector<int> list;
  std::array<bool, 2> flags{};
  std::variant<std::monostate, int, Pending> either;
  std::pair<std::string, Duration> pair;
  Plain plain = Plain::zero;
  Spoken spoken = Spoken::no;
  std::string text;
  Blob blob;
  Bytes size;
  BitRate rate;
  Hash128 hash;
  std::int8_t small = 0;
  std::map<std::string, std::vector<int>> table;
  CLEAVE_DESCRIBE(memory, log, list, flags, either, pair, plain, spoken, text, blob, size, rate,
                  hash, small, table)
};

Node node() {
  Node n;
  n.memory.pending[3] = {{7}, {{1}, {2}}};
  n.log.append("first");
  n.list = {1, 2, 3};
  n.pair = {"a", Duration{1'500'000'000}};
  n.table = {{"x", {1}}};
  return n;
}

struct Case {
  std::string expected;  // of to_text(diff(before, after))
  std::function<void(Node&)> change;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases{
      {"no difference\n", [](Node&) {}},
      {"memory.pending[3].acked[2]: present -> absent\n",
       [](Node& n) { n.memory.pending[3].acked.erase({2}); }},
      {"memory.pending[3].acked[9]: absent -> present\n",
       [](Node& n) { n.memory.pending[3].acked.insert({9}); }},
      {"memory.pending[3].client: 7 -> 8\n", [](Node& n) { n.memory.pending[3].client = {8}; }},
      {"memory.pending[3]: {client: 7, acked: {1, 2}} -> absent\n"
       "memory.pending[4]: absent -> {client: 0, acked: {}}\n",
       [](Node& n) {
         n.memory.pending = {{4, {}}};
       }},
      {"memory.deadline: absent -> 250ms\n",
       [](Node& n) { n.memory.deadline = Time{250'000'000}; }},
      {"log[0]: \"first\" -> \"1st\"\nlog[1]: absent -> \"second\"\n",
       [](Node& n) {
         n.log.truncate(0);
         n.log.append("1st");
         n.log.append("second");
       }},
      {"log[0]: \"first\" -> absent\n", [](Node& n) { n.log.truncate(0); }},
      {"list[1]: 2 -> 9\nlist[2]: 3 -> absent\n",
       [](Node& n) {
         n.list = {1, 9};
       }},
      {"flags[1]: false -> true\n", [](Node& n) { n.flags[1] = true; }},
      {"either: #0: none -> #1: 5\n", [](Node& n) { n.either = 5; }},
      {"pair.first: \"a\" -> \"b\"\n", [](Node& n) { n.pair.first = "b"; }},
      {"pair.second: 1.5s -> 0s\n", [](Node& n) { n.pair.second = {}; }},
      {"plain: 0 -> 1\n", [](Node& n) { n.plain = Plain::one; }},
      {"spoken: no -> yes\n", [](Node& n) { n.spoken = Spoken::yes; }},
      {"text: \"\" -> \"a \\\"quote\\\" and a \\\\\"\n",
       [](Node& n) { n.text = "a \"quote\" and a \\"; }},
      {"size: 0B -> 64KiB\n", [](Node& n) { n.size = {65'536}; }},
      {"rate: 0bit/s -> 400kbit/s\n", [](Node& n) { n.rate = {400'000}; }},
      {"hash: 00000000000000000000000000000000 -> 00000000000000020000000000000001\n",
       [](Node& n) {
         n.hash = {1, 2};
       }},
      {"small: 0 -> -3\n", [](Node& n) { n.small = -3; }},
      {"table[\"x\"][1]: absent -> 2\n", [](Node& n) { n.table["x"].push_back(2); }},
  };
  return kCases;
}

TEST(Diff, prints_the_path_and_both_sides) {
  for (const Case& c : cases()) {
    Node after = node();
    c.change(after);
    EXPECT_EQ(to_text(diff(node(), after)), c.expected);
  }
}

TEST(Diff, mirrors_when_the_sides_change_places) {
  for (const Case& c : cases()) {
    Node after = node();
    c.change(after);
    const Diff there = diff(node(), after);
    const Diff back = diff(after, node());
    ASSERT_EQ(there.shown.size(), back.shown.size());
    for (std::size_t i = 0; i < there.shown.size(); ++i) {
      EXPECT_EQ(there.shown[i].path, back.shown[i].path);
      EXPECT_EQ(there.shown[i].left, back.shown[i].right);
      EXPECT_EQ(there.shown[i].right, back.shown[i].left);
    }
  }
}

TEST(Diff, of_a_held_alternative_goes_into_it) {
  Node before = node();
  Node after = node();
  before.either = Pending{{1}, {}};
  after.either = Pending{{1}, {{5}}};
  EXPECT_EQ(to_text(diff(before, after)), "either.acked[5]: absent -> present\n");
}

TEST(Diff, of_blobs_shows_what_they_are) {
  Node after = node();
  after.blob = Blob(1, 2, "abc");
  const Diff d = diff(node(), after);
  ASSERT_EQ(d.shown.size(), 1u);
  EXPECT_EQ(d.shown[0].left, "blob(0000000000000000, schema 0 version 0, 0 bytes)");
  EXPECT_NE(d.shown[0].right.find("schema 1 version 2, 3 bytes"), std::string::npos);
}

TEST(Diff, of_the_values_themselves_has_no_path) {
  EXPECT_EQ(to_text(diff(1, 2)), "the value: 1 -> 2\n");
  EXPECT_EQ(diff(1, 1).shown.size(), 0u);
}

TEST(Diff, of_long_texts_shows_where_they_part) {
  const std::string same(100, 'x');
  const Diff d = diff(same + "left" + same, same + "right" + same);
  ASSERT_EQ(d.shown.size(), 1u);
  EXPECT_EQ(d.shown[0].left.substr(0, 36), "from byte 90: \"xxxxxxxxxxleftxxxxxxx");
  EXPECT_EQ(d.shown[0].right.substr(0, 36), "from byte 90: \"xxxxxxxxxxrightxxxxxx");
  EXPECT_LE(d.shown[0].left.size(), 140u);
  EXPECT_EQ(to_text(diff(same, same + "y")),
            "the value: from byte 90: \"xxxxxxxxxx\" -> from byte 90: \"xxxxxxxxxxy\"\n");
}

TEST(Diff, is_bounded_and_says_how_much_it_leaves_out) {
  std::vector<int> left(1000);
  std::vector<int> right(1200, 1);
  const Diff d = diff(left, right, 3);
  EXPECT_EQ(d.shown.size(), 3u);
  EXPECT_EQ(d.more, 1197u);
  EXPECT_EQ(to_text(d), "[0]: 0 -> 1\n[1]: 0 -> 1\n[2]: 0 -> 1\nand 1197 more\n");
  const Diff counted = diff(left, right, 0);
  EXPECT_FALSE(counted.empty());
  EXPECT_EQ(counted.more, 1200u);
}

TEST(Diff, of_copies_of_a_log_looks_only_at_what_they_do_not_share) {
  Log<std::string, 4> left;
  for (int i = 0; i < 10; ++i)
    left.append(std::to_string(i));
  Log<std::string, 4> right = left;
  right.truncate(9);
  right.append("nine");
  right.append("ten");
  EXPECT_EQ(to_text(diff(left, right)), "[9]: \"9\" -> \"nine\"\n[10]: absent -> \"ten\"\n");
}

TEST(Diff, of_logs_names_what_was_dropped_and_compares_the_rest_by_position) {
  Log<std::string, 4> left;
  for (int i = 0; i < 10; ++i)
    left.append(std::to_string(i));
  Log<std::string, 4> right = left;
  right.drop_before(8);
  right.truncate(9);
  right.append("nine");
  EXPECT_EQ(to_text(diff(left, right)), "first: 0 -> 8\n[9]: \"9\" -> \"nine\"\n");
  EXPECT_EQ(value_text(right), "[\"8\", \"nine\"]");
  right.drop_before(20);
  EXPECT_TRUE(diff(right, right).empty());
}

// What the digest tells apart, the diff names, and the other way round.
TEST(Diff, is_empty_exactly_if_the_digests_are_equal) {
  const std::uint64_t seed = test::seed(1);
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  for (std::uint64_t i = 0; i < 2000; ++i) {
    Random r = Random::at(seed, 1, 2, i);
    Node left = node();
    Node right = node();
    for (int change = 0; change < 3; ++change) {
      const Case& c = cases()[r.below(cases().size())];
      c.change(left);
      cases()[r.chance(2, 3) ? static_cast<std::size_t>(&c - cases().data())
                             : r.below(cases().size())]
          .change(right);
    }
    ASSERT_EQ(diff(left, right).empty(), digest_of(left) == digest_of(right)) << "case " << i;
  }
}

TEST(ValueText, writes_each_kind) {
  using Ints = std::vector<int>;
  struct Point {
    int x = 1, y = -2;
    CLEAVE_DESCRIBE(x, y)
  };
  struct Nothing {
    CLEAVE_DESCRIBE()
  };
  EXPECT_EQ(value_text(Point{}), "{x: 1, y: -2}");
  EXPECT_EQ(value_text(Nothing{}), "{}");
  EXPECT_EQ(value_text(Ints{}), "[]");
  EXPECT_EQ(value_text(Ints{1, 2}), "[1, 2]");
  EXPECT_EQ(value_text(std::set<int>{}), "{}");
  EXPECT_EQ(value_text(std::set<int>{2, 1}), "{1, 2}");
  EXPECT_EQ(value_text(std::map<int, bool>{}), "{}");
  EXPECT_EQ(value_text(std::map<int, bool>{{1, true}, {2, false}}), "{1: true, 2: false}");
  EXPECT_EQ(value_text(std::optional<int>{}), "none");
  EXPECT_EQ(value_text(std::optional<int>{3}), "3");
  EXPECT_EQ(value_text(std::pair(1, std::string("a"))), "(1, \"a\")");
  EXPECT_EQ(value_text(std::variant<int, bool>(true)), "#1: true");
  EXPECT_EQ(value_text(NodeId{4}), "4");
  EXPECT_EQ(value_text(UINT64_MAX), "18446744073709551615");
  EXPECT_EQ(value_text(INT64_MIN), "-9223372036854775808");
  EXPECT_EQ(value_text(Time{1'500'000'000}), "1.5s");
  EXPECT_EQ(value_text(kForever), "forever");
  EXPECT_EQ(value_text(std::string("a\nb\x01\x7f")), "\"a\\nb\\x01\\x7f\"");
  EXPECT_EQ(value_text(std::string("Zürich")), "\"Zürich\"");
}

TEST(ValueText, is_cut_with_dots_and_never_within_a_character) {
  EXPECT_EQ(value_text(std::vector<int>(1000, 7), 12), "[7, 7, 7,...");
  EXPECT_EQ(value_text(std::string("12345678"), 10), "\"12345678\"");
  EXPECT_EQ(value_text(std::string("123456789"), 10), "\"123456...");
  for (std::size_t limit = 4; limit < 25; ++limit) {  // a euro sign has three bytes
    const std::string text = value_text(std::string("€€€€€€€€€"), limit);
    EXPECT_LE(text.size(), limit);
    EXPECT_EQ((text.size() - std::string_view("\"...").size()) % 3, 0u) << text;
  }
}

TEST(ValueText, of_a_long_container_stops_when_it_is_full) {
  Log<std::uint64_t> log;
  for (std::uint64_t i = 0; i < 1'000'000; ++i)
    log.append(i);
  const Log<std::uint64_t>& shared = log;
  for (int i = 0; i < 10'000; ++i)  // takes minutes if it does not stop
    ASSERT_EQ(value_text(shared, 10), "[0, 1, ...");
}

}  // namespace
}  // namespace cleave
