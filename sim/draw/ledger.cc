#include "sim/draw/ledger.h"

#include "sim/draw/marks.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/report/cap_text.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace cleave::draw {
namespace {

constexpr double kBetween = 6;  // two sides
constexpr double kLeastBar = 9;
constexpr double kTwoLines = 34;   // height of a bar that has room for two lines
constexpr double kLeastKind = 13;  // height of a bar beside which its kind is written
constexpr double kSideLine = 15;
constexpr TextStyle kSide{11.5, Weight::medium, false};

// A part of a bar, from below.
struct Part {
  std::string name;
  std::uint64_t count = 0;
  Fill ground;  // below what is hatched
  Fill fill;
};

// Stale reads and lost updates were served, but what was told was not so.
std::array<Part, 5> parts_of(const CapRow& row) {
  const CapRow::Outcomes& o = row.outcomes;
  const std::uint64_t untrue = std::min(row.stale + row.lost, o.ok);
  return {{{"served", o.ok - untrue, {}, {Ink::ok}},
           {"stale or lost", untrue, {Ink::drop_soft}, {Ink::drop, 1, true}},
           {"refused", o.refused + o.conflict, {}, {Ink::warn}},
           {"not served", o.unavailable, {}, {Ink::drop}},
           {"unknown", o.unknown, {Ink::common, 0.5}, {Ink::text3, 1, true}}}};
}

// All bars of one side and kind of operation.
struct Lane {
  std::string side;
  std::string kind;
  std::vector<std::size_t> rows;  // of the ledger
  double top = 0;
};

struct Sheet {
  const Recording& recording;
  const View& view;
  TimeAxis axis;
  Drawing drawing;
  std::vector<Lane> lanes;
  double bar = 0;
};

// Sides in the order in which they turn up, reads before updates.
std::vector<Lane> lanes_of(const RunResult& run, const std::string& store) {
  const auto is_shown = [&store](const CapRow& row) {
    return row.store == store && row.outcomes.all() > 0;
  };
  std::vector<std::string> sides;
  for (const CapRow& row : run.cap)
    if (is_shown(row) && std::find(sides.begin(), sides.end(), side_name(row)) == sides.end())
      sides.push_back(side_name(row));
  std::vector<Lane> lanes;
  for (const std::string& side : sides)
    for (const char* kind : {"reads", "updates"}) {
      Lane lane{side, kind, {}, 0};
      for (std::size_t i = 0; i < run.cap.size(); ++i)
        if (is_shown(run.cap[i]) && run.cap[i].kind == kind && side_name(run.cap[i]) == side)
          lane.rows.push_back(i);
      if (!lane.rows.empty()) lanes.push_back(std::move(lane));
    }
  return lanes;
}

bool begins_side(const Sheet& sheet, std::size_t lane) {
  return lane == 0 || sheet.lanes[lane].side != sheet.lanes[lane - 1].side;
}

// As high as there is room for; those that there is no room for are left out.
std::size_t lay_out(Sheet& sheet) {
  const double room = sheet.drawing.size.height - kTickRow - kLedgerLegend - 4;
  std::size_t sides = 0;
  for (std::size_t i = 0; i < sheet.lanes.size(); ++i)
    sides += begins_side(sheet, i) ? 1 : 0;
  const double wanted =
      (room - kBetween * static_cast<double>(sides)) / static_cast<double>(sheet.lanes.size());
  sheet.bar = std::clamp(std::floor(wanted), kLeastBar, 64.0);
  double top = kTickRow + 2;
  for (std::size_t i = 0; i < sheet.lanes.size(); ++i) {
    if (i > 0 && begins_side(sheet, i)) top += kBetween;
    sheet.lanes[i].top = top;
    top += sheet.bar;
    if (top <= kTickRow + room) continue;
    const std::size_t left_out = sheet.lanes.size() - i;
    sheet.lanes.resize(i);
    return left_out;
  }
  return 0;
}

// Whatever is not 0 is seen.
void add_parts(Drawing& drawing, const Rect& bar, const CapRow& row) {
  const std::array<Part, 5> parts = parts_of(row);
  const auto all = static_cast<double>(row.outcomes.all());
  std::array<double, 5> heights{};
  double sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].count == 0) continue;
    heights[i] = std::max(2.0, bar.height * static_cast<double>(parts[i].count) / all);
    sum += heights[i];
  }
  *std::max_element(heights.begin(), heights.end()) += bar.height - sum;
  double bottom = bar.bottom();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (heights[i] <= 0) continue;
    const Rect rect{bar.x, bottom - heights[i], bar.width, heights[i]};
    if (parts[i].ground.ink != Ink::none) drawing.add(Box{rect, 0, parts[i].ground, {}});
    drawing.add(Box{rect, 0, parts[i].fill, {}});
    bottom -= heights[i];
  }
}

// "99.8 % of 814", and below it the latencies, as far as there is room.
void add_words(LabelSpace& labels, const Rect& bar, const CapRow& row) {
  const std::uint64_t all = row.outcomes.all();
  const std::string share = percentage(row.outcomes.served(), all);
  std::string latency;
  if (row.p50) latency = "p50 " + rounded(*row.p50);
  if (row.p99) latency += ", p99 " + rounded(*row.p99);
  const bool two = bar.height >= kTwoLines && !latency.empty();
  const double middle = bar.y + bar.height / 2;
  const auto add = [&](const std::string& text, double y) {
    if (text_width(text, kSmall) + 14 > bar.width) return false;
    return labels.add_on(
        {{bar.x + bar.width / 2, baseline(y, kSmall)}, text, kSmall, Align::centre, Ink::text},
        Ink::panel);
  };
  if (bar.height < 15) return;
  const double first = two ? middle - 8 : middle;
  if (!add(share + " of " + grouped(all), first)) add(share, first);
  if (two) add(latency, middle + 8);
}

void add_bar(Sheet& sheet, LabelSpace& labels, const Lane& lane, std::size_t index) {
  const CapRow& row = sheet.recording.result.cap[index];
  const double left = sheet.axis.x(std::max(row.window.from, sheet.axis.from));
  const double right = sheet.axis.x(std::min(row.window.to, sheet.axis.to));
  const Rect bar{left, lane.top, std::max(2.0, right - left - 1), sheet.bar - 2};
  const Target target{Target::Kind::side, static_cast<std::uint32_t>(index), 0};
  add_parts(sheet.drawing, bar, row);
  if (sheet.view.selected == target)
    sheet.drawing.add(
        Box{{bar.x - 1, bar.y - 1, bar.width + 2, bar.height + 2}, 2, {}, {Ink::accent, 3}});
  add_words(labels, bar, row);
  sheet.drawing.spots.push_back({target, bar, false, {}, {}, spoken(sheet.recording.result, row)});
}

// "readers, writer" in as many lines as it takes and there is room for.
std::vector<std::string> lines_of(const std::string& side, double width, std::size_t most) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < side.size();) {
    const std::size_t comma = std::min(side.find(", ", at), side.size());
    const std::string word = side.substr(at, comma + 1 - at);
    at = std::min(side.size(), comma + 2);
    if (!lines.empty() && text_width(lines.back() + " " + word, kSide) <= width)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  if (lines.size() > most) {
    for (std::size_t i = most; i < lines.size(); ++i)
      lines[most - 1] += " " + lines[i];
    lines.resize(most);
  }
  for (std::string& line : lines)
    line = fitted(line, kSide, width);
  return lines;
}

void add_side_name(Sheet& sheet, LabelSpace& labels, std::size_t first) {
  std::size_t last = first;
  while (last + 1 < sheet.lanes.size() && !begins_side(sheet, last + 1))
    ++last;
  const double height = sheet.lanes[last].top + sheet.bar - sheet.lanes[first].top;
  const double kinds = sheet.bar < kLeastKind ? 0 : text_width("updates", kSmall) + 8;
  const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(height / kSideLine));
  double y = sheet.lanes[first].top + std::min(sheet.bar, kSideLine + 8) / 2 - 1;
  for (const std::string& line :
       lines_of(sheet.lanes[first].side, sheet.axis.left - kinds - 16, most)) {
    labels.add({{10, baseline(y, kSide)}, line, kSide, Align::left, Ink::text});
    y += kSideLine;
  }
}

void add_lane_names(Sheet& sheet, LabelSpace& labels, std::size_t index) {
  const Lane& lane = sheet.lanes[index];
  if (begins_side(sheet, index)) add_side_name(sheet, labels, index);
  if (sheet.bar < kLeastKind) return;
  labels.add({{sheet.axis.left - 6, baseline(lane.top + sheet.bar / 2 - 1, kSmall)},
              lane.kind,
              kSmall,
              Align::right,
              Ink::text3});
}

// Of all rows that are drawn: what none of them has needs no word.
CapRow sum_of(const Sheet& sheet) {
  CapRow sum;
  for (const Lane& lane : sheet.lanes)
    for (const std::size_t i : lane.rows) {
      const CapRow& row = sheet.recording.result.cap[i];
      sum.outcomes.ok += row.outcomes.ok;
      sum.outcomes.refused += row.outcomes.refused + row.outcomes.conflict;
      sum.outcomes.unavailable += row.outcomes.unavailable;
      sum.outcomes.unknown += row.outcomes.unknown;
      sum.stale += row.stale + row.lost;
    }
  return sum;
}

void add_legend(Sheet& sheet, LabelSpace& labels, std::size_t left_out) {
  const double y = sheet.drawing.size.height - 6;
  double x = 10;
  for (const Part& part : parts_of(sum_of(sheet))) {
    if (part.count == 0) continue;
    if (!labels.add({{x + 15, y}, part.name, kSmall, Align::left, Ink::text3})) break;
    const Rect swatch{x, y - 9, 11, 10};
    if (part.ground.ink != Ink::none) sheet.drawing.add(Box{swatch, 2, part.ground, {}});
    const Stroke edge = part.fill.hatched ? Stroke{part.fill.ink, 1} : Stroke{};
    sheet.drawing.add(Box{swatch, 2, part.fill, edge});
    x += 15 + text_width(part.name, kSmall) + 14;
  }
  if (left_out > 0)
    labels.add({{sheet.axis.right, y},
                counted(left_out, "lane", "lanes") + " more in the table",
                kSmall,
                Align::right,
                Ink::text2});
}

double label_column(const std::vector<Lane>& lanes, Size size) {
  double widest = 0;
  for (const Lane& lane : lanes)
    widest = std::max(widest, text_width(lane.side, kSide));
  return std::min(widest + text_width("updates", kSmall) + 28, size.width * 0.42);
}

std::string emptiness(const Recording& recording, const View& view) {
  const RunResult& run = recording.result;
  if (view.store.value >= run.stores.size()) return "This scenario has no store.";
  if (run.cap.empty())
    return "No fault of this scenario can split the network, so that there is one side only. Cut "
           "something: that makes a future with a ledger.";
  return "Nobody asked anything of " + run.stores[view.store.value].name + ".";
}

}  // namespace

TimedDrawing draw_ledger(const Recording& recording, const View& view, Size size) {
  const RunResult& run = recording.result;
  const Time end = std::max(run.simulated, Time{1});
  std::vector<Lane> lanes;
  if (view.store.value < run.stores.size())
    lanes = lanes_of(run, run.stores[view.store.value].name);
  const double left = std::max(10.0, label_column(lanes, size));
  const TimeAxis axis{left, std::max(left + 1, size.width - 12), {}, end};
  Sheet sheet{recording, view, axis, {size, {}, {}}, std::move(lanes), 0};
  if (sheet.lanes.empty()) {
    say_instead(sheet.drawing, emptiness(recording, view));
    return {std::move(sheet.drawing), axis};
  }
  const std::size_t left_out = lay_out(sheet);
  LabelSpace labels(sheet.drawing);
  add_ticks(sheet.drawing, labels, axis, size.height - kLedgerLegend);
  for (std::size_t lane = 0; lane < sheet.lanes.size(); ++lane) {
    add_lane_names(sheet, labels, lane);
    for (const std::size_t row : sheet.lanes[lane].rows)
      add_bar(sheet, labels, sheet.lanes[lane], row);
  }
  add_legend(sheet, labels, left_out);
  return {std::move(sheet.drawing), axis};
}

std::optional<Span> ledger_window(const RunResult& run, Time at) {
  for (const CapRow& row : run.cap)
    if (row.window.from <= at && at < row.window.to) return row.window;
  return std::nullopt;
}

}  // namespace cleave::draw
