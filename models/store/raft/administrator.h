// The administrator of a Raft group: works through a list, asks whoever leads to do the next thing,
// and asks again until it is done. It is no part of the group and decides nothing. What it has done
// is on its disk, so that a restart does not begin the list again.
#pragma once
#include "models/store/raft/administration.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave::models::store::raft {

struct AskDue {  // timer: is there something to do, and has nobody said that it is done?
  static constexpr std::string_view name = "ask due";
};

struct Administrator {
  static constexpr std::string_view kind = "raft administrator";

  // ---- configuration ----
  std::vector<Chore> chores;
  std::vector<NodeId> replicas;  // of the plan

  struct Disk {
    DiskCell<std::uint32_t> done;  // so many chores
    CLEAVE_DESCRIBE(done)
  } disk;
  struct Memory {
    std::optional<NodeId> leader;  // who is said to lead; asked until it does not answer
    std::uint32_t asked = 0;       // replicas, one after the other, for want of a leader
    TimerId next_look;
    CLEAVE_DESCRIBE(leader, asked, next_look)
  } memory;

  CLEAVE_DESCRIBE(chores, replicas, disk, memory)

  using Receives = std::variant<Start, Disconnected, AskDue, OrderState>;

  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Disconnected& gone, NodeId peer, Context& ctx);
  void on(const AskDue& due, NodeId self, Context& ctx);
  void on(const OrderState& state, NodeId replica, Context& ctx);
  std::string_view role() const { return "administrator"; }
};

}  // namespace cleave::models::store::raft
