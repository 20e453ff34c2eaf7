#include "sim/draw/space_time.h"

#include "sim/draw/arrows.h"
#include "sim/draw/marks.h"
#include "sim/draw/space_time_sheet.h"
#include "sim/draw/tenures.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace cleave::draw {
namespace {

constexpr double kStrip = 22;    // where what was cut off ends, and faults are named
constexpr double kNoteRow = 18;  // below the lanes
constexpr TextStyle kLaneName{11.5, Weight::regular, true};

struct Chip {
  double x = 0;
  std::string text;
  FaultInks inks;
  Align align = Align::left;
};

// ---- layout -----------------------------------------------------------------------------------
double label_column(const Recording& recording, const Roles& roles, Size size) {
  double widest = 0;
  for (std::uint32_t i = 0; i < roles.size(); ++i)
    widest = std::max(widest, text_width(roles.of(NodeId{i}).label, kLaneName));
  for (const ClientGroup& group : recording.result.clients)
    widest = std::max(widest, text_width(group.name + " x000", kLaneName));
  return std::min(widest + 28, size.width * 0.3);
}

bool may_separate(const RunResult& run) {
  const std::vector<FaultBand> bands = fault_bands(run);
  return std::any_of(bands.begin(), bands.end(), [](const FaultBand& b) { return b.separates; });
}

std::vector<FaultBand> bands_within(const RunResult& run, const TimeAxis& axis) {
  std::vector<FaultBand> bands = fault_bands(run);
  std::erase_if(bands, [&](const FaultBand& band) {
    return band.when.to < axis.from || band.when.from > axis.to;
  });
  return bands;
}

std::vector<ShownOperation> operations_within(const Recording& recording, const View& view,
                                              const TimeAxis& axis) {
  std::vector<ShownOperation> operations = selected_operations(recording, view);
  std::erase_if(operations, [&](const ShownOperation& operation) {
    return operation.from > axis.to || operation.to.value_or(axis.to) < axis.from;
  });
  return operations;
}

// A strip between the first two regions if there are two; else one above all lanes, if there is
// anything to name in it.
void lay_out(Sheet& sheet, Size size) {
  const RunResult& run = sheet.recording.result;
  const bool faults = !fault_bands(run).empty();
  const double gap = may_separate(run) ? kStrip : faults ? kStrip * 0.8 : 8;
  sheet.top = kTickRow + 2;
  sheet.bottom = size.height - 4;
  if (!sheet.view.hidden.empty()) sheet.bottom -= kNoteRow;
  LaneSpace space{sheet.top, sheet.bottom, gap, kLeastLane};
  sheet.lanes = lay_out_lanes(sheet.recording, sheet.roles, sheet.view, space);
  if (!faults) return;
  const std::vector<LaneGroup>& groups = sheet.lanes.groups;
  if (groups.size() > 1) {
    sheet.strip = (groups[0].bottom + groups[1].top) / 2;
    return;
  }
  space.top += kStrip;
  sheet.strip = sheet.top + kStrip / 2;
  sheet.lanes = lay_out_lanes(sheet.recording, sheet.roles, sheet.view, space);
}

Rect plot_of(const Sheet& sheet) {
  return {sheet.axis.left, sheet.top, sheet.axis.right - sheet.axis.left, sheet.bottom - sheet.top};
}

// ---- grounds ----------------------------------------------------------------------------------
void add_grounds(Sheet& sheet) {
  for (const LaneGroup& group : sheet.lanes.groups)
    sheet.drawing.add(Box{{0, group.top, sheet.drawing.size.width, group.bottom - group.top},
                          0,
                          {inks_of_region(group.region).soft, 0.6},
                          {}});
}

Span shown_part(const Sheet& sheet, const FaultBand& band) {
  return {std::max(band.when.from, sheet.axis.from), std::min(band.when.to, sheet.axis.to)};
}

void add_bands(Sheet& sheet) {
  const std::vector<LaneGroup>& groups = sheet.lanes.groups;
  for (const FaultBand& band : sheet.bands) {
    const Span part = shown_part(sheet, band);
    const double left = sheet.axis.x(part.from);
    const double width = std::max(1.0, sheet.axis.x(part.to) - left);
    const FaultInks inks = inks_of(band);
    const Rect whole{left, sheet.top, width, sheet.bottom - sheet.top};
    sheet.drawing.add(Box{whole, 0, {inks.soft, band.separates ? 0.9 : 0.6, band.separates}, {}});
    sheet.drawing.spots.push_back({{Target::Kind::fault, static_cast<std::uint32_t>(band.fault), 0},
                                   {left, sheet.top, width, 6},
                                   false,
                                   {},
                                   {},
                                   spoken(sheet.recording.result, band)});
    for (std::size_t g = 1; band.separates && g < groups.size(); ++g) {
      const Rect strip{left, groups[g - 1].bottom + 2, width,
                       groups[g].top - groups[g - 1].bottom - 4};
      sheet.drawing.add(Box{strip, 0, {inks.soft}, {}});
      sheet.drawing.add(Box{strip, 0, {inks.ink, 0.35, true}, {}});
    }
  }
}

// ---- lanes ------------------------------------------------------------------------------------
std::vector<Span> outages_of(const Sheet& sheet, NodeId node) {
  std::vector<Span> spans;
  for (const TracedOutage& outage : sheet.recording.trace.outages()) {
    const Time to = std::min(outage.to.value_or(kForever), sheet.axis.to);
    if (outage.node != node || to < sheet.axis.from || outage.from > sheet.axis.to) continue;
    spans.push_back({std::max(outage.from, sheet.axis.from), to});
  }
  return spans;
}

// Whole where the node was up, dotted where it was down.
void add_lane_line(Sheet& sheet, const Lane& lane, double width) {
  double x = sheet.axis.left;
  const Stroke up{inks_of_region(lane.region).line, width, Dash::solid, 0.8};
  if (lane.nodes.size() == 1)
    for (const Span& down : outages_of(sheet, lane.nodes.front())) {
      const double from = sheet.axis.x(down.from);
      const double to = sheet.axis.x(down.to);
      if (from > x) sheet.drawing.add(Line{{x, lane.y}, {from, lane.y}, up});
      const double high = std::min(14.0, sheet.lanes.height * 0.7);
      sheet.drawing.add(
          Box{{from, lane.y - high / 2, to - from, high}, 2, {Ink::panel}, {Ink::warn, 1}});
      sheet.drawing.add(Line{{from, lane.y}, {to, lane.y}, {Ink::warn, 1.5, Dash::dotted}});
      x = to;
    }
  if (x < sheet.axis.right) sheet.drawing.add(Line{{x, lane.y}, {sheet.axis.right, lane.y}, up});
}

bool is_selected(const Sheet& sheet, const Lane& lane) {
  const auto has = [&lane](NodeId node) {
    return std::find(lane.nodes.begin(), lane.nodes.end(), node) != lane.nodes.end();
  };
  for (const ShownOperation& operation : sheet.operations)
    if (has(operation.client)) return true;
  const Target target = sheet.view.selected;
  if (target.kind != Target::Kind::node && target.kind != Target::Kind::lane) return false;
  return has(NodeId{target.a});
}

void add_lanes(Sheet& sheet, LabelSpace& labels) {
  for (const Lane& lane : sheet.lanes.all) {
    const bool selected = is_selected(sheet, lane);
    const Rect cell{4, lane.y - std::min(sheet.lanes.height, 24.0) / 2, sheet.axis.left - 10,
                    std::min(sheet.lanes.height, 24.0)};
    if (selected) sheet.drawing.add(Box{cell, 4, {Ink::accent_soft}, {Ink::accent, 1}});
    labels.add({{12, baseline(lane.y, kLaneName)},
                fitted(lane.label, kLaneName, sheet.axis.left - 24),
                kLaneName,
                Align::left,
                inks_of_region(lane.region).ink});
    add_lane_line(sheet, lane, selected ? 3 : 1.5);
    const Target::Kind kind = lane.nodes.size() > 1 ? Target::Kind::lane : Target::Kind::node;
    sheet.drawing.spots.push_back(
        {{kind, lane.nodes.front().value, 0}, cell, false, {}, {}, lane.name});
  }
}

// ---- faults -----------------------------------------------------------------------------------
bool add_chip(Sheet& sheet, LabelSpace& labels, const Chip& chip) {
  const Label label{{chip.x, baseline(sheet.strip, kSmallBold)},
                    chip.text,
                    kSmallBold,
                    chip.align,
                    chip.inks.ink};
  const Rect rect = rect_of(label);
  if (rect.x - 4 < sheet.axis.left || rect.right() + 4 > sheet.axis.right || !labels.is_free(rect))
    return false;
  sheet.drawing.add(
      Box{{rect.x - 4, sheet.strip - 9, rect.width + 8, 18}, 4, {chip.inks.soft}, {}});
  return labels.add(label);
}

// On the side that is asked for, or the other.
void add_boundary(Sheet& sheet, LabelSpace& labels, double x, const Chip& chip) {
  sheet.drawing.add(Line{{x, sheet.top}, {x, sheet.bottom}, {chip.inks.ink, 1.5, Dash::dashed}});
  if (sheet.strip <= 0) return;
  const bool left = chip.align == Align::left;
  Chip near = chip;
  near.x = left ? x + 13 : x - 13;
  if (add_chip(sheet, labels, near)) return;
  near.align = left ? Align::right : Align::left;
  near.x = left ? x - 13 : x + 13;
  add_chip(sheet, labels, near);
}

void add_fault_names(Sheet& sheet, LabelSpace& labels) {
  std::string separating;
  for (const FaultBand& band : sheet.bands) {
    const std::string& name = sheet.recording.result.faults[band.fault].fault.name;
    const FaultInks inks = inks_of(band);
    const Duration tenth{100'000'000};
    const bool begins = sheet.axis.shows(band.when.from);
    const bool ends =
        sheet.axis.shows(band.when.to) && band.when.to < sheet.recording.result.simulated;
    if (begins)
      add_boundary(sheet, labels, sheet.axis.x(band.when.from),
                   {0, name + " " + tick_text(band.when.from, tenth), inks, Align::right});
    if (ends)
      add_boundary(sheet, labels, sheet.axis.x(band.when.to),
                   {0,
                    name + " ends " + tick_text(band.when.to, tenth),
                    {Ink::ok, Ink::ok_soft},
                    Align::left});
    if (!begins && !ends && !band.separates && sheet.strip > 0)
      add_chip(sheet, labels, {sheet.axis.left + 8, name, inks, Align::left});
    if (band.separates && separating.find(name) == std::string::npos)
      separating += (separating.empty() ? "" : ", ") + name;
  }
  if (sheet.strip > 0)
    labels.add({{12, baseline(sheet.strip, kSmallBold)},
                fitted(separating, kSmallBold, sheet.axis.left - 24),
                kSmallBold,
                Align::left,
                Ink::drop});
}

// ---- notes and leaders
// ----------------------------------------------------------------------------
void add_leaders(Sheet& sheet, LabelSpace& labels) {
  for (const StoreResult& store : sheet.recording.result.stores)
    add_beginnings(sheet.drawing, labels, sheet.axis, store,
                   [&](NodeId node) -> std::optional<double> {
                     const auto lane = sheet.lanes.of_node[node.value];
                     if (!lane) return std::nullopt;
                     return sheet.lanes.all[*lane].y;
                   });
}

// ---- what there is to say ---------------------------------------------------------------------
void add_notes(Sheet& sheet, LabelSpace& labels, std::size_t messages) {
  if (sheet.lanes.hidden > 0)
    labels.add({{12, sheet.drawing.size.height - 7},
                counted(sheet.lanes.hidden, "lane is hidden", "lanes are hidden"),
                kSmall,
                Align::left,
                Ink::text3});
  const std::size_t passing = count_passing(sheet.recording, sheet.lanes, sheet.axis);
  if (passing > kMostPassing)
    labels.add_on({{sheet.axis.right, sheet.drawing.size.height - 7},
                   "not drawn: " + counted(passing, "message", "messages") +
                       " sent before and arriving later",
                   kSmall,
                   Align::right,
                   Ink::text3},
                  Ink::panel);
  const TraceIndex& trace = sheet.recording.trace;
  const Time last = trace.events().empty() ? Time{} : trace.events().back().at;
  if (sheet.lanes.all.empty())
    return say_instead(sheet.drawing, plot_of(sheet),
                       "Every lane is hidden. Show one again to see its messages.");
  if (trace.left_out() > 0 && last < sheet.axis.to) {
    const double left = sheet.axis.x(std::max(last, sheet.axis.from));
    const Rect rest{left, sheet.top, sheet.axis.right - left, sheet.bottom - sheet.top};
    sheet.drawing.add(Box{rest, 0, {Ink::border, 1, true}, {}});
    const std::string sentence = "From " + clock_text(last) +
                                 " on nothing was traced: the memory set for it is used up. Give "
                                 "it more, or look at an earlier time.";
    sheet.drawing.add(Box{{plot_of(sheet).x + 8, sheet.top + (sheet.bottom - sheet.top) / 2 - 34,
                           plot_of(sheet).width - 16, 68},
                          8,
                          {Ink::panel},
                          {Ink::border}});
    return say_instead(sheet.drawing, plot_of(sheet), sentence);
  }
  if (messages > 0) return;
  say_instead(sheet.drawing, plot_of(sheet),
              "No message is on its way in this window. Widen it, or move it along the run.");
}

}  // namespace

TimedDrawing draw_space_time(const Recording& recording, const View& view, Size size) {
  Roles roles(recording);
  const double left = label_column(recording, roles, size);
  const TimeAxis axis{left, std::max(left + 1, size.width - 12), view.from,
                      std::max(view.to, view.from + Duration{1})};
  Sheet sheet{recording,
              view,
              std::move(roles),
              bands_within(recording.result, axis),
              {},
              axis,
              Drawing{size, {}, {}},
              operations_within(recording, view, axis),
              0,
              0,
              0};
  lay_out(sheet, size);
  LabelSpace labels(sheet.drawing);
  add_grounds(sheet);
  add_ticks(sheet.drawing, labels, axis, sheet.bottom);
  add_bands(sheet);
  add_lanes(sheet, labels);
  const std::size_t messages = count_arrows(recording, sheet.lanes, axis);
  add_messages(sheet, detail_for(messages));
  add_fault_names(sheet, labels);
  add_leaders(sheet, labels);
  add_operations(sheet.drawing, labels, sheet.operations, sheet.lanes, axis);
  add_violations(sheet);
  add_notes(sheet, labels, messages);
  return {std::move(sheet.drawing), axis};
}

}  // namespace cleave::draw
