// From a Scenario to a World that is ready to run: hosts, nodes, network, faults, workload. The
// same scenario and seed build the same World, bit for bit; nothing else is touched.
#pragma once
#include "sim/base/id.h"
#include "sim/engine/world.h"
#include "sim/scenario/scenario.h"
#include "sim/trace/checker.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace cleave {

// Who is who in the World: nodes by index of their store or client group.
struct Cast {
  std::vector<std::vector<NodeId>> replicas;
  std::vector<std::vector<NodeId>> clients;
  MessagingCast messaging;  // empty: nobody writes to anybody

  bool is_replica(NodeId node) const;  // of whichever store
};

struct Built {
  World world;
  Cast cast;
};

// Stores and faults have the numbers of the scenario. Requires: read without a mistake.
Built build(const Scenario& scenario, std::uint64_t seed);

// The judge of a claim; null for one that is judged by what faults did (WithoutEffect).
std::unique_ptr<Checker> make_judge(const Claim& claim, const Scenario& scenario,
                                    const Built& built);

// Liveness if the claim says that something will happen in time.
Property property_of(const Claim& claim);
// Whether it is about how a run ends, so that one that was stopped before says nothing of it.
bool is_of_the_end(const Claim& claim);

}  // namespace cleave
