#include "sim/base/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

constexpr std::array<std::string_view, 5> kKeys{"acknowledge", "fencing", "promote_after", "at",
                                                "engine"};

TEST(Nearest, finds_the_word_that_was_meant) {
  struct Case {
    std::string_view word, meant;
  };
  for (const auto& [word, meant] :
       std::vector<Case>{{"fencing", "fencing"},
                         {"fenceing", "fencing"},
                         {"fncing", "fencing"},
                         {"fenicng", "fencing"},  // two neighbours swapped
                         {"Fencing", "fencing"},
                         {"promote-after", "promote_after"},
                         {"promotafter", "promote_after"},
                         {"acknoledge", "acknowledge"},
                         {"egnine", "engine"},
                         {"ta", "at"},
                         {"prom", "promote_after"}})
    EXPECT_EQ(nearest(word, kKeys), meant) << word;
}

TEST(Nearest, stays_silent_when_nothing_is_near) {
  const std::string long_word(1000, 'a');
  for (const std::string& word :
       std::vector<std::string>{"", "x", "xy", "quorum", "eng-x", "engagement", long_word})
    EXPECT_EQ(nearest(word, kKeys), std::nullopt) << word;
}

TEST(Nearest, completes_only_what_is_clear) {
  constexpr std::array<std::string_view, 3> kEngines{"primary-backup", "primary-copy", "dynamo"};
  EXPECT_EQ(nearest("dyn", kEngines), "dynamo");
  EXPECT_EQ(nearest("dy", kEngines), std::nullopt);
  EXPECT_EQ(nearest("primary", kEngines), std::nullopt);
}

TEST(Nearest, takes_the_first_of_equals) {
  constexpr std::array<std::string_view, 2> kTwins{"cat", "car"};
  EXPECT_EQ(nearest("cas", kTwins), "cat");
}

TEST(Nearest, suggests_or_lists) {
  EXPECT_EQ(suggestion("fencng", kKeys), "write 'fencing'");
  EXPECT_EQ(suggestion("zzz", kKeys), "known: acknowledge, fencing, promote_after, at, engine");
  EXPECT_EQ(suggestion("zzz", {}), "");
  const std::vector<std::string_view> many(13, "key");
  EXPECT_TRUE(suggestion("zzz", many).ends_with(", ...")) << suggestion("zzz", many);
}

}  // namespace
}  // namespace cleave
