#include "cli/progress_bar.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <utility>

namespace cleave::cli {
namespace {

constexpr std::chrono::seconds kPatience{1};
constexpr std::chrono::milliseconds kBetweenFrames{100};
constexpr std::int64_t kCells = 24;
constexpr std::string_view kClearLine = "\r\x1b[K";

}  // namespace

std::string progress_line(const std::string& label, const Progress& progress) {
  const std::int64_t whole = std::max<std::int64_t>(progress.until.ns, 1);
  const std::int64_t done = std::clamp<std::int64_t>(progress.at.ns, 0, whole);
  const auto filled =
      static_cast<std::size_t>(std::min(done / std::max<std::int64_t>(whole / kCells, 1), kCells));
  return flush_left(shortened(label, kCells), kCells) + " [" +
         flush_left(std::string(filled, '#'), kCells) + "] " + rounded(progress.at - Time{}) +
         " of " + rounded(progress.until - Time{}) + ", " +
         counted(progress.events, "event", "events");
}

ProgressBar::ProgressBar(const Console& console, std::string label)
    : console_(console), label_(std::move(label)) {}

ProgressBar::~ProgressBar() {
  if (visible_) console_.complain(kClearLine);
}

void ProgressBar::show(const Progress& progress) {
  const Clock::time_point now = Clock::now();
  if (now - started_ < kPatience || now - shown_ < kBetweenFrames) return;
  if (!console_.has_reader_at_terminal()) return;
  shown_ = now;
  visible_ = true;
  console_.complain(std::string(kClearLine) + progress_line(label_, progress));
}

std::string ProgressBar::finished(std::uint64_t events) {
  const auto took =
      std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - started_).count();
  const std::uint64_t us = static_cast<std::uint64_t>(std::max<std::int64_t>(took / 1000, 1));
  const std::string_view before = std::exchange(visible_, false) ? kClearLine : "";
  return std::string(before) + "ran in " + rounded(Duration{took}) + ": " +
         grouped(events * 1'000'000 / us) + " events a second\n";
}

}  // namespace cleave::cli
