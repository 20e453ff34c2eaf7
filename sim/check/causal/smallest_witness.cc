#include "sim/check/causal/smallest_witness.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace cleave::causal {
namespace {

constexpr std::uint64_t kMostOperations = 8'000'000;  // looked at, over and over

class Reduction {
 public:
  explicit Reduction(const Judge& judge) : judge_(judge) {}

  // Requires: the violation is what the judge finds.
  Witness reduce(Witness witness) {
    jump(witness, with_evidence(witness.registers, operations_of(witness.violation)));
    for (std::size_t chunk = witness.registers.size() / 2; chunk > 0; chunk /= 2)
      for (std::size_t at = 0; at < witness.registers.size();)
        if (!try_without(witness, at, chunk)) at += chunk;
    return witness;
  }

 private:
  // And of pending operations somebody who saw them.
  static std::vector<std::uint32_t> with_evidence(const Registers& registers,
                                                  std::vector<std::uint32_t> operations) {
    // Pending ones may have seen each other: each is taken once.
    std::vector<char> taken(registers.size());
    const auto take = [&](std::uint32_t operation) {
      if (!std::exchange(taken[operation], 1)) operations.push_back(operation);
    };
    for (const std::uint32_t operation : std::exchange(operations, {}))
      take(operation);
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!registers.pending[operations[i]]) continue;
      for (const auto& read : registers.reads)
        if (read.writer != Registers::kInitial && registers.writer_of(read) == operations[i]) {
          take(read.operation);
          break;
        }
    }
    std::stable_sort(operations.begin(), operations.end());
    return operations;
  }

  bool try_without(Witness& witness, std::size_t at, std::size_t chunk) {
    std::vector<std::uint32_t> kept;
    for (std::uint32_t o = 0; o < witness.registers.size(); ++o)
      if (o < at || o >= at + chunk) kept.push_back(o);
    return jump(witness, kept);
  }

  // Goes on with those operations alone, if they are inconsistent.
  bool jump(Witness& witness, const std::vector<std::uint32_t>& kept) {
    if (kept.empty() || looked_at_ > kMostOperations) return false;
    looked_at_ += kept.size();
    Registers registers = restrict_to(witness.registers, kept);
    auto violation = judge_(registers);
    if (!violation) return false;
    witness = {std::move(registers), *std::move(violation)};
    return true;
  }

  const Judge& judge_;
  std::uint64_t looked_at_ = 0;
};

}  // namespace

Witness smallest_witness(const Registers& registers, const Violation& violation,
                         const Judge& judge) {
  return Reduction(judge).reduce({registers, violation});
}

}  // namespace cleave::causal
