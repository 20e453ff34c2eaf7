// How the replicas of each store drifted apart and together, update by update: what is asked for by
// time, by pair and by replica once a run is over. Made once for each recording.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::draw {

// A number that stays the same from each step to the next; 0 before the first.
struct StepTrack {
  struct Step {
    Time at;
    std::uint64_t value = 0;
  };
  std::vector<Step> steps;  // by time; of equal times the last counts
  std::uint64_t at(Time t) const;
  // The highest value at any time in [from, to).
  std::uint64_t highest(Time from, Time to) const;
};

struct ReplicaTrack {
  NodeId replica;
  StepTrack ahead;   // updates that it holds and some other replica of its store does not
  StepTrack behind;  // updates that some other replica of its store holds and it does not
};

// One replica took up an update or gave it up.
struct HoldingChange {
  Time at;
  std::uint32_t replica = 0;  // index in its store
  bool taken_up = true;
};

struct StoreTracks {
  std::vector<ReplicaTrack> replicas;  // in the order of the cast
  StepTrack largest;                   // the largest distance between any two
  std::vector<HoldingChange> changes;  // by time
  // Beside each change, one bit for each replica: who held the update before it.
  std::size_t words = 1;
  std::vector<std::uint64_t> holders;

  bool held(std::size_t change, std::uint32_t replica) const {
    return (holders[change * words + replica / 64] >> (replica % 64) & 1) != 0;
  }
};

struct DivergenceTracks {
  std::vector<StoreTracks> stores;
};
DivergenceTracks divergence_tracks(const Recording& recording);

// The distance of two replicas of one store, in time proportional to its changes; nothing at all if
// they are not two of its replicas.
StepTrack pair_track(const StoreTracks& store, NodeId a, NodeId b);
// Of the view's pair if it has one, else the largest of its store.
StepTrack distance_track(const DivergenceTracks& tracks, const View& view);
std::uint64_t distance_at(const DivergenceTracks& tracks, const View& view, Time at);

}  // namespace cleave::draw
