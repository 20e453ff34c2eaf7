#include "sim/network/route.h"

#include <algorithm>

namespace cleave {

void PathSum::add(const Link& link) {
  latency += link.latency;
  lost_below = either(lost_below, link.lost_below);
  duplicated_below = either(duplicated_below, link.duplicated_below);
  reordered_below = either(reordered_below, link.reordered_below);
  reorder_by = std::max(reorder_by, link.reorder_by);
  if (link.jitter && jitter_count == kJitters) many_jitters = true;
  if (link.jitter && jitter_count < kJitters) jitters[jitter_count++] = *link.jitter;
  queues = queues || link.bandwidth.bits_per_second != 0;
  bursts = bursts || link.bursts.has_value();
  sleeps = sleeps || link.promotion.ns != 0;
}

void Routes::forget(const Topology& topology) {
  epoch_ = topology.epoch();
  places_ = topology.places().size();
  index_.assign(places_ * places_, kUnknown);
  routes_.clear();
  hops_.clear();
}

// One search finds the ways from a place to all others.
const Route* Routes::compute(const Topology& topology, PlaceId from, PlaceId to) {
  const auto paths = topology.shortest_paths(from);
  for (std::size_t place = 0; place < places_; ++place) {
    std::uint32_t& index = index_[from.value * places_ + place];
    index = kNoWay;
    if (!paths[place]) continue;
    Route route;
    route.first_hop = static_cast<std::uint32_t>(hops_.size());
    route.hops = static_cast<std::uint32_t>(paths[place]->size());
    for (const LinkId id : *paths[place]) {
      route.sum.add(topology.link(id).link);
      hops_.push_back(id);
    }
    index = static_cast<std::uint32_t>(kFirst + routes_.size());
    routes_.push_back(route);
  }
  const std::uint32_t found = index_[from.value * places_ + to.value];
  return found == kNoWay ? nullptr : &routes_[found - kFirst];
}

}  // namespace cleave
