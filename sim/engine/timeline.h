// A run that can be walked in both directions: keyframes (copies of the World) and replay. Seeking
// copies the nearest keyframe before the goal and steps on from there. At most `kMostKeyframes` are
// kept: when there are more, every second is dropped and the spacing doubles, so that a long run
// keeps as many as a short one.
#pragma once
#include "sim/engine/world.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave {

class Timeline {
 public:
  static constexpr std::size_t kMostKeyframes = 32;
  static constexpr std::uint64_t kFirstSpacing = 2'000;  // events between two keyframes

  explicit Timeline(World start);

  // Takes a copy if the last keyframe is far enough behind. For who has run the World himself.
  // Requires: a World of the same run, later than all before.
  void keep(const World& world);

  const World& world() const { return world_; }
  // After event `event`, or at the end of the run if it has fewer; the clock stands at that event.
  // Forward or back.
  void seek(EventId event);
  // With everything done that is due by `time`; the clock stands at `time`.
  void seek(Time time);
  // One event on, if one is due by `limit`; false: none is.
  bool step(Time limit = kForever);

  std::size_t keyframes() const { return keyframes_.size(); }
  std::uint64_t spacing() const { return spacing_; }

 private:
  void go_back_to(std::size_t keyframe);

  std::vector<World> keyframes_;  // by rising event number; the first is the start
  std::uint64_t spacing_ = kFirstSpacing;
  World world_;
  bool between_events_ = false;  // the clock was moved past the last event
};

}  // namespace cleave
