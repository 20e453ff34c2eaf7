#include "sim/draw/cycle.h"

#include "sim/draw/marks.h"
#include "sim/draw/operations.h"
#include "sim/draw/roles.h"
#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::draw {
namespace {

constexpr double kMargin = 10;
constexpr double kBox = 20;  // height of an operation
constexpr double kLeastLane = 14;
constexpr double kMostLane = 56;
constexpr double kFoot = 4;
constexpr double kBusy = 5;   // times as wide as a column in which nothing was under way
constexpr double kInset = 2;  // so that one that begins as another ends does not touch it
constexpr TextStyle kName{11.5, Weight::regular, true};
constexpr TextStyle kNumber{11, Weight::semibold, true};

struct Node {
  ShownOperation operation;
  std::size_t lane = 0;
  std::size_t first = 0, last = 0;  // columns
  Rect box;
};

struct Sheet {
  const Recording& recording;
  const Verdict& verdict;
  Roles roles;
  Drawing drawing;
  std::vector<Node> nodes;    // by time
  std::vector<NodeId> lanes;  // whose
  std::size_t columns = 0;    // moments
  double left = 0, top = 0, lane = 0;
};

// Columns by the order of questions and answers; what was never answered goes on to the last.
void put_into_columns(Sheet& sheet) {
  std::vector<std::pair<Time, EventId>> moments;
  for (const Node& node : sheet.nodes) {
    moments.emplace_back(node.operation.from, node.operation.asked);
    if (node.operation.to) moments.emplace_back(*node.operation.to, *node.operation.answered);
  }
  std::stable_sort(moments.begin(), moments.end());
  moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
  sheet.columns = moments.size();
  const auto column = [&moments](Time at, EventId event) {
    const auto found = std::lower_bound(moments.begin(), moments.end(), std::pair(at, event));
    return static_cast<std::size_t>(found - moments.begin());
  };
  for (Node& node : sheet.nodes) {
    const ShownOperation& o = node.operation;
    node.first = column(o.from, o.asked);
    node.last = o.to ? std::max(node.first + 1, column(*o.to, *o.answered)) : moments.size();
    sheet.columns = std::max(sheet.columns, node.last + 1);
  }
}

// One for each client, and another where operations of one overlap.
void put_into_lanes(Sheet& sheet) {
  std::vector<std::size_t> ends;  // by lane: the last column that is taken
  for (Node& node : sheet.nodes) {
    std::size_t lane = 0;
    while (lane < sheet.lanes.size() &&
           (sheet.lanes[lane] != node.operation.client || ends[lane] > node.first))
      ++lane;
    if (lane == sheet.lanes.size()) {
      sheet.lanes.push_back(node.operation.client);
      ends.push_back(0);
    }
    ends[lane] = node.last;
    node.lane = lane;
  }
}

double label_column(const Sheet& sheet) {
  double widest = 0;
  for (const NodeId client : sheet.lanes)
    widest = std::max(widest, text_width(sheet.roles.of(client).label, kName));
  return std::min(widest + 2 * kMargin, sheet.drawing.size.width * 0.3);
}

double middle(const Sheet& sheet, std::size_t lane) {
  return sheet.top + sheet.lane * (static_cast<double>(lane) + 0.5);
}

// Where columns begin, in shares of the width: those in which something was under way are wider.
std::vector<double> starts_of(const Sheet& sheet) {
  std::vector<double> starts{0};
  for (std::size_t column = 0; column + 1 < sheet.columns; ++column) {
    const bool busy = std::any_of(sheet.nodes.begin(), sheet.nodes.end(), [&](const Node& node) {
      return node.first <= column && column < node.last;
    });
    starts.push_back(starts.back() + (busy ? kBusy : 1));
  }
  const double whole = starts.back();
  for (double& start : starts)
    start /= whole;
  return starts;
}

void lay_out(Sheet& sheet) {
  const Size size = sheet.drawing.size;
  const double room = size.height - kTickRow - kFoot;
  sheet.left = label_column(sheet);
  sheet.top = kTickRow;
  sheet.lane =
      std::min(kMostLane, room / static_cast<double>(std::max<std::size_t>(sheet.lanes.size(), 1)));
  const std::vector<double> starts = starts_of(sheet);
  const double width = size.width - kMargin - sheet.left;
  const double height = std::min(kBox, sheet.lane - 2);
  for (Node& node : sheet.nodes) {
    const double left = sheet.left + width * starts[node.first] + kInset;
    const double right = sheet.left + width * starts[node.last] - kInset;
    node.box = {left, middle(sheet, node.lane) - height / 2, std::max(2.0, right - left), height};
  }
}

void add_lanes(Sheet& sheet, LabelSpace& labels) {
  for (std::size_t lane = 0; lane < sheet.lanes.size(); ++lane) {
    const Roles::Node& client = sheet.roles.of(sheet.lanes[lane]);
    const RegionInks inks = inks_of_region(client.region);
    const double y = middle(sheet, lane);
    sheet.drawing.add(Line{
        {sheet.left, y}, {sheet.drawing.size.width - 2, y}, {inks.line, 1.5, Dash::solid, 0.5}});
    labels.add({{kMargin, baseline(y, kName)},
                fitted(client.label, kName, sheet.left - kMargin - 4),
                kName,
                Align::left,
                inks.ink});
  }
}

// When it began and ended, and that what is between is not to scale.
void add_times(Sheet& sheet, LabelSpace& labels) {
  Time from = sheet.nodes.front().operation.from;
  Time to = from;
  for (const Node& node : sheet.nodes)
    to = std::max(to, node.operation.to.value_or(node.operation.from));
  const double right = sheet.drawing.size.width - kMargin;
  labels.add({{sheet.left, 16}, clock_text(from), kSmallMono, Align::left, Ink::text3});
  labels.add({{right, 16}, clock_text(to), kSmallMono, Align::right, Ink::text3});
  labels.add({{(sheet.left + right) / 2, 16}, "not to scale", kSmall, Align::centre, Ink::text3});
}

// ---- arrows -------------------------------------------------------------------------------------

using Way = std::vector<Point>;  // from point to point; the last is the tip

// Whether a level or upright line passes no operation but its ends, or a slanting one.
bool is_free(const Sheet& sheet, Point from, Point to, const Node& first, const Node& last) {
  return std::none_of(sheet.nodes.begin(), sheet.nodes.end(), [&](const Node& other) {
    if (&other == &first || &other == &last) return false;
    for (double share = 0; share <= 1; share += 1.0 / 64)
      if (other.box.contains({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)}))
        return true;
    return false;
  });
}

bool is_free(const Sheet& sheet, const Way& way, const Node& first, const Node& last) {
  for (std::size_t i = 1; i < way.size(); ++i)
    if (!is_free(sheet, way[i - 1], way[i], first, last)) return false;
  return true;
}

// Straight if nothing is between; else around a corner, or over what is in the same lane, or, back
// in time, beneath it.
Way way_of(const Sheet& sheet, const Node& from, const Node& to) {
  const double y = from.box.y + from.box.height / 2;
  const double end = to.box.y + to.box.height / 2;
  const double centre = from.box.x + from.box.width / 2;
  const double other = to.box.x + to.box.width / 2;
  const bool on = to.box.x >= from.box.right();
  const bool down = to.lane > from.lane;
  const double near = down ? from.box.bottom() : from.box.y;
  const double far = down ? to.box.y : to.box.bottom();
  std::vector<Way> ways;
  if (on) ways.push_back({{from.box.right(), y}, {to.box.x, end}});
  if (from.lane == to.lane) {
    const double bow = on ? y - sheet.lane / 2 + 3 : y + sheet.lane / 2 - 3;
    const double edge = on ? from.box.y : from.box.bottom();
    ways.push_back({{centre, edge}, {centre, bow}, {other, bow}, {other, edge}});
  } else {
    if (on) ways.push_back({{centre, near}, {centre, end}, {to.box.x, end}});
    if (on) ways.push_back({{from.box.right(), y}, {other, y}, {other, far}});
    ways.push_back({{centre, near}, {other, far}});
  }
  for (const Way& way : ways)
    if (is_free(sheet, way, from, to)) return way;
  return ways.front();
}

double length(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

const Node* node_of(const Sheet& sheet, std::uint32_t operation) {
  for (const Node& node : sheet.nodes)
    if (node.operation.number == std::size_t{operation} + 1) return &node;
  return nullptr;
}

void add_reasons(Sheet& sheet) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> reasons;
  for (const WitnessReason& reason : sheet.verdict.because) {
    std::string& words = reasons[{reason.from, reason.to}];
    words += (words.empty() ? order_of(reason) + ": " : "; ") + reason.why;
  }
  for (const auto& [ends, words] : reasons) {
    const Node* from = node_of(sheet, ends.first);
    const Node* to = node_of(sheet, ends.second);
    if (!from || !to || from == to) continue;
    const Way way = way_of(sheet, *from, *to);
    sheet.drawing.add(Path{way, false, {}, {Ink::drop, 1.5}});
    add_arrowhead(sheet.drawing, way[way.size() - 2], way.back(), Ink::drop);
    // The longest part is where it is pointed at.
    std::size_t part = 1;
    for (std::size_t i = 2; i < way.size(); ++i)
      if (length(way[i - 1], way[i]) > length(way[part - 1], way[part])) part = i;
    const Point a = way[part - 1];
    const Point b = way[part];
    sheet.drawing.spots.push_back(
        {to->operation.target,
         {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)},
         true,
         a,
         b,
         words});
  }
}

// "wrote 37" of "wrote 37 to user-2": whole words, as many as fit.
std::string words_in(double width, std::string words) {
  while (!words.empty() && text_width(words, kSmall) > width) {
    const std::size_t space = words.rfind(' ');
    words.resize(space == std::string::npos ? 0 : space);
    for (const std::string_view loose : {" to", " =", " from"})
      if (words.ends_with(loose)) words.resize(words.size() - loose.size());
  }
  return words;
}

void add_node(Sheet& sheet, const Node& node) {
  const ShownOperation& o = node.operation;
  Stroke edge{Ink::accent, o.selected ? 2.0 : 1.5};
  if (!o.to) edge.dash = Dash::dashed;
  sheet.drawing.add(Box{node.box, 4, {o.selected ? Ink::accent : Ink::accent_soft}, edge});
  const Ink ink = o.selected ? Ink::on_accent : Ink::text;
  const std::string number = std::to_string(o.number);
  const double y = baseline(node.box.y + node.box.height / 2, kNumber);
  const double width = text_width(number, kNumber);
  const double room = node.box.width - width - 14;
  const std::string words = words_in(room, deed_of(o));
  const bool both = !words.empty();
  const double x = both ? node.box.x + 5 : node.box.x + (node.box.width - width) / 2;
  sheet.drawing.add(Label{{x, y}, number, kNumber, Align::left, o.selected ? ink : Ink::accent});
  if (both) sheet.drawing.add(Label{{x + width + 4, y}, words, kSmall, Align::left, ink});
  Spot spot{o.target, node.box, false, {}, {}, spoken(o)};
  spot.selected = true;
  sheet.drawing.spots.push_back(std::move(spot));
}

std::string emptiness(const Recording& recording, const View& view) {
  if (!view.verdict || !has_witness(recording, *view.verdict))
    return "Choose a violated level of consistency: the operations that show it stand here.";
  return "The operations that show it were not traced: the memory set for it is used up.";
}

}  // namespace

bool has_witness(const Recording& recording, std::uint32_t expectation) {
  const auto& all = recording.result.expectations;
  return expectation < all.size() && !all[expectation].verdict.operations.empty();
}

Drawing draw_cycle(const Recording& recording, const View& view, Size size) {
  Drawing drawing{size, {}, {}};
  std::vector<ShownOperation> operations;
  for (ShownOperation& operation : selected_operations(recording, view))
    if (operation.number > 0) operations.push_back(std::move(operation));
  if (operations.empty()) {
    say_instead(drawing, emptiness(recording, view));
    return drawing;
  }
  std::stable_sort(
      operations.begin(), operations.end(),
      [](const ShownOperation& a, const ShownOperation& b) { return a.asked < b.asked; });
  Sheet sheet{recording,
              recording.result.expectations[*view.verdict].verdict,
              Roles(recording),
              std::move(drawing),
              {},
              {},
              0,
              0,
              0,
              0};
  for (ShownOperation& operation : operations)
    sheet.nodes.push_back({std::move(operation), 0, 0, 0, {}});
  put_into_columns(sheet);
  put_into_lanes(sheet);
  lay_out(sheet);
  if (sheet.lane < kLeastLane) {
    say_instead(sheet.drawing, "There are " + grouped(sheet.lanes.size()) +
                                   " clients in it: make the panel higher to see them.");
    return std::move(sheet.drawing);
  }
  LabelSpace labels(sheet.drawing);
  add_times(sheet, labels);
  add_lanes(sheet, labels);
  for (const Node& node : sheet.nodes)
    add_node(sheet, node);
  add_reasons(sheet);
  return std::move(sheet.drawing);
}

Table table_of_operations(const Recording& recording, const View& view) {
  Table table{"The operations that show it", {"", "Operation", "Asked", "Answered"}, {}};
  if (!view.verdict || !has_witness(recording, *view.verdict)) return table;
  const auto events = recording.trace.events();
  const auto moment = [&events](EventId event) {
    const bool traced = event.value > 0 && event.value <= events.size();
    return (traced ? clock_text(events[event.value - 1].at) + ", " : std::string()) +
           "event\xC2\xA0" + grouped(event.value);  // in one line
  };
  const auto& all = recording.result.expectations[*view.verdict].verdict.operations;
  for (std::size_t i = 0; i < all.size(); ++i)
    table.rows.push_back({std::to_string(i + 1), all[i].what, moment(all[i].asked),
                          all[i].answered ? moment(*all[i].answered) : "never"});
  return table;
}

Table table_of_reasons(const Recording& recording, const View& view) {
  Table table{"Why they fit no order", {"Order", "Because"}, {}};
  if (!view.verdict || !has_witness(recording, *view.verdict)) return table;
  for (const WitnessReason& reason : recording.result.expectations[*view.verdict].verdict.because)
    table.rows.push_back({order_of(reason), reason.why});
  return table;
}

}  // namespace cleave::draw
