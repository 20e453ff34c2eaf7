// Puts a Raft group into a World: a replica on each host of the plan, and an administrator if there
// is something for one to do.
#pragma once
#include "models/store/engine.h"
#include "models/store/raft/options.h"
#include "sim/engine/world.h"

namespace cleave::models::store::raft {

// Requires: at least one replica. The plan's own options are not looked at.
BuiltStore install(World& world, const StorePlan& plan, const Choice& choice);

}  // namespace cleave::models::store::raft
