#include "sim/draw/time_parts.h"

#include "sim/draw/text_width.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <utility>

namespace cleave::draw {
namespace {

constexpr double kApart = 3;        // between two labels
constexpr double kTicksApart = 72;  // so that a time of three places has room

bool separates(Verb verb) {
  switch (verb) {
    case Verb::cut:
    case Verb::cut_one_way:
    case Verb::bridge:
    case Verb::majorities_ring:
    case Verb::isolate:
    case Verb::hold:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool LabelSpace::is_free(const Rect& rect) const {
  const Size size = drawing_->size;
  if (rect.x < 0 || rect.y < 0 || rect.right() > size.width || rect.bottom() > size.height)
    return false;
  const Rect wide{rect.x - kApart, rect.y, rect.width + 2 * kApart, rect.height};
  return std::none_of(taken_.begin(), taken_.end(),
                      [&](const Rect& other) { return other.overlaps(wide); });
}

bool LabelSpace::add(const Label& label) {
  const Rect rect = rect_of(label);
  if (label.text.empty() || !is_free(rect)) return false;
  taken_.push_back(rect);
  drawing_->add(label);
  return true;
}

bool LabelSpace::add_on(const Label& label, Ink ground) {
  const Rect rect = rect_of(label);
  if (label.text.empty() || !is_free(rect)) return false;
  drawing_->add(Box{{rect.x - 3, rect.y, rect.width + 6, rect.height}, 3, {ground, 0.85}, {}});
  return add(label);
}

void add_ticks(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, double bottom) {
  const std::vector<Time> all = ticks(axis, kTicksApart);
  const Duration step = all.size() > 1 ? all[1] - all[0] : Duration{1'000'000};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double x = axis.x(all[i]);
    drawing.add(Line{{x, kTickRow}, {x, bottom}, {Ink::line}});
    std::string text = tick_text(all[i], step);
    if (i + 1 == all.size()) text += " s";
    const double half = text_width(text, kSmallMono) / 2;
    const double at = std::clamp(x, half, std::max(half, drawing.size.width - half));
    labels.add({{at, 16}, std::move(text), kSmallMono, Align::centre, Ink::text3});
  }
}

double height_of(std::uint64_t value, std::uint64_t highest, double height) {
  if (value == 0) return 0;
  const double share = static_cast<double>(std::min(value, highest)) / static_cast<double>(highest);
  return std::max(1.5, share * height);
}

std::uint64_t full_bar(std::vector<std::uint64_t> values) {
  constexpr std::uint64_t kTooMuch = 5;
  std::erase(values, 0u);
  if (values.empty()) return 1;
  std::stable_sort(values.begin(), values.end());
  const std::uint64_t usual = values[values.size() * 95 / 100];
  const std::uint64_t highest = values.back();
  return highest > usual * kTooMuch ? usual * 3 / 2 + 1 : highest;
}

void add_gap(Drawing& drawing, const Rect& bar) {
  const double y = bar.y + bar.height * 0.3;
  drawing.add(Line{{bar.x - 1, y + 1}, {bar.right() + 1, y - 1}, {Ink::panel, 2}});
}

void add_curve(Drawing& drawing, const Rect& area, const std::vector<std::uint64_t>& values,
               std::uint64_t highest) {
  if (values.empty()) return;
  Path line{{}, false, {}, {Ink::d3, 1.5}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double y = area.bottom() - height_of(values[i], highest, area.height);
    const double x = area.x + static_cast<double>(i);
    if (i > 0 && values[i] == values[i - 1] && i + 1 < values.size()) continue;  // no corner
    if (!line.points.empty()) line.points.push_back({x, line.points.back().y});
    line.points.push_back({x, y});
  }
  Path ground = line;
  ground.points.push_back({ground.points.back().x, area.bottom()});
  ground.points.push_back({area.x, area.bottom()});
  ground.closed = true;
  ground.fill = {Ink::d1, 0.8};
  ground.stroke = {};
  drawing.add(std::move(ground));
  drawing.add(std::move(line));
}

void add_converged(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, const Rect& area,
                   Time at) {
  const double x = axis.x(at);
  drawing.add(Line{{x, area.y}, {x, area.bottom()}, {Ink::ok, 1.5}});
  const std::string text = "together again " + clock_text(at);
  for (const double line : {7.0, 22.0}) {
    const double y = baseline(area.y + line, kSmall);
    if (labels.add_on({{x + 6, y}, text, kSmall, Align::left, Ink::ok}, Ink::panel)) return;
    if (labels.add_on({{x - 6, y}, text, kSmall, Align::right, Ink::ok}, Ink::panel)) return;
  }
}

// Each fault into the first lane that has room for all of its times.
std::vector<FaultBand> fault_bands(const RunResult& run) {
  std::vector<FaultBand> bands;
  std::vector<std::vector<Span>> lanes;
  for (std::size_t f = 0; f < run.faults.size(); ++f) {
    const FaultResult& fault = run.faults[f];
    if (fault.active.empty()) continue;
    const Span whole{fault.active.front().from, fault.active.back().to};
    const auto has_room = [&](const std::vector<Span>& lane) {
      return std::none_of(lane.begin(), lane.end(), [&](const Span& other) {
        return other.from <= whole.to && whole.from <= other.to;
      });
    };
    auto lane = std::find_if(lanes.begin(), lanes.end(), has_room);
    if (lane == lanes.end()) lane = lanes.insert(lanes.end(), std::vector<Span>{});
    lane->push_back(whole);
    for (const Span& span : fault.active)
      bands.push_back(
          {f, span, static_cast<std::size_t>(lane - lanes.begin()), separates(fault.fault.verb)});
  }
  std::stable_sort(bands.begin(), bands.end(), [](const FaultBand& a, const FaultBand& b) {
    return std::pair(a.lane, a.when.from) < std::pair(b.lane, b.when.from);
  });
  return bands;
}

std::size_t lanes_of(const std::vector<FaultBand>& bands) {
  return bands.empty() ? 0 : bands.back().lane + 1;
}

std::string spoken(const RunResult& run, const FaultBand& band) {
  const FaultResult& fault = run.faults[band.fault];
  return fault.fault.name + ": " + deed(fault.fault) + ", " + clock_text(band.when.from) + " to " +
         clock_text(band.when.to);
}

void add_diamond(Drawing& drawing, Point at) {
  constexpr double kReach = 6;
  drawing.add(Path{
      {{at.x, at.y - kReach}, {at.x + kReach, at.y}, {at.x, at.y + kReach}, {at.x - kReach, at.y}},
      true,
      {Ink::drop},
      {Ink::panel, 1.5}});
}

std::vector<Violation> violations(const Recording& recording) {
  std::vector<Violation> all;
  const auto events = recording.trace.events();
  for (std::size_t i = 0; i < recording.result.expectations.size(); ++i) {
    const ExpectationResult& expectation = recording.result.expectations[i];
    const Verdict& verdict = expectation.verdict;
    if (verdict.word != Word::violated) continue;
    Violation violation{i, verdict.at.value_or(recording.result.simulated), std::nullopt,
                        expectation.name};
    const std::optional<EventId> last = verdict.event || verdict.witness.empty()
                                            ? verdict.event
                                            : std::optional(verdict.witness.back());
    if (last && last->value > 0 && last->value <= events.size())
      violation.node = events[last->value - 1].node;
    all.push_back(std::move(violation));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Violation& a, const Violation& b) { return a.at < b.at; });
  return all;
}

}  // namespace cleave::draw
