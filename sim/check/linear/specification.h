// Sequential specifications (Herlihy and Wing 1990): what one operation after the other does to an
// object, and which answers it may give.
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cleave::linear {

// When an action would come that is not what must come next.
struct Early {
  std::uint32_t due = 0;        // that is
  bool reads_are_open = false;  // some state might answer
};

// States are numbered; equal states have equal numbers. Some specifications number states as they
// come, so that asking is no const matter.
class Specification {
 public:
  virtual ~Specification() = default;

  virtual std::uint64_t initial() const = 0;
  // The state after the action of that index; nothing: it cannot be, or not with that answer.
  // An action with several outcomes has several choices, from 0.
  virtual std::optional<std::uint64_t> apply(std::uint64_t state, std::uint32_t action,
                                             std::uint32_t choice) = 0;
  virtual std::uint32_t choices(std::uint64_t /*state*/, std::uint32_t /*action*/) const {
    return 1;
  }
  // Always possible, and whatever was before leaves no trace.
  virtual bool overwrites(std::uint32_t /*action*/) const { return false; }
  // Always possible, so that it leaves no trace if something overwrites it at once.
  virtual bool is_hideable(std::uint32_t action) const { return overwrites(action); }
  // When the last read completed that shows the state, or what updates that do not overwrite may
  // make of it.
  virtual std::uint64_t seen_until(std::uint64_t /*state*/) const { return Operation::kNever; }
  // May it happen any number of times, as what took nobody knows how much?
  virtual bool repeats(std::uint32_t /*action*/) const { return false; }
  // May there be an order with the action now, and none with it later?
  virtual bool may_come_early(std::uint64_t /*state*/, std::uint32_t /*action*/,
                              std::uint32_t /*choice*/, Early /*when*/) const {
    return true;
  }
  // Does it make the other one possible where that is not, directly before it?
  virtual bool supplies(std::uint32_t /*action*/, std::uint32_t /*other*/) const { return false; }
  // As an initial value (Question::init), where a state is one.
  virtual std::optional<Value> value_of(std::uint64_t /*state*/, Names& /*names*/) const {
    return std::nullopt;
  }
  virtual std::uint64_t bytes() const { return 0; }  // of what it remembers
  virtual std::uint64_t words() const { return 0; }  // copied until now: more than a step's worth
};

// What becomes of elements of a list that no action put there.
enum class Strangers : std::uint8_t {
  count,    // so no state can be read like that
  overlook  // the answer is taken to be about the others alone
};

// Of the objects of the model. Action i is operation actions[i] of the history. Both must outlive
// the specification. Requires: the calls of all actions are the model's own.
std::unique_ptr<Specification> specification_of(const History& history, const Question& question,
                                                std::span<const std::uint32_t> actions,
                                                Strangers strangers = Strangers::count);

// Has the model such a call?
bool has_call(Model model, Call call);

// The first operation that the model does not have, in a sentence; empty: it has them all.
std::string alien_to(const History& history, Model model);

// Does it leave every state as it is, whatever it answers?
bool is_pure(const History& history, const Operation& operation);

// The one list that an answer is: nil is an empty one. What a dequeue took is one, too.
std::span<const Value> list_of(const History& history, const Operation& operation);

}  // namespace cleave::linear
