// Setting text in columns: the width of UTF-8 on a terminal, padding, wrapping, and numbers as
// people read them. The same bytes everywhere: no locale is asked.
#pragma once
#include "sim/base/time.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// Columns that the text takes: combining marks none, wide East Asian characters and emoji two.
std::size_t columns_of(std::string_view text);

// Fills up with spaces; text that is longer stays whole.
std::string flush_left(std::string_view text, std::size_t columns);
std::string flush_right(std::string_view text, std::size_t columns);

// Cut to at most so many columns, of which the last three are then "...".
std::string shortened(std::string_view text, std::size_t columns);

// Lines of at most so many columns, broken at spaces where there are any. At least one line.
// A number is kept with its unit.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

// The text with every byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string valid_utf8(std::string_view text);
// The same as one line for a terminal: ends of lines become spaces, other controls U+FFFD.
std::string printable(std::string_view text);

std::string grouped(std::uint64_t number);  // "184,220"
// "1 replica", "2,000 replicas"
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);
// "46.5 %", rounded down, so that "100 %" means all; "0 %" of nothing. Requires: below 2^54.
std::string percentage(std::uint64_t part, std::uint64_t whole);
std::string two_decimals(std::int64_t thousandths);  // "2.00", "-0.05": rounded
std::string rounded(Duration duration);  // "87.2 ms", "63 s", "12.5 min": to three digits
std::string exact(Time time);            // "20.004 s": cut to milliseconds

}  // namespace cleave
