// Durability: an update that a client was told had been made is held by some replica at the end,
// and one that belongs to the store: what only a replica has that was removed, nobody can read any
// more. What clients were not told counts for nothing: unknown, refused or unavailable is no
// promise.
#pragma once
#include "sim/check/holders.h"
#include "sim/check/operation_map.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave {

// Of the acknowledged updates, at the end.
struct DurabilityMeasure {
  std::uint64_t acknowledged = 0;
  std::uint64_t lost = 0;               // held by no replica that belongs to the store
  std::uint64_t kept_for_merge = 0;     // of these, kept aside by a replica
  std::uint64_t held_outside = 0;       // of these, held by one that does not belong to the store
  std::uint64_t held_only_by_down = 0;  // held, but by no replica that is up
};

class Durability : public Checker {
 public:
  struct Options {
    StoreId store;
    std::vector<NodeId> replicas;
    // What the witness of a loss is made of is remembered for so many updates, the earliest first:
    // acknowledgements that not yet all replicas hold, and losses.
    std::size_t most_remembered = 65'536;
  };

  explicit Durability(Options options);

  using Checker::on;
  void on(const Fact& fact) override;  // what is kept for merge; who joined or left
  void on(const NodeMark& mark) override;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  void on(const ReplicaUpdate& update) override;
  // Holds: some live replica holds each. Violated: none holds some; the witness is the event that
  // told the client and the one in which the last holder gave it up (missing: none ever held it).
  // Undecided: only replicas that are down hold some, and what their disks kept shows when they
  // start. Vacuous: nothing was acknowledged.
  Verdict finish(const RunEnd& end) override;

  const DurabilityMeasure& measure() const { return measure_; }  // after finish()
  const UpdateSet& held() const { return held_; }                // by the store; after finish()
  // Beside the update sets and what is open: at most twice Options::most_remembered.
  std::size_t remembered() const { return at_risk_.size() + losses_.size(); }

 private:
  struct Loss {
    Time at;
    std::vector<EventId> witness;
    auto operator<=>(const Loss&) const = default;
  };

  std::size_t holders_of(const ReplicaUpdate& update) const;
  void note_membership(std::size_t replica, const Fact& fact);
  // The last replica of the store that held it does so no more.
  void note_given_up(OperationId update, Time at, EventId event);
  void lose(OperationId update, Loss loss);
  Verdict violation(const std::vector<OperationId>& lost, const RunEnd& end) const;

  Options options_;
  OperationMap<Action> open_;  // updates of this store that their clients wait for
  Holders holders_;
  UpdateSet acknowledged_;
  UpdateSet kept_;                 // for merge
  OperationMap<EventId> at_risk_;  // when told, of acknowledged updates that not yet all hold
  OperationMap<Loss> losses_;
  std::vector<NodeId> down_;
  UpdateSet held_;  // by the store at the end
  DurabilityMeasure measure_;
};

}  // namespace cleave
