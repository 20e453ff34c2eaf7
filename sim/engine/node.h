// A node is one process: a plain struct with
//   static constexpr std::string_view kind    its name in traces and lists
//   using Receives = std::variant<...>        every message it understands
//   void on(const M&, NodeId from, Context&)  one handler for each
// and, if it keeps state, `disk` (survives a crash as far as it was synced) and `memory` (lost).
// Any other member is configuration and survives. Optional members tell the outside about it:
//   std::string_view role() const             its part in an engine now: "primary"
//   std::string summary() const               how far it is, at a glance: "term 4, log 1203"
//   std::uint64_t replicated_state() const    digest of what replicas of a store must agree on
// Kinds are erased by one table of functions, written once here.
#pragma once
#include "sim/base/diff.h"
#include "sim/base/digest.h"
#include "sim/base/id.h"
#include "sim/base/ref.h"
#include "sim/engine/message.h"
#include "sim/network/reach.h"
#include "sim/network/topology.h"
#include "sim/storage/disk_diff.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cleave {

class Context;

// ---- messages of the engine itself: a node that cares names them in its Receives ---------------
struct Start {  // the node came up; the first time with incarnation 1
  static constexpr std::string_view name = "start";
  std::uint64_t incarnation = 0;
  CLEAVE_DESCRIBE(incarnation)
};
struct Disconnected {  // the connection with `from` broke or was closed; what it had not delivered
  static constexpr std::string_view name = "disconnected";  // is lost
};
struct Upgraded {  // the node now runs this version
  static constexpr std::string_view name = "upgraded";
  std::uint64_t version = 0;
  CLEAVE_DESCRIBE(version)
};

template <class... A>
struct JoinOf;
template <class... A>
struct JoinOf<std::variant<A...>> {
  using type = std::variant<A...>;
};
template <class... A, class... B, class... More>
struct JoinOf<std::variant<A...>, std::variant<B...>, More...> {
  using type = typename JoinOf<std::variant<A..., B...>, More...>::type;
};
// The union of several Receives.
template <class... Variants>
using Join = typename JoinOf<Variants...>::type;

struct NodeState : Counted {
  std::uint64_t handled = 0;  // numbers the node's steps, and with them its random draws
};
template <class N>
struct StateOf : NodeState {
  explicit StateOf(N n) : node(std::move(n)) {}
  N node;
};

enum class Handled : std::uint8_t { yes, not_understood };

struct NodeKind {
  std::string_view name;
  NodeState* (*clone)(const NodeState&);
  void (*destroy)(const NodeState*);
  Handled (*handle)(NodeState&, const Slot&, std::uint32_t version, Context&);
  void (*digest)(const NodeState&, Digest&);
  bool (*understands)(TypeId type);
  std::string_view (*message_name)(TypeId type);  // empty: not one that it understands
  void (*compare)(const NodeState& left, const NodeState& right, Differ&);  // both of this kind
  void (*begin_sync)(NodeState&);
  void (*complete_sync)(NodeState&);
  std::uint64_t (*crash)(NodeState&, CrashDisk, Random&);  // writes lost
  void (*restore)(NodeState&, const NodeState& backup);    // its disk, and no memory
  std::string_view (*role)(const NodeState&);
  std::string (*summary)(const NodeState&);
  std::uint64_t (*replicated_state)(const NodeState&);
};

namespace detail {

template <class M, class N>
Handled deliver(N& node, const Slot& slot, std::uint32_t version, Context& ctx) {
  if (since_version<M>() > version) return Handled::not_understood;
  const NodeId from{slot.is_timer() ? slot.to : slot.from};
  unpack<M>(slot, [&](const M& m) { node.on(m, from, ctx); });
  return Handled::yes;
}

template <class... M>
constexpr bool distinct_types() {
  const std::array<TypeId, sizeof...(M)> ids{(type_of<M> & kNameMask)...};
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (ids[i] == ids[j]) return false;
  return true;
}

template <class N, class... M>
Handled dispatch(N& node, const Slot& slot, std::uint32_t version, Context& ctx,
                 const std::variant<M...>* /*type*/) {
  static_assert(distinct_types<M...>(),
                "two messages of this node have the same name hash: rename one");
  const TypeId type = slot.type & (kNameMask | kBlockFlag);
  Handled handled = Handled::not_understood;
  (void)((type == type_of<M> && (handled = deliver<M>(node, slot, version, ctx), true)) || ...);
  return handled;
}

template <class N>
Handled handle(NodeState& state, const Slot& slot, std::uint32_t version, Context& ctx) {
  return dispatch(static_cast<StateOf<N>&>(state).node, slot, version, ctx,
                  static_cast<const typename N::Receives*>(nullptr));
}

template <class... M>
bool understands(TypeId type, const std::variant<M...>* /*type*/) {
  return ((type == type_of<M>) || ...);
}

template <class... M>
std::string_view message_name(TypeId type, const std::variant<M...>* /*type*/) {
  std::string_view name;
  (void)(((type & kNameMask) == (type_of<M> & kNameMask) && (name = M::name, true)) || ...);
  return name;
}

template <class N, class F>
void for_each_disk_member(N& node, F&& visit) {
  if constexpr (requires { node.disk.fields(); })
    for_each_field(node.disk, [&visit](std::string_view, auto& member) { visit(member); });
}

template <class N>
void lose_memory(N& node) {
  if constexpr (requires { node.memory; }) node.memory = {};
}

template <class N>
std::uint64_t crash(NodeState& state, CrashDisk how, Random& random) {
  N& node = static_cast<StateOf<N>&>(state).node;
  std::uint64_t lost = 0;
  for_each_disk_member(node, [&](auto& member) { lost += member.crash(how, random); });
  lose_memory(node);
  return lost;
}

template <class N>
void restore(NodeState& state, const NodeState& backup) {
  N& node = static_cast<StateOf<N>&>(state).node;
  if constexpr (requires { node.disk; })
    node.disk = static_cast<const StateOf<N>&>(backup).node.disk;
  Random unused;
  for_each_disk_member(node, [&](auto& member) { member.crash(CrashDisk::keep_all, unused); });
  lose_memory(node);
}

}  // namespace detail

template <class N>
constexpr NodeKind kKind{
    N::kind,
    [](const NodeState& s) -> NodeState* {
      return new StateOf<N>(static_cast<const StateOf<N>&>(s));
    },
    [](const NodeState* s) { delete static_cast<const StateOf<N>*>(s); },
    &detail::handle<N>,
    [](const NodeState& s, Digest& d) { digest(d, static_cast<const StateOf<N>&>(s).node); },
    [](TypeId type) {
      return detail::understands(type, static_cast<const typename N::Receives*>(nullptr));
    },
    [](TypeId type) {
      return detail::message_name(type, static_cast<const typename N::Receives*>(nullptr));
    },
    [](const NodeState& left, const NodeState& right, Differ& d) {
      compare(d, static_cast<const StateOf<N>&>(left).node,
              static_cast<const StateOf<N>&>(right).node);
    },
    [](NodeState& s) {
      detail::for_each_disk_member(static_cast<StateOf<N>&>(s).node,
                                   [](auto& member) { member.begin_sync(); });
    },
    [](NodeState& s) {
      detail::for_each_disk_member(static_cast<StateOf<N>&>(s).node,
                                   [](auto& member) { member.complete_sync(); });
    },
    &detail::crash<N>,
    &detail::restore<N>,
    [](const NodeState& s) -> std::string_view {
      if constexpr (requires(const N& n) { n.role(); })
        return static_cast<const StateOf<N>&>(s).node.role();
      else
        return {};
    },
    [](const NodeState& s) -> std::string {
      if constexpr (requires(const N& n) { n.summary(); })
        return static_cast<const StateOf<N>&>(s).node.summary();
      else
        return {};
    },
    [](const NodeState& s) -> std::uint64_t {
      if constexpr (requires(const N& n) { n.replicated_state(); })
        return static_cast<const StateOf<N>&>(s).node.replicated_state();
      else
        return 0;
    },
};

// One node of a World: its kind, its copy-on-write state, and what the network must know of it.
class NodeCell {
 public:
  NodeCell(const NodeKind* kind, NodeState* adopted) : kind_(kind), state_(adopted) {}
  NodeCell(const NodeCell& o) : NodeCell(o.kind_, o.state_) {
    copy_plain(o);
    state_->retain();
  }
  NodeCell(NodeCell&& o) noexcept : NodeCell(o.kind_, std::exchange(o.state_, nullptr)) {
    copy_plain(o);
  }
  NodeCell& operator=(NodeCell o) noexcept {
    std::swap(kind_, o.kind_);
    std::swap(state_, o.state_);
    copy_plain(o);
    return *this;
  }
  ~NodeCell() {
    if (state_ && state_->release()) kind_->destroy(state_);
  }
  const NodeKind* kind() const { return kind_; }
  const NodeState& read() const { return *state_; }
  NodeState& write() {
    if (!state_->unique()) *this = NodeCell(*this, kind_->clone(*state_));
    return *state_;
  }

  std::uint64_t name = 0;     // hash of the path name
  std::uint32_t packets = 0;  // sent so far: indexes their weather
  HostId host;
  PlaceId place;
  ZoneId zone = 0;                // of the rules in force
  std::uint16_t version = 1;      // of the program it runs
  std::uint8_t up = 1;            // 0: its host is down; mirrors Host
  std::uint8_t paused : 1 = 0;    // mirrors Host
  std::uint8_t starting : 1 = 0;  // up, but its Start is still to come, at this instant

 private:
  NodeCell(const NodeCell& o, NodeState* adopted) : NodeCell(o.kind_, adopted) { copy_plain(o); }
  void copy_plain(const NodeCell& o) {
    name = o.name;
    packets = o.packets;
    host = o.host;
    place = o.place;
    zone = o.zone;
    version = o.version;
    up = o.up;
    paused = o.paused;
    starting = o.starting;
  }
  const NodeKind* kind_;
  NodeState* state_;
};
static_assert(sizeof(NodeCell) == 40);

}  // namespace cleave
