#include "sim/check/history/history.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace cleave {
namespace {

bool inside(Slice slice, std::size_t size) {
  return std::uint64_t{slice.first} + slice.count <= size;
}

bool in_bounds(const History& history, const Operation& o) {
  if (o.process >= history.processes.size() || o.key >= history.keys.size()) return false;
  if (!inside(o.results, history.values.size()) || !inside(o.steps, history.steps.size()))
    return false;
  const auto steps = history.steps_of(o);
  return std::all_of(steps.begin(), steps.end(), [&](const Step& step) {
    return step.key < history.keys.size() && inside(step.results, history.values.size());
  });
}

// "x", or nothing where there is but one object.
std::string object(const History& history, std::uint32_t key) {
  return history.keys[key].is_nil() ? "" : to_text(history.keys[key], history.names);
}

std::string list(const History& history, std::span<const Value> values) {
  constexpr std::size_t kShown = 8;  // the last: that is where lists differ
  std::string text = "[";
  if (values.size() > kShown) text += "... ";
  for (const Value value : values.last(std::min(values.size(), kShown))) {
    if (text.back() != '[' && text.back() != ' ') text += ' ';
    text += to_text(value, history.names);
  }
  return text + "]";
}

// Of an operation or a step.
template <class T>
std::string answer(const History& history, const T& asked) {
  switch (asked.answer) {
    case Answer::none:
      return "?";
    case Answer::one:
      return to_text(asked.result, history.names);
    case Answer::many:
      return list(history, history.results_of(asked));
  }
  return "?";
}

std::string with(std::string_view verb, const std::string& object) {
  return object.empty() ? std::string(verb) : std::string(verb) + " " + object;
}

template <class T>
std::string act(const History& history, const T& asked) {
  const std::string name = object(history, asked.key);
  const std::string argument = to_text(asked.argument, history.names);
  const auto upon = [&](std::string_view verb, std::string_view preposition) {
    const std::string what = std::string(verb) + " " + argument;
    return name.empty() ? what : what + " " + std::string(preposition) + " " + name;
  };
  const auto saw = [&](std::string_view verb) {
    return with(verb, name) + (name.empty() ? " " : " = ") + answer(history, asked);
  };
  switch (asked.call) {
    case Call::read:
      return saw("read");
    case Call::write:
      return upon("wrote", "to");
    case Call::raise:
      return name.empty() ? "raised to " + argument : "raised " + name + " to " + argument;
    case Call::add:
      return upon("added", "to");
    case Call::remove:
      return upon("removed", "from");
    case Call::append:
      return upon("appended", "to");
    case Call::enqueue:
      return upon("enqueued", "in");
    case Call::dequeue:
      return saw("dequeued");
    case Call::drain:
      return saw("drained");
    case Call::generate:
      return saw("was given");
    case Call::acquire:
      return with("acquired", name);
    case Call::release:
      return with("released", name);
    case Call::compare_and_set:
    case Call::transaction:
      break;  // of operations alone
  }
  return "did something";
}

}  // namespace

std::optional<std::size_t> check_history(const History& history) {
  struct Last {
    std::uint64_t completed = 0;
    bool any = false;
  };
  std::vector<Last> last(history.processes.size());
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    const Operation& o = history.operations[i];
    const bool in_order = i == 0 || history.operations[i - 1].invoked < o.invoked;
    const bool pending = o.ending == Ending::pending;
    if (!in_order || !in_bounds(history, o) || o.completed <= o.invoked) return i;
    if (pending != (o.completed == Operation::kNever)) return i;
    Last& before = last[o.process];
    if (before.any && before.completed >= o.invoked) return i;
    before = {o.completed, true};
  }
  return std::nullopt;
}

std::string to_text(const History& history, const Step& step) {
  return act(history, step);
}

std::string to_text(const History& history, const Operation& operation) {
  std::string text =
      "process " + to_text(history.processes[operation.process], history.names) + " ";
  if (operation.call == Call::compare_and_set) {
    text += with("set", object(history, operation.key)) + " from " +
            to_text(operation.expected, history.names) + " to " +
            to_text(operation.argument, history.names);
  } else if (operation.call == Call::transaction) {
    const auto steps = history.steps_of(operation);
    for (std::size_t i = 0; i < steps.size(); ++i)
      text += (i == 0 ? "" : ", ") + to_text(history, steps[i]);
    if (steps.empty()) text += "did nothing";
  } else {
    text += act(history, operation);
  }
  if (operation.ending == Ending::failed) text += ", which failed";
  if (operation.ending == Ending::pending) text += ", which was never answered";
  return text;
}

}  // namespace cleave
