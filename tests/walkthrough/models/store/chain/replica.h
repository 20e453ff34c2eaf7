// A replica of a store that is a chain (van Renesse and Schneider 2004). Updates enter at the head
// and go from disk to disk; what the tail's disk has, all have. The tail answers reads, and its
// word goes back up the chain, for the head to acknowledge. Theirs has a master that takes failed
// replicas out; here nobody mends the chain, and one replica out of reach stops all updates.
// Invariants: (1) `machine` is what applying the log up to `durable` gives; (2) stored <= durable
// <= size of the log; (3) each replica's log begins with the log of the one after it.
#pragma once
#include "models/store/state_machine.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave::models::store::chain {

struct Forward {  // to the next in the chain: the log from position `from` on
  static constexpr std::string_view name = "forward";
  std::uint64_t from = 0;
  std::vector<Request> updates;
  CLEAVE_DESCRIBE(from, updates)
};
struct Stored {  // to the one before: all disks from here to the tail have the log up to `size`
  static constexpr std::string_view name = "stored";
  std::uint64_t size = 0;
  CLEAVE_DESCRIBE(size)
};
struct Synced {  // to itself: this disk has the log up to `size`
  static constexpr std::string_view name = "log synced";
  std::uint64_t size = 0;
  CLEAVE_DESCRIBE(size)
};

enum class Reads : std::uint8_t { tail, any };

struct Replica {
  static constexpr std::string_view kind = "chain replica";

  // Configuration: survives a crash.
  StoreId store;
  Reads reads = Reads::tail;
  std::vector<NodeId> chain;  // the head first
  std::size_t place = 0;      // of this replica

  struct Disk {  // survives as far as it was synced
    DiskLog<Request> log;
    CLEAVE_DESCRIBE(log)
  } disk;

  struct Memory {  // lost in a crash
    StateMachine machine;
    std::uint64_t durable = 0;                     // this disk has the log up to here
    std::uint64_t stored = 0;                      // and so has every disk after it
    std::uint64_t sent = 0;                        // to the next, up to here
    std::map<OperationId, std::uint64_t> waiting;  // to be answered when stored up to a position
    CLEAVE_DESCRIBE(machine, durable, stored, sent, waiting)
  } memory;
  CLEAVE_DESCRIBE(store, reads, chain, place, disk, memory)

  using Receives = std::variant<Start, Disconnected, Request, Forward, Stored, Synced>;
  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Request& request, NodeId from, Context& ctx);
  void on(const Forward& forward, NodeId from, Context& ctx);
  void on(const Synced& synced, NodeId self, Context& ctx);
  void on(const Stored& stored, NodeId next, Context& ctx);
  void on(const Disconnected& gone, NodeId peer, Context& ctx);

  std::string_view role() const { return is_head() ? "head" : is_tail() ? "tail" : "middle"; }
  std::string summary() const { return "log " + std::to_string(memory.durable); }
  std::uint64_t replicated_state() const { return digest_of(memory.machine.objects); }

 private:
  bool is_head() const { return place == 0; }
  bool is_tail() const { return place + 1 == chain.size(); }
  void read(const Request& request, Context& ctx);
  void update(const Request& request, Context& ctx);
  void send_on(Context& ctx);
  void tell(Context& ctx);
};

}  // namespace cleave::models::store::chain
