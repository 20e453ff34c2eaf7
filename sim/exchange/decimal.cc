#include "sim/exchange/decimal.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace cleave::exchange {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Digits from there on.
std::size_t digits(std::string_view word, std::size_t from) {
  std::size_t count = 0;
  while (from + count < word.size() && is_digit(word[from + count]))
    ++count;
  return count;
}

// "-12.5e+3": the grammar of RFC 8259, or where it ends to be one.
std::size_t number_length(std::string_view word) {
  std::size_t at = word.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits(word, at);
  if (whole == 0 || (whole > 1 && word[at] == '0')) return 0;
  at += whole;
  if (at < word.size() && word[at] == '.') {
    const std::size_t fraction = digits(word, at + 1);
    if (fraction == 0) return at;
    at += 1 + fraction;
  }
  if (at < word.size() && (word[at] == 'e' || word[at] == 'E')) {
    const bool sign = at + 1 < word.size() && (word[at + 1] == '+' || word[at + 1] == '-');
    const std::size_t exponent = digits(word, at + 1 + sign);
    if (exponent == 0) return at;
    at += 1 + sign + exponent;
  }
  return at;
}

std::string plain_decimal(std::string_view number) {
  constexpr std::int64_t kMostZeros = 30;
  const std::string whole(number);
  if (whole.find('/') != std::string::npos) return whole;
  const std::string suffix = number.ends_with('M') ? "M" : "";
  if (!suffix.empty()) number.remove_suffix(1);
  const bool is_negative = number.starts_with('-');
  std::int64_t exponent = 0;
  if (const std::size_t at = number.find_first_of("eE"); at != std::string_view::npos) {
    std::string_view text = number.substr(at + 1);
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error != std::errc() || exponent > 1'000'000 || exponent < -1'000'000) return whole;
    number = number.substr(0, at);
  }
  std::string all;
  for (const char c : number)
    if (is_digit(c)) all += c;
  const std::size_t point = number.find('.');
  if (point != std::string_view::npos)
    exponent -= static_cast<std::int64_t>(number.size() - point - 1);
  while (all.size() > 1 && all.back() == '0') {
    all.pop_back();
    ++exponent;
  }
  all.erase(0, std::min(all.find_first_not_of('0'), all.size() - 1));
  if (all == "0") return "0.0" + suffix;
  const auto size = static_cast<std::int64_t>(all.size());
  const std::string sign = is_negative ? "-" : "";
  if (exponent > kMostZeros || size + exponent < -kMostZeros)
    return sign + all + "e" + std::to_string(exponent) + suffix;
  if (exponent >= 0)
    return sign + all + std::string(static_cast<std::size_t>(exponent), '0') + ".0" + suffix;
  if (size + exponent <= 0) all.insert(0, static_cast<std::size_t>(1 - size - exponent), '0');
  all.insert(all.size() - static_cast<std::size_t>(-exponent), ".");
  return sign + all + suffix;
}

}  // namespace cleave::exchange
