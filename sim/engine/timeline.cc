#include "sim/engine/timeline.h"

#include <algorithm>
#include <utility>

namespace cleave {

Timeline::Timeline(World start) : keyframes_{start}, world_(std::move(start)) {}

bool Timeline::step(Time limit) {
  if (!world_.step(limit)) return false;
  between_events_ = false;
  keep(world_);
  return true;
}

void Timeline::go_back_to(std::size_t keyframe) {
  world_ = keyframes_[keyframe];
  between_events_ = false;
}

void Timeline::keep(const World& world) {
  if (world.event().value < keyframes_.back().event().value + spacing_) return;
  keyframes_.push_back(world);
  if (keyframes_.size() <= kMostKeyframes) return;
  std::vector<World> thinned;
  for (std::size_t i = 0; i < keyframes_.size(); i += 2)
    thinned.push_back(std::move(keyframes_[i]));
  keyframes_ = std::move(thinned);
  spacing_ *= 2;
}

void Timeline::seek(EventId event) {
  const auto after =
      std::upper_bound(keyframes_.begin(), keyframes_.end(), event,
                       [](EventId e, const World& keyframe) { return e < keyframe.event(); });
  const auto nearest =
      static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - keyframes_.begin() - 1, 0));
  if (event < world_.event() || world_.event() < keyframes_[nearest].event() ||
      (event == world_.event() && between_events_))
    go_back_to(nearest);
  while (world_.event() < event && step()) {
  }
}

void Timeline::seek(Time time) {
  const auto after =
      std::upper_bound(keyframes_.begin(), keyframes_.end(), time,
                       [](Time t, const World& keyframe) { return t < keyframe.now(); });
  const auto nearest =
      static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - keyframes_.begin() - 1, 0));
  if (time < world_.now() || world_.event() < keyframes_[nearest].event()) go_back_to(nearest);
  while (step(time)) {
  }
  if (world_.failure() || world_.now() == time) return;
  world_.run_until(time);
  between_events_ = true;
}

}  // namespace cleave
