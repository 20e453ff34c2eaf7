#include "sim/check/tenures.h"

#include "sim/trace/facts.h"

#include <algorithm>

namespace cleave {

Tenures::Tenures(const std::vector<std::vector<NodeId>>& replicas) : by_store_(replicas.size()) {
  for (std::uint32_t store = 0; store < replicas.size(); ++store)
    for (const NodeId replica : replicas[store]) {
      if (store_of_.size() <= replica.value) store_of_.resize(replica.value + std::size_t{1});
      store_of_[replica.value] = StoreId{store};
    }
}

std::optional<StoreId> Tenures::store_of(NodeId node) const {
  return node.value < store_of_.size() ? store_of_[node.value] : std::nullopt;
}

void Tenures::on(const Fact& fact) {
  const bool begins = fact.name == facts::kBeganToLead.hash;
  if (!begins && fact.name != facts::kCeasedToLead.hash) return;
  const auto store = store_of(fact.node);
  if (!store) return;
  begins ? begin(*store, fact) : end(*store, fact.node, fact.at);
}

// Who is down leads nobody, and cannot say so.
void Tenures::on(const NodeMark& mark) {
  if (mark.phase != NodeMark::Phase::down) return;
  if (const auto store = store_of(mark.node)) end(*store, mark.node, mark.at);
}

void Tenures::begin(StoreId store, const Fact& fact) {
  std::vector<Tenure>& all = by_store_[store.value];
  end(store, fact.node, fact.at);
  if (all.size() < kMost) all.push_back({fact.node, fact.at, std::nullopt, fact.event});
}

void Tenures::end(StoreId store, NodeId replica, Time at) {
  std::vector<Tenure>& all = by_store_[store.value];
  const auto last = std::find_if(all.rbegin(), all.rend(),
                                 [&](const Tenure& t) { return t.replica == replica && !t.to; });
  if (last != all.rend()) last->to = at;
}

}  // namespace cleave
