// The deterministic world as a copyable value: time, pending messages, hosts, nodes, connections,
// faults, divergence, trace digest. Copying a World is the snapshot and the fork. Copies share
// message blocks, node states and the topology until one of them writes; they may run in different
// threads, one thread per World. No pointer points into a World.
#pragma once
#include "sim/base/cow.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/context.h"
#include "sim/engine/event_queue.h"
#include "sim/engine/fault.h"
#include "sim/engine/host.h"
#include "sim/engine/message_slab.h"
#include "sim/engine/node.h"
#include "sim/network/reach.h"
#include "sim/network/topology.h"
#include "sim/network/transport.h"
#include "sim/trace/divergence_ledger.h"
#include "sim/trace/observer.h"
#include "sim/trace/trace_digest.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct Limits {
  std::uint64_t events_per_instant = 100'000;  // more is a loop without delay
  CLEAVE_DESCRIBE(events_per_instant)
};

// Why a run ended early: the fault of a model.
struct Failure {
  enum class Kind : std::uint8_t { model_assertion, zero_delay_loop };
  Kind kind = Kind::model_assertion;
  std::string what;
  EventId event;
  NodeId node;
  Time at;
};

class World {
 public:
  World(std::uint64_t seed, Topology topology, Limits limits = {});

  // ---- building; all of it before the first step ------------------------------------------------
  HostId add_host(std::string_view name, std::uint16_t place);
  template <class N>
  NodeId add(std::string_view name, HostId host, N node) {
    return add_node(name, host, NodeCell(&kKind<N>, new StateOf<N>(std::move(node))));
  }
  StoreId add_store(std::string_view name);
  void declare_replica(StoreId store, NodeId node);
  FaultId schedule(Fault fault);
  Host& host_setup(HostId host) { return hosts_.write()[host.value]; }
  void set_connections(ConnectionLimits limits) { connection_limits_ = limits; }

  // Runs a handler-like function as a step of `id` that nothing caused: how tests start things.
  template <class F>
  void act(NodeId id, F&& f) {
    NodeState& state = nodes_[id.value].write();
    Context ctx(*this, id, ++state.handled);
    f(ctx);
  }
  template <class N>
  N& node_setup(NodeId id) {
    return static_cast<StateOf<N>&>(nodes_[id.value].write()).node;
  }

  // ---- running
  // ------------------------------------------------------------------------------------ One event,
  // if one is due by `limit`; false: none is, or the run has failed. Tells `observer`, which is not
  // remembered.
  bool step(Time limit = kForever, Observer* observer = nullptr);
  // Up to `events` events; how many there were.
  std::uint64_t run(std::uint64_t events, Time limit = kForever, Observer* observer = nullptr);
  // Everything due by `limit`; the clock then stands there.
  std::uint64_t run_until(Time limit, Observer* observer = nullptr);

  // ---- looking
  // ------------------------------------------------------------------------------------
  std::uint64_t seed() const { return seed_; }
  Time now() const { return now_; }
  EventId event() const { return {events_}; }
  std::optional<Time> next() const { return queue_.next(); }
  std::size_t pending() const { return queue_.size() - stale_; }
  std::size_t queue_bytes() const { return queue_.capacity_bytes(); }
  const std::optional<Failure>& failure() const { return failure_; }
  const DivergenceLedger& ledger() const { return *ledger_; }
  const TraceDigest& trace() const { return trace_; }
  std::uint64_t state_digest() const;
  Hash128 digest() const;  // of trace, number of events and final state: the digest of a run

  std::size_t node_count() const { return nodes_.size(); }
  std::size_t host_count() const { return hosts_->size(); }
  const Host& host(HostId id) const { return (*hosts_)[id.value]; }
  HostId host_of(NodeId id) const { return nodes_[id.value].host; }
  std::string_view name(NodeId id) const { return (*names_)[id.value]; }
  std::string_view kind(NodeId id) const { return nodes_[id.value].kind()->name; }
  std::string_view role(NodeId id) const;
  bool is_up(NodeId id) const { return nodes_[id.value].up != 0; }
  std::uint64_t replicated_state(NodeId id) const;
  std::optional<NodeId> find(std::string_view name) const;
  std::optional<StoreId> find_store(std::string_view name) const;
  std::string_view store_name(StoreId id) const { return (*store_names_)[id.value]; }
  const Topology& topology() const { return *topology_; }
  const Reach& reach() const { return *reach_; }
  std::size_t fault_count() const { return faults_->size(); }
  const Fault& fault(FaultId id) const { return (*faults_)[id.value].fault; }
  const FaultEffect& effect(FaultId id) const { return (*effects_)[id.value]; }
  bool fault_active(FaultId id) const { return (*faults_)[id.value].active; }
  // Nodes of a fault's group as they would be chosen now.
  std::vector<NodeId> select(const std::vector<Selector>& group) const;
  template <class N>
  const N& node(NodeId id) const {  // valid until the World is next changed
    return static_cast<const StateOf<N>&>(nodes_[id.value].read()).node;
  }

 private:
  friend class Context;

  // A pointer that copies do not inherit.
  struct Borrowed {
    Observer* observer = nullptr;
    Borrowed() = default;
    Borrowed(const Borrowed& /*other*/) {}
    Borrowed& operator=(const Borrowed& /*other*/) { return *this; }
  };
  struct ScheduledFault {
    Fault fault;
    bool active = false;
  };
  struct Transit {  // a packet on its way to the next queueing link of its route
    Slot slot;
    std::uint32_t hop = 0;
  };

  NodeId add_node(std::string_view name, HostId host, NodeCell cell);

  // world.cc: what an event does
  void dispatch(std::uint32_t at, const Slot& pending);
  void handle(const Slot& slot, RecordKind kind);
  void record(const Slot& slot, RecordKind kind);
  void note(const Record& record);
  void drop(const Slot& slot, RecordKind why);
  bool fail_if_stuck();

  // timers.cc
  TimerId arm(Slot& slot, SlotKind kind, Duration after);
  void cancel(NodeId owner, TimerId id);
  bool is_stale(const Due& due) const;
  void sweep_stale();
  void arm_sync(Slot& slot);

  // packets.cc: the pipeline of one packet
  void post_datagram(Slot& slot);
  void post_slowly(Slot& slot, std::uint64_t index);
  void deliver_datagram(const Slot& slot);

  // streams.cc: connections
  void send_stream(Slot& slot);
  void deliver_stream(const Slot& slot);

  std::uint64_t seed_;
  Limits limits_;
  Time now_;
  std::uint64_t events_ = 0;
  std::uint64_t at_this_instant_ = 0;
  std::uint64_t stale_ = 0;  // queue entries of cancelled timers
  std::uint32_t timer_serial_ = 0;
  EventQueue queue_;
  MessageSlab slab_;
  std::vector<NodeCell> nodes_;
  Cow<std::vector<Host>> hosts_;
  Cow<std::vector<std::string>> names_;
  Cow<std::vector<std::string>> store_names_;
  Cow<Topology> topology_;
  Cow<Reach> reach_;
  ConnectionTable connections_;
  ConnectionLimits connection_limits_;
  Cow<std::vector<ScheduledFault>> faults_;
  Cow<std::vector<FaultEffect>> effects_;
  Cow<DivergenceLedger> ledger_;
  TraceDigest trace_;
  std::optional<Failure> failure_;
  Borrowed borrowed_;
};

}  // namespace cleave
