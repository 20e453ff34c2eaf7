#include "models/store/raft/invariants.h"

#include "models/store/raft/replica.h"
#include "sim/base/digest.h"

#include <algorithm>
#include <iterator>

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
  if (auto wrong = look_at_snapshot(replica, seen)) return wrong;
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

// Only what was added need be looked at. After a crash, or when entries were cut off, the rest is
// what agrees in its last term: logs that agree there agree before (log matching).
std::optional<std::string> Invariants::look_at_log(const Replica& replica, Seen& seen) {
  const bool same_life = seen.incarnation == replica.memory.incarnation;
  const bool cut_off = !same_life || seen.truncations != replica.memory.truncations;
  if (same_life && cut_off && seen.leads && replica.memory.leading && seen.term == replica.term())
    return "leader append-only: it removed entries of its log" + in(replica.term());
  seen.truncations = replica.memory.truncations;
  if (cut_off) {
    Index agrees = std::min<Index>(seen.log.size(), replica.last_index());
    while (agrees > 0 && !agrees_at(agrees, replica, seen))
      --agrees;
    seen.log.resize(agrees);
  }
  while (seen.log.size() < replica.last_index())
    if (auto wrong = look_at_entry(seen.log.size() + 1, replica, seen)) return wrong;
  return {};
}

bool Invariants::agrees_at(Index index, const Replica& replica, const Seen& seen) const {
  const Known& known = seen.log[index - 1];
  if (replica.has_entry(index)) return known.term == replica.term_at(index);
  return index <= committed_.size() && committed_[index - 1].entry == known;
}

std::optional<std::string> Invariants::look_at_entry(Index index, const Replica& replica,
                                                     Seen& seen) {
  if (index <= replica.disk.log.first()) {  // a snapshot stands for it
    if (index > committed_.size())
      return "state machine safety: a snapshot stands for what nobody committed" + at(index);
    seen.log.push_back(committed_[index - 1].entry);
    return {};
  }
  const Entry& entry = replica.disk.log[index - 1];
  const Term before = index == 1 ? Term{} : seen.log.back().term;
  const Known known{entry.term, digest_of(entry)};
  ++looked_.entries;
  if (entry.term < before) return "log matching: terms fall" + at(index);
  const Named here{known.digest, before};
  if (index > entries_.size()) {
    entries_.emplace_back(entry.term, here);
  } else {
    const auto& first = entries_[index - 1];
    const Named& named = first.first == entry.term
                             ? first.second
                             : more_entries_.try_emplace({index, entry.term}, here).first->second;
    if (named != here)
      return "log matching: another log has another entry" + in(entry.term) + at(index);
  }
  seen.log.push_back(known);
  return entry.change ? look_at_change(index, replica) : std::nullopt;
}

// Of a leader that has just begun it; whoever else gets it later has no say.
std::optional<std::string> Invariants::look_at_change(Index index, const Replica& replica) {
  ++looked_.changes;
  if (!replica.memory.leading || replica.term_at(index) != replica.term()) return {};
  if (replica.memory.commit < replica.memory.leading->first)
    return "change after own entry: none is committed" + in(replica.term());
  const auto made = replica.memory.members.find(index);
  if (made != replica.memory.members.begin() && std::prev(made)->first > replica.memory.commit)
    return "one change at a time: the one before is not committed" + at(index);
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
  // The last one that it must have is enough: before that its log agrees (log matching).
  Index last = committed_.size();
  while (last > 0 && committed_[last - 1].in >= replica.term())
    --last;
  if (last > 0 && (last > seen.log.size() || seen.log[last - 1] != committed_[last - 1].entry))
    return "leader completeness: it leads" + in(replica.term()) + " without what was committed" +
           in(committed_[last - 1].in) + at(last);
  return {};
}

std::optional<std::string> Invariants::look_at_commit(const Replica& replica, Seen& seen) {
  const Index commit = replica.memory.commit;
  if (seen.incarnation == replica.memory.incarnation && commit < seen.commit)
    return "committed for ever: it was" + at(seen.commit) + ", and is" + at(commit);
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

// Of one that has come into force.
std::optional<std::string> Invariants::look_at_snapshot(const Replica& replica, Seen& seen) {
  const LogEnd last = replica.memory.snapshot;
  if (last == seen.snapshot || last.index == 0) return {};
  seen.snapshot = last;
  const Snapshot& snapshot = replica.disk.snapshot.get();
  if (last != snapshot.last) return {};  // the next one is on its way to the disk
  ++looked_.snapshots;
  if (last.index > committed_.size() || committed_[last.index - 1].entry.term != last.term)
    return "state machine safety: a snapshot stands for what nobody committed" + at(last.index);
  const std::uint64_t found = digest_of(snapshot);
  if (states_.try_emplace(last.index, found).first->second != found)
    return "state machine safety: another replica's snapshot has another state" + at(last.index);
  return {};
}

}  // namespace cleave::models::store::raft
