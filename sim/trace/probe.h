// Something that a campaign should see happen: a "sometimes" statement. One that no run ever
// reaches says that nobody has tested what comes behind it, however green the runs are. It judges
// nothing, is in no digest, and costs a counter.
#pragma once
#include "sim/base/id.h"
#include "sim/base/name.h"

#include <cstdint>
#include <string_view>

namespace cleave {

// A literal, hashed while compiling. It says who states it, and what: "raft: an election was
// split".
struct Probe {
  enum class Frequency : std::uint8_t {
    common,
    rare,  // a campaign that does not reach it has missed nothing
  };
  std::uint64_t hash;
  std::string_view text;
  Frequency frequency;
  explicit consteval Probe(std::string_view name, Frequency often = Frequency::common)
      : hash(name_hash(name)), text(name), frequency(often) {}
};

// A node came past a probe.
struct Reached {
  NodeId node;
  std::uint64_t probe = 0;  // Probe::hash
};

}  // namespace cleave
