#include "sim/draw/divergence.h"

#include "sim/draw/marks.h"
#include "sim/draw/roles.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

namespace cleave::draw {
namespace {

constexpr TextStyle kLaneName{11.5, Weight::regular, true};
constexpr double kCaption = 20;  // height of the line that says what the curve is
constexpr double kLegend = 20;
constexpr double kLanesFrom = 130;   // height of a picture from which on it has lanes
constexpr double kLegendFrom = 190;  // height of a picture from which on it has a legend

struct Layout {
  Rect curve;
  Rect lanes;
  double legend = 0;  // its baseline; 0: there is none
};

Layout layout_of(Size size, const TimeAxis& axis, std::size_t replicas) {
  Layout layout;
  const double width = axis.right - axis.left;
  double bottom = size.height - 6;
  if (size.height >= kLegendFrom) {
    layout.legend = size.height - 8;
    bottom -= kLegend;
  }
  const double top = kTickRow + kCaption;
  const double rest = std::max(20.0, bottom - top);
  const double lane =
      size.height < kLanesFrom
          ? 0
          : std::min(26.0, rest * 0.52 / static_cast<double>(std::max<std::size_t>(replicas, 1)));
  const double lanes = lane * static_cast<double>(replicas);
  layout.curve = {axis.left, top, width, rest - lanes - 8};
  layout.lanes = {axis.left, bottom - lanes, width, lanes};
  return layout;
}

// What all parts are drawn with.
struct Sheet {
  const Recording& recording;
  const View& view;
  Roles roles;
  TimeAxis axis;
  Layout layout;
  Drawing drawing;
};

std::size_t columns(const TimeAxis& axis) {
  return static_cast<std::size_t>(std::max(1.0, axis.right - axis.left));
}

// The highest value at each pixel.
std::vector<std::uint64_t> sampled(const StepTrack& track, const TimeAxis& axis) {
  std::vector<std::uint64_t> values;
  for (std::size_t i = 0; i < columns(axis); ++i) {
    const double x = axis.left + static_cast<double>(i);
    values.push_back(track.highest(axis.time(x), axis.time(x + 1)));
  }
  return values;
}

std::uint64_t highest_of(const StepTrack& track) {
  std::uint64_t most = 0;
  for (const StepTrack::Step& step : track.steps)
    most = std::max(most, step.value);
  return most;
}

// ---- the curve --------------------------------------------------------------------------------
// Names come after all bands, so that no band lies over one.
void add_fault_names(Sheet& sheet, LabelSpace& labels, const std::vector<FaultBand>& bands) {
  std::set<std::size_t> named;
  for (const FaultBand& band : bands) {
    const FaultInks inks = inks_of(band);
    const std::string& name = sheet.recording.result.faults[band.fault].fault.name;
    const Point at{sheet.axis.x(band.when.from) + 5, sheet.layout.curve.y + 11};
    if (named.contains(band.fault)) continue;
    if (labels.add_on({at, name, kSmallBold, Align::left, inks.ink}, inks.soft))
      named.insert(band.fault);
  }
}

void add_faults(Sheet& sheet, LabelSpace& labels) {
  const Rect& area = sheet.layout.curve;
  const std::vector<FaultBand> bands = fault_bands(sheet.recording.result);
  for (const FaultBand& band : bands) {
    const double left = sheet.axis.x(band.when.from);
    const double width = std::max(1.5, sheet.axis.x(std::min(band.when.to, sheet.axis.to)) - left);
    const FaultInks inks = inks_of(band);
    const Rect rect{left, area.y - 2, width, area.height + 2};
    sheet.drawing.add(Box{rect, 0, {inks.soft, 0.85}, {}});
    for (const double x : {left, rect.right()})
      sheet.drawing.add(Line{{x, rect.y}, {x, rect.bottom()}, {inks.ink, 1, Dash::dashed}});
    sheet.drawing.spots.push_back({{Target::Kind::fault, static_cast<std::uint32_t>(band.fault), 0},
                                   rect,
                                   false,
                                   {},
                                   {},
                                   spoken(sheet.recording.result, band)});
  }
  add_fault_names(sheet, labels, bands);
}

void add_scale(Sheet& sheet, LabelSpace& labels, std::uint64_t highest) {
  const Rect& area = sheet.layout.curve;
  const auto mark = [&](std::uint64_t value) {
    const double y = area.bottom() - height_of(value, highest, area.height);
    sheet.drawing.add(Line{{area.x, y}, {area.right(), y}, {Ink::line}});
    labels.add({{area.x - 8, baseline(y, kSmallMono)},
                grouped(value),
                kSmallMono,
                Align::right,
                Ink::text3});
  };
  mark(0);
  mark(highest);
  if (highest > 1) mark(highest / 2);
}

std::string caption_of(const Sheet& sheet) {
  if (const auto& pair = sheet.view.pair)
    return "Updates apart, " + sheet.roles.of(pair->first).label + " and " +
           sheet.roles.of(pair->second).label;
  return "Updates apart, the two replicas of " +
         sheet.recording.result.stores[sheet.view.store.value].name + " that differ most";
}

void add_caption(Sheet& sheet, LabelSpace& labels) {
  std::string text = caption_of(sheet);
  if (text_width(text, kSmall) > sheet.axis.right - sheet.axis.left - 4) text = "Updates apart";
  const Label label{{sheet.axis.left + 2, kTickRow + 13}, text, kSmall, Align::left, Ink::text2};
  labels.add(label);
  if (const auto& pair = sheet.view.pair)
    sheet.drawing.spots.push_back(
        {target_of(pair->first, pair->second), rect_of(label), false, {}, {}, caption_of(sheet)});
}

void add_distance(Sheet& sheet, LabelSpace& labels, const StepTrack& track) {
  const std::uint64_t highest = std::max<std::uint64_t>(highest_of(track), 1);
  add_scale(sheet, labels, highest);
  add_caption(sheet, labels);
  add_curve(sheet.drawing, sheet.layout.curve, sampled(track, sheet.axis), highest);
  if (highest_of(track) == 0)
    say_instead(sheet.drawing, sheet.layout.curve, "They hold the same updates all the time.");
  const DivergenceCurve& curve = sheet.recording.result.stores[sheet.view.store.value].curve;
  if (!curve.converged) return;
  const Rect both{sheet.axis.left, sheet.layout.curve.y, sheet.layout.curve.width,
                  sheet.layout.lanes.bottom() - sheet.layout.curve.y};
  add_converged(sheet.drawing, labels, sheet.axis, both, *curve.converged);
}

// ---- the lanes --------------------------------------------------------------------------------
enum class Edge : std::uint8_t { top, bottom };

// Numbers at each pixel as a shape that grows from an edge of a lane inwards.
struct Growth {
  Rect lane;
  std::vector<std::uint64_t> values;
  std::uint64_t full = 1;  // the value that takes the whole lane
  Edge edge = Edge::bottom;
};

// One closed shape for each stretch without a 0.
std::vector<Path> shapes_of(const Growth& growth) {
  std::vector<Path> shapes;
  const Rect& lane = growth.lane;
  const bool top = growth.edge == Edge::top;
  const double floor = top ? lane.y : lane.bottom();
  const std::vector<std::uint64_t>& values = growth.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == 0) continue;
    Path path{{{lane.x + static_cast<double>(i), floor}}, true, {}, {}};
    for (; i < values.size() && values[i] > 0; ++i) {
      const double height = height_of(values[i], growth.full, lane.height);
      const double y = top ? floor + height : floor - height;
      const double x = lane.x + static_cast<double>(i);
      if (path.points.back().y == y) continue;
      path.points.push_back({x, path.points.back().y});
      path.points.push_back({x, y});
    }
    const double x = lane.x + static_cast<double>(i);
    path.points.push_back({x, path.points.back().y});
    path.points.push_back({x, floor});
    shapes.push_back(std::move(path));
  }
  return shapes;
}

void add_ahead(Drawing& drawing, const Growth& growth, Ink ink) {
  for (Path& shape : shapes_of(growth)) {
    shape.fill = {ink};
    drawing.add(std::move(shape));
  }
}

void add_behind(Drawing& drawing, const Growth& growth) {
  for (Path& shape : shapes_of(growth)) {
    shape.fill = {Ink::panel};
    drawing.add(shape);
    shape.fill = {Ink::d3, 1, true};
    shape.stroke = {Ink::d3, 1};
    drawing.add(std::move(shape));
  }
}

std::string spoken_lane(const Sheet& sheet, const ReplicaTrack& track) {
  return std::string(sheet.recording.name(track.replica)) + ": held up to " +
         counted(highest_of(track.ahead), "update", "updates") +
         " that another lacked, lacked up to " + grouped(highest_of(track.behind)) +
         " that another held";
}

bool is_selected(const View& view, NodeId replica) {
  return view.selected == target_of(replica) ||
         (view.pair && (view.pair->first == replica || view.pair->second == replica));
}

void add_lanes(Sheet& sheet, LabelSpace& labels, const StoreTracks& store) {
  std::uint64_t full = 1;
  for (const ReplicaTrack& track : store.replicas)
    full = std::max(full, highest_of(track.ahead) + highest_of(track.behind));
  const double height = sheet.layout.lanes.height / static_cast<double>(store.replicas.size());
  double top = sheet.layout.lanes.y;
  for (const ReplicaTrack& track : store.replicas) {
    const RegionInks inks = inks_of_region(sheet.roles.of(track.replica).region);
    const Rect lane{sheet.axis.left, top + 1.5, sheet.layout.lanes.width, height - 3};
    sheet.drawing.add(Box{lane, 0, {Ink::common, 0.55}, {}});
    add_ahead(sheet.drawing, {lane, sampled(track.ahead, sheet.axis), full, Edge::bottom},
              inks.line);
    add_behind(sheet.drawing, {lane, sampled(track.behind, sheet.axis), full, Edge::top});
    const Rect cell{2, lane.y, sheet.axis.left - 5, lane.height};
    if (is_selected(sheet.view, track.replica))
      sheet.drawing.add(Box{cell, 4, {Ink::accent_soft}, {Ink::accent}});
    labels.add({{sheet.axis.left - 8, baseline(top + height / 2, kLaneName)},
                fitted(sheet.roles.of(track.replica).label, kLaneName, sheet.axis.left - 14),
                kLaneName,
                Align::right,
                inks.ink});
    sheet.drawing.spots.push_back({target_of(track.replica),
                                   {2, lane.y, sheet.axis.right - 2, lane.height},
                                   false,
                                   {},
                                   {},
                                   spoken_lane(sheet, track)});
    top += height;
  }
}

void add_legend(Sheet& sheet, LabelSpace& labels) {
  struct Entry {
    std::string text;
    std::vector<Fill> fills;
  };
  const std::vector<Entry> entries{
      {"the same as all others", {{Ink::common, 0.55}}},
      {"what others lack", {{inks_of_region(0).line}, {inks_of_region(1).line}}},
      {"what it lacks", {{Ink::d3, 1, true}}}};
  double x = sheet.axis.left;
  for (const Entry& entry : entries) {
    const double swatches = 13 * static_cast<double>(entry.fills.size());
    const Label label{
        {x + swatches + 3, sheet.layout.legend}, entry.text, kSmall, Align::left, Ink::text3};
    if (!labels.add(label)) return;
    for (const Fill& fill : entry.fills) {
      const Stroke stroke = fill.hatched ? Stroke{Ink::d3, 1} : Stroke{};
      sheet.drawing.add(Box{{x, sheet.layout.legend - 9, 11, 10}, 2, fill, stroke});
      x += 13;
    }
    x += 3 + text_width(entry.text, kSmall) + 16;
  }
}

// The names of replicas and the highest number have room to the left.
TimeAxis axis_of(const Recording& recording, const Roles& roles, const View& view, Size size) {
  double widest = 44;
  if (view.store.value < recording.cast.replicas.size())
    for (const NodeId replica : recording.cast.replicas[view.store.value])
      widest = std::max(widest, text_width(roles.of(replica).label, kLaneName));
  const double left = std::min(widest + 18, size.width * 0.35);
  return {left, std::max(left + 1, size.width - 22), Time{},
          std::max(recording.result.simulated, Time{1})};
}

// Why there is nothing to draw, if that is so.
std::string emptiness(const Recording& recording, const View& view) {
  if (view.store.value >= recording.cast.replicas.size())
    return "Nothing is stored in this run. Give the scenario a store to see its replicas part.";
  if (recording.cast.replicas[view.store.value].size() < 2)
    return recording.result.stores[view.store.value].name +
           " has one replica, which is never apart from itself. Give the store another one.";
  return "";
}

}  // namespace

TimedDrawing draw_divergence(const Recording& recording, const DivergenceTracks& tracks,
                             const View& view, Size size) {
  Roles roles(recording);
  const TimeAxis axis = axis_of(recording, roles, view, size);
  const std::string nothing = emptiness(recording, view);
  if (!nothing.empty()) {
    Drawing drawing{size, {}, {}};
    say_instead(drawing, {0, 0, size.width, size.height}, nothing);
    return {std::move(drawing), axis};
  }
  const StoreTracks& store = tracks.stores[view.store.value];
  Sheet sheet{recording,
              view,
              std::move(roles),
              axis,
              layout_of(size, axis, store.replicas.size()),
              Drawing{size, {}, {}}};
  LabelSpace labels(sheet.drawing);
  add_ticks(sheet.drawing, labels, axis, sheet.layout.lanes.bottom());
  add_faults(sheet, labels);
  add_distance(sheet, labels, distance_track(tracks, view));
  if (sheet.layout.lanes.height > 0) add_lanes(sheet, labels, store);
  if (sheet.layout.legend > 0) add_legend(sheet, labels);
  return {std::move(sheet.drawing), axis};
}

TimedDrawing draw_divergence(const Recording& recording, const View& view, Size size) {
  return draw_divergence(recording, divergence_tracks(recording), view, size);
}

DistanceCurve distance_curve(const DivergenceTracks& tracks, const View& view) {
  DistanceCurve curve;
  curve.track = distance_track(tracks, view);
  curve.highest = highest_of(curve.track);
  if (view.store.value < tracks.stores.size())
    curve.replicas = tracks.stores[view.store.value].replicas.size();
  return curve;
}

Point point_of_distance(Size size, const TimeAxis& axis, const DistanceCurve& curve, Time at) {
  const Rect area = layout_of(size, axis, curve.replicas).curve;
  const std::uint64_t highest = std::max<std::uint64_t>(curve.highest, 1);
  return {axis.x(at), area.bottom() - height_of(curve.track.at(at), highest, area.height)};
}

std::string apart_text(std::uint64_t distance) {
  return grouped(distance) + " apart";
}

Table table_of_divergence(const Recording& recording, const DivergenceTracks& tracks,
                          const View& view) {
  Table table{"How far replicas are apart", {"time", "updates apart"}, {}};
  if (!emptiness(recording, view).empty()) return table;
  const StoreTracks& store = tracks.stores[view.store.value];
  for (const ReplicaTrack& track : store.replicas) {
    const std::string name(recording.name(track.replica));
    table.head.push_back(name + ", others lack");
    table.head.push_back(name + " lacks");
  }
  const RunResult& run = recording.result;
  const DivergenceCurve& curve = run.stores[view.store.value].curve;
  std::set<Time> times{Time{}, curve.peak_at, run.simulated};
  for (const FaultBand& band : fault_bands(run)) {
    times.insert(band.when.from);
    times.insert(band.when.to);
  }
  if (curve.converged) times.insert(*curve.converged);
  const StepTrack distance = distance_track(tracks, view);
  for (const Time at : times) {
    std::vector<std::string> row{clock_text(at), grouped(distance.at(at))};
    for (const ReplicaTrack& track : store.replicas) {
      row.push_back(grouped(track.ahead.at(at)));
      row.push_back(grouped(track.behind.at(at)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace cleave::draw
