#include "sim/check/convergence.h"

#include "sim/check/words.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kSlack = 64;  // entries that may linger before the queue is swept

}  // namespace

Convergence::Convergence(Options options)
    : options_(std::move(options)),
      holders_(options_.store, options_.replicas),
      up_(options_.replicas.size(), true),
      live_(options_.replicas.size()),
      fault_over_(!options_.after.has_value()),
      fault_end_(options_.from) {}

void Convergence::on(const FaultMark& mark) {
  if (options_.after != mark.fault) return;
  expire(mark.at);
  fault_over_ = mark.phase == FaultMark::Phase::end;
  if (!fault_over_) {
    measure_.converged.reset();
    return;
  }
  fault_end_ = mark.at;
  fault_end_event_ = mark.event;
  note_converged(mark.at);
}

void Convergence::on(const NodeMark& mark) {
  const auto replica = holders_.find(mark.node);
  if (!replica) return;
  expire(mark.at);
  up_[*replica] = mark.phase == NodeMark::Phase::up;
  count_live(mark.at, mark.event);
}

void Convergence::on(const Fact& fact) {
  if (!holders_.note(fact)) return;
  expire(fact.at);
  count_live(fact.at, fact.event);
}

void Convergence::count_live(Time at, EventId event) {
  live_ = 0;
  for (std::size_t i = 0; i < up_.size(); ++i)
    if (counts(i)) ++live_;
  reopen(at, event);
  note_converged(at);
}

void Convergence::on(const ReplicaUpdate& update) {
  if (update.store != options_.store) return;
  const auto replica = holders_.find(update.replica);
  if (!replica) {
    const auto& others = options_.others;
    stray_ = stray_ || std::count(others.begin(), others.end(), update.replica) == 0;
    return;
  }
  expire(update.at);
  if (!holders_.note(update)) return;
  const std::size_t holders = holders_of(update);
  const bool applied = update.kind == ReplicaUpdate::Kind::applied;
  if (applied && holders == 1 && holders_.belongs(*replica)) ++updates_;
  const std::size_t replicas = options_.replicas.size();
  const bool disputed =
      live_ == replicas ? holders > 0 && holders < replicas : in_dispute(update.update);
  settle(Waiting{update.at, update.update}, disputed, update.event);
  note_distance(update);
  note_converged(update.at);
}

// The report counts all replicas of the store, which is quicker.
std::size_t Convergence::holders_of(const ReplicaUpdate& update) const {
  const bool all = options_.others.empty() && holders_.belonging() == options_.replicas.size();
  return all ? update.holders : holders_.count(update.update);
}

bool Convergence::in_dispute(OperationId update) const {
  bool held = false;
  bool missing = false;
  for (std::size_t i = 0; i < up_.size(); ++i)
    if (counts(i)) (holders_.held(i).contains(update) ? held : missing) = true;
  return held && missing;
}

void Convergence::settle(const Waiting& now, bool disputed, EventId event) {
  if (!disputed) {
    disputes_.take(now.update);
    return;
  }
  if (disputes_.find(now.update) != nullptr) return;
  disputes_.put(now.update, Dispute{now.since, event});
  waiting_.push_back(now);
  if (waiting_.size() <= 2 * disputes_.size() + kSlack) return;
  std::erase_if(waiting_, [this](const Waiting& w) {
    const Dispute* open = disputes_.find(w.update);
    return open == nullptr || open->since != w.since;
  });
}

void Convergence::reopen(Time at, EventId event) {
  const UpdateSet* reference =
      nullptr;  // an update is in dispute if some live replica differs here
  std::vector<OperationId> touched;
  for (std::size_t i = 0; i < up_.size(); ++i) {
    if (!counts(i)) continue;
    const UpdateSet& held = holders_.held(i);
    if (reference == nullptr) {
      reference = &held;
      continue;
    }
    for (const auto& only : {difference(*reference, held), difference(held, *reference)})
      touched.insert(touched.end(), only.begin(), only.end());
  }
  disputes_.for_each([&touched](OperationId id, const Dispute&) { touched.push_back(id); });
  std::stable_sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const OperationId update : touched)
    settle(Waiting{at, update}, in_dispute(update), event);
}

void Convergence::skip_settled() {
  while (!waiting_.empty()) {
    const Dispute* open = disputes_.find(waiting_.front().update);
    if (open != nullptr && open->since == waiting_.front().since) return;
    waiting_.pop_front();
  }
}

void Convergence::expire(Time now) {
  if (overdue_ || !fault_over_) return;
  skip_settled();
  if (waiting_.empty()) return;
  const Waiting& oldest = waiting_.front();
  const Time due = std::max(oldest.since, fault_end_) + options_.within;
  if (due >= now) return;
  overdue_ = Overdue{oldest.update, *disputes_.find(oldest.update), due, std::nullopt};
  if (options_.after && fault_end_ > oldest.since) overdue_->fault_end = fault_end_event_;
}

void Convergence::note_distance(const ReplicaUpdate& update) {
  if (update.distance <= measure_.peak_distance) return;
  measure_.peak_distance = update.distance;
  measure_.peaked = update.at;
  skip_settled();
  measure_.diverged = waiting_.empty() ? update.at : waiting_.front().since;
  if (!options_.after) measure_.converged.reset();
}

void Convergence::note_converged(Time now) {
  if (measure_.converged || !fault_over_) return;
  if (!options_.after && !measure_.peaked) return;
  const Time reference = options_.after ? fault_end_ : *measure_.peaked;
  skip_settled();
  if (waiting_.empty() || waiting_.front().since > reference) measure_.converged = now;
}

std::optional<Verdict> Convergence::violation(const RunEnd& end) const {
  if (!overdue_) return std::nullopt;
  Verdict verdict{Word::violated, "", updates_, overdue_->due, {overdue_->dispute.opened}};
  if (overdue_->fault_end) verdict.witness.push_back(*overdue_->fault_end);
  std::string holders;
  std::string others;
  for (std::size_t i = 0; i < up_.size(); ++i) {
    if (!counts(i)) continue;
    const NodeId replica = options_.replicas[i];
    std::string& list = holders_.held(i).contains(overdue_->update) ? holders : others;
    list += (list.empty() ? "" : ", ") + name_of(replica, end);
  }
  verdict.why = name_of(overdue_->update, end) + " was in dispute from " +
                in_seconds(overdue_->dispute.since) + " and should have been settled by " +
                in_seconds(overdue_->due);
  if (disputes_.empty())
    verdict.why += "; the replicas agree at the end";
  else
    verdict.why += "; " + count_of(disputes_.size(), "update") + " still in dispute at the end";
  if (!holders.empty() && !others.empty())
    verdict.why += " (that one is held by " + holders + ", not by " + others + ")";
  return verdict;
}

// Of the store: nothing is expected of it.
bool Convergence::is_outside(NodeId node) const {
  const auto replica = holders_.find(node);
  return replica && !holders_.belongs(*replica);
}

std::optional<Verdict> Convergence::different_states(const RunEnd& end) const {
  for (const ReplicaState& a : end.states) {
    for (const ReplicaState& b : end.states) {
      if (a.store != options_.store || b.store != options_.store) continue;
      if (!(a.replica < b.replica) || !a.up || !b.up || a.digest == b.digest) continue;
      if (is_outside(a.replica) || is_outside(b.replica)) continue;
      if (end.ledger.held(a.store, a.replica) != end.ledger.held(b.store, b.replica)) continue;
      const std::uint64_t same = end.ledger.held(a.store, a.replica).size();
      return Verdict{Word::violated,
                     name_of(a.replica, end) + " and " + name_of(b.replica, end) +
                         " hold the same " + count_of(same, "update") +
                         " at the end, and their states differ",
                     updates_,
                     end.at,
                     {end.event},
                     {}};
    }
  }
  return std::nullopt;
}

bool Convergence::adds_up(const RunEnd& end) const {
  if (stray_) return false;
  for (std::size_t i = 0; i < options_.replicas.size(); ++i)
    if (holders_.held(i) != end.ledger.held(options_.store, options_.replicas[i])) return false;
  return true;
}

// Why the end of the run leaves the question open, if it does.
std::optional<std::string> Convergence::open_question() const {
  if (!fault_over_) return "the fault did not end within the run";
  if (disputes_.empty()) return std::nullopt;
  return count_of(disputes_.size(), "update") + " in dispute at the end had not yet had " +
         in_seconds(options_.within) + "; let the run go on for longer after the last update";
}

Verdict Convergence::finish(const RunEnd& end) {
  if (!adds_up(end))
    return {Word::undecided,
            "the reports that were observed do not add up to what replicas hold",
            updates_,
            std::nullopt,
            {}};
  expire(end.at + Duration{1});  // what is due at the very end and open is overdue
  if (auto found = violation(end)) return *found;
  if (auto found = different_states(end)) return *found;
  if (updates_ == 0) return {Word::vacuous, "no update was made", 0, std::nullopt, {}};
  if (live_ < 2)
    return {Word::vacuous, "fewer than two replicas were up at the end", 0, std::nullopt, {}};
  if (auto cause = open_question()) return {Word::undecided, *cause, updates_, std::nullopt, {}};
  Verdict verdict{Word::holds, count_of(updates_, "update"), updates_, std::nullopt, {}};
  if (!measure_.peaked) return verdict;
  verdict.why += "; at most " + std::to_string(measure_.peak_distance) + " apart, at " +
                 in_seconds(*measure_.peaked);
  // What was apart at the end of the fault may be settled before a later peak.
  if (measure_.converged && *measure_.converged >= *measure_.peaked)
    verdict.why += "; together again at " + in_seconds(*measure_.converged);
  return verdict;
}

}  // namespace cleave
