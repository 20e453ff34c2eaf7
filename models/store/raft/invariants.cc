#include "models/store/raft/invariants.h"

#include "models/store/raft/replica.h"
#include "sim/base/digest.h"

#include <algorithm>

namespace cleave::models::store::raft {

namespace {

std::string at(Index index) {
  return " at index " + std::to_string(index);
}

std::string in(Term term) {
  return " in term " + std::to_string(term.value);
}

}  // namespace

std::optional<std::string> Invariants::after_event(const World& world,
                                                   const std::vector<NodeId>& replicas) {
  for (const NodeId id : replicas) {
    const Replica& replica = world.node<Replica>(id);
    if (replica.memory.incarnation == 0) continue;  // its disk has not been recovered
    if (auto wrong = after_event(id, replica)) return std::string(world.name(id)) + ": " + *wrong;
  }
  return {};
}

std::optional<std::string> Invariants::after_event(NodeId id, const Replica& replica) {
  Seen& seen = seen_[id];
  if (auto wrong = look_at_vote(id, replica)) return wrong;
  if (auto wrong = look_at_log(replica, seen)) return wrong;
  if (auto wrong = look_at_leader(id, replica, seen)) return wrong;
  if (auto wrong = look_at_commit(replica, seen)) return wrong;
  seen.incarnation = replica.memory.incarnation;
  seen.leads = replica.memory.leading.has_value();
  seen.term = replica.term();
  return {};
}

// Only votes on the disk: others nobody has heard of.
std::optional<std::string> Invariants::look_at_vote(NodeId id, const Replica& replica) {
  const Ballot& ballot = replica.memory.recorded;
  if (!ballot.vote || ballot == seen_[id].ballot) return {};
  ++looked_.votes;
  seen_[id].ballot = ballot;
  const auto [vote, first] = votes_.try_emplace({id, ballot.term}, *ballot.vote);
  if (first || vote->second == *ballot.vote) return {};
  return "one vote: it voted for another before" + in(ballot.term);
}

// While nothing was cut off and no crash came between, only what was added need be looked at.
std::optional<std::string> Invariants::look_at_log(const Replica& replica, Seen& seen) {
  const bool same_life = seen.incarnation == replica.memory.incarnation;
  const bool cut_off = !same_life || seen.truncations != replica.memory.truncations;
  if (same_life && cut_off && seen.leads && replica.memory.leading && seen.term == replica.term())
    return "leader append-only: it removed entries of its log" + in(replica.term());
  seen.truncations = replica.memory.truncations;
  if (cut_off) seen.log.clear();
  while (seen.log.size() < replica.last_index()) {
    const Index index = seen.log.size() + 1;
    const Entry& entry = replica.disk.log[index - 1];
    const Term before = index == 1 ? Term{} : seen.log.back().term;
    const Known known{entry.term, digest_of(entry)};
    ++looked_.entries;
    if (entry.term < before) return "log matching: terms fall" + at(index);
    const auto [named, first] =
        entries_.try_emplace({index, entry.term}, Named{known.digest, before});
    if (!first && named->second != Named{known.digest, before})
      return "log matching: another log has another entry" + in(entry.term) + at(index);
    seen.log.push_back(known);
  }
  return {};
}

std::optional<std::string> Invariants::look_at_leader(NodeId id, const Replica& replica,
                                                      const Seen& seen) {
  if (!replica.memory.leading) return {};
  if (seen.leads && seen.term == replica.term()) return {};
  ++looked_.leaders;
  const auto [leader, first] = leaders_.try_emplace(replica.term(), id);
  if (!first && leader->second != id)
    return "election safety: another replica led" + in(replica.term());
  for (Index index = 1; index <= committed_.size(); ++index) {
    const Committed& committed = committed_[index - 1];
    if (committed.in >= replica.term()) continue;
    if (index > seen.log.size() || seen.log[index - 1] != committed.entry)
      return "leader completeness: it leads" + in(replica.term()) + " without what was committed" +
             in(committed.in) + at(index);
  }
  return {};
}

std::optional<std::string> Invariants::look_at_commit(const Replica& replica, Seen& seen) {
  const Index commit = replica.memory.commit;
  for (Index index = std::min(seen.commit, commit) + 1; index <= commit; ++index) {
    ++looked_.commits;
    if (index > seen.log.size()) return "state machine safety: nothing is committed" + at(index);
    const Known& known = seen.log[index - 1];
    if (index > committed_.size())
      committed_.push_back({known, replica.term()});
    else if (committed_[index - 1].entry != known)
      return "state machine safety: another replica committed another entry" + at(index);
  }
  seen.commit = commit;
  return {};
}

}  // namespace cleave::models::store::raft
