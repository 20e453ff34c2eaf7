#include "sim/draw/tenures.h"

#include "sim/draw/palette.h"
#include "sim/draw/text_width.h"
#include "sim/report/phrases.h"

#include <algorithm>
#include <string>

namespace cleave::draw {
namespace {

constexpr double kLeastNamed = 12;  // height of a bar that has room for a name

// The lane of each tenure: the first in which nobody led any more.
std::vector<std::size_t> lanes_of(const StoreResult& store) {
  std::vector<std::size_t> lanes;
  std::vector<Time> free_from;  // of each lane
  for (const Tenure& tenure : store.tenures) {
    auto lane = std::find_if(free_from.begin(), free_from.end(),
                             [&](Time free) { return free <= tenure.span.from; });
    if (lane == free_from.end()) lane = free_from.insert(lane, Time{});
    *lane = tenure.span.to;
    lanes.push_back(static_cast<std::size_t>(lane - free_from.begin()));
  }
  return lanes;
}

std::string spoken(const Tenure& tenure) {
  return tenure.replica + " led from " + clock_text(tenure.span.from) + " to " +
         clock_text(tenure.span.to);
}

void add_bar(Drawing& drawing, const Rect& bar, const Tenure& tenure, const RegionInks& inks) {
  drawing.add(Box{bar, 3, {inks.soft}, {inks.line, 1}});
  drawing.spots.push_back({target_of(tenure.began), bar, false, {}, {}, spoken(tenure)});
}

void add_name(LabelSpace& labels, const Rect& bar, const std::string& name,
              const RegionInks& inks) {
  if (bar.height < kLeastNamed || text_width(name, kSmallBold) + 12 > bar.width) return;
  const double y = baseline(bar.y + bar.height / 2, kSmallBold);
  labels.add_on({{bar.x + 6, y}, name, kSmallBold, Align::left, inks.ink}, inks.soft);
}

// While another led already: hatched as what is cut is, and said where there is room.
void add_overlap(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, const Rect& bar,
                 const Span& both) {
  const double left = axis.x(both.from);
  const Rect rect{left, bar.y, std::max(3.0, axis.x(both.to) - left), bar.height};
  drawing.add(Box{rect, 3, {Ink::drop, 0.45, true}, {Ink::drop, 1}});
  if (bar.height < kLeastNamed) return;
  const Label label{{rect.x - 6, baseline(bar.y + bar.height / 2, kSmallBold)},
                    "two lead at once",
                    kSmallBold,
                    Align::right,
                    Ink::drop};
  labels.add_on(label, Ink::panel);
}

}  // namespace

std::size_t tenure_lanes(const StoreResult& store) {
  const std::vector<std::size_t> lanes = lanes_of(store);
  return lanes.empty() ? 0 : *std::max_element(lanes.begin(), lanes.end()) + 1;
}

void add_tenures(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, const Rect& room,
                 const StoreResult& store, const Roles& roles) {
  const std::vector<std::size_t> lanes = lanes_of(store);
  const double height =
      room.height / static_cast<double>(std::max<std::size_t>(tenure_lanes(store), 1));
  std::vector<Rect> bars;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const Span& span = store.tenures[i].span;
    const double left = axis.x(span.from);
    const double width = std::max(2.0, axis.x(std::min(span.to, axis.to)) - left);
    bars.push_back(
        {left, room.y + height * static_cast<double>(lanes[i]) + 0.5, width, height - 1.5});
    const Roles::Node& leader = roles.of(store.tenures[i].node);
    add_bar(drawing, bars[i], store.tenures[i], inks_of_region(leader.region));
  }
  for (std::size_t i = 0; i < lanes.size(); ++i)
    if (const Tenure* other = leader_beside(store, store.tenures[i])) {
      const Span& own = store.tenures[i].span;
      add_overlap(drawing, labels, axis, bars[i], {own.from, std::min(own.to, other->span.to)});
    }
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const Roles::Node& leader = roles.of(store.tenures[i].node);
    add_name(labels, bars[i], leader.label + " leads", inks_of_region(leader.region));
  }
}

void add_beginnings(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis,
                    const StoreResult& store,
                    const std::function<std::optional<double>(NodeId)>& y) {
  for (const Tenure& tenure : store.tenures) {
    const auto lane = y(tenure.node);
    if (!lane || !axis.shows(tenure.span.from)) continue;
    const Point at{axis.x(tenure.span.from), *lane};
    drawing.add(Path{{{at.x, at.y}, {at.x, at.y - 14}, {at.x + 9, at.y - 10.5}, {at.x, at.y - 7}},
                     false,
                     {Ink::text},
                     {Ink::text, 1.5}});
    const Label label{
        {at.x + 13, at.y - 8}, "leads from here on", kSmallBold, Align::left, Ink::text};
    labels.add_on(label, Ink::panel);
  }
}

}  // namespace cleave::draw
