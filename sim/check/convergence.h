// Eventual delivery with a bound (Shapiro et al. 2011, strong eventual consistency): an update that
// one live replica holds is soon held by all, and replicas with equal updates have equal states.
//
// An update is in dispute while some live replica holds it and another does not. The judge claims
// that none is in dispute at max(t, end of the named fault) + within, t being when its dispute
// began. What no live replica holds is not in dispute: whether it should be held is durability's
// question. A replica that comes up opens disputes anew about all that it lacks. One that left its
// store, or has not joined it yet, counts as one that is down.
#pragma once
#include "sim/check/holders.h"
#include "sim/check/operation_map.h"
#include "sim/trace/checker.h"

#include <deque>
#include <optional>
#include <vector>

namespace cleave {

// For the report. Unset: it did not happen.
struct ConvergenceMeasure {
  std::uint64_t peak_distance = 0;  // the largest between any two replicas
  std::optional<Time> peaked;       // when that was first reached
  // When the oldest of the updates that were in dispute at the peak came into dispute.
  std::optional<Time> diverged;
  // When the last of the updates that were in dispute at the end of the named fault (without one:
  // at the peak) was settled. Later updates may be on their way.
  std::optional<Time> converged;
};

class Convergence : public Checker {
 public:
  struct Options {
    StoreId store;
    std::vector<NodeId> replicas;
    Duration within;               // > 0
    std::optional<FaultId> after;  // the clock stands still from the start until this has ended
    std::vector<NodeId> others{};  // replicas of the store that are not claimed to converge
    Time from{};                   // the clock stands still until then, if there is no fault
  };

  explicit Convergence(Options options);

  using Checker::on;
  void on(const FaultMark& mark) override;
  void on(const NodeMark& mark) override;
  void on(const Fact& fact) override;  // that a replica left its store, or joined it
  void on(const ReplicaUpdate& update) override;
  // Holds: no dispute outlived its bound and none is open. Violated: one did, or states differ.
  // Undecided: the fault has not ended, disputes are open whose bound lies after the end, or the
  // reports that were observed are not all. Vacuous: no update was made, or fewer than two replicas
  // were up at the end.
  Verdict finish(const RunEnd& end) override;

  const ConvergenceMeasure& measure() const { return measure_; }
  // What memory is proportional to, beside the update sets: at most twice the open disputes.
  std::size_t remembered() const { return disputes_.size() + waiting_.size(); }

 private:
  struct Dispute {
    Time since;
    EventId opened;
  };
  struct Waiting {
    Time since;
    OperationId update;
  };
  struct Overdue {
    OperationId update;
    Dispute dispute;
    Time due;
    std::optional<EventId> fault_end;  // if the clock began there
  };

  void count_live(Time at, EventId event);  // after a replica came or went
  bool counts(std::size_t replica) const { return up_[replica] && holders_.belongs(replica); }
  bool is_outside(NodeId node) const;
  bool in_dispute(OperationId update) const;
  std::size_t holders_of(const ReplicaUpdate& update) const;
  void settle(const Waiting& now, bool disputed, EventId event);
  void reopen(Time at, EventId event);
  void skip_settled();    // then the front of waiting_ is the oldest open dispute
  void expire(Time now);  // what was due before now and is still open
  void note_distance(const ReplicaUpdate& update);
  void note_converged(Time now);
  std::optional<Verdict> violation(const RunEnd& end) const;
  std::optional<Verdict> different_states(const RunEnd& end) const;
  bool adds_up(const RunEnd& end) const;  // what was observed, to what the ledger says
  std::optional<std::string> open_question() const;

  Options options_;
  Holders holders_;
  std::vector<bool> up_;  // as options_.replicas
  std::size_t live_ = 0;  // how many are, and belong to the store
  OperationMap<Dispute> disputes_;
  std::deque<Waiting> waiting_;  // in order of `since`; entries of settled disputes may linger
  bool fault_over_ = false;
  Time fault_end_;
  EventId fault_end_event_;
  std::optional<Overdue> overdue_;  // the first
  std::uint64_t updates_ = 0;       // times that an update went from no replica to one
  bool stray_ = false;              // a replica reported that the options do not name
  ConvergenceMeasure measure_;
};

}  // namespace cleave
