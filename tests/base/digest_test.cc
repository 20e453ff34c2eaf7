#include "sim/base/digest.h"

#include "sim/base/blob.h"
#include "sim/base/bytes.h"
#include "sim/base/id.h"
#include "sim/base/log.h"
#include "sim/base/time.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {
namespace {

enum class Colour : std::uint8_t { red, green };

struct Inner {
  std::int32_t depth = 1;
  std::string note = "n";
  auto operator<=>(const Inner&) const = default;
  CLEAVE_DESCRIBE(depth, note)
};

struct Everything {
  bool flag = true;
  char letter = 'a';
  std::int8_t small = -3;
  std::uint64_t large = UINT64_MAX;
  Colour colour = Colour::red;
  std::string text = "text";
  std::array<int, 3> triple{1, 2, 3};
  std::optional<int> maybe = 4;
  std::variant<std::monostate, int, Inner> either = 5;
  std::pair<int, std::string> pair{6, "six"};
  std::vector<Inner> list{{7, "a"}, {8, "b"}};
  std::set<NodeId> nodes{{1}, {2}};
  std::map<std::string, std::vector<int>> table{{"x", {1}}, {"y", {}}};
  Log<std::string> log;
  Blob blob{1, 2, "bytes"};
  Time at{9};
  Duration lasts{10};
  Bytes size{11};
  BitRate rate{12};
  Hash128 hash{13, 14};
  Inner inner;
  CLEAVE_DESCRIBE(flag, letter, small, large, colour, text, triple, maybe, either, pair, list,
                  nodes, table, log, blob, at, lasts, size, rate, hash, inner)
};

Everything everything() {
  Everything e;
  e.log.append("first");
  e.log.append("second");
  return e;
}

struct Change {
  std::string what;
  std::function<void(Everything&)> apply;
};

std::vector<Change> changes() {
  return {
      {"flag", [](auto& e) { e.flag = false; }},
      {"letter", [](auto& e) { e.letter = 'b'; }},
      {"small", [](auto& e) { e.small = 3; }},
      {"large", [](auto& e) { e.large = 0; }},
      {"colour", [](auto& e) { e.colour = Colour::green; }},
      {"text, other", [](auto& e) { e.text = "texu"; }},
      {"text, longer", [](auto& e) { e.text += '\0'; }},
      {"text, empty", [](auto& e) { e.text.clear(); }},
      {"array", [](auto& e) { e.triple[2] = 0; }},
      {"array, exchanged", [](auto& e) { std::swap(e.triple[0], e.triple[1]); }},
      {"optional, absent", [](auto& e) { e.maybe.reset(); }},
      {"optional, other", [](auto& e) { e.maybe = 0; }},
      {"variant, other value", [](auto& e) { e.either = 0; }},
      {"variant, other type", [](auto& e) { e.either = Inner{}; }},
      {"variant, nothing", [](auto& e) { e.either = std::monostate{}; }},
      {"pair, first", [](auto& e) { e.pair.first = 0; }},
      {"pair, second", [](auto& e) { e.pair.second = ""; }},
      {"vector, item", [](auto& e) { e.list[1].depth = 9; }},
      {"vector, shorter", [](auto& e) { e.list.pop_back(); }},
      {"vector, longer", [](auto& e) { e.list.push_back({}); }},
      {"vector, empty", [](auto& e) { e.list.clear(); }},
      {"set, other",
       [](auto& e) {
         e.nodes = {{1}, {3}};
       }},
      {"set, larger", [](auto& e) { e.nodes.insert({3}); }},
      {"map, key",
       [](auto& e) {
         e.table = {{"x", {1}}, {"z", {}}};
       }},
      {"map, value", [](auto& e) { e.table["y"] = {2}; }},
      {"map, value moved to the next key",
       [](auto& e) {
         e.table = {{"x", {}}, {"y", {1}}};
       }},
      {"map, smaller", [](auto& e) { e.table.erase("y"); }},
      {"log, longer", [](auto& e) { e.log.append("third"); }},
      {"log, shorter", [](auto& e) { e.log.truncate(1); }},
      {"log, other",
       [](auto& e) {
         e.log.truncate(1);
         e.log.append("2nd");
       }},
      {"blob, schema", [](auto& e) { e.blob = Blob(2, 2, "bytes"); }},
      {"blob, version", [](auto& e) { e.blob = Blob(1, 1, "bytes"); }},
      {"blob, bytes", [](auto& e) { e.blob = Blob(1, 2, "byteS"); }},
      {"blob, none", [](auto& e) { e.blob = Blob(); }},
      {"time", [](auto& e) { e.at.ns = -9; }},
      {"duration", [](auto& e) { e.lasts.ns = 0; }},
      {"bytes", [](auto& e) { e.size.count = 0; }},
      {"rate", [](auto& e) { e.rate.bits_per_second = 0; }},
      {"hash, exchanged", [](auto& e) { std::swap(e.hash.low, e.hash.high); }},
      {"inner number", [](auto& e) { e.inner.depth = 0; }},
      {"inner text", [](auto& e) { e.inner.note = "m"; }},
  };
}

TEST(Digest, copies_are_equal) {
  const Everything original = everything();
  const Everything copy = original;
  EXPECT_EQ(digest_of(copy), digest_of(original));
  EXPECT_EQ(digest_of(everything()), digest_of(original));
}

TEST(Digest, every_change_of_every_member_shows_and_no_two_look_alike) {
  std::map<std::uint64_t, std::string> seen{{digest_of(everything()), "the original"}};
  for (const Change& change : changes()) {
    Everything changed = everything();
    change.apply(changed);
    const auto [other, fresh] = seen.emplace(digest_of(changed), change.what);
    EXPECT_TRUE(fresh) << change.what << " looks like " << other->second;
  }
}

TEST(Digest, a_change_undone_is_forgotten) {
  Everything e = everything();
  e.list.push_back({});
  e.list.pop_back();
  e.nodes.insert({3});
  e.nodes.erase({3});
  e.log.append("third");
  e.log.truncate(2);
  e.table["z"];
  e.table.erase("z");
  EXPECT_EQ(digest_of(e), digest_of(everything()));
}

TEST(Digest, borders_between_items_count) {
  using Texts = std::vector<std::string>;
  EXPECT_NE(digest_of(Texts{"ab", "c"}), digest_of(Texts{"a", "bc"}));
  EXPECT_NE(digest_of(Texts{"", "a"}), digest_of(Texts{"a", ""}));
  EXPECT_NE(digest_of(Texts{}), digest_of(Texts{""}));
  using Lists = std::vector<std::vector<int>>;
  EXPECT_NE(digest_of(Lists{{1}, {2}}), digest_of(Lists{{1, 2}, {}}));
  EXPECT_NE(digest_of(Lists{{}, {}}), digest_of(Lists{{0}}));
  using Maybe = std::optional<int>;
  EXPECT_NE(digest_of(std::pair(Maybe{0}, Maybe{})), digest_of(std::pair(Maybe{}, Maybe{0})));
}

TEST(Digest, order_of_insertion_does_not_count_where_order_is_by_key) {
  std::set<int> up;
  std::set<int> down;
  for (int i = 0; i < 100; ++i) {
    up.insert(i);
    down.insert(99 - i);
  }
  EXPECT_EQ(digest_of(up), digest_of(down));
}

// One value, one digest, whatever type carries it: a field may grow without moving a golden run.
TEST(Digest, integers_count_by_value) {
  EXPECT_EQ(digest_of(std::int8_t{-1}), digest_of(std::int64_t{-1}));
  EXPECT_EQ(digest_of(std::uint8_t{200}), digest_of(std::uint64_t{200}));
  EXPECT_EQ(digest_of(true), digest_of(1));
  EXPECT_EQ(digest_of(Colour::green), digest_of(1));
  EXPECT_NE(digest_of(-1), digest_of(1));
  // A char is signed on x86 and unsigned on ARM.
  EXPECT_EQ(digest_of('\xff'), digest_of(255));
}

TEST(Digest, works_while_compiling) {
  constexpr auto kDigest = [] {
    Digest d;
    digest(d, 1);
    digest(d, Time{2});
    digest(d, NodeId{3});
    return d.value;
  }();
  Digest d;
  digest(d, 1);
  digest(d, Time{2});
  digest(d, NodeId{3});
  EXPECT_EQ(kDigest, d.value);
}

TEST(Digest, is_golden) {
  EXPECT_EQ(digest_of(everything()), 3483312568727474524u) << "the digest of a value has changed";
}

TEST(HashBytes, is_xxh3) {
  // Of no bytes, from the test vectors of xxHash.
  EXPECT_EQ(hash_bytes(nullptr, 0), 0x2d06800538d394c2u);
  EXPECT_EQ(to_hex(hash_bytes_128(nullptr, 0)), "99aa06d3014798d86001c324468d497f");
  const std::string text(1000, 'x');
  EXPECT_NE(hash_bytes(text.data(), 1000), hash_bytes(text.data(), 999));
}

TEST(HashBytes, hex_keeps_zeros_and_puts_the_high_half_first) {
  EXPECT_EQ(to_hex({0x123, 0xab00000000000000}), "ab000000000000000000000000000123");
}

TEST(Digest, reads_the_hexadecimal_text_that_it_writes) {
  const Hash128 hash{0x0123456789abcdef, 0xfedcba9876543210};
  EXPECT_EQ(from_hex(to_hex(hash)), hash);
  EXPECT_EQ(from_hex("FEDCBA98765432100123456789ABCDEF"), hash);
  for (const std::string_view bad :
       {"", "fedcba98765432100123456789abcde", "fedcba98765432100123456789abcdef0",
        "fedcba98765432100123456789abcdeg", "0xdcba98765432100123456789abcdef "})
    EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(Blob, is_what_it_was_made_of) {
  const Blob blob(3, 4, "payload");
  EXPECT_EQ(blob.schema(), 3u);
  EXPECT_EQ(blob.version(), 4u);
  EXPECT_EQ(blob.bytes(), "payload");
  EXPECT_EQ(blob, Blob(3, 4, "payload"));
  EXPECT_NE(blob, Blob(3, 4, "payloaD"));
}

TEST(Blob, an_empty_one_is_not_one_of_no_bytes) {
  const Blob none;
  EXPECT_EQ(none.digest(), 0u);
  EXPECT_EQ(none.bytes(), "");
  EXPECT_NE(none, Blob(0, 0, ""));
}

TEST(Blob, copies_share_their_bytes) {
  const Blob blob(1, 1, std::string(1000, 'x'));
  const Blob copy = blob;
  EXPECT_EQ(copy.bytes().data(), blob.bytes().data());
  EXPECT_EQ(copy, blob);
}

TEST(Blob, has_an_order) {
  const Blob a(1, 1, "a");
  const Blob b(1, 1, "b");
  EXPECT_TRUE((a < b) != (b < a));
  EXPECT_EQ((std::set<Blob>{a, b, a}.size()), 2u);
}

}  // namespace
}  // namespace cleave
