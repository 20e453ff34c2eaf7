#include "cli/progress_bar.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <utility>

namespace cleave::cli {
namespace {

constexpr std::chrono::seconds kPatience{1};
constexpr std::chrono::milliseconds kBetweenFrames{100};
constexpr std::int64_t kCells = 24;

// "label                    [########                ] "
std::string bar(const std::string& label, std::int64_t done, std::int64_t whole) {
  const auto filled =
      static_cast<std::size_t>(std::min(done / std::max<std::int64_t>(whole / kCells, 1), kCells));
  return flush_left(shortened(label, kCells), kCells) + " [" +
         flush_left(std::string(filled, '#'), kCells) + "] ";
}

}  // namespace

std::string progress_line(const std::string& label, const Progress& progress) {
  const std::int64_t whole = std::max<std::int64_t>(progress.until.ns, 1);
  const std::int64_t done = std::clamp<std::int64_t>(progress.at.ns, 0, whole);
  return bar(label, done, whole) + rounded(progress.at - Time{}) + " of " +
         rounded(progress.until - Time{}) + ", " + counted(progress.events, "event", "events");
}

std::string progress_line(const std::string& label, const SweepProgress& progress) {
  std::string text = bar(label, static_cast<std::int64_t>(progress.done),
                         static_cast<std::int64_t>(progress.all)) +
                     grouped(progress.done) + " of " + counted(progress.all, "seed", "seeds");
  if (progress.failed > 0) text += ", " + grouped(progress.failed) + " not as stated";
  return text;
}

std::string progress_line(const std::string& label, const ShrinkProgress& progress) {
  return bar(label, static_cast<std::int64_t>(progress.runs),
             static_cast<std::int64_t>(progress.most_runs)) +
         grouped(progress.runs) + " of at most " + counted(progress.most_runs, "run", "runs");
}

ProgressBar::ProgressBar(const Console& console, std::string label)
    : console_(console), label_(std::move(label)) {}

ProgressBar::~ProgressBar() {
  if (visible_) console_.complain(kClearLine);
}

bool ProgressBar::is_time() {
  const Clock::time_point now = Clock::now();
  if (now - started_ < kPatience || now - shown_ < kBetweenFrames) return false;
  if (!console_.has_reader_at_terminal()) return false;
  shown_ = now;
  visible_ = true;
  return true;
}

std::string ProgressBar::rate(std::uint64_t count, std::string_view what) {
  const auto took =
      std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - started_).count();
  const std::uint64_t us = static_cast<std::uint64_t>(std::max<std::int64_t>(took / 1000, 1));
  const std::string_view before = std::exchange(visible_, false) ? kClearLine : "";
  return std::string(before) + "ran in " + rounded(Duration{took}) + ": " +
         grouped(count * 1'000'000 / us) + " " + std::string(what) + " a second\n";
}

std::string ProgressBar::finished(std::uint64_t events) {
  return rate(events, "events");
}

std::string ProgressBar::finished(const SweepProgress& progress) {
  return rate(progress.done, "seeds");
}

}  // namespace cleave::cli
