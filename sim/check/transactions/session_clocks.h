// Vector clocks over sessions (Fidge 1988, Mattern 1989), ahead and back: since each session is one
// chain, a number for each says how many of its transactions lead to a node, and another which is
// the first that the node leads to.
#pragma once
#include "sim/check/transactions/dependency_graph.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cleave::transactions {

// Where transactions stand in their sessions.
struct Sessions {
  std::uint32_t count = 0;            // of those in which something happened
  std::vector<std::uint32_t> of;      // operation: its session
  std::vector<std::uint32_t> places;  // operation: its place there, from 0
};
Sessions sessions_of(const History& history, const std::vector<bool>& happened);

class SessionClocks {
 public:
  // An operation is one node, or two: 2 i where it begins and 2 i + 1 where it commits. None if the
  // arcs are cyclic.
  static std::optional<SessionClocks> of(const Sessions& sessions, std::uint32_t parts,
                                         const Arcs& arcs);
  // Of both clocks, while they are made.
  static std::uint64_t bytes(const Sessions& sessions, std::uint32_t parts);

  // How many of a session's transactions, from its beginning, have their commit lead to the node;
  // the node itself counts.
  std::uint32_t before(std::uint32_t node, std::uint32_t session) const {
    return before_[std::size_t{node} * count_ + session];
  }
  // The place of the first of a session's transactions to whose commit the node leads, itself
  // included; kNone: to none.
  std::uint32_t after(std::uint32_t node, std::uint32_t session) const {
    return after_[std::size_t{node} * count_ + session];
  }
  static constexpr std::uint32_t kNone = 0xffff'ffff;

 private:
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> before_;
  std::vector<std::uint32_t> after_;
};

}  // namespace cleave::transactions
