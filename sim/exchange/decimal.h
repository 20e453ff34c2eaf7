// Numbers with a fraction or an exponent, as histories have them for values.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace cleave::exchange {

bool is_digit(char c);
// Digits from there on.
std::size_t digits(std::string_view word, std::size_t from);
// "-12.5e+3": how much of a word is a number by the grammar of RFC 8259.
std::size_t number_length(std::string_view word);

// One text for each number: 1.50, 15e-1 and 1.5 are 1.5. An exponent stays where there would be too
// many zeros. What ends in M, which EDN keeps apart, goes on doing so; a ratio is left as it is.
// Requires: a number as EDN or JSON write it, without a plus sign.
std::string plain_decimal(std::string_view number);

}  // namespace cleave::exchange
