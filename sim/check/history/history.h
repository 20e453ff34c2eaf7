// A finished history, as every consistency checker reads it: what each process asked, what it was
// told, and in which order. It may come from a run or from anybody's file; nothing in it knows
// which. Operations are in the order of their invocation; those that failed never happened; those
// that were never answered, or answered by "perhaps", stay pending for ever (Herlihy and Wing
// 1990).
#pragma once
#include "sim/check/history/value.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace cleave {

// What a process asks of an object: the `:f` of a Jepsen history.
enum class Call : std::uint8_t {
  read,             // of whatever the object is; of a queue: all of it
  write,            // register, field
  compare_and_set,  // register: `expected` to `argument`
  raise,            // max-register
  add,              // set: an element; counter: a number, perhaps below zero
  remove,           // set
  append,           // list, log, text of a key
  enqueue,
  dequeue,
  drain,  // queue: takes all that is there
  acquire,
  release,
  transaction,  // `steps`, all at once
  generate,     // gives an id
};

enum class Ending : std::uint8_t {
  done,     // it happened, and was answered
  failed,   // it is known not to have happened
  pending,  // it may have happened, or may happen yet
};

// A part of one of a history's pools.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  bool operator==(const Slice&) const = default;
};

// What came back of a read, a dequeue or a step.
enum class Answer : std::uint8_t {
  none,  // nothing, or what it was is not known: it constrains nothing
  one,   // `result`
  many,  // `results`: a list in its order; of a set in any
};

// One part of a transaction.
struct Step {
  Call call = Call::read;
  Answer answer = Answer::none;
  std::uint32_t key = 0;
  Value argument;  // of an update
  Value result;
  Slice results;  // in History::values
};

struct Operation {
  // A moment: how many events (invocations and answers) of the history came before it. No two are
  // the same, but for kNever.
  static constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

  std::uint32_t process = 0;  // dense, in the order of first invocation
  std::uint32_t key = 0;      // the object, dense; 0 where there is but one, or for a transaction
  Call call = Call::read;
  Ending ending = Ending::pending;
  Answer answer = Answer::none;
  std::uint64_t invoked = 0;
  std::uint64_t completed = kNever;  // pending ones never are
  Value argument;
  Value expected;  // of compare_and_set
  Value result;
  Slice results;  // in History::values
  Slice steps;    // in History::steps
  // Where it stands: the line of a file, or the number of a run's event; 0: nowhere.
  std::uint64_t invoked_at = 0;
  std::uint64_t completed_at = 0;
};

// Plain data. Whoever makes one keeps these true (check_history tells):
//   1. operations are in ascending order of `invoked`, and `completed` is later;
//   2. a process has one operation at a time: it is invoked after the one before it completed, and
//   a
//      process with a pending operation invokes no other;
//   3. keys and processes are below the sizes of `keys` and `processes`; slices lie in their pools.
struct History {
  std::vector<Operation> operations;
  std::vector<Step> steps;
  std::vector<Value> values;
  std::vector<Value> keys;       // by their dense number: what the file calls them
  std::vector<Value> processes;  // likewise
  Names names;

  std::span<const Step> steps_of(const Operation& operation) const {
    return std::span(steps).subspan(operation.steps.first, operation.steps.count);
  }
  std::span<const Value> results_of(const Operation& operation) const {
    return std::span(values).subspan(operation.results.first, operation.results.count);
  }
  std::span<const Value> results_of(const Step& step) const {
    return std::span(values).subspan(step.results.first, step.results.count);
  }
};

// The first operation that breaks one of the rules above.
std::optional<std::size_t> check_history(const History& history);

// Did a finish before b began? The real-time order.
constexpr bool precedes(const Operation& a, const Operation& b) {
  return a.completed < b.invoked;
}

// "process 3 read x = 7", "process 0 wrote 5 to x, which was never answered": as a person would say
// it, without a full stop.
std::string to_text(const History& history, const Operation& operation);
std::string to_text(const History& history, const Step& step);  // "append 3 to x", "x was [1 2]"

}  // namespace cleave
