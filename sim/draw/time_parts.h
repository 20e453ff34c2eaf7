// What pictures with time from left to right share: ticks, bands of faults, curves, diamonds, and
// labels that keep out of each other's way.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::draw {

inline constexpr double kTickRow = 24;  // height of the row of times on top
inline constexpr TextStyle kSmall{11, Weight::regular, false};
inline constexpr TextStyle kSmallBold{11, Weight::semibold, false};
inline constexpr TextStyle kSmallMono{11, Weight::regular, true};

// ---- labels -----------------------------------------------------------------------------------
// Adds labels to a drawing as long as they are inside of it and touch none that was added before.
class LabelSpace {
 public:
  explicit LabelSpace(Drawing& drawing) : drawing_(&drawing) {}
  bool is_free(const Rect& rect) const;
  void occupy(const Rect& rect) { taken_.push_back(rect); }
  // False, and nothing is added: there is no room.
  bool add(const Label& label);
  // The same with a ground under the text, so that it can be read on whatever is there.
  bool add_on(const Label& label, Ink ground);

 private:
  Drawing* drawing_;
  std::vector<Rect> taken_;
};

// Times in the row on top, and a faint line below each down to `bottom`.
void add_ticks(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, double bottom);

// The baseline that puts a line of text in the middle of `y`.
inline double baseline(double y, const TextStyle& style) {
  return y + 0.27 * style.px;
}

// ---- curves -----------------------------------------------------------------------------------
// Values from left to right, one for each pixel from axis.left on, as an area with a line on top;
// `highest` reaches the top of the area. Whatever is not 0 is seen.
void add_curve(Drawing& drawing, const Rect& area, const std::vector<std::uint64_t>& values,
               std::uint64_t highest);
double height_of(std::uint64_t value, std::uint64_t highest, double height);
// The value that a full bar stands for: the highest, unless a few are so much higher than the rest
// that nothing else could be seen. Higher ones are drawn as full bars with a gap: add_gap.
std::uint64_t full_bar(std::vector<std::uint64_t> values);
void add_gap(Drawing& drawing, const Rect& bar);
// "together again 21.091 s" at a line of its own; beside it where there is room.
void add_converged(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, const Rect& area,
                   Time at);

// ---- faults -----------------------------------------------------------------------------------
// One time that a fault was active. Those of one lane do not overlap.
struct FaultBand {
  std::size_t fault = 0;  // its id
  Span when;
  std::size_t lane = 0;
  bool separates = false;  // it keeps messages from passing: a cut, and not a delay or a crash
};
// By lane, then by time.
std::vector<FaultBand> fault_bands(const RunResult& run);
std::size_t lanes_of(const std::vector<FaultBand>& bands);
// Ink and ground of what tells of a fault.
struct FaultInks {
  Ink ink, soft;
};
inline FaultInks inks_of(const FaultBand& band) {
  return band.separates ? FaultInks{Ink::drop, Ink::drop_soft}
                        : FaultInks{Ink::warn, Ink::warn_soft};
}
// "split: cut us-east | us-west, 10.000 s to 20.000 s"
std::string spoken(const RunResult& run, const FaultBand& band);

// ---- marks ------------------------------------------------------------------------------------
void add_diamond(Drawing& drawing, Point at);  // a violation

struct Violation {
  std::size_t expectation = 0;
  Time at;
  std::optional<NodeId> node;  // where its witness happened
  std::string name;
};
// Of expectations that were violated, as stated or not, by time.
std::vector<Violation> violations(const Recording& recording);

}  // namespace cleave::draw
