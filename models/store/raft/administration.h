// What a scenario says about who belongs to a Raft group: who does not from the start, and what an
// administrator is to do when.
#pragma once
#include "models/store/engine.h"
#include "models/store/raft/messages.h"
#include "sim/base/reader.h"
#include "sim/trace/store_order.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cleave::models::store::raft {

struct Chore {
  Time at;  // not before
  Order::Task task = Order::Task::add;
  std::uint32_t replica = 0;  // of the plan
  CLEAVE_DESCRIBE(at, task, replica)
};

struct Administration {
  std::vector<std::uint32_t> spares;  // replicas of the plan, ascending
  std::vector<Chore> chores;          // in order
  std::string region;                 // of the administrator
  std::vector<StoreOrder> orders;     // the chores, as the scenario says them
  CLEAVE_DESCRIBE(spares, chores, region, orders)
};

std::vector<Field> administration_fields();
Administration read_administration(Reader& reader, const Setting& setting,
                                   Diagnostics& diagnostics);

}  // namespace cleave::models::store::raft
