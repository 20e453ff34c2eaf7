// Shortest ways through a history of registers, in operations: what makes a witness small.
#pragma once
#include "sim/check/causal/violation.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cleave::causal {

// Breadth first along session order, where any later operation is one step away, and reads-from.
class Chains {
 public:
  static constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

  // How many steps each operation is away, and the edge by which it was reached.
  struct Reach {
    std::vector<std::uint32_t> steps;  // kFar: cannot be reached within the limit
    std::vector<Edge> by;
  };

  explicit Chains(const Registers& registers);

  Reach from(std::uint32_t operation, std::uint32_t limit = kFar) const;  // what comes after it
  Reach to(std::uint32_t operation, std::uint32_t limit = kFar) const;    // what comes before it
  // Requires: `a` comes before `b`, or is it.
  std::vector<Edge> between(std::uint32_t a, std::uint32_t b) const;

 private:
  const Registers* registers_;
  std::vector<std::uint32_t> first_reader_;  // by write, in readers_; one more at the end
  std::vector<std::uint32_t> readers_;       // in reads
};

// The edges of a path that was found by from(): to `operation`; by to(): from it.
std::vector<Edge> path_to(const Chains::Reach& reach, std::uint32_t operation);
std::vector<Edge> path_from(const Chains::Reach& reach, std::uint32_t operation);

}  // namespace cleave::causal
