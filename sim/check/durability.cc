#include "sim/check/durability.h"

#include "sim/check/words.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cleave {

Durability::Durability(Options options)
    : options_(std::move(options)), holders_(options_.store, options_.replicas) {}

void Durability::on(const Fact& fact) {
  if (fact.name == facts::kKeptForMerge.hash && holders_.find(fact.node) &&
      unpack_operation(fact.subject).index > 0)
    kept_.insert(unpack_operation(fact.subject));
  if (const auto replica = holders_.note(fact)) note_membership(*replica, fact);
}

void Durability::note_membership(std::size_t replica, const Fact& fact) {
  const bool joined = holders_.belongs(replica);
  for (const OperationId update : holders_.held_by_alone(replica)) {
    if (joined)
      losses_.take(update);
    else
      note_given_up(update, fact.at, fact.event);
  }
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
  const std::size_t holders = holders_.count(operation.id);
  if (holders == 0)
    lose(operation.id, Loss{operation.at, {operation.event}});
  else if (holders < holders_.belonging() && at_risk_.size() < options_.most_remembered)
    at_risk_.put(operation.id, operation.event);
}

// The report counts all replicas, which is quicker.
std::size_t Durability::holders_of(const ReplicaUpdate& update) const {
  const bool all_belong = holders_.belonging() == options_.replicas.size();
  return all_belong ? update.holders : holders_.count(update.update);
}

void Durability::on(const ReplicaUpdate& update) {
  if (!holders_.note(update)) return;
  const std::size_t holders = holders_of(update);
  if (holders == holders_.belonging()) at_risk_.take(update.update);
  if (holders > 0)
    losses_.take(update.update);
  else if (holders_.belongs(*holders_.find(update.replica)))
    note_given_up(update.update, update.at, update.event);
}

void Durability::note_given_up(OperationId update, Time at, EventId event) {
  if (!acknowledged_.contains(update)) return;
  Loss loss{at, {event}};
  if (const auto told = at_risk_.take(update)) loss.witness.insert(loss.witness.begin(), *told);
  lose(update, std::move(loss));
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
                (measure_.lost == 1 ? " is" : " are") + " held by no replica" +
                (measure_.held_outside > 0 ? " of the store at the end" : " at the end");
  if (measure_.held_outside > 0)
    verdict.why += ", " + std::to_string(measure_.held_outside) +
                   " of them by replicas that do not belong to it";
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
  held_ = {};
  UpdateSet held_by_live;
  UpdateSet held_outside;
  for (std::size_t i = 0; i < options_.replicas.size(); ++i) {
    const NodeId replica = options_.replicas[i];
    const UpdateSet& holds = end.ledger.held(options_.store, replica);
    if (!holders_.belongs(i)) {
      held_outside.unite(holds);
      continue;
    }
    held_.unite(holds);
    if (std::count(down_.begin(), down_.end(), replica) == 0) held_by_live.unite(holds);
  }
  const std::vector<OperationId> lost = difference(acknowledged_, held_);
  const std::size_t not_live = difference(acknowledged_, held_by_live).size();
  const auto lost_but_in = [&lost](const UpdateSet& others) {
    return static_cast<std::uint64_t>(
        std::count_if(lost.begin(), lost.end(),
                      [&others](OperationId update) { return others.contains(update); }));
  };
  measure_ = {acknowledged_.size(), lost.size(), lost_but_in(kept_), lost_but_in(held_outside),
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
