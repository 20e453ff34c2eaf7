#include "sim/check/holders.h"

#include <algorithm>
#include <utility>

namespace cleave {

Holders::Holders(StoreId store, std::vector<NodeId> replicas)
    : store_(store),
      replicas_(std::move(replicas)),
      held_(replicas_.size()),
      belongs_(replicas_.size(), true),
      belonging_(replicas_.size()) {}

std::optional<std::size_t> Holders::find(NodeId replica) const {
  const auto at = std::find(replicas_.begin(), replicas_.end(), replica);
  if (at == replicas_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - replicas_.begin());
}

bool Holders::note(const ReplicaUpdate& update) {
  // An installation was told before, one by one.
  if (update.store != store_ || update.kind == ReplicaUpdate::Kind::installed) return false;
  const std::optional<std::size_t> replica = find(update.replica);
  if (!replica) return false;
  UpdateSet& held = held_[*replica];
  return update.kind == ReplicaUpdate::Kind::applied ? held.insert(update.update)
                                                     : held.erase(update.update);
}

std::optional<std::size_t> Holders::note(const Fact& fact) {
  const bool joined = fact.name == facts::kJoinedStore.hash;
  if (!joined && fact.name != facts::kLeftStore.hash) return std::nullopt;
  const auto replica = find(NodeId{static_cast<std::uint32_t>(fact.subject)});
  if (fact.value != store_.value || !replica || belongs_[*replica] == joined) return std::nullopt;
  belongs_[*replica] = joined;
  joined ? ++belonging_ : --belonging_;
  return replica;
}

std::size_t Holders::count(OperationId update) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < held_.size(); ++i)
    if (belongs_[i] && held_[i].contains(update)) ++count;
  return count;
}

std::vector<OperationId> Holders::held_by_alone(std::size_t replica) const {
  UpdateSet others;
  for (std::size_t i = 0; i < held_.size(); ++i)
    if (i != replica && belongs_[i]) others.unite(held_[i]);
  return difference(held_[replica], others);
}

}  // namespace cleave
