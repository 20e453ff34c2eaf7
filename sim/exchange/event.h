// One line of a history, whatever the format: something was asked, or answered.
#pragma once
#include "sim/exchange/form.h"
#include "sim/exchange/text_reader.h"

#include <optional>
#include <string>

namespace cleave::exchange {

struct Event {
  enum class Type : std::uint8_t { invoke, ok, fail, info };
  Type type = Type::invoke;
  std::string f;  // "read"; empty: it does not say
  Value process;  // nil: it does not say
  Forms value;    // empty: it does not say
  std::optional<Value> key;
  Place place;
};

// "invoke", "ok", "fail", "info".
std::optional<Event::Type> event_type_of(std::string_view word);
std::string_view to_string(Event::Type type);

}  // namespace cleave::exchange
