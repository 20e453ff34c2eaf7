// Syntax errors of YAML in words that help: what the library's message means for someone who writes
// a scenario, and what the library does not notice or notices too late.
#pragma once
#include "sim/base/diagnostics.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace cleave {

// The library's message, explained; messages that are not known here are passed on.
Mistake explain_syntax(std::string_view library_message);

// Where the innermost bracket or brace stands that is open at the end of `text`. A guess where a
// text in block style has brackets of its own.
std::optional<std::size_t> open_bracket(std::string_view text);

// The quote of a quotation that never ends; nothing if it ends, or if none begins at `at`, where an
// anchor may precede it.
std::optional<char> open_quotation(std::string_view text, std::size_t at);

// What stands at `at`, after a complete document.
Mistake explain_rest(std::string_view text, std::size_t at);

}  // namespace cleave
