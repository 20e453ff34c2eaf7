// People and their messaging service, from a scenario into its World.
#pragma once
#include "models/store/store_client.h"
#include "sim/engine/world.h"
#include "sim/network/topology.h"
#include "sim/scenario/scenario.h"
#include "sim/trace/messaging_facts.h"

#include <functional>
#include <vector>

namespace cleave {

// Of each device, by person and device; its access point is made if need be.
std::vector<PlaceId> places_of_devices(Topology& topology, const Scenario& scenario);

// Stores as a mailbox at a place sees them.
using AccessFrom = std::function<std::vector<models::store::StoreAccess>(PlaceId place)>;

// Requires: a scenario with messaging, and stores in the World.
MessagingCast build_messaging(World& world, const Scenario& scenario,
                              const std::vector<PlaceId>& places, const AccessFrom& access_from);

}  // namespace cleave
