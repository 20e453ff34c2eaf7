// The messages of a space-time diagram, and the violations on it.
#include "sim/draw/arrows.h"
#include "sim/draw/space_time_sheet.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace cleave::draw {
namespace {

constexpr double kDimmed = 0.2;

void add_message_spot(Sheet& sheet, const Arrow& arrow) {
  const Rect rect{std::min(arrow.from.x, arrow.to.x), std::min(arrow.from.y, arrow.to.y),
                  std::abs(arrow.to.x - arrow.from.x), std::abs(arrow.to.y - arrow.from.y)};
  sheet.drawing.spots.push_back(
      {{Target::Kind::message, static_cast<std::uint32_t>(arrow.message), 0},
       rect,
       true,
       arrow.from,
       arrow.to,
       spoken(sheet.recording, sheet.recording.trace.messages()[arrow.message])});
}

// Whether it asked for an operation that is selected, or answered it.
bool is_of_operation(const Sheet& sheet, const Arrow& arrow) {
  const TracedMessage& message = sheet.recording.trace.messages()[arrow.message];
  return std::any_of(
      sheet.operations.begin(), sheet.operations.end(), [&](const ShownOperation& operation) {
        return (message.from == operation.client && message.cause == operation.asked) ||
               (message.to == operation.client && message.event == operation.answered);
      });
}

enum class Others : std::uint8_t { dimmed, plain };

// What is dropped comes last, so that no cross is hidden.
void add_arrows(Sheet& sheet, Detail detail, Others others) {
  const std::vector<Arrow> arrows =
      arrows_of(sheet.recording, sheet.roles, sheet.lanes, sheet.axis);
  for (const bool dropped : {false, true})
    for (const Arrow& arrow : arrows) {
      if (arrow.dropped != dropped) continue;
      const double opacity =
          others == Others::dimmed && !is_of_operation(sheet, arrow) ? kDimmed : 1;
      if (detail == Detail::full)
        add_arrow(sheet.drawing, arrow, opacity);
      else
        add_thin_arrow(sheet.drawing, arrow, opacity * 0.7);
    }
  if (detail != Detail::full) return;
  for (const Arrow& arrow : arrows)
    add_message_spot(sheet, arrow);
}

std::optional<Arrow> selected_arrow(const Sheet& sheet) {
  const Target selected = sheet.view.selected;
  if (selected.kind != Target::Kind::message ||
      selected.a >= sheet.recording.trace.messages().size())
    return std::nullopt;
  return arrow_of(sheet.recording, sheet.roles, sheet.lanes, sheet.axis, selected.a);
}

}  // namespace

void add_messages(Sheet& sheet, Detail detail) {
  const std::optional<Arrow> selected = selected_arrow(sheet);
  if (detail == Detail::density)
    add_density(sheet.drawing, sheet.recording, sheet.lanes, sheet.axis);
  else
    add_arrows(sheet, detail,
               selected || !sheet.operations.empty() ? Others::dimmed : Others::plain);
  if (!selected) return;
  add_selected_arrow(sheet.drawing, *selected);
  if (detail != Detail::full) add_message_spot(sheet, *selected);
}

void add_violations(Sheet& sheet) {
  for (const Violation& violation : violations(sheet.recording)) {
    if (!sheet.axis.shows(violation.at)) continue;
    std::optional<std::size_t> lane;
    // Its operations stand on their lanes, and it above them.
    const bool open = sheet.view.verdict == violation.expectation && !sheet.operations.empty();
    if (violation.node && !open) lane = sheet.lanes.of_node[violation.node->value];
    const double y = lane ? sheet.lanes.all[*lane].y : sheet.top + 8;
    const Point at{sheet.axis.x(violation.at), y};
    const Target target{Target::Kind::verdict, static_cast<std::uint32_t>(violation.expectation),
                        0};
    if (sheet.view.selected == target)
      sheet.drawing.add(Disc{at, 10, {Ink::accent_soft}, {Ink::accent, 2}});
    add_diamond(sheet.drawing, at);
    sheet.drawing.spots.push_back({target,
                                   {at.x - 8, at.y - 8, 16, 16},
                                   false,
                                   {},
                                   {},
                                   violation.name + ": violated, " + clock_text(violation.at)});
  }
}

Detail detail_for(std::size_t messages) {
  if (messages <= kMostFull) return Detail::full;
  return messages <= kMostThin ? Detail::thin : Detail::density;
}

}  // namespace cleave::draw
