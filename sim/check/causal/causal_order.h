// The causal order: session order and reads-from, and what follows from both (co of Bouajjani,
// Enea, Guerraoui and Hamza 2017, 4.2; Lamport's happened-before with reads for messages). Vector
// clocks, of which operations share one as long as they learn of nothing new.
#pragma once
#include "sim/check/causal/registers.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cleave::causal {

class CausalOrder {
 public:
  enum class State : std::uint8_t {
    ordered,
    cyclic,     // nothing below may be asked
    too_large,  // likewise: the clocks would need more than the budget
  };

  // Time and memory: operations by processes.
  CausalOrder(const Registers& registers, const Budget& budget);

  State state() const { return state_; }
  // Of a cyclic order: by process, the operation behind the last that could be ordered.
  const std::vector<std::uint32_t>& stuck_at() const { return next_; }

  // By process: one behind the last of its operations in the operation's past; of its own process
  // it may be less than that.
  std::span<const std::uint32_t> past_of(std::uint32_t operation) const {
    return std::span(rows_).subspan(std::size_t{row_of_[operation]} * registers_->processes(),
                                    registers_->processes());
  }
  // Strictly before.
  bool before(std::uint32_t a, std::uint32_t b) const {
    const std::uint32_t process = registers_->process_of[a];
    if (process == registers_->process_of[b]) return a < b;
    return a < past_of(b)[process];
  }
  // One behind the last of the process's operations that are strictly before this one.
  std::uint32_t seen_of(std::uint32_t process, std::uint32_t operation) const {
    return process == registers_->process_of[operation] ? operation : past_of(operation)[process];
  }

 private:
  bool order_session(std::uint32_t process);
  bool order_operation(std::uint32_t operation);
  void learn(std::uint32_t operation);

  const Registers* registers_;
  Budget budget_;
  State state_ = State::ordered;
  std::vector<std::uint32_t> rows_;          // processes() each
  std::vector<std::uint32_t> row_of_;        // by operation
  std::vector<std::uint32_t> next_;          // by process: what is to be ordered next
  std::vector<std::uint32_t> waiting_for_;   // by operation: a process, from 1, that waits for it
  std::vector<std::uint32_t> next_waiting_;  // by process: another that waits for the same
};

}  // namespace cleave::causal
