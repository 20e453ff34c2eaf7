// Availability as clients see it, after Gilbert and Lynch (2002): the share of invoked operations
// that were served. A refusal or a conflict is an answer; unavailable, unknown and no answer at all
// are not. An operation counts where it was invoked, whenever its answer comes.
#pragma once
#include "sim/base/probability.h"
#include "sim/check/operation_map.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

// How operations ended.
struct OutcomeCounts {
  std::uint64_t ok = 0;
  std::uint64_t refused = 0;
  std::uint64_t conflict = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t unknown = 0;
  std::uint64_t open = 0;  // not at all, yet

  void add(Outcome outcome);
  std::uint64_t served() const { return ok + refused + conflict; }
  std::uint64_t total() const { return served() + unavailable + unknown + open; }
  bool operator==(const OutcomeCounts&) const = default;
  CLEAVE_DESCRIBE(ok, refused, conflict, unavailable, unknown, open)
};

// For the report: how the operations of each group of clients ended, in windows between the moments
// at which faults begin or end.
class AvailabilityTable : public Observer {
 public:
  static constexpr std::size_t kMostWindows = 256;  // the last one takes the rest of the run

  struct Group {
    std::string name;
    std::vector<NodeId> clients;
  };
  struct Row {
    std::string group;
    Time from, to;  // half-open
    OutcomeCounts counts;
  };

  // Operations of clients that are in no group are not counted. Of several groups of one client the
  // first counts.
  explicit AvailabilityTable(std::vector<Group> groups);

  using Observer::on;
  void on(const FaultMark& mark) override;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // By group, then by window; windows without length are left out. Requires: no event after `end`.
  std::vector<Row> rows(Time end) const;

 private:
  struct Window {
    Time from;
    std::vector<OutcomeCounts> counts;  // as groups_
  };
  struct Place {
    std::size_t window = 0;
    std::size_t group = 0;
  };

  std::vector<Group> groups_;
  std::vector<std::pair<NodeId, std::size_t>> group_of_;  // sorted by client
  std::vector<Window> windows_;
  OperationMap<Place> open_;
};

// The claim that at least a share of a group's operations on a store was served.
class Availability : public Checker {
 public:
  struct Options {
    StoreId store;
    std::vector<NodeId> clients;
    std::optional<FaultId> during;  // only operations invoked while this fault was on
    Probability at_least = Probability::certain();
  };

  explicit Availability(Options options);

  using Checker::on;
  void on(const FaultMark& mark) override;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // Holds, violated: whatever becomes of the operations that are open at the end. The witness is
  // the first operation that was not served: its invocation and, if it has one, its completion.
  // Undecided: that depends on them. Vacuous: no operation was invoked.
  Verdict finish(const RunEnd& end) override;

  const OutcomeCounts& counts() const { return counts_; }

 private:
  struct Unserved {
    OperationId operation;
    Time at;
    std::vector<EventId> witness;
  };

  Options options_;
  bool counting_ = true;
  OutcomeCounts counts_;
  OperationMap<EventId> open_;  // when invoked
  std::optional<Unserved> first_unserved_;
};

// Whether served / total >= share; exact while total * 10^(decimals of the share) < 2^63.
// Requires: served <= total, total > 0.
bool reaches(std::uint64_t served, std::uint64_t total, Probability share);

}  // namespace cleave
