#include "sim/draw/map.h"

#include "sim/draw/axis.h"
#include "sim/draw/map_scene.h"
#include "sim/draw/marks.h"
#include "sim/draw/operations.h"
#include "sim/draw/text_width.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::draw {
namespace {

constexpr TextStyle kRegionName{13, Weight::semibold, false};
constexpr TextStyle kNodeName{11.5, Weight::medium, true};
constexpr TextStyle kSmall{11, Weight::regular, false};
constexpr TextStyle kBadge{11, Weight::medium, true};
constexpr double kStrip = 22;  // above and below the islands, for a line of words each

// ---- islands and what is on them -------------------------------------------------------------

// One shade for all regions that reach one another: that of the first of them.
Ink ground_of(const Scene& scene, std::size_t index) {
  const auto& side = scene.side_of_island[index];
  if (!side) return Ink::hover;
  const auto first = std::find(scene.side_of_island.begin(), scene.side_of_island.end(), side);
  return inks_of_region(static_cast<std::size_t>(first - scene.side_of_island.begin())).soft;
}

void add_island(Drawing& drawing, const Scene& scene, std::size_t index) {
  const Island& island = scene.layout.islands[index];
  drawing.add(Box{island.rect, 12, {ground_of(scene, index), 1, false}, {}});
  drawing.add(Label{{island.rect.x + 10, island.rect.y + 18},
                    fitted(island.name, kRegionName, island.rect.width - 20),
                    kRegionName,
                    Align::left,
                    inks_of_region(index).ink});
}

// Two bars, or two crossed lines, in a square of nine pixels.
void add_state_glyph(Drawing& drawing, Point at, const std::string& state) {
  const Ink ink = state == "paused" ? Ink::warn : Ink::drop;
  const Stroke stroke{ink, 2, Dash::solid, 1};
  if (state == "paused") {
    drawing.add(Line{{at.x - 2.5, at.y - 4}, {at.x - 2.5, at.y + 4}, stroke});
    drawing.add(Line{{at.x + 2.5, at.y - 4}, {at.x + 2.5, at.y + 4}, stroke});
  } else {
    drawing.add(Line{{at.x - 4, at.y - 4}, {at.x + 4, at.y + 4}, stroke});
    drawing.add(Line{{at.x - 4, at.y + 4}, {at.x + 4, at.y - 4}, stroke});
  }
}

// The whole name, or what tells it apart in its region, or what fits of that.
std::string name_in(double width, const std::string& name) {
  if (text_width(name, kNodeName) <= width) return name;
  return fitted(name.substr(name.rfind('/') + 1), kNodeName, width);
}

// "term 4, log 1203", or what fits of it in whole parts.
std::string summary_in(double width, std::string summary) {
  while (text_width(summary, kSmall) > width) {
    const std::size_t comma = summary.rfind(',');
    if (comma == std::string::npos) return "";
    summary.resize(comma);
  }
  return summary;
}

struct State {
  std::string words;
  Ink ink = Ink::text3;
  bool glyph = false;
  std::string part;  // that did not fit beside the words
};
// What it has to say of itself in so much room: its part and its trouble, in a line if both fit.
State state_line(const Scene& scene, NodeId id, double room) {
  const std::string state = state_of(scene, id);
  if (state == "down") return {state, Ink::drop, true, ""};
  if (state == "paused") return {state, Ink::warn, true, ""};
  const std::string role(scene.now.role(id));
  std::string trouble;
  if (is_apart(scene, id))
    trouble = "cut off";
  else if (const std::size_t waiting = scene.waiting[id.value])
    trouble = grouped(waiting) + " waiting";
  if (trouble.empty()) return {role, Ink::text3, false, ""};
  if (role.empty()) return {trouble, Ink::drop, false, ""};
  const std::string both = role + ", " + trouble;
  if (text_width(both, kSmall) <= room) return {both, Ink::drop, false, ""};
  return {trouble, Ink::drop, false, role};
}

void add_badge(Drawing& drawing, const Scene& scene, NodeId id, const Rect& box) {
  const auto distance = away(scene, id);
  if (!distance) return;
  const std::uint64_t peak = scene.recording.result.stores[scene.view.store.value].curve.peak;
  const Ink ink = divergence_ink(*distance, std::max(peak, *distance));
  const std::string text = grouped(*distance);
  const double width = std::max(18.0, text_width(text, kBadge) + 10);
  const Rect rect{box.right() + 8 - width, box.y - 12, width, 17};
  const Ink edge = ink == Ink::d0 ? Ink::border : Ink::panel;
  drawing.add(Box{rect, 8.5, {ink, 1, false}, {edge, 1.5, Dash::solid, 1}});
  drawing.add(
      Label{{rect.x + width / 2, rect.y + 12.5}, text, kBadge, Align::centre, on_divergence(ink)});
}

void add_box(Drawing& drawing, const Scene& scene, const MapItem& item, std::size_t region) {
  const NodeId id = item.nodes.front();
  const double room = item.rect.width - 8;
  const State state = state_line(scene, id, room);
  const bool reference = scene.view.reference == id;
  const bool selected = scene.view.selected == target_of(id);
  Stroke stroke{inks_of_region(region).line, reference ? 2.5 : 1.5, Dash::solid, 1};
  if (state.glyph) stroke.dash = Dash::dashed;
  if (selected)
    drawing.add(Box{{item.rect.x - 3, item.rect.y - 3, item.rect.width + 6, item.rect.height + 6},
                    9,
                    {},
                    {Ink::accent, 2, Dash::solid, 1}});
  drawing.add(Box{item.rect, 6, {Ink::panel, 1, false}, stroke});
  const double middle = item.rect.x + item.rect.width / 2;
  const bool two = item.rect.height >= kBoxOfTwoLines && !state.words.empty() &&
                   text_width(state.words, kSmall) <= room - (state.glyph ? 12 : 0);
  std::string summary;
  if (two && item.rect.height >= kBoxOfThreeLines)
    summary = state.part.empty() ? summary_in(room, scene.now.summary(id)) : state.part;
  const double lines = summary.empty() ? (two ? 1 : 0) : 2;  // below the name
  const double y = item.rect.y + item.rect.height / 2 + 4 - lines * 6.5;
  const bool glyph_alone = state.glyph && !two;
  const std::string name = name_in(room - (glyph_alone ? 12 : 0), item.label);
  drawing.add(
      Label{{middle + (glyph_alone ? 6 : 0), y}, name, kNodeName, Align::centre, Ink::text});
  if (glyph_alone) add_state_glyph(drawing, {item.rect.x + 9, y - 4}, state.words);
  if (two) {
    const std::string& words = state.words;
    drawing.add(
        Label{{middle + (state.glyph ? 6 : 0), y + 13}, words, kSmall, Align::centre, state.ink});
    if (state.glyph)
      add_state_glyph(drawing, {middle - text_width(words, kSmall) / 2 - 4, y + 9}, state.words);
  }
  if (!summary.empty())
    drawing.add(Label{{middle, y + 26}, summary, kSmall, Align::centre, Ink::text3});
  add_badge(drawing, scene, id, item.rect);
}

// "west \xC3\x974, 22 waiting", "and 3 more, 1 down", or as much of it as has room.
std::string label_of_stack(const Scene& scene, const MapItem& item, double width) {
  const auto down = std::count_if(item.nodes.begin(), item.nodes.end(),
                                  [&](NodeId id) { return !scene.now.is_up(id); });
  const std::size_t waiting = scene.waiting_at(item);
  std::string full = item.label;
  if (down > 0) full += ", " + std::to_string(down) + " down";
  if (waiting > 0) full += ", " + grouped(waiting) + " waiting";
  const std::size_t last = item.label.rfind(' ') + 1;  // "\xC3\x974"
  const bool crowd = item.kind == MapItem::Kind::more;
  for (const std::string& text :
       {full, item.label, crowd ? std::to_string(item.nodes.size()) : item.label.substr(last)})
    if (text_width(text, kSmall) <= width) return text;
  return fitted(item.label, kSmall, width);
}

bool has_trouble(const Scene& scene, const MapItem& item) {
  return scene.waiting_at(item) > 0 || std::any_of(item.nodes.begin(), item.nodes.end(),
                                                   [&](NodeId id) { return !scene.now.is_up(id); });
}

// A telephone, or two of them one behind the other.
void add_stack(Drawing& drawing, const Scene& scene, const MapItem& item, std::size_t region) {
  const Point at = item.anchor();
  const Stroke stroke{inks_of_region(region).line, 1.5, Dash::solid, 1};
  if (item.kind == MapItem::Kind::clients)
    drawing.add(Box{{at.x - 1, at.y - 10, 10, 16}, 2.5, {Ink::panel, 1, false}, stroke});
  if (item.kind != MapItem::Kind::more) {
    drawing.add(Box{{at.x - 5, at.y - 7, 10, 16}, 2.5, {Ink::panel, 1, false}, stroke});
    drawing.add(Line{{at.x - 1.5, at.y + 6}, {at.x + 1.5, at.y + 6}, stroke});
  }
  const double left = at.x + (item.kind == MapItem::Kind::more ? -10 : 14);
  const Rect& island = scene.layout.islands[region].rect;
  const double right = std::min(item.rect.right() + 12, island.right() - 4);
  drawing.add(Label{{left, at.y + 4},
                    label_of_stack(scene, item, right - left),
                    kSmall,
                    Align::left,
                    has_trouble(scene, item) ? Ink::drop : Ink::text2});
}

// Around the clients of operations that are selected.
void add_frame(Drawing& drawing, const MapItem& item,
               const std::vector<ShownOperation>& operations) {
  const bool asked =
      std::any_of(operations.begin(), operations.end(), [&](const ShownOperation& operation) {
        return std::find(item.nodes.begin(), item.nodes.end(), operation.client) !=
               item.nodes.end();
      });
  if (asked)
    drawing.add(Box{{item.rect.x - 4, item.rect.y - 2, item.rect.width + 8, item.rect.height + 4},
                    5,
                    {Ink::accent_soft},
                    {Ink::accent, 1.5}});
}

void add_items(Drawing& drawing, const Scene& scene) {
  const std::vector<ShownOperation> operations = selected_operations(scene.recording, scene.view);
  for (std::size_t i = 0; i < scene.layout.islands.size(); ++i) {
    const Island& island = scene.layout.islands[i];
    drawing.spots.push_back({{Target::Kind::region, island.place.value, 0},
                             island.rect,
                             false,
                             {},
                             {},
                             island_words(scene, i)});
    for (const MapItem& item : island.items) {
      if (item.label.empty()) continue;  // no room for anything: the region stands for it
      add_frame(drawing, item, operations);
      if (item.is_box())
        add_box(drawing, scene, item, i);
      else
        add_stack(drawing, scene, item, i);
      const NodeId first = item.nodes.front();
      const Target target =
          item.nodes.size() == 1 ? target_of(first) : Target{Target::Kind::lane, first.value, 0};
      drawing.spots.push_back({target, item.rect, false, {}, {}, item_words(scene, item)});
    }
  }
}

// ---- messages --------------------------------------------------------------------------------

// From edge to edge, so that no dot hides the name of who sent it.
Point place_of(const Scene& scene, const Underway& underway) {
  const TracedMessage& message = scene.recording.trace.messages()[underway.message];
  const MapItem& sender = scene.layout.item(message.from);
  const MapItem& receiver = scene.layout.item(message.to);
  const Point from = shore(sender.body(), receiver.anchor());
  const Point to = shore(receiver.body(), sender.anchor());
  return {from.x + (to.x - from.x) * underway.share, from.y + (to.y - from.y) * underway.share};
}

void add_dot(Drawing& drawing, const Scene& scene, const Underway& underway) {
  const TracedMessage& message = scene.recording.trace.messages()[underway.message];
  const Point at = place_of(scene, underway);
  const MessageKind kind = scene.roles.kind(message.from, message.to);
  const Ink ink = ink_of(kind);
  const Target target{Target::Kind::message, static_cast<std::uint32_t>(underway.message), 0};
  if (scene.view.selected == target) drawing.add(Disc{at, 7, {}, {Ink::accent, 2, Dash::solid, 1}});
  const Stroke edge{Ink::panel, 1, Dash::solid, 1};
  switch (kind) {
    case MessageKind::request:
      drawing.add(Disc{at, 3.6, {ink, 1, false}, edge});
      break;
    case MessageKind::answer:
      drawing.add(Disc{at, 3, {Ink::panel, 1, false}, {ink, 2, Dash::solid, 1}});
      break;
    case MessageKind::replication:
      drawing.add(Box{{at.x - 3.5, at.y - 3.5, 7, 7}, 1, {ink, 1, false}, edge});
      break;
    case MessageKind::control:
      drawing.add(
          Path{{{at.x, at.y - 4.5}, {at.x + 4.5, at.y}, {at.x, at.y + 4.5}, {at.x - 4.5, at.y}},
               true,
               {ink, 1, false},
               edge});
      break;
  }
}

void add_message_spots(Drawing& drawing, const Scene& scene) {
  for (const Underway& underway : scene.underway) {
    const Point at = place_of(scene, underway);
    const Target target{Target::Kind::message, static_cast<std::uint32_t>(underway.message), 0};
    drawing.spots.push_back(
        {target,
         {at.x - 4, at.y - 4, 8, 8},
         false,
         {},
         {},
         spoken(scene.recording, scene.recording.trace.messages()[underway.message])});
  }
}

// One line for each direction between two islands, as wide as there is much under way.
void add_flows(Drawing& drawing, const Scene& scene) {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> flows;
  std::size_t most = 1;
  for (const Underway& underway : scene.underway) {
    const TracedMessage& message = scene.recording.trace.messages()[underway.message];
    const std::size_t from = scene.layout.of[message.from.value].island;
    const std::size_t to = scene.layout.of[message.to.value].island;
    if (from != to) most = std::max(most, ++flows[{from, to}]);
  }
  for (const MapLink& link : scene.links)
    for (const bool there : {true, false}) {
      const auto flow = flows.find(there ? std::pair(link.a, link.b) : std::pair(link.b, link.a));
      if (flow == flows.end()) continue;
      Point from = there ? link.from : link.to;
      Point to = there ? link.to : link.from;
      const double length = std::max(1.0, std::hypot(to.x - from.x, to.y - from.y));
      const Point aside{-(to.y - from.y) / length * 6, (to.x - from.x) / length * 6};
      from = {from.x + aside.x, from.y + aside.y};
      to = {to.x + aside.x, to.y + aside.y};
      const double width = 1.5 + 6 * static_cast<double>(flow->second) / static_cast<double>(most);
      drawing.add(Line{from, to, {Ink::request, width, Dash::solid, 0.6}});
      add_arrowhead(drawing, from, to, Ink::request);
    }
}

// ---- the lines of words ----------------------------------------------------------------------

std::string faults_now(const Scene& scene) {
  std::vector<std::string> active;
  for (std::uint32_t i = 0; i < scene.now.fault_count(); ++i)
    if (scene.now.fault_active(FaultId{i}))
      active.push_back(scene.now.fault(FaultId{i}).name + ": " + deed(scene.now.fault(FaultId{i})));
  if (active.empty()) return "";
  return active.front() +
         (active.size() > 1 ? ", and " + std::to_string(active.size() - 1) + " more" : "");
}

void add_words(Drawing& drawing, const Scene& scene) {
  const double width = drawing.size.width - 20;
  const std::string faults = faults_now(scene);
  const std::string calm =
      scene.sides.count <= 1 ? "no fault: everybody reaches everybody" : "no fault active";
  const std::string above = faults.empty() ? calm : faults;
  drawing.add(Label{{10, 16},
                    fitted(above, kSmall, width),
                    kSmall,
                    Align::left,
                    faults.empty() ? Ink::text3 : Ink::drop});
  const double y = drawing.size.height - 7;
  std::size_t waiting = 0;
  for (const std::size_t at_node : scene.waiting)
    waiting += at_node;
  const std::string under_way = counted(scene.underway.size(), "message", "messages") +
                                " on the way" +
                                (waiting > 0 ? ", " + grouped(waiting) + " waiting" : "");
  const double taken = text_width(under_way, kSmall);
  drawing.add(
      Label{{10 + width, y}, fitted(under_way, kSmall, width), kSmall, Align::right, Ink::text3});
  const bool badges = scene.view.reference && away(scene, *scene.view.reference) == std::nullopt &&
                      scene.view.store.value < scene.now.ledger().stores() &&
                      scene.now.ledger().replicas(scene.view.store).size() > 1;
  if (!badges) return;
  const std::string whence = scene.roles.of(*scene.view.reference).label;
  for (const std::string& what :
       {"badges: updates away from " + whence, "badges: away from " + whence,
        std::string("badges: updates apart")})
    if (text_width(what, kSmall) <= width - taken - 12)
      return drawing.add(Label{{10, y}, what, kSmall, Align::left, Ink::text3});
}

Rect room_of(Size size) {
  return {8, kStrip, std::max(1.0, size.width - 16), std::max(1.0, size.height - 2 * kStrip)};
}

}  // namespace

Drawing draw_map(const Recording& recording, const World& now, const View& view, Size size) {
  Drawing drawing;
  drawing.size = size;
  if (recording.start.node_count() == 0) {
    say_instead(drawing, "There is nobody here. A scenario needs `stores:` and `clients:`.");
    return drawing;
  }
  const Rect room = room_of(size);
  const Scene scene = scene_of(recording, now, view, room);
  add_links(drawing, scene.layout, scene.links, room);
  for (std::size_t i = 0; i < scene.layout.islands.size(); ++i)
    add_island(drawing, scene, i);
  add_link_signs(drawing, scene.layout, scene.links, room);
  const bool dots = scene.underway.size() <= kMostDots;
  if (dots)
    for (const Underway& underway : scene.underway)
      add_dot(drawing, scene, underway);
  else
    add_flows(drawing, scene);
  add_items(drawing, scene);
  add_link_spots(drawing, scene.layout, scene.links);
  if (dots) add_message_spots(drawing, scene);
  add_words(drawing, scene);
  return drawing;
}

}  // namespace cleave::draw
