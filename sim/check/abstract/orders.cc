// Whether what was seen are beginnings of one order, and whether that keeps to real time.
#include "sim/check/abstract/judge_execution.h"
#include "sim/check/abstract/moments.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cleave::abstract {
namespace {

constexpr std::uint32_t kNobody = Operation::kNever;

struct Tip {  // the longest sequence so far, and who showed it
  Node node = kNoNode;
  std::uint32_t operation = kNobody;
};

// SingleOrder (Burckhardt 2014, section 5.3): whether the operation's sequence and the tip are
// beginnings of one.
std::optional<Flaw> extend(Tip& tip, const VersionTree& tree, Node node, std::uint32_t operation) {
  if (tip.node == kNoNode || tree.is_prefix(tip.node, node))
    tip = {node, operation};
  else if (!tree.is_prefix(node, tip.node))
    return Flaw{Flaw::Kind::fork, tip.operation, operation};
  return std::nullopt;
}

std::optional<Flaw> find_fork(const Execution& execution) {
  Tip tip;
  for (std::uint32_t o = 0; o < execution.operations.size(); ++o) {
    const Operation& operation = execution.operations[o];
    if (!is_done(operation)) continue;
    if (const auto flaw = extend(tip, execution.states, operation.state, o)) return flaw;
  }
  return std::nullopt;
}

// The same by object, and RealTime of each.
class RealTime {
 public:
  explicit RealTime(const Execution& execution)
      : execution_(execution), tips_(execution.objects.size()), told_(execution.objects.size()) {}

  Finding judge() {
    for (std::uint32_t o = 0; o < execution_.operations.size() && !finding_.flaw; ++o) {
      const Operation& operation = execution_.operations[o];
      if (is_done(operation))
        finding_.flaw =
            extend(tips_[operation.object], execution_.object_states, operation.object_state, o);
    }
    if (finding_.flaw) return finding_;
    for_each_moment(
        execution_,
        [this](std::uint32_t o) {
          invoked(o);
          return !finding_.flaw;
        },
        [this](std::uint32_t o) {
          answered(o);
          return true;
        });
    return finding_;
  }

 private:
  // What was answered before it must be in what it sees. An update that was never answered sees
  // what is before it, if somebody saw it.
  void invoked(std::uint32_t o) {
    const Operation& operation = execution_.operations[o];
    const Tip& told = told_[operation.object];
    const Tip& tip = tips_[operation.object];
    Node seen = kNoNode;
    if (is_done(operation))
      seen = seen_of_object(execution_, operation);
    else if (tip.node != kNoNode)
      if (const Node own = execution_.object_states.place_of(o, tip.node); own != kNoNode)
        seen = execution_.object_states.parent(own);
    if (seen == kNoNode) return;
    if (is_done_read(operation) || operation.told.count > 0) ++finding_.checked;
    if (told.node != kNoNode && !execution_.object_states.is_prefix(told.node, seen))
      finding_.flaw = Flaw{Flaw::Kind::missed, told.operation, o};
  }
  void answered(std::uint32_t o) {
    const Operation& operation = execution_.operations[o];
    Tip& told = told_[operation.object];
    if (told.node == kNoNode || execution_.object_states.depth(operation.object_state) >
                                    execution_.object_states.depth(told.node))
      told = {operation.object_state, o};
  }

  const Execution& execution_;
  std::vector<Tip> tips_;  // by object, as is: of all that was shown
  std::vector<Tip> told_;  // of what was answered up to now
  Finding finding_;
};

// Whether one order of all updates fits every sequence that was shown: each update is before the
// next of its sequence, and that has no cycle (Kahn 1962).
std::optional<Flaw> find_cycle(const Execution& execution) {
  const std::vector<bool> shown = shown_nodes(execution, execution.states, &Operation::state);
  std::vector<std::uint32_t> before(execution.operations.size());
  const auto each_next = [&](Node node, const auto& visit) {
    for (Node child = execution.states.first_child(node); child != kNoNode;
         child = execution.states.sibling(child))
      if (shown[child]) visit(execution.states.update(child));
  };
  const auto each_after = [&](std::uint32_t update, const auto& visit) {
    for (Node node = execution.states.first_of(update); node != kNoNode;
         node = execution.states.next_of(node))
      if (shown[node]) each_next(node, visit);
  };
  for (std::uint32_t o = 0; o < before.size(); ++o)
    each_after(o, [&](std::uint32_t next) { ++before[next]; });
  std::vector<std::uint32_t> ready;
  for (std::uint32_t o = 0; o < before.size(); ++o)
    if (before[o] == 0) ready.push_back(o);
  std::size_t ordered = 0;
  for (; !ready.empty(); ++ordered) {
    const std::uint32_t update = ready.back();
    ready.pop_back();
    each_after(update, [&](std::uint32_t next) {
      if (--before[next] == 0) ready.push_back(next);
    });
  }
  if (ordered == before.size()) return std::nullopt;
  const auto stuck =
      std::find_if(before.begin(), before.end(), [](std::uint32_t left) { return left > 0; });
  const auto one = static_cast<std::uint32_t>(stuck - before.begin());
  return Flaw{Flaw::Kind::cycle, one, one};
}

}  // namespace

Finding judge_orders(const Execution& execution, const Conditions& conditions) {
  Finding finding;
  if (conditions.one_order_by_object) finding = RealTime(execution).judge();
  if (conditions.one_order && !finding.flaw) finding.flaw = find_fork(execution);
  if (conditions.no_cycle && !finding.flaw) finding.flaw = find_cycle(execution);
  return finding;
}

}  // namespace cleave::abstract
