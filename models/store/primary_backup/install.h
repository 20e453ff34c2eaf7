// Puts a primary-backup store into a World: a replica on each host of the plan, and the monitor on
// a host of its own.
#pragma once
#include "models/store/engine.h"
#include "models/store/primary_backup/options.h"
#include "sim/engine/world.h"

#include <string_view>

namespace cleave::models::store::primary_backup {

// Requires: at least one replica, and a region of the World's topology. The plan's own options are
// not looked at.
BuiltStore install(World& world, const StorePlan& plan, const Choice& choice);

}  // namespace cleave::models::store::primary_backup
