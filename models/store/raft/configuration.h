// Who belongs to a Raft group (chapter 4). A change adds or removes one voter, so that any majority
// before it and any majority after it have a replica in common.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/id.h"

#include <cstddef>
#include <cstdint>
#include <set>

namespace cleave::models::store::raft {

// What an entry of the log does to the group as soon as a log has it, committed or not.
struct Change {
  enum class What : std::uint8_t {
    add_learner,
    promote,  // a learner; it votes from now on
    remove,   // whoever it is
  };
  What what = What::add_learner;
  NodeId member;
  std::uint32_t order = 0;  // number of the administrator's order that asked for it
  bool operator==(const Change&) const = default;
  CLEAVE_DESCRIBE(what, member, order)
};

struct Configuration {
  std::set<NodeId> voters;
  std::set<NodeId> learners;  // get the log, and have no say (4.2.1)
  std::uint32_t order = 0;    // that made it so
  bool operator==(const Configuration&) const = default;
  CLEAVE_DESCRIBE(voters, learners, order)

  bool has(NodeId node) const { return voters.contains(node) || learners.contains(node); }
  bool is_majority(std::size_t of_voters) const { return of_voters * 2 > voters.size(); }
  void make(const Change& change) {
    voters.erase(change.member);
    learners.erase(change.member);
    if (change.what == Change::What::add_learner) learners.insert(change.member);
    if (change.what == Change::What::promote) voters.insert(change.member);
    order = change.order;
  }
};

}  // namespace cleave::models::store::raft
