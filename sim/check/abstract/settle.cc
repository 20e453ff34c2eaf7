#include "sim/check/abstract/settle.h"

#include "sim/check/abstract/object_value.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace cleave::abstract {
namespace {

constexpr std::uint32_t kNone = Operation::kNever;

class Settler {
 public:
  explicit Settler(Execution& execution) : execution_(execution) {}

  std::optional<Flaw> settle() {
    for (std::uint32_t o = 0; o < execution_.operations.size(); ++o)
      if (const auto flaw = place(o)) return flaw;
    list_sights_by_node();
    replay();
    for (std::uint32_t o = 0; o < execution_.operations.size(); ++o) {
      Operation& operation = execution_.operations[o];
      if (!is_done(operation)) continue;
      if (chosen_[o] == kNone) {
        operation.replica = execution_.sights[operation.last_sight].replica;
        return Flaw{Flaw::Kind::wrong_answer, o, o};
      }
      const Sight& sight = execution_.sights[chosen_[o]];
      operation.replica = sight.replica;
      operation.state = sight.state;
      operation.object_state = sight.object_state;
    }
    shown_ = shown_nodes(execution_, execution_.object_states, &Operation::object_state);
    if (const auto flaw = find_denied()) return flaw;
    return find_other_version();
  }

 private:
  // An update's own nodes are where the replica that answered had applied it.
  std::optional<Flaw> place(std::uint32_t o) {
    Operation& operation = execution_.operations[o];
    if (!is_done(operation)) return std::nullopt;
    if (operation.last_sight == kNone) return Flaw{Flaw::Kind::unanswered, o, o};
    if (!is_done_update(operation)) return std::nullopt;
    bool applied = false;
    for (std::uint32_t i = operation.last_sight; i != kNone; i = execution_.sights[i].previous) {
      Sight& sight = execution_.sights[i];
      sight.state = execution_.states.place_of(o, sight.state);
      sight.object_state = execution_.object_states.place_of(o, sight.object_state);
      applied |= sight.state != kNoNode;
    }
    if (applied) return std::nullopt;
    operation.replica = execution_.sights[operation.last_sight].replica;
    return Flaw{Flaw::Kind::not_applied, o, o};
  }

  // By node of an object: the answers that were given there.
  void list_sights_by_node() {
    first_.assign(execution_.object_states.size() + 1, 0);
    const auto each = [&](const auto& visit) {
      for (std::uint32_t o = 0; o < execution_.operations.size(); ++o) {
        if (!is_done(execution_.operations[o])) continue;
        for (std::uint32_t i = execution_.operations[o].last_sight; i != kNone;
             i = execution_.sights[i].previous)
          if (execution_.sights[i].object_state != kNoNode) visit(o, i);
      }
    };
    each([&](std::uint32_t, std::uint32_t i) { ++first_[execution_.sights[i].object_state + 1]; });
    for (std::size_t i = 1; i < first_.size(); ++i)
      first_[i] += first_[i - 1];
    answers_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    each([&](std::uint32_t o, std::uint32_t i) {
      answers_[next[execution_.sights[i].object_state]++] = {o, i};
    });
  }

  // From each root down, a copy of the object's value for each fork.
  void replay() {
    chosen_.assign(execution_.operations.size(), kNone);
    struct Visit {
      Node node = kNoNode;
      ObjectValue value;
    };
    std::vector<Visit> open;
    for (const Object& object : execution_.objects)
      open.push_back({object.root, ObjectValue(object.type)});
    while (!open.empty()) {
      auto [node, value] = std::move(open.back());
      open.pop_back();
      while (node != kNoNode) {
        compare(node, value);
        node = execution_.object_states.first_child(node);
        if (node == kNoNode) break;
        for (Node fork = execution_.object_states.sibling(node); fork != kNoNode;
             fork = execution_.object_states.sibling(fork))
          open.push_back({fork, value});
      }
    }
  }

  // Takes up the node's update, and looks at what was answered in its state.
  void compare(Node node, ObjectValue& value) {
    Told own;
    std::uint32_t update = kNone;
    if (!execution_.object_states.is_root(node)) {
      update = execution_.object_states.update(node);
      own = value.apply(execution_.operations[update]);
    }
    for (std::uint32_t i = first_[node]; i < first_[node + 1]; ++i) {
      const auto [o, sight] = answers_[i];
      const Operation& operation = execution_.operations[o];
      const bool fits = o == update ? own == operation.told : value.shows(operation);
      if (fits && (chosen_[o] == kNone || chosen_[o] < sight)) chosen_[o] = sight;
    }
  }

  // What anybody saw holds no update of which its client was told that it did not happen.
  std::optional<Flaw> find_denied() const {
    for (Node node = 0; node < shown_.size(); ++node) {
      if (!shown_[node] || execution_.object_states.is_root(node)) continue;
      const std::uint32_t update = execution_.object_states.update(node);
      const Operation& operation = execution_.operations[update];
      const bool denied = operation.completed != kNone && operation.outcome != Outcome::ok;
      if (denied) return Flaw{Flaw::Kind::denied, update, update};
    }
    return std::nullopt;
  }

  // A compare_and_set names a version, and means the value that answers gave to it. Where replicas
  // part, a version may have several.
  std::optional<Flaw> find_other_version() const {
    const VersionTree& tree = execution_.object_states;
    const auto& operations = execution_.operations;
    std::vector<Node> swaps;
    for (Node node = 0; node < shown_.size(); ++node) {
      if (!shown_[node] || tree.is_root(node)) continue;
      const std::uint32_t o = tree.update(node);
      if (operations[o].action != Action::compare_and_set) continue;
      if (tree.depth(node) != operations[o].expected + 1)
        return Flaw{Flaw::Kind::wrong_answer, o, o};
      swaps.push_back(node);
    }
    if (swaps.empty()) return std::nullopt;
    using Version = std::pair<std::uint32_t, std::uint32_t>;  // object, depth
    std::map<Version, std::vector<std::uint32_t>> told;       // operations that were told of it
    for (std::uint32_t o = 0; o < operations.size(); ++o) {
      if (!is_done(operations[o])) continue;
      const Node node = operations[o].object_state;
      if (tree.is_root(node)) continue;
      auto& all = told[{operations[o].object, tree.depth(node)}];
      const auto same = std::find_if(all.begin(), all.end(), [&](std::uint32_t other) {
        return tree.update(operations[other].object_state) == tree.update(node);
      });
      if (same == all.end())
        all.push_back(o);
      else if (operations[o].completed < operations[*same].completed)
        *same = o;
    }
    for (const Node node : swaps) {
      const std::uint32_t o = tree.update(node);
      const auto known = told.find({operations[o].object, tree.depth(node) - 1});
      if (known == told.end()) continue;
      for (const std::uint32_t other : known->second)
        if (operations[other].completed < operations[o].invoked &&
            tree.update(operations[other].object_state) != tree.update(tree.parent(node)))
          return Flaw{Flaw::Kind::other_version, other, o};
    }
    return std::nullopt;
  }

  Execution& execution_;
  std::vector<bool> shown_;  // by node of an object
  std::vector<std::uint32_t> first_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> answers_;  // operation, sight
  std::vector<std::uint32_t> chosen_;                             // by operation: a sight
};

}  // namespace

std::optional<Flaw> settle(Execution& execution) {
  return Settler(execution).settle();
}

}  // namespace cleave::abstract
