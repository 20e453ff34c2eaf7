// An abstract execution (Burckhardt 2014, chapter 3): what clients asked and were told, and beside
// it what no client sees. Which updates were visible to an operation, and in which order they
// count: those that the replica that answered it had applied, in the order in which it had. An
// update saw what came before it there.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/check/abstract/version_tree.h"
#include "sim/trace/history.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cleave::abstract {

// What a client was told: the version, how many values, and a digest of them.
struct Told {
  std::uint64_t version = 0;
  std::uint64_t values = 0;
  std::uint32_t count = 0;
  bool operator==(const Told&) const = default;
};
Told told(std::uint64_t version, std::span<const std::uint64_t> values);
// The values of a set in ascending order, of everything else as they were told.
Told told(const Completed& completed, ObjectType type);

struct Operation {
  // A moment: how many invocations and answers of the execution came before it.
  static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

  OperationId id;
  std::uint32_t client = 0;  // dense
  std::uint32_t object = 0;  // dense
  Action action = Action::read;
  Outcome outcome = Outcome::unknown;
  std::uint32_t invoked = 0;
  std::uint32_t completed = kNever;
  std::uint32_t last_sight = kNever;  // in Execution::sights
  // Its nodes in both trees: of an update that was done the ones that it made, else what it saw.
  // kNoNode: no replica answered it.
  Node state = kNoNode;
  Node object_state = kNoNode;
  NodeId replica;  // that answered it, if it has nodes
  std::uint64_t argument = 0;
  std::uint64_t expected =
      0;  // version of a compare_and_set; position of a read or acknowledgement
  Told told;
  EventId invoked_at;
  EventId completed_at;
};

// A replica answered an operation while its client waited: it was in this state, and the object in
// that one.
struct Sight {
  NodeId replica;
  std::uint32_t previous = Operation::kNever;  // of the same operation
  Node state = kNoNode;
  Node object_state = kNoNode;
};

struct Object {
  std::uint64_t key = 0;  // as in Invoked
  ObjectType type = ObjectType::reg;
  Node root = kNoNode;  // in Execution::object_states
};

struct Execution {
  std::vector<Operation> operations;  // by invocation; updates of the trees are numbers of these
  std::vector<Object> objects;
  std::vector<Sight> sights;
  std::uint32_t clients = 0;
  VersionTree states;           // of the whole store: node 0 is the empty one
  VersionTree object_states;    // of each object, a tree for each
  std::vector<Node> object_of;  // by node of `states`: what the same update made of its object
  bool cut_short = false;       // there was more than there is room for; this is all until then

  const Object& object_of_operation(const Operation& o) const { return objects[o.object]; }
};

// It happened, and its client was told so: what judges of histories hold a level to. A conflict is
// a read of what it was told.
constexpr bool is_done(const Operation& o) {
  return o.completed != Operation::kNever &&
         (o.outcome == Outcome::ok || o.outcome == Outcome::conflict);
}
// An update that happened, as far as its client knows.
constexpr bool is_done_update(const Operation& o) {
  return is_update(o.action) && o.outcome == Outcome::ok && is_done(o);
}
// Its answer shows something of the object.
constexpr bool is_done_read(const Operation& o) {
  return is_done(o) && (!is_done_update(o) || o.action == Action::compare_and_set ||
                        o.action == Action::take || o.action == Action::reserve);
}

// A swap that was never answered: if it happened, it read what it replaced.
constexpr bool is_pending_swap(const Operation& o) {
  return o.action == Action::compare_and_set && o.completed == Operation::kNever;
}

// What a done operation saw, in the two trees. Requires: a replica answered it.
inline Node seen_by(const Execution& execution, const Operation& o) {
  return is_done_update(o) ? execution.states.parent(o.state) : o.state;
}
inline Node seen_of_object(const Execution& execution, const Operation& o) {
  return is_done_update(o) ? execution.object_states.parent(o.object_state) : o.object_state;
}

// By node of one of the trees: whether some done operation saw or made it, or a state that begins
// with it. `tip` is Operation::state or Operation::object_state.
std::vector<bool> shown_nodes(const Execution& execution, const VersionTree& tree,
                              Node Operation::*tip);

}  // namespace cleave::abstract
