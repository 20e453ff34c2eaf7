// What clients know, in what they see next and in what others see: conditions on all objects of the
// store together (Burckhardt 2014, section 5.2: session guarantees and causality; Terry et al. 1994
// for what replicas hold).
#include "sim/check/abstract/judge_execution.h"
#include "sim/check/abstract/knowledge.h"
#include "sim/check/abstract/moments.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::abstract {
namespace {

using Known = Knowledge::Known;

// By object: the states that an update of it made, to find what a state has of it.
class ObjectIndex {
 public:
  explicit ObjectIndex(const Execution& execution)
      : execution_(execution), made_(execution.objects.size()) {
    for (Node node = 1; node < execution.states.size(); ++node)
      made_[execution.operations[execution.states.update(node)].object].push_back(node);
    for (std::vector<Node>& nodes : made_)
      std::stable_sort(nodes.begin(), nodes.end(), [&](Node a, Node b) {
        return execution.states.order(a) < execution.states.order(b);
      });
  }

  // The object's own state. Time: a look-up where there is no fork behind the state.
  Node of(Node state, std::uint32_t object) const {
    const std::vector<Node>& nodes = made_[object];
    auto at = std::upper_bound(nodes.begin(), nodes.end(), state, [&](Node wanted, Node node) {
      return execution_.states.order(wanted) < execution_.states.order(node);
    });
    while (at != nodes.begin())
      if (--at; execution_.states.is_prefix(*at, state)) return execution_.object_of[*at];
    return execution_.objects[object].root;
  }

 private:
  const Execution& execution_;
  std::vector<std::vector<Node>> made_;  // in the order of the tree
};

class StoreSessions {
 public:
  StoreSessions(const Execution& execution, const Conditions& conditions, std::uint64_t steps)
      : execution_(execution),
        states_(execution.states),
        conditions_(conditions),
        steps_(steps),
        shown_(shown_nodes(execution, execution.states, &Operation::state)),
        clients_(execution.clients) {
    if (conditions.seen_of_object) index_.emplace(execution);
  }

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
  struct Client {
    Knowledge all;                   // what it saw and made
    Knowledge seen;                  // what its reads saw
    std::vector<std::uint32_t> own;  // its updates that no later one of them followed
  };

  void invoked(std::uint32_t o) {
    const Operation& operation = execution_.operations[o];
    const Client& client = clients_[operation.client];
    if (is_done(operation)) see(o, seen_by(execution_, operation), client);
    if (is_pending_swap(operation))
      for (Node node = states_.first_of(o); node != kNoNode; node = states_.next_of(node))
        if (shown_[node]) see(o, states_.parent(node), client);
    if (is_update(operation.action) && operation.outcome != Outcome::conflict) follow(o, client);
  }

  void flaw(Flaw::Kind kind, std::uint32_t a, std::uint32_t b) {
    if (!finding_.flaw && steps_ > 0) finding_.flaw = Flaw{kind, a, b};
  }

  // What an operation has to see that happened, as far as its client or others can tell.
  void see(std::uint32_t o, Node seen, const Client& client) {
    const Operation& operation = execution_.operations[o];
    const bool reads = is_done_read(operation) || is_pending_swap(operation);
    if (conditions_.past != Past::free) {
      if (!client.all.all().empty() && reads) ++finding_.checked;
      for (const Known& known : client.all.all()) {
        if (states_.is_prefix(known.state, seen)) continue;
        if (!includes(states_, seen, known.state, steps_))
          flaw(Flaw::Kind::missed, known.from, o);
        else if (conditions_.past == Past::prefix)
          flaw(Flaw::Kind::reordered, known.from, o);
      }
    }
    if (conditions_.seen_of_object && reads) {
      const Node of_object = index_->of(seen, operation.object);
      if (!client.seen.all().empty()) ++finding_.checked;
      for (const Known& known : client.seen.all())
        if (!includes(execution_.object_states, of_object,
                      index_->of(known.state, operation.object), steps_))
          flaw(Flaw::Kind::missed, known.from, o);
    }
  }

  // What an update has to come after, wherever it was applied and somebody saw it.
  void follow(std::uint32_t o, const Client& client) {
    const Operation& operation = execution_.operations[o];
    for (Node node = states_.first_of(o); node != kNoNode; node = states_.next_of(node)) {
      if (!shown_[node]) continue;
      const Node before = states_.parent(node);
      if (conditions_.causes) {
        for (const Known& known : client.all.all())
          if (!includes(states_, before, known.state, steps_))
            flaw(Flaw::Kind::cause_missing, known.from, o);
        if (is_done_update(operation) &&
            !includes(states_, before, states_.parent(operation.state), steps_))
          flaw(Flaw::Kind::cause_missing, o, o);
      }
      if (conditions_.session_order)
        for (const std::uint32_t own : client.own)
          if (!states_.contains(before, own)) flaw(Flaw::Kind::session_order, own, o);
    }
  }

  void answered(std::uint32_t o) {
    const Operation& operation = execution_.operations[o];
    Client& client = clients_[operation.client];
    if (conditions_.past != Past::free || conditions_.causes)
      client.all.learn(states_, {operation.state, o});
    if (conditions_.seen_of_object && is_done_read(operation))
      client.seen.learn(states_, {seen_by(execution_, operation), o});
    if (!conditions_.session_order || !is_done_update(operation)) return;
    std::erase_if(client.own, [&](std::uint32_t earlier) {
      return execution_.operations[earlier].completed < operation.invoked;
    });
    client.own.push_back(o);
  }

  const Execution& execution_;
  const VersionTree& states_;
  const Conditions& conditions_;
  std::uint64_t steps_;
  std::vector<bool> shown_;
  std::vector<Client> clients_;
  std::optional<ObjectIndex> index_;
  Finding finding_;
};

}  // namespace

Finding judge_store_sessions(const Execution& execution, const Conditions& conditions,
                             std::uint64_t steps) {
  const bool asked = conditions.past != Past::free || conditions.causes ||
                     conditions.session_order || conditions.seen_of_object;
  if (!asked) return {};
  return StoreSessions(execution, conditions, steps).judge();
}

}  // namespace cleave::abstract
