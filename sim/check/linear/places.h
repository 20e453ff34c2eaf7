// Which values of which objects an operation left behind and saw.
#pragma once
#include "sim/check/history/history.h"

#include <compare>
#include <cstdint>

namespace cleave::linear {

// A value of an object.
struct Place {
  std::uint32_t key = 0;
  Value value;
  auto operator<=>(const Place&) const = default;
};

// The values that an operation leaves behind, where that is all it does.
template <class Visit>
void each_left(const History& history, const Operation& o, Visit visit) {
  if (o.call == Call::transaction) {
    for (const Step& step : history.steps_of(o))
      if (step.call == Call::write) visit(Place{step.key, step.argument});
  } else if (o.call != Call::read) {
    visit(Place{o.key, o.argument});
  }
}

// The values that an operation saw.
template <class Visit>
void each_seen(const History& history, const Operation& o, Visit visit) {
  if (o.call == Call::transaction) {
    for (const Step& step : history.steps_of(o))
      if (step.answer == Answer::one) visit(Place{step.key, step.result});
  } else if (o.call == Call::compare_and_set) {
    visit(Place{o.key, o.expected});
  } else if (o.answer == Answer::one) {
    visit(Place{o.key, o.result});
  } else if (o.answer == Answer::many) {
    for (const Value value : history.results_of(o))
      visit(Place{o.key, value});
  }
}

inline bool leaves(const History& history, const Operation& o, Place place) {
  bool found = false;
  each_left(history, o, [&](Place left) { found |= left == place; });
  return found;
}

}  // namespace cleave::linear
