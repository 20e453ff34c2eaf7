// Hostile texts end in one clear error and within the memory that the format promises. A program of
// its own, because it counts what operator new hands out, also to the YAML library.
#include "sim/scenario/parse.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::size_t live_bytes = 0;
std::size_t peak_bytes = 0;

void* allocate(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (!memory) throw std::bad_alloc();
  live_bytes += malloc_usable_size(memory);
  peak_bytes = std::max(peak_bytes, live_bytes);
  return memory;
}

void release(void* memory) {
  if (memory) live_bytes -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  release(memory);
}
void operator delete[](void* memory) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
  release(memory);
}
void operator delete[](void* memory, std::size_t /*size*/) noexcept {
  release(memory);
}

namespace cleave {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kMostPeak = 150 * kMiB;  // of the 200 that the format promises

std::string times(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i)
    out += text;
  return out;
}

std::string filling(std::string_view before, std::string_view pattern) {
  return std::string(before) + times(pattern, (kMostTextBytes - before.size()) / pattern.size());
}

// Each level is ten aliases of the one below.
std::string bomb(std::string_view leaf) {
  std::string text = "a0: &a0 " + std::string(leaf) + "\n";
  for (int level = 1; level < 10; ++level) {
    const std::string below = "*a" + std::to_string(level - 1);
    text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + below +
            times(", " + below, 9) + "]\n";
  }
  return text;
}

std::string nested_anchors() {
  std::string text;
  for (int level = 0; level < 60; ++level)
    text += "&a" + std::to_string(level) + " [";
  return text + "x" + times(",x", 90'000) + times("]", 60);
}

std::string distinct_keys(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += std::to_string(i) + ": x\n";
  return text;
}

struct Hostile {
  std::string name;
  std::string (*text)();
  std::string found;  // the only mistake; empty: the text is accepted; "*": some mistake or other
};

void PrintTo(const Hostile& hostile, std::ostream* out) {
  *out << hostile.name;
}

constexpr const char* kDeep = "more than 64 lists and maps within each other";
constexpr const char* kMany = "more than 100000 values, counting what aliases stand for";
constexpr const char* kLarge = "more than 4 MiB of text, counting what aliases stand for";
constexpr const char* kTooMany =
    "more than 400000 brackets, commas, colons, dashes, quotes and the like";
constexpr const char* kOpenQuotation = "a quotation that is not closed";
constexpr const char* kOpenBracket = "a '[' that is not closed";
constexpr const char* kOpenBrace = "a '{' that is not closed";
constexpr const char* kOutside = "something outside the list or map before it";
constexpr const char* kRing = "an alias within what it stands for";

const std::vector<Hostile>& nests_and_floods() {
  static const std::vector<Hostile> kTable{
      {"brackets", [] { return times("[", 100'000); }, kOpenBracket},
      {"closed_brackets", [] { return times("[", 100'000) + times("]", 100'000); }, kDeep},
      {"brackets_in_a_map", [] { return "a: " + times("[", 100'000); }, kOpenBracket},
      {"braces", [] { return times("{", 100'000); }, kOpenBrace},
      {"braces_with_keys", [] { return "a: " + times("{a: ", 100'000); }, kDeep},
      {"dashes", [] { return times("- ", 100'000); }, kDeep},
      {"complex_keys", [] { return times("? ", 100'000); }, "a list or map in place of a key"},
      {"double_quotes", [] { return times("\"", 99'999); }, kOutside},
      {"single_quotes", [] { return times("'", 99'999); }, kOpenQuotation},
      {"quotes_in_a_list", [] { return filling("[", "\"\","); }, kTooMany},
      {"a_mebibyte_of_brackets", [] { return filling("", "["); }, kTooMany},
      {"a_mebibyte_of_braces_and_colons", [] { return filling("", "{:"); }, kTooMany},
      {"a_mebibyte_of_items", [] { return filling("[", "a,"); }, kTooMany},
      {"a_mebibyte_of_tags", [] { return filling("", "!["); }, kTooMany},
      {"most_brackets", [] { return filling(times("[", kMostIndicators), " "); }, kOpenBracket},
      {"most_commas", [] { return filling("a: [a" + times(",", kMostIndicators - 2), " "); },
       "an item without a value"},
      {"most_colons", [] { return filling("a: [" + times(":", kMostIndicators - 2), " "); }, "*"},
      {"most_items", [] { return "[" + times("x,", kMostIndicators - 2) + "]"; }, kMany},
      {"most_pairs", [] { return "[" + times("a: b,", 190'000) + "]"; }, kMany},
      {"equal_keys", [] { return times("a: 1\n", 49'000); }, "the key 'a' is there twice"},
      {"distinct_keys", [] { return distinct_keys(49'000); }, ""},
      {"items_on_one_line", [] { return "[" + times("\xf0\x9f\x98\x80,", 99'000) + "]"; }, ""}};
  return kTable;
}

const std::vector<Hostile>& bombs_and_giants() {
  static const std::vector<Hostile> kTable{
      {"bomb", [] { return bomb("x"); }, kMany},
      {"bomb_of_text", [] { return bomb(std::string(1'000, 'x')); }, kLarge},
      {"one_large_text_and_many_aliases",
       [] {
         return "a: &a " + std::string(500'000, 'x') + "\nb: [*a" + times(",*a", 90'000) + "]";
       },
       kLarge},
      {"anchors_within_anchors", [] { return nested_anchors(); }, kMany},
      {"alias_of_its_own_list", [] { return std::string("&a [*a]"); }, kRing},
      {"alias_of_its_own_map", [] { return std::string("a: &a {b: {c: *a}}"); }, kRing},
      {"aliases_in_a_ring", [] { return std::string("a: &a [&b [*a], *b]"); }, kRing},
      {"hundred_megabytes", [] { return std::string(100'000'000, 'x'); },
       "the text is larger than 1 MiB"},
      {"a_text", [] { return filling("a: ", "x"); }, ""},
      {"a_quotation", [] { return filling("a: \"", "x"); }, kOpenQuotation},
      {"a_block", [] { return filling("a: |\n", " x\n"); }, ""},
      {"a_folded_text", [] { return filling("a:\n", " x\n"); }, ""},
      {"a_comment", [] { return filling("a: 1 #", "x"); }, ""},
      {"empty_lines", [] { return filling("a: 1\n", "\n"); }, ""},
      {"lines_that_lead_nowhere", [] { return filling("a: >\n ", "a\n"); }, "*"},
      {"wide_characters", [] { return filling("a: ", "\xf0\x9f\x98\x80"); }, ""}};
  return kTable;
}

class ParseLimits : public ::testing::TestWithParam<Hostile> {};

TEST_P(ParseLimits, bound_memory) {
  std::string text = GetParam().text();
  const std::string& found = GetParam().found;
  Diagnostics diagnostics;
  const std::size_t before = live_bytes;
  peak_bytes = live_bytes;
  const std::optional<Section> root = parse_text("hostile.yaml", std::move(text), diagnostics);
  RecordProperty("peak_bytes", std::to_string(peak_bytes - before));
  EXPECT_LE(peak_bytes - before, kMostPeak);
  const std::string said = diagnostics.format();
  EXPECT_LE(said.size(), 100'000u);
  if (found.empty()) {
    EXPECT_TRUE(root.has_value() && diagnostics.empty()) << said.substr(0, 300);
    return;
  }
  EXPECT_FALSE(diagnostics.empty());
  for (const Diagnostic& diagnostic : diagnostics.all())
    EXPECT_TRUE(found == "*" || diagnostic.mistake.found == found) << said.substr(0, 300);
}

const auto by_name = [](const ::testing::TestParamInfo<Hostile>& instance) {
  return instance.param.name;
};
INSTANTIATE_TEST_SUITE_P(Nests, ParseLimits, ::testing::ValuesIn(nests_and_floods()), by_name);
INSTANTIATE_TEST_SUITE_P(Bombs, ParseLimits, ::testing::ValuesIn(bombs_and_giants()), by_name);

bool accepted(std::string text) {
  Diagnostics diagnostics;
  return parse_text("t.yaml", std::move(text), diagnostics).has_value() && diagnostics.empty();
}

TEST(ParseLimit, is_64_of_depth) {
  EXPECT_TRUE(accepted(times("[", 64) + times("]", 64)));
  EXPECT_FALSE(accepted(times("[", 65) + times("]", 65)));
  EXPECT_TRUE(accepted(times("- ", 64) + "x"));
  EXPECT_FALSE(accepted(times("- ", 65) + "x"));
  EXPECT_TRUE(accepted(times("{a: ", 64) + "1" + times("}", 64)));
  EXPECT_FALSE(accepted(times("{a: ", 65) + "1" + times("}", 65)));
  const std::string inner = times("[", 32) + times("]", 32);
  EXPECT_TRUE(accepted("[&a " + inner + "," + times("[", 31) + "*a" + times("]", 31) + "]"));
  EXPECT_FALSE(accepted("[&a " + inner + "," + times("[", 32) + "*a" + times("]", 32) + "]"));
}

TEST(ParseLimit, is_what_the_format_says_of_size) {
  EXPECT_TRUE(accepted("[" + times("x,", kMostNodes - 1) + "]"));
  EXPECT_FALSE(accepted("[" + times("x,", kMostNodes) + "]"));
  EXPECT_TRUE(accepted(filling("a: ", "x")));
  EXPECT_FALSE(accepted(filling("a: ", "x") + "x"));
  EXPECT_TRUE(accepted("a: 1 #" + times("-", kMostIndicators - 1)));
  EXPECT_FALSE(accepted("a: 1 #" + times("-", kMostIndicators)));
}

}  // namespace
}  // namespace cleave
