// The only way out of a handler: a handler edits its own node and asks the Context for everything
// else. Lives for one step.
#pragma once
#include "sim/base/name.h"
#include "sim/engine/message.h"
#include "sim/trace/history.h"
#include "sim/trace/probe.h"
#include "sim/trace/requests.h"

#include <cstdint>
#include <span>

namespace cleave {

class World;

struct TimerId {  // stale ids are harmless: cancelling one does nothing
  std::uint32_t slot = 0;
  std::uint32_t serial = 0;
  CLEAVE_DESCRIBE(slot, serial)
};

class Context {
 public:
  Context(World& world, NodeId self, std::uint64_t step)
      : world_(world), self_(self), step_(step) {}

  NodeId self() const { return self_; }
  // What the host's own clock shows. Drifts, jumps and freezes as faults say.
  Time now() const;
  // Never jumps; only drifts. For measuring how long something took.
  Time monotonic() const;
  std::uint32_t version() const;  // of the program that this node runs

  // Over the connection with `to`, opened as needed: in order, retransmitted, lost only when the
  // connection breaks; then both ends that are alive get Disconnected.
  template <class M>
  void send(NodeId to, const M& m) {
    Slot slot = envelope(to);
    pack(slot, m);
    send_connection(slot);
  }
  // As a datagram: may be lost, doubled or overtaken.
  template <class M>
  void send_datagram(NodeId to, const M& m) {
    Slot slot = envelope(to);
    pack(slot, m);
    post_datagram(slot);
  }
  void close(NodeId peer);

  // M comes back to this node after `after` of its own monotonic time. Requires: after >= 0.
  template <class M>
  TimerId start_timer(Duration after, const M& m) {
    Slot slot = envelope(self_);
    pack(slot, m);
    return arm_timer(slot, after);
  }
  void cancel(TimerId id);

  // M comes back when everything this node has written to its disk up to now is durable.
  template <class M>
  void sync_then(const M& m) {
    Slot slot = envelope(self_);
    pack(slot, m);
    arm_sync(slot);
  }
  // The disk takes no more writes: whoever would write must refuse instead.
  bool disk_full();

  // A fresh generator per call: repeat a draw by keeping it.
  Random random(Purpose purpose);

  void fact(Purpose name, std::uint64_t subject, std::uint64_t value = 0);
  // That this happens in some runs: whoever watches counts it, and nothing else changes.
  void sometimes(const Probe& probe);

  // Replicas only: what becomes of a client's request here. Whoever watches is told, and nothing
  // else changes.
  void request(OperationId operation, RequestMark::Phase phase);
  // Replicas only: which updates this replica's state contains now.
  void applied(StoreId store, OperationId update);
  void retracted(StoreId store, OperationId update);
  void installed(StoreId store, std::span<const OperationId> updates);

  // Clients only: the history that judges see. `at` and `event` are filled in here.
  void invoked(Invoked operation);
  void completed(Completed operation);

 private:
  Slot envelope(NodeId to) const;
  void post_datagram(Slot& slot);
  void send_connection(Slot& slot);
  TimerId arm_timer(Slot& slot, Duration after);
  void arm_sync(Slot& slot);

  World& world_;
  NodeId self_;
  std::uint64_t step_;  // of this node
  std::uint32_t draws_ = 0;
};

}  // namespace cleave
