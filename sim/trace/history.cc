#include "sim/trace/history.h"

#include <array>

namespace cleave {

std::string_view to_string(ObjectType type) {
  constexpr std::array<std::string_view, 8> kNames{"register", "max_register", "set",  "log",
                                                   "queue",    "counter",      "pool", "map"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::string_view to_string(Action action) {
  constexpr std::array<std::string_view, 12> kNames{
      "read",   "write",     "compare_and_set", "raise",   "add", "remove",
      "append", "read_from", "acknowledge",     "reserve", "put", "take"};
  return kNames.at(static_cast<std::size_t>(action));
}

std::string_view to_string(Outcome outcome) {
  constexpr std::array<std::string_view, 5> kNames{"ok", "refused", "conflict", "unavailable",
                                                   "unknown"};
  return kNames.at(static_cast<std::size_t>(outcome));
}

}  // namespace cleave
