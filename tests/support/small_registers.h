// Small histories of registers in which no value is written twice: all of them, and random ones.
#pragma once
#include "sim/check/history/history.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace cleave::testing {

// How many operations each process has; how many registers there are.
struct SmallShape {
  std::vector<std::uint32_t> sessions;
  std::uint32_t keys = 2;
};

// Each operation writes a value of its own, or reads nil or a value that some operation writes to
// the register.
void for_each_history(const SmallShape& shape, const std::function<void(const History&)>& visit);

struct RandomRegisters {
  std::uint32_t operations = 5;
  std::uint32_t processes = 3;
  std::uint32_t keys = 2;
  std::uint32_t compare_and_sets = 20;  // percent of updates
  std::uint32_t transactions = 0;       // percent of operations: two or three reads or writes
  std::uint32_t pending = 10;           // percent of sessions whose last operation is
  std::uint32_t repeated = 0;           // percent of writes whose value somebody else wrote as well
};

// Reads return anything that was written to the register, or nil. The same seed makes the same.
History random_registers(const RandomRegisters& knobs, std::uint64_t seed);

}  // namespace cleave::testing
