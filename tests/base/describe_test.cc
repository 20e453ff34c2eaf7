#include "sim/base/describe.h"

#include "sim/base/blob.h"
#include "sim/base/id.h"
#include "sim/base/log.h"
#include "sim/base/time.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {
namespace {

struct Inner {
  int depth = 1;
  std::string note;
  CLEAVE_DESCRIBE(depth, note)
};

struct Empty {
  CLEAVE_DESCRIBE()
};

// One member of every kind that state is made of.
struct Everything {
  bool flag = false;
  std::int64_t number = 0;
  std::string text;
  std::array<int, 3> triple{};
  std::optional<int> maybe;
  std::optional<std::string> maybe_text;
  std::variant<std::monostate, int, Inner> either;
  std::vector<Inner> list;
  std::set<NodeId> nodes;
  std::map<NodeId, std::pair<int, std::string>> table;
  Log<Inner> log;
  Blob blob;
  Time at;
  Inner inner;
  CLEAVE_DESCRIBE(flag, number, text, triple, maybe, maybe_text, either, list, nodes, table, log,
                  blob, at, inner)
};

TEST(Describe, counts_every_member_once) {
  static_assert(field_count<Empty>() == 0);
  static_assert(field_count<Inner>() == 2);
  static_assert(field_count<Everything>() == 14);
  static_assert(field_count<NodeId>() == 1);
}

TEST(Describe, names_members_in_order_however_the_list_is_broken) {
  constexpr std::array<std::string_view, 14> kNames{
      "flag", "number", "text",  "triple", "maybe", "maybe_text", "either",
      "list", "nodes",  "table", "log",    "blob",  "at",         "inner"};
  EXPECT_EQ(field_names<Everything>(), kNames);
  static_assert(field_names<Inner>() == std::array<std::string_view, 2>{"depth", "note"});
  static_assert(field_names<Empty>().empty());
}

TEST(Describe, visits_members_in_order_and_by_reference) {
  Inner inner{7, "seven"};
  std::string visited;
  for_each_field(inner, [&visited](std::string_view name, auto& field) {
    visited += std::string(name) + " ";
    field = {};
  });
  EXPECT_EQ(visited, "depth note ");
  EXPECT_EQ(inner.depth, 0);
  EXPECT_EQ(inner.note, "");
}

TEST(Describe, visits_what_is_constant) {
  const Inner inner{7, "seven"};
  int seen = 0;
  for_each_field(inner, [&]<class T>(std::string_view, T&) {
    static_assert(std::is_const_v<T>);
    ++seen;
  });
  EXPECT_EQ(seen, 2);
}

TEST(Describe, works_while_compiling) {
  struct Point {
    int x = 3, y = 4;
    CLEAVE_DESCRIBE(x, y)
  };
  constexpr auto kSum = [] {
    int sum = 0;
    const Point p;
    for_each_field(p, [&sum](std::string_view, const int& field) { sum += field; });
    return sum;
  }();
  static_assert(kSum == 7);
}

}  // namespace
}  // namespace cleave
