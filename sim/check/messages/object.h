// One object of a history, as the checkers of messages look at it, and what they say.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/linear/writers.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cleave::messages {

// Of an object that messages are put into: who put each. Lives no longer than what it was made of.
struct Object {
  const History& history;
  Model model = Model::log;
  std::span<const std::uint32_t> operations;  // ascending; those that failed are left out
  linear::Writers sent;

  Object(const History& of, Model is, std::span<const std::uint32_t> part)
      : history(of), model(is), operations(part), sent(of, part) {}

  const Operation& at(std::uint32_t operation) const { return history.operations[operation]; }
  std::string name(std::uint32_t operation) const { return to_text(history, at(operation)); }
  std::string name(Value value) const { return to_text(value, history.names); }
  bool is_queue() const { return model == Model::queue || model == Model::fifo_queue; }
  std::string put() const {
    return model == Model::log ? "appended" : is_queue() ? "enqueued" : "added";
  }
};

// What holds, summed up over objects.
struct Tally {
  std::uint64_t checked = 0;
  std::uint64_t arrived = 0;          // that were acknowledged
  std::uint64_t repeated = 0;         // came more than once
  std::uint64_t unacknowledged = 0;   // came all the same
  std::vector<std::uint64_t> delays;  // of those that reads missed at first: in events
  std::string unknown;                // why something cannot be told; empty: all can
};

// `why` begins with what each operation of the witness did, in their order.
Finding violation(const Object& object, std::string anomaly, std::vector<std::uint32_t> witness,
                  const std::string& verdict);

}  // namespace cleave::messages
