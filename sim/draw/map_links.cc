#include "sim/draw/map_links.h"

#include "sim/draw/marks.h"
#include "sim/draw/text_width.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cleave::draw {
namespace {

constexpr TextStyle kMono{11, Weight::regular, true};
constexpr double kCross = 7;     // radius
constexpr double kHalfBand = 6;  // half the width of the band of a cut
constexpr std::size_t kFewIslands = 4;
constexpr double kBandAlong = 34;  // half its length, where it is not the room's

Point middle(const Rect& r) {
  return {r.x + r.width / 2, r.y + r.height / 2};
}

Point between(Point a, Point b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

std::optional<Duration> latency(const World& now, PlaceId from, PlaceId to) {
  std::optional<Duration> least;
  for (const LinkId id : now.topology().links_between(from, to)) {
    const DirectedLink& link = now.topology().link(id);
    if (!least || link.link.latency < *least) least = link.link.latency;
  }
  return least;
}

std::string words(const std::optional<Duration>& there, const std::optional<Duration>& back) {
  if (there && back && *there != *back) return rounded(*there) + " / " + rounded(*back);
  return rounded(there ? *there : *back);
}

// A quadrilateral around the way from `from` to `to`, so far to either side.
Path strip(Point from, Point to, double half) {
  const double length = std::max(1e-9, std::hypot(to.x - from.x, to.y - from.y));
  const double ox = -(to.y - from.y) / length * half;
  const double oy = (to.x - from.x) / length * half;
  return {{{from.x + ox, from.y + oy},
           {to.x + ox, to.y + oy},
           {to.x - ox, to.y - oy},
           {from.x - ox, from.y - oy}},
          true,
          {Ink::drop, 0.35, true},
          {}};
}

// Across the link: a band as long as the room where there are two islands only, else a piece. Of a
// cut in one direction, or for some nodes, half of it.
void add_cut(Drawing& drawing, const MapLink& link, bool whole_room, const Rect& room) {
  const Point centre = between(link.from, link.to, 0.5);
  const double length = std::hypot(link.to.x - link.from.x, link.to.y - link.from.y);
  if (length < 1) return;
  Point first{};
  Point last{};
  if (whole_room) {
    first = {centre.x, room.y};
    last = {centre.x, room.bottom()};
  } else {
    const Point across{-(link.to.y - link.from.y) / length, (link.to.x - link.from.x) / length};
    first = {centre.x - kBandAlong * across.x, centre.y - kBandAlong * across.y};
    last = {centre.x + kBandAlong * across.x, centre.y + kBandAlong * across.y};
  }
  if (!link.severed()) first = centre;
  drawing.add(strip(first, last, kHalfBand));
  drawing.add(Line{first, last, {Ink::drop, 1.5, Dash::dashed, 1}});
}

void add_line(Drawing& drawing, const MapLink& link, bool many) {
  const Stroke open{Ink::text3, many ? 1.0 : 1.5, Dash::solid, many ? 0.6 : 1.0};
  const Stroke cut{Ink::drop, 1.5, Dash::dashed, 1};
  drawing.add(Line{link.from, link.to, link.severed() ? cut : open});
}

// Where nothing passes a ringed cross; where it does in one direction also an arrow, and the cross
// is nearer to whom nothing leaves.
void add_signs(Drawing& drawing, const MapLink& link) {
  if (link.open()) return;
  const Point centre = between(link.from, link.to, 0.5);
  if (link.severed()) {
    add_ringed_cross(drawing, centre, kCross);
  } else if (link.there.none() || link.back.none()) {
    const bool there = link.back.none();
    add_arrowhead(drawing, there ? link.from : link.to, there ? link.to : link.from, Ink::text3);
    add_ringed_cross(drawing, between(link.from, link.to, there ? 0.3 : 0.7), kCross);
  } else {
    add_ringed_cross(drawing, centre, kCross - 1.5);
  }
}

Rect rect_of_label(const std::string& text, Point centre) {
  const double width = text_width(text, kMono) + 8;
  return {centre.x - width / 2, centre.y - 9, width, 17};
}

// The first of a few places where the label touches nothing.
std::optional<Rect> place_label(const MapLink& link, const MapLayout& layout,
                                const std::vector<Rect>& taken, const Rect& room) {
  const double below = link.open() ? 15 : kCross + 12;
  constexpr std::array kShares{0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8};
  for (const double lower : {below, -below, 0.0, below + 18})
    for (const double share : kShares) {
      Point at = between(link.from, link.to, share);
      at.y += lower;
      const Rect rect = rect_of_label(link.latency, at);
      const auto touches = [&](const Rect& other) { return rect.overlaps(other); };
      const bool inside = rect.x >= room.x && rect.right() <= room.right() && rect.y >= room.y &&
                          rect.bottom() <= room.bottom();
      if (inside && std::none_of(taken.begin(), taken.end(), touches) &&
          std::none_of(layout.islands.begin(), layout.islands.end(),
                       [&](const Island& island) { return touches(island.rect); }))
        return rect;
    }
  return std::nullopt;
}

}  // namespace

Point shore(const Rect& rect, Point goal) {
  const Point m = middle(rect);
  const double dx = goal.x - m.x;
  const double dy = goal.y - m.y;
  const double share = std::min(dx == 0 ? 1.0 : rect.width / 2 / std::abs(dx),
                                dy == 0 ? 1.0 : rect.height / 2 / std::abs(dy));
  return between(m, goal, std::min(1.0, share));
}

std::vector<MapLink> links_of(const MapLayout& layout, const World& now) {
  std::vector<MapLink> links;
  for (std::size_t a = 0; a < layout.islands.size(); ++a)
    for (std::size_t b = a + 1; b < layout.islands.size(); ++b) {
      const Island& one = layout.islands[a];
      const Island& other = layout.islands[b];
      const auto there = latency(now, one.place, other.place);
      const auto back = latency(now, other.place, one.place);
      if (!there && !back) continue;
      links.push_back({a, b, shore(one.rect, middle(other.rect)),
                       shore(other.rect, middle(one.rect)), passage(now, one.nodes, other.nodes),
                       passage(now, other.nodes, one.nodes), words(there, back)});
    }
  return links;
}

std::string spoken(const MapLink& link, const MapLayout& layout) {
  const std::string& a = layout.islands[link.a].name;
  const std::string& b = layout.islands[link.b].name;
  if (link.open()) return link.latency + ", open";
  if (link.severed()) return link.latency + ", cut";
  if (link.there.none()) return link.latency + ", cut from " + a + " to " + b;
  if (link.back.none()) return link.latency + ", cut from " + b + " to " + a;
  return link.latency + ", cut for some";
}

void add_links(Drawing& drawing, const MapLayout& layout, const std::vector<MapLink>& links,
               const Rect& room) {
  for (const MapLink& link : links)
    if (!link.open()) add_cut(drawing, link, layout.islands.size() == 2, room);
  for (const MapLink& link : links)
    add_line(drawing, link, layout.islands.size() > kFewIslands);
}

void add_link_signs(Drawing& drawing, const MapLayout& layout, const std::vector<MapLink>& links,
                    const Rect& room) {
  std::vector<Rect> taken;
  for (const MapLink& link : links) {
    add_signs(drawing, link);
    const Point centre = between(link.from, link.to, 0.5);
    if (!link.open())
      taken.push_back({centre.x - kCross, centre.y - kCross, 2 * kCross, 2 * kCross});
  }
  if (layout.islands.size() > kFewIslands) return;
  for (const MapLink& link : links) {
    const std::optional<Rect> rect = place_label(link, layout, taken, room);
    if (!rect) continue;  // it is in the table, and in the name of the spot
    taken.push_back(*rect);
    drawing.add(Box{*rect, 4, {Ink::panel, 1, false}, {Ink::line, 1, Dash::solid, 1}});
    drawing.add(Label{{rect->x + rect->width / 2, rect->y + 12.5},
                      link.latency,
                      kMono,
                      Align::centre,
                      Ink::text2});
  }
}

void add_link_spots(Drawing& drawing, const MapLayout& layout, const std::vector<MapLink>& links) {
  for (const MapLink& link : links) {
    const Island& a = layout.islands[link.a];
    const Island& b = layout.islands[link.b];
    const Rect rect{std::min(link.from.x, link.to.x), std::min(link.from.y, link.to.y),
                    std::abs(link.from.x - link.to.x), std::abs(link.from.y - link.to.y)};
    drawing.spots.push_back({{Target::Kind::link, a.place.value, b.place.value},
                             rect,
                             true,
                             link.from,
                             link.to,
                             a.name + " to " + b.name + ", " + spoken(link, layout)});
  }
}

}  // namespace cleave::draw
