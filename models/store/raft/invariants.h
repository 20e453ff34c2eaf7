// What holds of a Raft group as a whole, whatever goes wrong (Ongaro 2014, figure 3.2): looked at
// after every event, at the replica that handled it, against what it was before and what the others
// were. It sees all replicas at once, which none of them can; what one can see for itself it
// asserts (replica.h). Costs time and memory in proportion to what is appended.
//   election safety        a term has one leader at most
//   leader append-only     a leader never removes entries of its log
//   log matching           two logs with an entry of one index and term agree up to there
//   leader completeness    what was committed in a term is in the log of every later term's leader
//   state machine safety   no two replicas commit different entries at one index, and snapshots as
//                          of one index are equal
//   committed for ever     what a replica knows to be committed does not shrink while it lives
//   one vote               a replica votes once a term, across crashes too
//   one change at a time   a leader changes the group when the last change is committed,
//   change after own entry and an entry of its own term
#pragma once
#include "models/store/raft/messages.h"
#include "sim/base/id.h"
#include "sim/engine/world.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store::raft {

struct Replica;

// Of one group.
class Invariants {
 public:
  // What is wrong, if anything, after an event at this replica. Requires: it is called after every
  // event of the group, in order, and not again once it has found something.
  std::optional<std::string> after_event(NodeId id, const Replica& replica);
  // The same for all replicas of a store that have started. Requires: they are raft's.
  std::optional<std::string> after_event(const World& world, const std::vector<NodeId>& replicas);

  // How often something was compared: of a check that never looked, silence means nothing.
  struct Looked {
    std::uint64_t leaders = 0;
    std::uint64_t entries = 0;
    std::uint64_t commits = 0;
    std::uint64_t votes = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t changes = 0;
  };
  const Looked& looked() const { return looked_; }

 private:
  struct Known {  // of an entry
    Term term;
    std::uint64_t digest = 0;
    bool operator==(const Known&) const = default;
  };
  struct Committed {
    Known entry;
    Term in;  // the term in which a leader first found it committed
  };
  struct Seen {  // of a replica, after its last event
    std::uint64_t incarnation = 0;
    std::uint64_t truncations = 0;
    bool leads = false;
    Term term;
    Index commit = 0;
    Ballot ballot;
    LogEnd snapshot;
    std::vector<Known> log;  // by index - 1; of what a snapshot stands for, what was committed
  };
  struct Named {  // the entry of an index and a term
    std::uint64_t digest = 0;
    Term before;  // of the entry before it
    bool operator==(const Named&) const = default;
  };

  std::optional<std::string> look_at_vote(NodeId id, const Replica& replica);
  std::optional<std::string> look_at_log(const Replica& replica, Seen& seen);
  bool agrees_at(Index index, const Replica& replica, const Seen& seen) const;
  std::optional<std::string> look_at_snapshot(const Replica& replica, Seen& seen);
  std::optional<std::string> look_at_entry(Index index, const Replica& replica, Seen& seen);
  std::optional<std::string> look_at_change(Index index, const Replica& replica);
  std::optional<std::string> look_at_leader(NodeId id, const Replica& replica, const Seen& seen);
  std::optional<std::string> look_at_commit(const Replica& replica, Seen& seen);

  std::map<NodeId, Seen> seen_;
  std::map<Term, NodeId> leaders_;
  std::map<std::pair<NodeId, Term>, NodeId> votes_;
  std::vector<std::pair<Term, Named>> entries_;           // by index - 1: the first that was seen
  std::map<std::pair<Index, Term>, Named> more_entries_;  // of other terms at the same index
  std::map<Index, std::uint64_t> states_;                 // digests, as of snapshots' last entries
  std::vector<Committed> committed_;                      // by index - 1
  Looked looked_;
};

}  // namespace cleave::models::store::raft
