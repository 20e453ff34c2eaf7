// Everyone in a scenario, by path name: whom faults may name.
#pragma once
#include "sim/scenario/scenario.h"

#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct Member {
  std::string name;  // "accounts/us-east/0", "accounts/monitor", "east/3", "ana/phone"
  std::string region;
};

// All nodes, in the order of their World. Requires: topology, stores, clients and people without
// mistakes.
std::vector<Member> members_of(const Scenario& scenario);

// Whether a path names a node: its own name, or what its name begins with before a slash.
bool names(std::string_view path, std::string_view node);

}  // namespace cleave
