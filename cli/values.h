// The values of options: read as those of a scenario are, and refused in the same words.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/quantity.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::cli {

// Throws ScenarioError.
[[noreturn]] void refuse(std::string_view option, Mistake mistake);

// "a, b or c"
std::string list_of(const std::vector<std::string_view>& names);

template <class T>
T value_of(std::string_view option, const std::string& text) {
  Parsed<T> parsed = parse_quantity<T>(text);
  if (T* value = std::get_if<T>(&parsed)) return *std::move(value);
  refuse(option, std::get<Mistake>(std::move(parsed)));
}

template <class T>
std::optional<T> value_of(std::string_view option, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return value_of<T>(option, *text);
}

}  // namespace cleave::cli
