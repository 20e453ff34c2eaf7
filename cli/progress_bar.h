// How far a run has come, on one line of a terminal, for work that takes over a second.
#pragma once
#include "cli/console.h"
#include "sim/scenario/run.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace cleave::cli {

// "Two coasts               [########                ] 60 s of 180 s, 80,000 events"
std::string progress_line(const std::string& label, const Progress& progress);

class ProgressBar {
 public:
  // `label` says what is running. Shows nothing unless somebody watches.
  ProgressBar(const Console& console, std::string label);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();  // takes the line away

  void show(const Progress& progress);
  // "ran in 310 ms: 594,000 events a second", in the place of the bar, with a newline.
  std::string finished(std::uint64_t events);

 private:
  using Clock = std::chrono::steady_clock;

  const Console& console_;
  std::string label_;
  Clock::time_point started_ = Clock::now();
  Clock::time_point shown_ = started_;
  bool visible_ = false;
};

}  // namespace cleave::cli
