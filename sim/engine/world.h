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
#include "sim/engine/transit.h"
#include "sim/network/reach.h"
#include "sim/network/route.h"
#include "sim/network/topology.h"
#include "sim/network/transport.h"
#include "sim/trace/divergence_ledger.h"
#include "sim/trace/observer.h"
#include "sim/trace/trace_digest.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
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
  HostId add_host(std::string_view name, PlaceId place);
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

  // ---- looking ----------------------------------------------------------------------------------
  std::uint64_t seed() const { return seed_; }
  Time now() const { return now_; }
  EventId event() const { return {events_}; }
  // Whose handler the last event ran; nobody's if it was the network's or a fault's.
  std::optional<NodeId> handler() const { return handler_; }
  std::optional<Time> next() const { return queue_.next(); }
  std::size_t pending() const { return queue_.size() - stale_; }
  std::size_t queue_bytes() const { return queue_.capacity_bytes(); }
  std::size_t slab_bytes() const { return slab_.size() * sizeof(Slot); }
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
  std::string summary(NodeId id) const;
  bool is_up(NodeId id) const { return nodes_[id.value].up != 0; }
  bool is_paused(NodeId id) const { return nodes_[id.value].paused != 0; }
  // Packets pass from one to the other, as far as rules decide.
  bool reaches(NodeId from, NodeId to) const {
    return passes(nodes_[from.value], nodes_[to.value]);
  }
  // Of a message that `receiver` understands; empty for any other.
  std::string_view message_name(NodeId receiver, TypeId type) const;
  std::uint64_t replicated_state(NodeId id) const;
  // What is different in two nodes of one kind, of this World and of another or the same: at most
  // `most` differences. Of two kinds there is nothing to compare: empty.
  Diff compare_nodes(NodeId left, const World& other, NodeId right, std::size_t most) const;
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
    bool healed = false;  // then it does not flap on
  };
  enum class Turn : std::uint8_t { begin, end, toggle };
  using Backup = std::map<NodeId, NodeCell>;

  NodeId add_node(std::string_view name, HostId host, NodeCell cell);
  const Host& host_at(NodeId id) const { return (*hosts_)[nodes_[id.value].host.value]; }
  void enqueue(const Slot& slot, Time at) { queue_.push({at, slab_.add(slot), 0}); }

  // world.cc: events, and telling about them
  void dispatch(const Slot& slot);
  void deliver_timer(const Slot& slot);
  void handle(const Slot& slot, RecordKind kind);
  void fail_stuck(const Slot& slot);
  void record(const Slot& slot, RecordKind kind);
  void record_between(Slot slot, NodeId from, NodeId to, RecordKind kind);
  void drop(const Slot& slot, RecordKind why);
  void drop_between(const Slot& slot, NodeId from, NodeId to, RecordKind why);
  void note(const Record& record);
  void note(NodeId node, RecordKind kind, std::uint64_t name,
            const std::array<std::uint64_t, 3>& payload);
  void state_fact(const Fact& fact);
  void report_replica(NodeId replica, ReplicaUpdate::Kind kind, StoreId store,
                      std::span<const OperationId> updates);
  void report_invoked(const Invoked& operation);
  void report_completed(const Completed& operation);
  Time wall_clock(NodeId id);
  Time monotonic_clock(NodeId id);
  void note_drift(const Host& host);

  // timers.cc
  TimerId arm(Slot& slot, SlotKind kind, Duration after);
  TimerId arm_local(Slot& slot, Duration after);
  void arm_sync(Slot& slot);
  bool refuses_writes(NodeId id);
  void cancel(NodeId owner, TimerId id);
  bool is_stale(const Due& due) const;
  void sweep_stale();

  // packets.cc: the pipeline of one packet
  PacketDraws draws_of(NodeCell& from, const NodeCell& to);
  bool passes(const NodeCell& from, const NodeCell& to) const {
    return from.host == to.host || reach_->open() || reach_->passes(from.zone, to.zone);
  }
  void credit(NodeId from, NodeId to, std::uint64_t FaultEffect::*what);
  void post_datagram(Slot& slot);
  void launch(Slot& slot, NodeId from, NodeId to, Time start, PacketDraws draws);
  void meet_faults(const Slot& slot, NodeId from, NodeId to, Time at, PacketDraws draws);
  void arrive(const Slot& slot, Time due);
  void lose(const Slot& slot, NodeId from, NodeId to);
  void turn_away(const Slot& slot, NodeId from, NodeId to);
  std::vector<Hop> hops_of(const Route& route, const NodeCell& from, const NodeCell& to) const;
  std::vector<Hop> faults_of(const NodeCell& from, const NodeCell& to) const;
  LinkState& queue_of(const Hop& hop, const Link& link, const Transit& packet);
  Time woken(const Link& link, const Transit& packet, Time at);
  void travel(Transit packet, Time at);
  std::optional<Time> pass_link(Transit& packet, const Hop& hop, const Link& link,
                                std::uint64_t entity, Time at);
  void wait_for_turn(Transit packet, Time at);
  void go_on(const Slot& turn);
  void deliver_datagram(const Slot& slot);

  // streams.cc: connections
  Stream& stream_of(const Slot& slot);
  std::pair<NodeId, NodeId> stream_ends(const Slot& slot) const;
  Duration round_trip(const Connection& c);
  void send_stream(Slot& slot);
  void open_connection(std::uint32_t index, std::size_t end);
  bool handshake_fails(const Slot& first);
  void transmit_stream(Slot& slot);
  void stall(const Slot& slot);
  void arm_retry(std::uint32_t id);
  void retransmit(const Slot& timer);
  bool flush(std::uint32_t id);
  void send_unheard(std::uint32_t id);
  void deliver_stream(const Slot& slot);
  void release_early(Stream& stream);
  void abandon(std::uint32_t index, std::size_t end);
  void break_connection(std::uint32_t index, std::size_t end, Time notice);
  void reset(std::uint32_t index, std::size_t end);
  void forsake(std::uint32_t index, std::size_t end, Time notice);
  void notify_disconnected(NodeId node, NodeId peer, Time at,
                           const std::array<std::uint64_t, 3>& news = {});
  void deliver_notice(const Slot& slot);
  void turn_news_away(Slot slot, Connection& c, std::size_t end);
  void close_connection(NodeId self, NodeId peer);
  void lose_connections(NodeId node);

  // hosts.cc
  void start_node(NodeId id);
  std::uint64_t stop_host(HostId id, CrashDisk how);
  std::uint64_t forget_timers(HostId id);
  void start_host(HostId id);
  void defer(const Slot& slot);
  void defer_at(const Slot& slot, HostId host);
  void pause_host(HostId id);
  void resume_host(HostId id);
  void back_up(HostId id, const std::string& name);
  std::uint64_t restore_backup(HostId id, const std::string& name);

  // faults.cc
  void schedule_turn(FaultId id, Turn turn, Time at);
  void turn_fault(const Slot& slot);
  void mark_fault(FaultId id, FaultMark::Phase phase);
  void begin_fault(FaultId id, const Fault& fault);
  void end_fault(FaultId id);
  void end_faults(FaultId healer, const Fault& heal);
  void mark(const Selector& selector, std::vector<bool>& chosen) const;
  std::vector<std::vector<NodeId>> resolve(FaultId id, const Fault& fault);
  std::vector<HostId> hosts_of(FaultId id, const Fault& fault);
  // network_faults.cc
  void install_rule(FaultId id, const Fault& fault);
  Link link_of(const Fault& fault);
  std::vector<NodeId> all_nodes() const;
  void assign_zones();
  void release_held();
  // host_faults.cc
  void act_on_host(FaultId id, const Fault& fault, HostId host_id);
  void upgrade_host(FaultId id, HostId host_id, std::uint32_t version);
  void change_clock_or_disk(FaultId id, const Fault& fault, Host& host);
  std::optional<FaultId> still_on(HostId host, std::span<const Verb> verbs) const;
  void forget_faults(HostId host, std::span<const Verb> verbs);
  void undo_on_host(FaultId id, const Fault& fault, HostId host_id);

  std::uint64_t seed_;
  Limits limits_;
  Time now_;
  std::uint64_t events_ = 0;
  std::optional<NodeId> handler_;  // of the last event
  std::uint64_t at_this_instant_ = 0;
  std::uint64_t stale_ = 0;  // queue entries of cancelled timers
  std::uint32_t timer_serial_ = 0;
  EventQueue queue_;
  MessageSlab slab_;
  std::vector<NodeCell> nodes_;
  Cow<std::vector<Host>> hosts_;
  Cow<std::vector<std::string>> names_;
  Cow<std::vector<std::string>> store_names_;
  Cow<std::map<std::string, Backup>> backups_;

  Cow<Topology> topology_;
  Routes routes_;
  std::vector<LinkState> link_states_;  // by link of the topology
  std::vector<LinkState> fault_links_;  // by fault that limits bandwidth
  TransitTable transits_;
  Cow<Reach> reach_;
  ConnectionTable connections_;
  ConnectionLimits connection_limits_;
  WaitingSlots held_;  // by hold rules

  Cow<std::vector<ScheduledFault>> faults_;
  Cow<std::vector<FaultEffect>> effects_;
  Cow<std::set<std::pair<FaultId, HostId>>> hosts_touched_;
  Cow<DivergenceLedger> ledger_;
  TraceDigest trace_;
  std::optional<Failure> failure_;
  Borrowed borrowed_;
};

}  // namespace cleave
