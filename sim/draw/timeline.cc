#include "sim/draw/timeline.h"

#include "sim/draw/operations.h"
#include "sim/draw/tenures.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cleave::draw {
namespace {

constexpr std::int64_t kSlices = 8192;
constexpr double kBar = 6;  // of the histogram, with the gap behind it
constexpr TextStyle kRowName{12, Weight::medium, false};
constexpr TextStyle kLowRowName{11, Weight::medium, false};
constexpr double kLowRow = 15;
constexpr double kLeastNamedBar = 14;  // height of one that has room for a name

struct Row {
  double top = 0, bottom = 0;
  double middle() const { return (top + bottom) / 2; }
  double height() const { return bottom - top; }
};

struct Rows {
  Row faults, leads, traffic, divergence, verdicts;  // without height: it is not shown
};

// What all rows are drawn with.
struct Sheet {
  const Recording& recording;
  TimeAxis axis;
  Drawing drawing;
  Rows rows;
};

Rows rows_of(Size size, std::size_t fault_lanes, std::size_t tenure_lanes) {
  constexpr double kOthers = 1.1 + 1.3 + 1.0;
  constexpr double kLeast = 11;  // height of a row that has room for its name
  const double all = size.height - kTickRow - 4;
  double leads = tenure_lanes == 0
                     ? 0
                     : 0.4 + 0.75 * static_cast<double>(std::min<std::size_t>(tenure_lanes, 3));
  if (all / kLeast - kOthers - leads < 1) leads = 0;
  const double wanted = 0.85 * static_cast<double>(fault_lanes);
  const double faults = std::max(1.0, std::min(wanted, all / kLeast - kOthers - leads));
  const std::array<double, 5> weights{faults, leads, 1.1, 1.3, 1.0};
  const double unit = all / (faults + leads + kOthers);
  std::array<Row, 5> rows;
  double top = kTickRow;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = {top, top + weights[i] * unit};
    top = rows[i].bottom;
  }
  return {rows[0], rows[1], rows[2], rows[3], rows[4]};
}

void add_row_names(Sheet& sheet, LabelSpace& labels) {
  using Named = std::pair<const Row&, std::string_view>;
  for (const auto& [row, name] :
       {Named{sheet.rows.faults, "Faults"}, Named{sheet.rows.leads, "Leads"},
        Named{sheet.rows.traffic, "Traffic"}, Named{sheet.rows.divergence, "Divergence"},
        Named{sheet.rows.verdicts, "Verdicts"}}) {
    if (row.height() == 0) continue;
    sheet.drawing.add(Line{{0, row.top}, {sheet.drawing.size.width, row.top}, {Ink::line}});
    const TextStyle style = row.height() < kLowRow ? kLowRowName : kRowName;
    labels.add(
        {{14, baseline(row.middle(), style)}, std::string(name), style, Align::left, Ink::text2});
  }
}

// What a row says that has nothing to show.
void say(Sheet& sheet, LabelSpace& labels, const Row& row, std::string text) {
  labels.add({{sheet.axis.left + 4, baseline(row.middle(), kSmall)},
              std::move(text),
              kSmall,
              Align::left,
              Ink::text3});
}

// ---- faults -----------------------------------------------------------------------------------
// Inside the bar if it fits, else just behind it.
bool add_bar_name(Sheet& sheet, LabelSpace& labels, const Rect& bar, const FaultBand& band) {
  const FaultResult& fault = sheet.recording.result.faults[band.fault];
  const FaultInks inks = inks_of(band);
  const double y = baseline(bar.y + bar.height / 2, kSmallBold);
  const Label behind{{bar.right() + 7, y}, fault.fault.name, kSmallBold, Align::left, inks.ink};
  if (bar.height < kLeastNamedBar) return labels.add_on(behind, Ink::panel);
  for (const std::string& text : {fault.fault.name + ": " + deed(fault.fault), fault.fault.name}) {
    const double width = text_width(text, kSmallBold);
    if (width + 14 > bar.width) continue;
    sheet.drawing.add(
        Box{{bar.x + 2, bar.y + 1.5, width + 10, bar.height - 3}, 2, {inks.soft}, {}});
    return labels.add({{bar.x + 7, y}, text, kSmallBold, Align::left, inks.ink});
  }
  return labels.add_on(behind, Ink::panel);
}

void add_faults(Sheet& sheet, LabelSpace& labels) {
  const RunResult& run = sheet.recording.result;
  const std::vector<FaultBand> bands = fault_bands(run);
  if (bands.empty()) return say(sheet, labels, sheet.rows.faults, "nothing goes wrong in this run");
  const double lane = (sheet.rows.faults.height() - 2) / static_cast<double>(lanes_of(bands));
  const double height = std::min(20.0, lane - 2);
  std::vector<Rect> bars;
  for (const FaultBand& band : bands) {
    const double top = sheet.rows.faults.top + 1 + lane * static_cast<double>(band.lane);
    const double left = sheet.axis.x(band.when.from);
    const double width = std::max(3.0, sheet.axis.x(std::min(band.when.to, sheet.axis.to)) - left);
    const Rect bar{left, top + (lane - height) / 2, width, height};
    const FaultInks inks = inks_of(band);
    sheet.drawing.add(Box{bar, 4, {inks.soft}, {}});
    if (band.separates) sheet.drawing.add(Box{bar, 4, {inks.ink, 0.35, true}, {}});
    sheet.drawing.add(Box{bar, 4, {}, {inks.ink, 1}});
    const auto id = static_cast<std::uint32_t>(band.fault);
    const bool once = run.faults[band.fault].active.size() == 1;
    sheet.drawing.spots.push_back(
        {{Target::Kind::fault, id, 0}, bar, false, {}, {}, spoken(run, band), once});
    bars.push_back(bar);
  }
  std::vector<bool> named(run.faults.size());
  for (std::size_t i = 0; i < bands.size(); ++i)
    if (!named[bands[i].fault])
      named[bands[i].fault] = add_bar_name(sheet, labels, bars[i], bands[i]);
}

// ---- traffic ----------------------------------------------------------------------------------
std::vector<TrafficTrack::Slice> bars_of(const TrafficTrack& traffic, const TimeAxis& axis) {
  const auto count = static_cast<std::size_t>(std::max(1.0, (axis.right - axis.left) / kBar));
  std::vector<TrafficTrack::Slice> bars(count);
  for (std::size_t i = 0; i < traffic.slices.size(); ++i) {
    TrafficTrack::Slice& bar = bars[i * count / traffic.slices.size()];
    bar.arrived += traffic.slices[i].arrived;
    bar.dropped += traffic.slices[i].dropped;
  }
  return bars;
}

void add_bar(Drawing& drawing, const Rect& room, const TrafficTrack::Slice& slice,
             std::uint64_t full) {
  const std::uint64_t all = std::uint64_t{slice.arrived} + slice.dropped;
  if (all == 0) return;
  const double height = height_of(all, full, room.height);
  double dropped = height * static_cast<double>(slice.dropped) / static_cast<double>(all);
  if (slice.dropped > 0) dropped = std::max(dropped, 2.0);
  const Rect bar{room.x, room.bottom() - height, room.width, height};
  if (height > dropped)
    drawing.add(Box{
        {bar.x, bar.y + dropped, bar.width, height - dropped}, 0, {Ink::replication, 0.75}, {}});
  if (dropped > 0) drawing.add(Box{{bar.x, bar.y - 1, bar.width, dropped}, 0, {Ink::drop}, {}});
  if (all > full) add_gap(drawing, bar);
}

void add_traffic(Sheet& sheet, LabelSpace& labels, const TrafficTrack& traffic) {
  const std::vector<TrafficTrack::Slice> bars = bars_of(traffic, sheet.axis);
  std::vector<std::uint64_t> counts;
  for (const TrafficTrack::Slice& bar : bars)
    counts.push_back(std::uint64_t{bar.arrived} + bar.dropped);
  const Row& row = sheet.rows.traffic;
  if (std::all_of(counts.begin(), counts.end(), [](std::uint64_t n) { return n == 0; }))
    return say(sheet, labels, row, "nobody sends anything");
  const std::uint64_t full = full_bar(std::move(counts));
  const double width = (sheet.axis.right - sheet.axis.left) / static_cast<double>(bars.size());
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double x = sheet.axis.left + width * static_cast<double>(i);
    add_bar(sheet.drawing, {x, row.top + 4, width - 1, row.height() - 6}, bars[i], full);
  }
}

// Beyond the last message that was traced nothing is known of traffic.
void add_untraced(Sheet& sheet, LabelSpace& labels) {
  const TraceIndex& trace = sheet.recording.trace;
  if (trace.left_out() == 0) return;
  const Time last = trace.events().empty() ? Time{} : trace.events().back().at;
  const double left = sheet.axis.x(last);
  const Row& row = sheet.rows.traffic;
  sheet.drawing.add(Box{{left, row.top + 1, sheet.axis.right - left, row.height() - 2},
                        0,
                        {Ink::border, 1, true},
                        {}});
  labels.add({{left + 6, baseline(row.middle(), kSmall)},
              "not traced: the memory set for it is used up",
              kSmall,
              Align::left,
              Ink::text2});
}

// ---- divergence -------------------------------------------------------------------------------
std::vector<std::uint64_t> columns_of(const DivergenceCurve& curve, const TimeAxis& axis) {
  const auto count = static_cast<std::size_t>(std::max(1.0, axis.right - axis.left));
  std::vector<std::uint64_t> columns(count);
  for (std::size_t i = 0; i < curve.highest.size(); ++i) {
    const Time from = Time{} + curve.slice * static_cast<std::int64_t>(i);
    const double left = axis.x(from) - axis.left;
    const double right = axis.x(from + curve.slice) - axis.left;
    const auto first = static_cast<std::size_t>(std::max(0.0, left));
    const auto last = std::max(first + 1, static_cast<std::size_t>(std::max(0.0, right)));
    for (std::size_t x = first; x < std::min(last, count); ++x)
      columns[x] = std::max(columns[x], curve.highest[i]);
  }
  return columns;
}

void add_divergence(Sheet& sheet, LabelSpace& labels, const View& view) {
  const RunResult& run = sheet.recording.result;
  const Row& row = sheet.rows.divergence;
  if (view.store.value >= run.stores.size())
    return say(sheet, labels, row, "nothing is stored in this run");
  const DivergenceCurve& curve = run.stores[view.store.value].curve;
  if (curve.peak == 0) return say(sheet, labels, row, "the replicas were never apart");
  const Rect area{sheet.axis.left, row.top + 4, sheet.axis.right - sheet.axis.left,
                  row.height() - 6};
  add_curve(sheet.drawing, area, columns_of(curve, sheet.axis), curve.peak);
  if (curve.converged) add_converged(sheet.drawing, labels, sheet.axis, area, *curve.converged);
  // At the left the replicas have not parted yet, as a rule, and there is room above the curve.
  const std::string text = grouped(curve.peak) + " apart at most, at " + clock_text(curve.peak_at);
  const Point at{area.x + 6, baseline(area.y + 7, kSmall)};
  labels.add_on({at, text, kSmall, Align::left, Ink::text2}, Ink::panel);
}

// ---- verdicts ---------------------------------------------------------------------------------
std::string spoken_violation(const RunResult& run, const Violation& violation) {
  const bool stated = run.expectations[violation.expectation].as_stated();
  return violation.name + ": violated" + (stated ? ", as stated" : "") + ", " +
         clock_text(violation.at);
}

void add_violation(Sheet& sheet, const Violation& violation) {
  const Point at{sheet.axis.x(violation.at), sheet.rows.verdicts.middle()};
  add_diamond(sheet.drawing, at);
  const auto id = static_cast<std::uint32_t>(violation.expectation);
  sheet.drawing.spots.push_back({{Target::Kind::verdict, id, 0},
                                 {at.x - 8, at.y - 8, 16, 16},
                                 false,
                                 {},
                                 {},
                                 spoken_violation(sheet.recording.result, violation)});
}

// One name for diamonds that touch, in the room up to the next one that does not.
void add_violation_names(Sheet& sheet, LabelSpace& labels, const std::vector<Violation>& all) {
  constexpr double kTouching = 14;
  for (std::size_t first = 0, next = 0; first < all.size(); first = next) {
    const double x = sheet.axis.x(all[first].at);
    double end = x;
    for (next = first + 1; next < all.size(); ++next) {
      const double other = sheet.axis.x(all[next].at);
      if (other - end >= kTouching) break;
      end = other;
    }
    const double limit = next < all.size() ? sheet.axis.x(all[next].at) : sheet.drawing.size.width;
    const std::string more =
        next - first > 1 ? ", and " + std::to_string(next - first - 1) + " more" : "";
    const double room = limit - end - 20 - text_width(more, kSmall);
    const std::string name = fitted(all[first].name, kSmall, room);
    if (name.size() < 8 && name != all[first].name) continue;
    const Point at{end + 11, baseline(sheet.rows.verdicts.middle(), kSmall)};
    labels.add_on({at, name + more, kSmall, Align::left, Ink::drop}, Ink::panel);
  }
}

void add_verdicts(Sheet& sheet, LabelSpace& labels, const View& view) {
  const Row& row = sheet.rows.verdicts;
  if (sheet.recording.result.expectations.empty())
    return say(sheet, labels, row, "the scenario claims nothing");
  sheet.drawing.add(Line{{sheet.axis.left, row.middle()},
                         {sheet.axis.right, row.middle()},
                         {Ink::ok, 1.5, Dash::solid, 0.5}});
  add_operations(sheet.drawing, selected_operations(sheet.recording, view), sheet.axis, row.top + 3,
                 row.bottom - 3);
  const std::vector<Violation> all = violations(sheet.recording);
  for (const Violation& violation : all)
    add_violation(sheet, violation);
  add_violation_names(sheet, labels, all);
  if (!all.empty()) return;
  const Label label{{sheet.axis.left + 8, baseline(row.middle(), kSmall)},
                    "nothing is violated",
                    kSmall,
                    Align::left,
                    Ink::ok};
  labels.add_on(label, Ink::panel);
}

// The store that is looked at, if its leader changed: who leads all along is nothing to show.
const StoreResult* led_by_several(const Recording& recording, const View& view) {
  if (view.store.value >= recording.result.stores.size()) return nullptr;
  const StoreResult& store = recording.result.stores[view.store.value];
  return store.tenures.size() > 1 ? &store : nullptr;
}

}  // namespace

TrafficTrack traffic_of(const Recording& recording) {
  const std::int64_t end = std::max<std::int64_t>(recording.result.simulated.ns, 1);
  TrafficTrack track{Duration{(end + kSlices - 1) / kSlices}, {}};
  track.slices.resize(static_cast<std::size_t>(kSlices));
  for (const TracedMessage& message : recording.trace.messages()) {
    const auto at = std::min(message.ended.ns / track.slice.ns, kSlices - 1);
    TrafficTrack::Slice& slice = track.slices[static_cast<std::size_t>(at)];
    ++(message.arrived() ? slice.arrived : slice.dropped);
  }
  return track;
}

TimedDrawing draw_timeline(const Recording& recording, const TrafficTrack& traffic,
                           const View& view, Size size) {
  const double left = std::clamp(size.width * 0.085, 88.0, 132.0);
  const Time end = std::max(recording.result.simulated, Time{1});
  const StoreResult* store = led_by_several(recording, view);
  Sheet sheet{
      recording,
      {left, std::max(left + 1, size.width - 22), Time{}, end},
      Drawing{size, {}, {}},
      rows_of(size, lanes_of(fault_bands(recording.result)), store ? tenure_lanes(*store) : 0)};
  LabelSpace labels(sheet.drawing);
  add_ticks(sheet.drawing, labels, sheet.axis, size.height - 4);
  add_row_names(sheet, labels);
  add_faults(sheet, labels);
  if (const Row& row = sheet.rows.leads; row.height() > 0)
    add_tenures(
        sheet.drawing, labels, sheet.axis,
        {sheet.axis.left, row.top + 1, sheet.axis.right - sheet.axis.left, row.height() - 2},
        *store, Roles(recording));
  add_traffic(sheet, labels, traffic);
  add_untraced(sheet, labels);
  add_divergence(sheet, labels, view);
  add_verdicts(sheet, labels, view);
  return {std::move(sheet.drawing), sheet.axis};
}

TimedDrawing draw_timeline(const Recording& recording, const View& view, Size size) {
  return draw_timeline(recording, traffic_of(recording), view, size);
}

Table table_of_timeline(const Recording& recording, const View& view) {
  const RunResult& run = recording.result;
  Table table{"What happened when", {"time", "what"}, {}};
  std::multimap<Time, std::string> rows;
  for (const FaultBand& band : fault_bands(run)) {
    const Fault& fault = run.faults[band.fault].fault;
    rows.emplace(band.when.from, fault.name + " begins: " + deed(fault));
    if (band.when.to < run.simulated) rows.emplace(band.when.to, fault.name + " ends");
  }
  if (view.store.value < run.stores.size()) {
    const StoreResult& store = run.stores[view.store.value];
    for (const Tenure& tenure : store.tenures) {
      const std::string beside = beside_whom(store, tenure);
      rows.emplace(tenure.span.from,
                   tenure.replica + " begins to lead" + (beside.empty() ? "" : ", " + beside));
    }
    const DivergenceCurve& curve = store.curve;
    if (curve.diverged) rows.emplace(*curve.diverged, "replicas of " + store.name + " part");
    if (curve.peak > 0)
      rows.emplace(curve.peak_at, "replicas of " + store.name + " are " +
                                      counted(curve.peak, "update", "updates") +
                                      " apart, the most of the run");
    if (curve.converged)
      rows.emplace(*curve.converged, "replicas of " + store.name + " are together again");
  }
  for (const Violation& violation : violations(recording))
    rows.emplace(violation.at, spoken_violation(run, violation));
  for (const ShownOperation& operation : selected_operations(recording, view))
    rows.emplace(operation.from, spoken(operation));
  for (auto& [at, what] : rows)
    table.rows.push_back({clock_text(at), what});
  return table;
}

}  // namespace cleave::draw
