#include "sim/draw/operations.h"

#include "sim/draw/text_width.h"

#include <algorithm>
#include <string_view>

namespace cleave::draw {
namespace {

constexpr double kHigh = 12;  // of a bar on a lane
constexpr double kLeastBar = 5;
constexpr double kLeastTick = 3;
constexpr TextStyle kNumber{11, Weight::semibold, true};

// The one that was asked in an event; of several the one that was answered as the witness says.
const TracedOperation* find(const TraceIndex& trace, const WitnessOperation& wanted) {
  const auto all = trace.operations();
  auto found = std::lower_bound(
      all.begin(), all.end(), wanted.asked,
      [](const TracedOperation& row, EventId event) { return row.invoked.event < event; });
  const TracedOperation* any = nullptr;
  for (; found != all.end() && found->invoked.event == wanted.asked; ++found) {
    if (!any) any = &*found;
    if (wanted.answered && found->completed && found->completed->event == *wanted.answered)
      return &*found;
  }
  return any;
}

ShownOperation shown(const TracedOperation& operation) {
  const OperationId id = operation.invoked.id;
  ShownOperation made;
  made.target = {Target::Kind::operation, id.client.value, id.index};
  made.client = id.client;
  made.from = operation.invoked.at;
  made.asked = operation.invoked.event;
  if (operation.completed) {
    made.to = operation.completed->at;
    made.answered = operation.completed->event;
  }
  return made;
}

// What is in the axis of an operation, at least so wide.
std::optional<Rect> bar_of(const ShownOperation& operation, const TimeAxis& axis, double least) {
  const Time to = operation.to.value_or(axis.to);
  if (operation.from > axis.to || to < axis.from) return std::nullopt;
  double left = axis.x(std::max(operation.from, axis.from));
  const double right = axis.x(std::min(to, axis.to));
  const double width = std::max(least, right - left);
  left = std::clamp(left, axis.left, std::max(axis.left, axis.right - width));
  return Rect{left, 0, width, 0};
}

void add_bar(Drawing& drawing, const ShownOperation& operation, const Rect& bar, double radius) {
  const Fill fill{operation.selected ? Ink::accent : Ink::accent_soft};
  Stroke stroke{Ink::accent, 1.5};
  if (!operation.to) stroke.dash = Dash::dashed;
  drawing.add(Box{bar, radius, fill, stroke});
  Spot spot{operation.target, bar, false, {}, {}, spoken(operation)};
  spot.selected = true;
  drawing.spots.push_back(std::move(spot));
}

}  // namespace

std::vector<ShownOperation> witness_operations(const Recording& recording,
                                               std::uint32_t expectation) {
  std::vector<ShownOperation> all;
  const auto& expectations = recording.result.expectations;
  if (expectation >= expectations.size()) return all;
  const Verdict& verdict = expectations[expectation].verdict;
  for (std::size_t i = 0; i < verdict.operations.size(); ++i) {
    const TracedOperation* traced = find(recording.trace, verdict.operations[i]);
    if (!traced) continue;
    all.push_back(shown(*traced));
    all.back().number = i + 1;
    all.back().what = verdict.operations[i].what;
  }
  return all;
}

std::vector<ShownOperation> selected_operations(const Recording& recording, const View& view) {
  std::vector<ShownOperation> all;
  if (view.verdict) all = witness_operations(recording, *view.verdict);
  if (view.selected.kind != Target::Kind::operation) return all;
  for (ShownOperation& operation : all)
    operation.selected = operation.target == view.selected;
  if (std::any_of(all.begin(), all.end(), [](const ShownOperation& o) { return o.selected; }))
    return all;
  if (const TracedOperation* one =
          recording.trace.find({NodeId{view.selected.a}, view.selected.b})) {
    all.push_back(shown(*one));
    all.back().what = std::string(recording.name(one->invoked.id.client)) + ", operation " +
                      std::to_string(one->invoked.id.index);
    all.back().selected = true;
  }
  return all;
}

Span span_of(const std::vector<ShownOperation>& operations) {
  constexpr Duration kLeastMargin{5'000'000};
  Span span{operations.front().from, operations.front().from};
  for (const ShownOperation& operation : operations) {
    span.from = std::min(span.from, operation.from);
    span.to = std::max(span.to, operation.to.value_or(operation.from));
  }
  const Duration margin = std::max(kLeastMargin, (span.to - span.from) / 8);
  return {span.from - margin, span.to + margin};
}

std::string spoken(const ShownOperation& operation) {
  std::string text = operation.number > 0 ? std::to_string(operation.number) + ": " : "";
  text += operation.what + ", asked " + clock_text(operation.from);
  return text + (operation.to ? ", answered " + clock_text(*operation.to) : ", never answered");
}

std::string deed_of(const ShownOperation& operation) {
  constexpr std::string_view kWho = "process ";
  if (!operation.what.starts_with(kWho)) return operation.what;
  const std::size_t name = operation.what.find(' ', kWho.size());
  return name == std::string::npos ? operation.what : operation.what.substr(name + 1);
}

void add_operations(Drawing& drawing, LabelSpace& labels,
                    const std::vector<ShownOperation>& operations, const Lanes& lanes,
                    const TimeAxis& axis) {
  for (const ShownOperation& operation : operations) {
    const auto lane = lanes.of_node[operation.client.value];
    std::optional<Rect> bar = bar_of(operation, axis, kLeastBar);
    if (!lane || !bar) continue;
    const double y = lanes.all[*lane].y;
    bar->y = y - kHigh / 2;
    bar->height = kHigh;
    add_bar(drawing, operation, *bar, 3);
    if (operation.number == 0) continue;
    Label number{{bar->x + bar->width / 2, baseline(y, kNumber)},
                 std::to_string(operation.number),
                 kNumber,
                 Align::centre,
                 operation.selected ? Ink::on_accent : Ink::accent};
    if (bar->width >= text_width(number.text, kNumber) + 4) {
      labels.add(number);
      continue;
    }
    number.ink = Ink::accent;
    number.at.y = bar->y - 4;
    labels.add_on(number, Ink::panel);
  }
}

void add_operations(Drawing& drawing, const std::vector<ShownOperation>& operations,
                    const TimeAxis& axis, double top, double bottom) {
  for (const ShownOperation& operation : operations) {
    std::optional<Rect> bar = bar_of(operation, axis, kLeastTick);
    if (!bar) continue;
    bar->y = top;
    bar->height = bottom - top;
    add_bar(drawing, operation, *bar, 1);
  }
}

}  // namespace cleave::draw
