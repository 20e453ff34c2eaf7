#include "gui/carried_look.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace cleave::gui {
namespace {

using draw::Target;
using Kind = draw::Target::Kind;

std::optional<NodeId> same_node(NodeId node, const Recording& from, const Recording& to) {
  const std::string_view name = from.name(node);
  for (std::uint32_t i = 0; i < to.start.node_count(); ++i)
    if (to.name(NodeId{i}) == name) return NodeId{i};
  return std::nullopt;
}

// Of a list: the index of the first that is alike.
template <class List, class Alike>
std::optional<std::uint32_t> index_of(const List& list, Alike alike) {
  const auto found = std::find_if(list.begin(), list.end(), alike);
  if (found == list.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - list.begin());
}

std::optional<std::uint32_t> same_place(std::uint32_t place, const Recording& from,
                                        const Recording& to) {
  const auto& name = from.start.topology().places()[place].name;
  return index_of(to.start.topology().places(), [&](const Place& p) { return p.name == name; });
}

std::optional<std::uint32_t> same_fault(std::uint32_t fault, const Recording& from,
                                        const Recording& to) {
  const auto& name = from.result.faults[fault].fault.name;
  return index_of(to.result.faults, [&](const FaultResult& f) { return f.fault.name == name; });
}

std::optional<std::uint32_t> same_claim(std::uint32_t claim, const Recording& from,
                                        const Recording& to) {
  const auto& name = from.result.expectations[claim].name;
  return index_of(to.result.expectations,
                  [&](const ExpectationResult& e) { return e.name == name; });
}

std::optional<std::uint32_t> same_side(std::uint32_t side, const Recording& from,
                                       const Recording& to) {
  const CapRow& row = from.result.cap[side];
  return index_of(to.result.cap, [&](const CapRow& other) {
    return other.window == row.window && other.clients == row.clients && other.store == row.store &&
           other.kind == row.kind;
  });
}

bool is_same_event(EventId event, const Recording& from, const Recording& to) {
  if (event.value == 0) return true;  // the start
  if (event.value > from.trace.events().size() || event.value > to.trace.events().size())
    return false;
  const TracedEvent& a = from.trace.events()[event.value - 1];
  const TracedEvent& b = to.trace.events()[event.value - 1];
  if (a.at != b.at || a.kind != b.kind || a.node.has_value() != b.node.has_value()) return false;
  if (!a.node) return a.name == b.name;
  return from.name(*a.node) == to.name(*b.node) &&
         from.message_name(*a.node, a.name) == to.message_name(*b.node, b.name);
}

bool is_same_message(std::uint32_t message, const Recording& from, const Recording& to) {
  if (message >= to.trace.messages().size()) return false;
  const TracedMessage& a = from.trace.messages()[message];
  const TracedMessage& b = to.trace.messages()[message];
  return a.sent == b.sent && a.ended == b.ended && from.name(a.from) == to.name(b.from) &&
         from.name(a.to) == to.name(b.to) &&
         from.message_name(a.to, a.name) == to.message_name(b.to, b.name);
}

// Of a thing with one number.
Target with(Kind kind, std::optional<std::uint32_t> number) {
  return number ? Target{kind, *number, 0} : Target{};
}

Target with_two(Kind kind, std::optional<std::uint32_t> a, std::optional<std::uint32_t> b) {
  return a && b ? Target{kind, *a, *b} : Target{};
}

std::optional<std::uint32_t> number_of(std::optional<NodeId> node) {
  return node ? std::optional(node->value) : std::nullopt;
}

void carry_replicas(draw::View& view, const Recording& from, const Recording& to) {
  std::set<NodeId> hidden;
  for (const NodeId node : view.hidden)
    if (const auto there = same_node(node, from, to)) hidden.insert(*there);
  draw::View chosen = view;
  choose_replicas(chosen, to);
  if (view.reference) {
    const auto there = same_node(*view.reference, from, to);
    if (!there || !to.cast.is_replica(*there))
      view.reference = chosen.reference;
    else
      view.reference = there;
  }
  if (view.pair) {
    const Target there =
        carried({Kind::pair, view.pair->first.value, view.pair->second.value}, from, to);
    if (there == Target{})
      view.pair = chosen.pair;
    else
      view.pair = {NodeId{there.a}, NodeId{there.b}};
  }
  view.hidden = std::move(hidden);
}

}  // namespace

bool exists(const Recording& run, Target target) {
  switch (target.kind) {
    case Kind::node:
    case Kind::lane:
      return target.a < run.start.node_count();
    case Kind::region:
      return target.a < run.start.topology().places().size();
    case Kind::link:
      return target.a < run.start.topology().places().size() &&
             target.b < run.start.topology().places().size();
    case Kind::message:
      return target.a < run.trace.messages().size();
    case Kind::event:
      return target.a <= run.trace.events().size();
    case Kind::pair:
      return run.cast.is_replica(NodeId{target.a}) && run.cast.is_replica(NodeId{target.b}) &&
             target.a != target.b;
    case Kind::fault:
      return target.a < run.result.faults.size();
    case Kind::verdict:
      return target.a < run.result.expectations.size();
    case Kind::operation:
      return run.trace.find({NodeId{target.a}, target.b}) != nullptr;
    case Kind::side:
      return target.a < run.result.cap.size();
    case Kind::nothing:
      break;
  }
  return true;
}

Target carried(Target target, const Recording& from, const Recording& to) {
  if (!exists(from, target)) return {};
  const auto node = [&](std::uint32_t id) { return number_of(same_node(NodeId{id}, from, to)); };
  const auto place = [&](std::uint32_t id) { return same_place(id, from, to); };
  Target there;
  switch (target.kind) {
    case Kind::node:
    case Kind::lane:
      there = with(target.kind, node(target.a));
      break;
    case Kind::pair:
      there = with_two(target.kind, node(target.a), node(target.b));
      break;
    case Kind::operation:
      there = with_two(target.kind, node(target.a), target.b);
      break;
    case Kind::region:
      there = with(target.kind, place(target.a));
      break;
    case Kind::link:
      there = with_two(target.kind, place(target.a), place(target.b));
      break;
    case Kind::fault:
      there = with(target.kind, same_fault(target.a, from, to));
      break;
    case Kind::verdict:
      there = with(target.kind, same_claim(target.a, from, to));
      break;
    case Kind::side:
      there = with(target.kind, same_side(target.a, from, to));
      break;
    case Kind::message:
      if (is_same_message(target.a, from, to)) there = target;
      break;
    case Kind::event:
      if (is_same_event(EventId{target.a}, from, to)) there = target;
      break;
    case Kind::nothing:
      break;
  }
  return exists(to, there) ? there : Target{};
}

Look carried(Look look, const Recording& from, const Recording& to) {
  draw::View& view = look.view;
  view.selected = carried(view.selected, from, to);
  if (view.verdict) {
    const Target claim = carried({Kind::verdict, *view.verdict, 0}, from, to);
    view.verdict = claim == Target{} ? std::nullopt : std::optional(claim.a);
  }
  if (look.event && !is_same_event(*look.event, from, to)) look.event.reset();
  const auto& stores = from.scenario.stores;
  const std::string_view store =
      view.store.value < stores.size() ? std::string_view(stores[view.store.value].name) : "";
  view.store = StoreId{
      index_of(to.scenario.stores, [&](const auto& s) { return s.name == store; }).value_or(0)};
  if (view.conversation) {
    const auto& name = from.cast.messaging.conversations.at(*view.conversation).name;
    view.conversation =
        index_of(to.cast.messaging.conversations, [&](const auto& c) { return c.name == name; });
  }
  carry_replicas(view, from, to);
  return look;
}

void choose_replicas(draw::View& view, const Recording& run) {
  view.reference.reset();
  view.pair.reset();
  if (view.store.value >= run.cast.replicas.size()) return;
  const std::vector<NodeId>& replicas = run.cast.replicas[view.store.value];
  if (replicas.empty()) return;
  view.reference = replicas.front();
  if (replicas.size() > 1) view.pair = {replicas.front(), replicas.back()};
}

}  // namespace cleave::gui
