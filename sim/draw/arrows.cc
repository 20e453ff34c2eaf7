#include "sim/draw/arrows.h"

#include "sim/draw/time_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace cleave::draw {
namespace {

constexpr double kDot = 2;
constexpr double kBin = 3;  // pixels of a bar of density

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

}  // namespace

std::vector<Arrow> arrows_of(const Recording& recording, const Roles& roles, const Lanes& lanes,
                             const TimeAxis& axis) {
  std::vector<Arrow> arrows;
  const TracedMessage* first = recording.trace.messages().data();
  for (const TracedMessage& message : recording.trace.messages_around(axis.from, axis.to)) {
    if (message.ended < axis.from || message.sent > axis.to) continue;
    const auto from = lanes.of_node[message.from.value];
    const auto to = lanes.of_node[message.to.value];
    if (!from || !to) continue;
    const bool crossed = message.arrived() || message.end == RecordKind::down;
    const double end = crossed ? lanes.all[*to].y : lanes.between(*from, *to);
    Arrow arrow{static_cast<std::size_t>(&message - first),
                roles.kind(message.from, message.to),
                {axis.x(message.sent), lanes.all[*from].y},
                {axis.x(message.ended), end},
                true,
                true,
                !message.arrived()};
    clip(arrow, axis);
    arrows.push_back(arrow);
  }
  return arrows;
}

void add_arrow(Drawing& drawing, const Arrow& arrow, double opacity) {
  const Look look = look_of(arrow.kind);
  const Ink ink = arrow.dropped ? Ink::drop : ink_of(arrow.kind);
  const Dash dash = arrow.dropped ? Dash::dashed : Dash::solid;
  drawing.add(Line{arrow.from, arrow.to, {ink, look.width, dash, opacity}});
  if (arrow.begins) drawing.add(Disc{arrow.from, kDot, {ink, opacity}, {}});
  if (!arrow.ends) return;
  if (arrow.dropped)
    add_drop(drawing, arrow.to, opacity);
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
    add_drop(drawing, arrow.to);
  else
    add_head(drawing, arrow, {3, 10, 5, false}, Ink::accent, 1);
}

void add_density(Drawing& drawing, const std::vector<Arrow>& arrows, const Lanes& lanes,
                 const TimeAxis& axis, const Recording& recording) {
  struct Bin {
    std::uint32_t ends = 0, dropped = 0;
  };
  const auto columns = static_cast<std::size_t>((axis.right - axis.left) / kBin) + 1;
  std::vector<Bin> bins(columns * lanes.all.size());
  const auto count = [&](NodeId node, const Arrow& arrow, double x) {
    const auto column = static_cast<std::size_t>((x - axis.left) / kBin);
    Bin& bin = bins[*lanes.of_node[node.value] * columns + std::min(column, columns - 1)];
    ++bin.ends;
    if (arrow.dropped) ++bin.dropped;
  };
  for (const Arrow& arrow : arrows) {
    const TracedMessage& message = recording.trace.messages()[arrow.message];
    if (arrow.begins) count(message.from, arrow, arrow.from.x);
    if (arrow.ends && !arrow.dropped) count(message.to, arrow, arrow.to.x);
  }
  std::uint32_t most = 1;
  for (const Bin& bin : bins)
    most = std::max(most, bin.ends);
  const double full = std::max(3.0, lanes.height * 0.8);
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (bins[i].ends == 0) continue;
    const Lane& lane = lanes.all[i / columns];
    const double x = axis.left + kBin * static_cast<double>(i % columns);
    const double height = height_of(bins[i].ends, most, full);
    const double dropped = height_of(bins[i].dropped, most, full);
    const double top = lane.y - height / 2;
    const double width = std::min(kBin - 0.5, axis.right - x);
    if (width <= 0) continue;
    drawing.add(Box{{x, top, width, height}, 0, {inks_of_region(lane.region).line, 0.8}, {}});
    if (dropped > 0) drawing.add(Box{{x, top, width, dropped}, 0, {Ink::drop}, {}});
  }
}

}  // namespace cleave::draw
