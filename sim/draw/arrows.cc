#include "sim/draw/arrows.h"

#include "sim/draw/marks.h"
#include "sim/draw/time_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace cleave::draw {
namespace {

constexpr double kDot = 2;
constexpr double kCross = 5.5;  // radius of its ring
constexpr double kBin = 3;      // pixels of a bar of density

// How a kind of message is told from the others without its colour.
struct Look {
  double width = 1.5;
  double head = 7;   // its length
  double flare = 3;  // half of its width
  bool open = false;
};
Look look_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::request:
      return {1.5, 7, 3, false};
    case MessageKind::answer:
      return {1.25, 6, 3, true};
    case MessageKind::replication:
      return {2, 8.5, 4, false};
    case MessageKind::control:
      break;
  }
  return {1.5, 7, 4, true};
}

// Part of the line inside of the axis. Of what is all outside nothing is asked.
void clip(Arrow& arrow, const TimeAxis& axis) {
  const Point a = arrow.from;
  const Point b = arrow.to;
  const auto at = [&](double x) { return Point{x, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)}; };
  arrow.begins = a.x >= axis.left;
  arrow.ends = b.x <= axis.right;
  if (!arrow.begins) arrow.from = at(axis.left);
  if (!arrow.ends) arrow.to = at(axis.right);
}

bool is_shown(const TracedMessage& message, const Lanes& lanes, const TimeAxis& axis) {
  return message.ended >= axis.from && message.sent <= axis.to &&
         lanes.of_node[message.from.value] && lanes.of_node[message.to.value];
}

void add_head(Drawing& drawing, const Arrow& arrow, const Look& look, Ink ink, double opacity) {
  const double dx = arrow.to.x - arrow.from.x;
  const double dy = arrow.to.y - arrow.from.y;
  const double length = std::hypot(dx, dy);
  if (length < 1) return;
  const Point along{dx / length, dy / length};
  const Point back{arrow.to.x - along.x * look.head, arrow.to.y - along.y * look.head};
  Path head{{{back.x - along.y * look.flare, back.y + along.x * look.flare},
             arrow.to,
             {back.x + along.y * look.flare, back.y - along.x * look.flare}},
            !look.open,
            {},
            {}};
  if (look.open)
    head.stroke = {ink, look.width, Dash::solid, opacity};
  else
    head.fill = {ink, opacity};
  drawing.add(std::move(head));
}

bool passes(const TracedMessage& message, const TimeAxis& axis) {
  return message.sent < axis.from && message.ended > axis.to;
}

struct Bin {
  std::uint32_t ends = 0, dropped = 0;
};
struct Bins {
  std::size_t columns = 0;
  std::vector<Bin> all;  // lane by lane
};

Bins count_ends(const Recording& recording, const Lanes& lanes, const TimeAxis& axis) {
  const auto columns = static_cast<std::size_t>((axis.right - axis.left) / kBin) + 1;
  Bins bins{columns, std::vector<Bin>(columns * lanes.all.size())};
  const auto bin_of = [&](NodeId node, Time at) -> Bin& {
    const auto column = static_cast<std::size_t>((axis.x(at) - axis.left) / kBin);
    return bins.all[*lanes.of_node[node.value] * columns + std::min(column, columns - 1)];
  };
  for (const TracedMessage& message : recording.trace.messages_around(axis.from, axis.to)) {
    if (!is_shown(message, lanes, axis)) continue;
    if (axis.shows(message.sent)) {
      Bin& bin = bin_of(message.from, message.sent);
      ++bin.ends;
      if (!message.arrived()) ++bin.dropped;
    }
    if (message.arrived() && axis.shows(message.ended)) ++bin_of(message.to, message.ended).ends;
  }
  return bins;
}

}  // namespace

std::optional<Arrow> arrow_of(const Recording& recording, const Roles& roles, const Lanes& lanes,
                              const TimeAxis& axis, std::size_t index) {
  const TracedMessage& message = recording.trace.messages()[index];
  if (!is_shown(message, lanes, axis)) return std::nullopt;
  const std::size_t from = *lanes.of_node[message.from.value];
  const std::size_t to = *lanes.of_node[message.to.value];
  const bool crossed = message.arrived() || message.end == RecordKind::down;
  Arrow arrow{index,
              roles.kind(message.from, message.to),
              {axis.x(message.sent), lanes.all[from].y},
              {axis.x(message.ended), crossed ? lanes.all[to].y : lanes.between(from, to)},
              true,
              true,
              !message.arrived()};
  clip(arrow, axis);
  return arrow;
}

std::size_t count_passing(const Recording& recording, const Lanes& lanes, const TimeAxis& axis) {
  const auto around = recording.trace.messages_around(axis.from, axis.to);
  return static_cast<std::size_t>(
      std::count_if(around.begin(), around.end(), [&](const TracedMessage& message) {
        return passes(message, axis) && is_shown(message, lanes, axis);
      }));
}

std::vector<Arrow> arrows_of(const Recording& recording, const Roles& roles, const Lanes& lanes,
                             const TimeAxis& axis) {
  std::vector<Arrow> arrows;
  const bool with_passing = count_passing(recording, lanes, axis) <= kMostPassing;
  const TracedMessage* first = recording.trace.messages().data();
  for (const TracedMessage& message : recording.trace.messages_around(axis.from, axis.to)) {
    if (!with_passing && passes(message, axis)) continue;
    const auto index = static_cast<std::size_t>(&message - first);
    if (const auto arrow = arrow_of(recording, roles, lanes, axis, index)) arrows.push_back(*arrow);
  }
  return arrows;
}

std::size_t count_arrows(const Recording& recording, const Lanes& lanes, const TimeAxis& axis) {
  const auto around = recording.trace.messages_around(axis.from, axis.to);
  const auto all = static_cast<std::size_t>(
      std::count_if(around.begin(), around.end(),
                    [&](const TracedMessage& message) { return is_shown(message, lanes, axis); }));
  const std::size_t passing = count_passing(recording, lanes, axis);
  return passing <= kMostPassing ? all : all - passing;
}

void add_arrow(Drawing& drawing, const Arrow& arrow, double opacity) {
  Look look = look_of(arrow.kind);
  if (arrow.dropped) look.width = 1.25;  // of many that wait side by side none hides the lane
  const Ink ink = arrow.dropped ? Ink::drop : ink_of(arrow.kind);
  const Dash dash = arrow.dropped ? Dash::dashed : Dash::solid;
  drawing.add(Line{arrow.from, arrow.to, {ink, look.width, dash, opacity}});
  if (arrow.begins) drawing.add(Disc{arrow.from, kDot, {ink, opacity}, {}});
  if (!arrow.ends) return;
  if (arrow.dropped)
    add_ringed_cross(drawing, arrow.to, kCross, opacity);
  else
    add_head(drawing, arrow, look, ink, opacity);
}

void add_thin_arrow(Drawing& drawing, const Arrow& arrow, double opacity) {
  constexpr double kArm = 2.5;
  const Ink ink = arrow.dropped ? Ink::drop : ink_of(arrow.kind);
  const Dash dash = arrow.dropped ? Dash::dashed : Dash::solid;
  drawing.add(Line{arrow.from, arrow.to, {ink, 1, dash, opacity}});
  if (!arrow.dropped || !arrow.ends) return;
  const Point at = arrow.to;
  const Stroke stroke{Ink::drop, 1.25, Dash::solid, opacity};
  drawing.add(Line{{at.x - kArm, at.y - kArm}, {at.x + kArm, at.y + kArm}, stroke});
  drawing.add(Line{{at.x - kArm, at.y + kArm}, {at.x + kArm, at.y - kArm}, stroke});
}

void add_selected_arrow(Drawing& drawing, const Arrow& arrow) {
  const Dash dash = arrow.dropped ? Dash::dashed : Dash::solid;
  drawing.add(Line{arrow.from, arrow.to, {Ink::panel, 6}});
  drawing.add(Line{arrow.from, arrow.to, {Ink::accent, 3, dash}});
  if (arrow.begins) drawing.add(Disc{arrow.from, 4, {Ink::panel}, {Ink::accent, 2}});
  if (!arrow.ends) return;
  if (arrow.dropped)
    add_ringed_cross(drawing, arrow.to, kCross);
  else
    add_head(drawing, arrow, {3, 10, 5, false}, Ink::accent, 1);
}

void add_density(Drawing& drawing, const Recording& recording, const Lanes& lanes,
                 const TimeAxis& axis) {
  const Bins bins = count_ends(recording, lanes, axis);
  std::vector<std::uint64_t> counts;
  for (const Bin& bin : bins.all)
    counts.push_back(bin.ends);
  const std::uint64_t full = full_bar(std::move(counts));
  const double room = std::max(3.0, lanes.height * 0.8);
  for (std::size_t i = 0; i < bins.all.size(); ++i) {
    const Bin& bin = bins.all[i];
    const Lane& lane = lanes.all[i / bins.columns];
    const double x = axis.left + kBin * static_cast<double>(i % bins.columns);
    const double width = std::min(kBin - 0.5, axis.right - x);
    if (bin.ends == 0 || width <= 0) continue;
    const double height = height_of(bin.ends, full, room);
    const Rect bar{x, lane.y - height / 2, width, height};
    drawing.add(Box{bar, 0, {inks_of_region(lane.region).line, 0.8}, {}});
    const double dropped =
        bin.dropped == 0 ? 0 : std::max(1.5, height * static_cast<double>(bin.dropped) / bin.ends);
    if (dropped > 0) drawing.add(Box{{x, bar.y, width, dropped}, 0, {Ink::drop}, {}});
    if (bin.ends > full) add_gap(drawing, bar);
  }
}

}  // namespace cleave::draw
