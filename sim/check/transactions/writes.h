// All updates of a history of transactions, in the order of their operations and steps, found by
// key and value: a read shows a value, and the value shows who wrote it. That needs values that are
// written to a key but once; where one was not, it is known that it is not known.
#pragma once
#include "sim/check/history/history.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cleave::transactions {

// The write of a register, or the append to a list.
struct Write {
  std::uint32_t operation = 0;
  std::uint32_t key = 0;
  Value value;
  bool is_final = true;      // of its transaction, to its key
  bool is_repeated = false;  // the value was written to the key again: reads of it name nobody
  // Of the same transaction to the same key, in Writes.
  std::optional<std::uint32_t> before{};
  std::optional<std::uint32_t> next{};
};

// A plain operation is a transaction of one step.
Step as_step(const Operation& operation);

// visit(index, step) for each step of the transaction, in order.
template <class Visit>
void for_each_step(const History& history, const Operation& operation, Visit visit) {
  if (operation.call != Call::transaction) return visit(std::uint32_t{0}, as_step(operation));
  std::uint32_t index = 0;
  for (const Step& step : history.steps_of(operation))
    visit(index++, step);
}

Step step_of(const History& history, std::uint32_t operation, std::uint32_t index);

class Writes {
 public:
  // `call` says which steps are updates. Of equal values to one key, one that failed gives way to
  // one that did not; if two may have happened, both are repeated.
  Writes(const History& history, Call call);

  std::span<const Write> all() const { return all_; }
  const Write& operator[](std::uint32_t write) const { return all_[write]; }
  std::span<const Write> of(std::uint32_t operation) const {
    return all().subspan(first_[operation], first_[operation + 1] - first_[operation]);
  }
  // Index of the first write of an operation in all().
  std::uint32_t first(std::uint32_t operation) const { return first_[operation]; }
  std::optional<std::uint32_t> find(std::uint32_t key, Value value) const;
  // The first value that was repeated, if any was.
  std::optional<std::uint32_t> repeated() const { return repeated_; }

 private:
  std::vector<Write> all_;
  std::vector<std::uint32_t> first_;  // of each operation, and the end
  std::vector<std::uint32_t> slots_;  // indices from 1, hashed; a power of two, at most half full
  std::optional<std::uint32_t> repeated_;

  std::size_t slot_of(std::uint32_t key, Value value) const;
  void index(const History& history);
};

}  // namespace cleave::transactions
