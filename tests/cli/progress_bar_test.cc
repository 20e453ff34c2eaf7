#include "cli/progress_bar.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave::cli {
namespace {

Progress after(std::int64_t s) {
  return {Time{s * 1'000'000'000}, Time{180'000'000'000}, 80'000};
}

TEST(ProgressLine, fills_from_nothing_to_all) {
  const std::string begin = "Two coasts               [";
  EXPECT_EQ(progress_line("Two coasts", after(0)),
            begin + std::string(24, ' ') + "] 0 s of 180 s, 80,000 events");
  EXPECT_EQ(progress_line("Two coasts", after(90)),
            begin + std::string(12, '#') + std::string(12, ' ') + "] 90 s of 180 s, 80,000 events");
  EXPECT_EQ(progress_line("Two coasts", after(180)),
            begin + std::string(24, '#') + "] 180 s of 180 s, 80,000 events");
}

TEST(ProgressLine, survives_a_run_without_an_end_and_a_long_name) {
  EXPECT_EQ(progress_line(std::string(99, 'x'), {Time{}, Time{}, 1}),
            std::string(21, 'x') + "... [" + std::string(24, ' ') + "] 0 s of 0 s, 1 event");
  EXPECT_FALSE(progress_line("", {Time{}, kForever, 1}).empty());
}

}  // namespace
}  // namespace cleave::cli
