// What a client knows, as the states that its operations showed it: only those that are no
// beginning of another. Where replicas apply everything in one order, that is one.
#pragma once
#include "sim/check/abstract/version_tree.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cleave::abstract {

class Knowledge {
 public:
  struct Known {
    Node state = kNoNode;
    std::uint32_t from = 0;  // the operation that showed it
  };

  void learn(const VersionTree& tree, Known known) {
    const auto is_known = [&](const Known& k) { return tree.is_prefix(known.state, k.state); };
    if (std::any_of(all_.begin(), all_.end(), is_known)) return;
    std::erase_if(all_, [&](const Known& k) { return tree.is_prefix(k.state, known.state); });
    all_.push_back(known);
  }
  const std::vector<Known>& all() const { return all_; }

 private:
  std::vector<Known> all_;
};

}  // namespace cleave::abstract
