#include "sim/exchange/event.h"

#include <array>

namespace cleave::exchange {
namespace {

constexpr std::array<std::string_view, 4> kTypes{"invoke", "ok", "fail", "info"};

}  // namespace

std::optional<Event::Type> event_type_of(std::string_view word) {
  for (std::size_t i = 0; i < kTypes.size(); ++i)
    if (kTypes[i] == word) return static_cast<Event::Type>(i);
  return std::nullopt;
}

std::string_view to_string(Event::Type type) {
  return kTypes.at(static_cast<std::size_t>(type));
}

}  // namespace cleave::exchange
