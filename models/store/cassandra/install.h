// Puts a Cassandra store into a World: a node on each host of the plan.
#pragma once
#include "models/store/cassandra/options.h"
#include "models/store/engine.h"
#include "sim/engine/world.h"

namespace cleave::models::store::cassandra {

// Requires: 1 to 64 replicas. The plan's own options are not looked at.
BuiltStore install(World& world, const StorePlan& plan, const Choice& choice);

}  // namespace cleave::models::store::cassandra
