// Clients of a scenario as nodes of its World: each does its share of every workload that names its
// group. The clients of an open loop take turns, so that all together keep its pace.
#pragma once
#include "models/store/store_client.h"
#include "models/store/workload_client.h"
#include "sim/base/id.h"
#include "sim/engine/world.h"
#include "sim/scenario/scenario.h"

#include <cstdint>
#include <vector>

namespace cleave {

// What all clients of each workload do together, in the order of the scenario.
std::vector<models::store::Load> loads_of(const Scenario& scenario);

// Where the clients of one group are: what each of them knows of the stores.
struct ClientPlace {
  std::uint32_t group = 0;
  std::vector<models::store::StoreAccess> stores;
};

// A client's node, on its own host. `loads` as above.
models::store::WorkloadClient client_of(const Scenario& scenario, const ClientPlace& place,
                                        std::uint32_t index,
                                        const std::vector<models::store::Load>& loads);

}  // namespace cleave
