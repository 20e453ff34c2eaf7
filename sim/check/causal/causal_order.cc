#include "sim/check/causal/causal_order.h"

#include <algorithm>

namespace cleave::causal {

// Sessions are followed one after the other, each until it reads what is not ordered yet; it then
// waits for the writer. Who waits for ever is on a cycle, or behind one.
CausalOrder::CausalOrder(const Registers& registers, const Budget& budget)
    : registers_(&registers), budget_(budget) {
  const std::uint32_t processes = registers.processes();
  next_.assign(registers.first_of.begin(), registers.first_of.end() - 1);
  rows_.assign(next_.begin(), next_.end());  // the clock of who knows nothing
  const std::uint64_t most = (registers.reads.size() + std::uint64_t{1}) * processes;
  rows_.reserve(std::min(most, budget.bytes / sizeof(std::uint32_t)));
  row_of_.assign(registers.size(), 0);
  waiting_for_.assign(registers.size(), 0);
  next_waiting_.assign(processes, 0);
  std::vector<std::uint32_t> runnable;
  for (std::uint32_t p = processes; p-- > 0;)
    runnable.push_back(p);
  while (!runnable.empty()) {
    const std::uint32_t process = runnable.back();
    runnable.pop_back();
    while (next_[process] < registers.first_of[process + 1]) {
      const std::uint32_t operation = next_[process];
      if (!order_operation(operation)) break;
      if (state_ == State::too_large) return;
      ++next_[process];
      for (std::uint32_t who = waiting_for_[operation]; who != 0; who = next_waiting_[who - 1])
        runnable.push_back(who - 1);
    }
  }
  for (std::uint32_t p = 0; p < processes; ++p)
    if (next_[p] < registers.first_of[p + 1]) state_ = State::cyclic;
}

// Whether all that it read is ordered; otherwise its process waits for the first that is not.
bool CausalOrder::order_operation(std::uint32_t operation) {
  const std::uint32_t process = registers_->process_of[operation];
  const bool is_first = operation == registers_->first_of[process];
  row_of_[operation] = is_first ? 0 : row_of_[operation - 1];
  bool learns = false;
  for (const Registers::Read& read : registers_->reads_of(operation)) {
    if (read.writer == Registers::kInitial) continue;
    const std::uint32_t writer = registers_->writer_of(read);
    const std::uint32_t by = registers_->process_of[writer];
    if (writer >= next_[by] || writer == operation) {
      next_waiting_[process] = waiting_for_[writer];
      waiting_for_[writer] = process + 1;
      return false;
    }
    learns = learns || (by != process && writer >= past_of(operation)[by]);
  }
  if (learns) learn(operation);
  return true;
}

// A clock of its own: what was known in the session, and what the writers of its reads knew.
void CausalOrder::learn(std::uint32_t operation) {
  const std::size_t width = registers_->processes();
  if ((rows_.size() + width) * sizeof(std::uint32_t) > budget_.bytes) {
    state_ = State::too_large;
    return;
  }
  const std::size_t before = row_of_[operation] * width;
  const std::size_t own = rows_.size();
  rows_.resize(own + width);
  std::copy_n(rows_.begin() + static_cast<std::ptrdiff_t>(before), width,
              rows_.begin() + static_cast<std::ptrdiff_t>(own));
  for (const Registers::Read& read : registers_->reads_of(operation)) {
    if (read.writer == Registers::kInitial) continue;
    const std::uint32_t writer = registers_->writer_of(read);
    std::uint32_t* const to = rows_.data() + own;
    const std::uint32_t* const from = rows_.data() + row_of_[writer] * width;
    for (std::size_t p = 0; p < width; ++p)
      to[p] = std::max(to[p], from[p]);
    std::uint32_t& by = to[registers_->process_of[writer]];
    by = std::max(by, writer + 1);
  }
  row_of_[operation] = static_cast<std::uint32_t>(own / width);
}

}  // namespace cleave::causal
