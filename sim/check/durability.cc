#include "sim/check/durability.h"

#include "sim/check/words.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cleave {

bool Durability::is_replica(NodeId node) const {
  return std::count(options_.replicas.begin(), options_.replicas.end(), node) > 0;
}

void Durability::on(const Fact& fact) {
  if (fact.name == facts::kKeptForMerge.hash && is_replica(fact.node) &&
      unpack_operation(fact.subject).index > 0)
    kept_.insert(unpack_operation(fact.subject));
}

void Durability::on(const NodeMark& mark) {
  std::erase(down_, mark.node);
  if (mark.phase == NodeMark::Phase::down) down_.push_back(mark.node);
}

void Durability::on(const Invoked& operation) {
  if (operation.store == options_.store && is_update(operation.action))
    open_.put(operation.id, operation.action);
}

void Durability::on(const Completed& operation) {
  if (!open_.take(operation.id) || operation.outcome != Outcome::ok) return;
  acknowledged_.insert(operation.id);
  if (!held_.contains(operation.id))
    lose(operation.id, Loss{operation.at, {operation.event}});
  else if (!replicated_.contains(operation.id) && at_risk_.size() < options_.most_remembered)
    at_risk_.put(operation.id, operation.event);
}

void Durability::on(const ReplicaUpdate& update) {
  if (update.store != options_.store || update.kind == ReplicaUpdate::Kind::installed) return;
  const bool all = update.holders == options_.replicas.size();
  if (all) {
    replicated_.insert(update.update);
    at_risk_.take(update.update);
  } else {
    replicated_.erase(update.update);
  }
  if (update.holders > 0) {
    held_.insert(update.update);
    losses_.take(update.update);
    return;
  }
  const bool held_before = held_.erase(update.update);
  if (!held_before || !acknowledged_.contains(update.update)) return;
  Loss loss{update.at, {update.event}};
  if (const auto told = at_risk_.take(update.update))
    loss.witness.insert(loss.witness.begin(), *told);
  lose(update.update, std::move(loss));
}

void Durability::lose(OperationId update, Loss loss) {
  if (losses_.size() < options_.most_remembered) losses_.put(update, std::move(loss));
}

Verdict Durability::violation(const std::vector<OperationId>& lost, const RunEnd& end) const {
  std::optional<std::pair<Loss, OperationId>> first;
  losses_.for_each([&first](OperationId update, const Loss& loss) {
    if (!first || loss < first->first) first = std::pair(loss, update);
  });
  Verdict verdict{Word::violated, "", measure_.acknowledged, std::nullopt, {}};
  verdict.why = std::to_string(measure_.lost) + " of " +
                count_of(measure_.acknowledged, "acknowledged update") +
                (measure_.lost == 1 ? " is" : " are") + " held by no replica at the end";
  if (measure_.kept_for_merge > 0)
    verdict.why += ", " + std::to_string(measure_.kept_for_merge) + " of them kept aside for merge";
  verdict.why += "; first " + name_of(first ? first->second : lost.front(), end);
  if (!first) return verdict;
  verdict.why += " at " + in_seconds(first->first.at);
  verdict.at = first->first.at;
  verdict.witness = first->first.witness;
  verdict.event = verdict.witness.back();
  return verdict;
}

Verdict Durability::finish(const RunEnd& end) {
  UpdateSet held;
  UpdateSet held_by_live;
  for (const NodeId replica : options_.replicas) {
    const UpdateSet& holds = end.ledger.held(options_.store, replica);
    held.unite(holds);
    if (std::count(down_.begin(), down_.end(), replica) == 0) held_by_live.unite(holds);
  }
  const std::vector<OperationId> lost = difference(acknowledged_, held);
  const std::size_t not_live = difference(acknowledged_, held_by_live).size();
  const auto kept = std::count_if(lost.begin(), lost.end(),
                                  [this](OperationId update) { return kept_.contains(update); });
  measure_ = {acknowledged_.size(), lost.size(), static_cast<std::uint64_t>(kept),
              not_live - lost.size()};

  if (!lost.empty()) return violation(lost, end);
  if (acknowledged_.empty())
    return {Word::vacuous, "no update was acknowledged", 0, std::nullopt, {}};
  if (measure_.held_only_by_down > 0)
    return {Word::undecided,
            count_of(measure_.held_only_by_down, "acknowledged update") +
                " held only by replicas that were down at the end; start them before it",
            measure_.acknowledged,
            std::nullopt,
            {}};
  return {Word::holds,
          "all " + count_of(measure_.acknowledged, "acknowledged update") + " held at the end",
          measure_.acknowledged,
          std::nullopt,
          {}};
}

}  // namespace cleave
