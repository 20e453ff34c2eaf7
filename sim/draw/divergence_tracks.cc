#include "sim/draw/divergence_tracks.h"

#include <algorithm>
#include <bit>
#include <map>

namespace cleave::draw {
namespace {

void step_to(StepTrack& track, Time at, std::uint64_t value) {
  if (!track.steps.empty() && track.steps.back().at == at)
    track.steps.back().value = value;
  else
    track.steps.push_back({at, value});
}

std::uint64_t last(const StepTrack& track) {
  return track.steps.empty() ? 0 : track.steps.back().value;
}

// Follows who holds what in one store.
class Follower {
 public:
  Follower(StoreTracks& tracks, const std::vector<NodeId>& replicas) : tracks_(&tracks) {
    for (std::uint32_t i = 0; i < replicas.size(); ++i) {
      tracks.replicas.push_back({replicas[i], {}, {}});
      index_[replicas[i]] = i;
    }
    tracks.words = (replicas.size() + 63) / 64;
  }

  void follow(const TracedUpdate& update) {
    const auto found = index_.find(update.replica);
    if (found == index_.end()) return;
    const std::uint32_t replica = found->second;
    StoreTracks& all = *tracks_;
    const std::size_t change = all.changes.size();
    std::uint64_t* mask = mask_of(update.update);
    all.changes.push_back({update.at, replica, update.taken_up});
    all.holders.insert(all.holders.end(), mask, mask + all.words);
    step_to(all.largest, update.at, update.distance);

    const std::size_t before = count(mask);
    const std::uint64_t bit = std::uint64_t{1} << (replica % 64);
    if (update.taken_up)
      mask[replica / 64] |= bit;
    else
      mask[replica / 64] &= ~bit;
    const std::size_t after = count(mask);
    for (std::uint32_t r = 0; r < all.replicas.size(); ++r) {
      const bool now = (mask[r / 64] >> (r % 64) & 1) != 0;
      count_replica(update.at, r, {all.held(change, r), before}, {now, after});
    }
  }

 private:
  struct Holding {
    bool held = false;        // by the replica
    std::size_t holders = 0;  // of the update
  };

  std::uint64_t* mask_of(OperationId update) {
    if (held_.size() <= update.client.value) held_.resize(update.client.value + std::size_t{1});
    std::vector<std::uint64_t>& of_client = held_[update.client.value];
    const std::size_t begin = update.index * tracks_->words;
    if (of_client.size() < begin + tracks_->words)
      of_client.resize(std::max(begin + tracks_->words, of_client.size() * 2));
    return &of_client[begin];
  }

  std::size_t count(const std::uint64_t* mask) const {
    std::size_t bits = 0;
    for (std::size_t i = 0; i < tracks_->words; ++i)
      bits += static_cast<std::size_t>(std::popcount(mask[i]));
    return bits;
  }

  void count_replica(Time at, std::uint32_t replica, Holding before, Holding now) {
    const std::size_t all = tracks_->replicas.size();
    const auto ahead = [all](Holding h) { return h.held && h.holders < all; };
    const auto behind = [](Holding h) { return !h.held && h.holders > 0; };
    ReplicaTrack& track = tracks_->replicas[replica];
    if (ahead(before) != ahead(now))
      step_to(track.ahead, at, last(track.ahead) + (ahead(now) ? 1 : std::uint64_t(-1)));
    if (behind(before) != behind(now))
      step_to(track.behind, at, last(track.behind) + (behind(now) ? 1 : std::uint64_t(-1)));
  }

  StoreTracks* tracks_;
  std::map<NodeId, std::uint32_t> index_;
  std::vector<std::vector<std::uint64_t>> held_;  // by client, then masks by number of operation
};

std::optional<std::uint32_t> index_in(const StoreTracks& store, NodeId replica) {
  for (std::uint32_t i = 0; i < store.replicas.size(); ++i)
    if (store.replicas[i].replica == replica) return i;
  return std::nullopt;
}

}  // namespace

std::uint64_t StepTrack::at(Time t) const {
  const auto next = std::upper_bound(steps.begin(), steps.end(), t,
                                     [](Time a, const Step& step) { return a < step.at; });
  return next == steps.begin() ? 0 : std::prev(next)->value;
}

std::uint64_t StepTrack::highest(Time from, Time to) const {
  auto next = std::upper_bound(steps.begin(), steps.end(), from,
                               [](Time a, const Step& step) { return a < step.at; });
  std::uint64_t most = next == steps.begin() ? 0 : std::prev(next)->value;
  for (; next != steps.end() && next->at < to; ++next)
    most = std::max(most, next->value);
  return most;
}

DivergenceTracks divergence_tracks(const Recording& recording) {
  DivergenceTracks tracks;
  const auto& cast = recording.cast.replicas;
  tracks.stores.resize(cast.size());
  std::vector<Follower> followers;
  for (std::size_t s = 0; s < cast.size(); ++s)
    followers.emplace_back(tracks.stores[s], cast[s]);
  for (const TracedUpdate& update : recording.trace.updates())
    if (update.store.value < followers.size()) followers[update.store.value].follow(update);
  return tracks;
}

StepTrack pair_track(const StoreTracks& store, NodeId a, NodeId b) {
  StepTrack track;
  const auto first = index_in(store, a);
  const auto second = index_in(store, b);
  if (!first || !second || first == second) return track;
  for (std::size_t i = 0; i < store.changes.size(); ++i) {
    const HoldingChange& change = store.changes[i];
    if (change.replica != *first && change.replica != *second) continue;
    const bool other_holds = store.held(i, change.replica == *first ? *second : *first);
    const bool nearer = other_holds == change.taken_up;
    step_to(track, change.at, last(track) + (nearer ? std::uint64_t(-1) : 1));
  }
  return track;
}

StepTrack distance_track(const DivergenceTracks& tracks, const View& view) {
  if (view.store.value >= tracks.stores.size()) return {};
  const StoreTracks& store = tracks.stores[view.store.value];
  return view.pair ? pair_track(store, view.pair->first, view.pair->second) : store.largest;
}

std::uint64_t distance_at(const DivergenceTracks& tracks, const View& view, Time at) {
  if (view.pair) return distance_track(tracks, view).at(at);
  return view.store.value < tracks.stores.size() ? tracks.stores[view.store.value].largest.at(at)
                                                 : 0;
}

}  // namespace cleave::draw
