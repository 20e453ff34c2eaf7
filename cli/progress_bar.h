// How far a run has come, on one line of a terminal, for work that takes over a second.
#pragma once
#include "cli/console.h"
#include "sim/explore/shrink.h"
#include "sim/scenario/run.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace cleave::cli {

// "Two coasts               [########                ] 60 s of 180 s, 80,000 events"
std::string progress_line(const std::string& label, const Progress& progress);
// "Two coasts               [########                ] 40 of 120 seeds, 3 not as stated"
struct SweepProgress {
  std::uint64_t done = 0;
  std::uint64_t all = 0;
  std::uint64_t failed = 0;
};
std::string progress_line(const std::string& label, const SweepProgress& progress);

// "Two coasts               [########                ] 40 of at most 120 runs"
std::string progress_line(const std::string& label, const ShrinkProgress& progress);

class ProgressBar {
 public:
  // `label` says what is running. Shows nothing unless somebody watches.
  ProgressBar(const Console& console, std::string label);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();  // takes the line away

  void show(const Progress& progress) { show_line(progress); }
  void show(const SweepProgress& progress) { show_line(progress); }
  void show(const ShrinkProgress& progress) { show_line(progress); }
  // "ran in 310 ms: 594,000 events a second", in the place of the bar, with a newline.
  std::string finished(std::uint64_t events);
  // "ran in 12 s: 83 seeds a second"
  std::string finished(const SweepProgress& progress);

 private:
  using Clock = std::chrono::steady_clock;

  template <class Any>
  void show_line(const Any& progress) {
    if (is_time()) console_.complain(std::string(kClearLine) + progress_line(label_, progress));
  }
  static constexpr std::string_view kClearLine = "\r\x1b[K";
  bool is_time();  // to show another line
  std::string rate(std::uint64_t count, std::string_view what);

  const Console& console_;
  std::string label_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point shown_ = started_;
  bool visible_ = false;
};

}  // namespace cleave::cli
