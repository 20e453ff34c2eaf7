// What clients did with an object, in what they see of it next (Terry et al. 1994: read your
// writes, monotonic reads), and that replicas did not turn round what a client had seen in order.
#include "sim/check/abstract/judge_execution.h"
#include "sim/check/abstract/knowledge.h"
#include "sim/check/abstract/moments.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace cleave::abstract {
namespace {

using Known = Knowledge::Known;

// By state of an object: the last update on the way to it that was applied behind one which was
// invoked after it had been answered. kNoNode: none was.
std::vector<Node> backdated_updates(const Execution& execution) {
  const VersionTree& tree = execution.object_states;
  std::vector<Node> last(tree.size(), kNoNode);
  std::vector<std::uint32_t> latest(tree.size(), 0);  // invocation of the updates up to there
  for (Node node = 0; node < tree.size(); ++node) {
    if (tree.is_root(node)) continue;
    const Operation& update = execution.operations[tree.update(node)];
    const Node before = tree.parent(node);
    last[node] = update.completed < latest[before] ? node : last[before];
    latest[node] = std::max(latest[before], update.invoked);
  }
  return last;
}

class ObjectSessions {
 public:
  ObjectSessions(const Execution& execution, const Conditions& conditions, std::uint64_t steps)
      : execution_(execution),
        tree_(execution.object_states),
        conditions_(conditions),
        steps_(steps),
        shown_(shown_nodes(execution, execution.object_states, &Operation::object_state)),
        backdated_(backdated_updates(execution)) {}

  Finding judge() {
    for_each_moment(
        execution_,
        [this](std::uint32_t o) {
          invoked(o);
          return !finding_.flaw && steps_ > 0;
        },
        [this](std::uint32_t o) {
          answered(o);
          return true;
        });
    finding_.out_of_steps = steps_ == 0;
    return finding_;
  }

 private:
  struct Overtaken {
    Node node = kNoNode;    // made by an update that the client had seen,
    std::uint32_t own = 0;  // behind this one of its own, which it invoked afterwards
  };
  // What one client did with one object.
  struct Session {
    std::vector<std::uint32_t> own;  // updates, in the order of their answers
    std::size_t in_state = 0;        // so many of these are in `state`
    Node state = kNoNode;
    Knowledge seen;
    std::vector<Overtaken> overtaken;
  };

  Session& session_of(const Operation& operation) {
    return sessions_[{operation.client, operation.object}];
  }
  void flaw(Flaw::Kind kind, std::uint32_t a, std::uint32_t b) {
    if (!finding_.flaw && steps_ > 0) finding_.flaw = Flaw{kind, a, b};
  }

  void invoked(std::uint32_t o) {
    const Operation& operation = execution_.operations[o];
    Session& session = session_of(operation);
    if (is_done_read(operation)) read(o, seen_of_object(execution_, operation), session);
    if (is_pending_swap(operation))
      for (Node node = tree_.first_of(o); node != kNoNode; node = tree_.next_of(node))
        if (shown_[node]) read(o, tree_.parent(node), session);
    if (is_update(operation.action) && operation.outcome != Outcome::conflict)
      note_overtaken(o, session);
  }

  void read(std::uint32_t o, Node seen, Session& session) {
    if (conditions_.own_writes) {
      if (session.own.empty()) return;
      ++finding_.checked;
      see_own_writes(o, seen, session);
    }
    if (conditions_.own_reads) {
      if (session.seen.all().empty()) return;
      ++finding_.checked;
      for (const Known& known : session.seen.all())
        if (!includes(tree_, seen, known.state, steps_)) flaw(Flaw::Kind::missed, known.from, o);
    }
    if (!conditions_.steady) return;
    if (backdated_[seen] != kNoNode) flaw(Flaw::Kind::backdated, tree_.update(backdated_[seen]), o);
    for (const Overtaken& overtaken : session.overtaken)
      if (tree_.is_prefix(overtaken.node, seen)) flaw(Flaw::Kind::overtaken, overtaken.own, o);
  }

  // Those that an earlier read saw need not be looked for again where this one saw all of that.
  void see_own_writes(std::uint32_t o, Node seen, Session& session) {
    if (session.state == kNoNode || !tree_.is_prefix(session.state, seen)) session.in_state = 0;
    for (std::size_t i = session.in_state; i < session.own.size(); ++i)
      if (!tree_.contains(seen, session.own[i])) flaw(Flaw::Kind::missed, session.own[i], o);
    session.in_state = session.own.size();
    session.state = seen;
  }

  // What the client has seen and an update of its own does not come after, but before.
  void note_overtaken(std::uint32_t o, Session& session) {
    for (Node own = tree_.first_of(o); own != kNoNode; own = tree_.next_of(own)) {
      if (!shown_[own]) continue;
      const Node before = tree_.parent(own);
      for (const Known& known : session.seen.all())
        for (Node seen = known.state; !tree_.is_prefix(seen, before) && steps_ > 0;
             seen = tree_.parent(seen), --steps_)
          note_overtaken_by(tree_.update(seen), own, session);
    }
  }
  void note_overtaken_by(std::uint32_t update, Node own, Session& session) {
    for (Node node = tree_.first_of(update); node != kNoNode; node = tree_.next_of(node))
      if (shown_[node] && node != own && tree_.is_prefix(own, node))
        session.overtaken.push_back({node, tree_.update(own)});
  }

  void answered(std::uint32_t o) {
    const Operation& operation = execution_.operations[o];
    Session& session = session_of(operation);
    if (is_done_read(operation))
      session.seen.learn(tree_, {seen_of_object(execution_, operation), o});
    if (is_done_update(operation)) session.own.push_back(o);
  }

  const Execution& execution_;
  const VersionTree& tree_;
  const Conditions& conditions_;
  std::uint64_t steps_;
  std::vector<bool> shown_;
  std::vector<Node> backdated_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Session> sessions_;  // by client and object
  Finding finding_;
};

}  // namespace

Finding judge_object_sessions(const Execution& execution, const Conditions& conditions,
                              std::uint64_t steps) {
  const bool asked = conditions.own_writes || conditions.own_reads || conditions.steady;
  if (!asked) return {};
  return ObjectSessions(execution, conditions, steps).judge();
}

}  // namespace cleave::abstract
