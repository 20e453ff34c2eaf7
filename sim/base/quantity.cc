#include "sim/base/quantity.h"

#include "sim/base/notation.h"
#include "sim/base/random.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace cleave {
namespace {

using detail::Notation;
using detail::Unit;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr int kMostDecimals = 18;

constexpr std::uint64_t power_of_ten(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i)
    power *= 10;
  return power;
}

// A decimal number and what follows it. `fraction` / 10^decimals is the part after the point.
struct Number {
  bool negative = false;
  std::uint64_t whole = 0;
  std::uint64_t fraction = 0;
  int decimals = 0;
  std::string_view text;  // as written, without the unit
  std::string_view unit;
};

std::string_view leading_digits(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n]))
    ++n;
  return text.substr(0, n);
}

std::optional<std::uint64_t> to_number(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (UINT64_MAX - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

Mistake not_decimal(std::string_view text) {
  return {in_quotes(text) + " is not decimal", "", "write decimal digits without a prefix"};
}

std::string without(std::string_view text, std::string_view unwanted) {
  std::string kept;
  for (const char c : text)
    if (unwanted.find(c) == std::string_view::npos) kept += c;
  return kept;
}

// Ways to write a number that mean different things to different readers, or nothing.
std::optional<Mistake> misleading(std::string_view text, std::string_view digits,
                                  std::string_view rest) {
  const bool grouped = rest.size() > 1 && (rest[0] == ',' || rest[0] == '_') && is_digit(rest[1]);
  if (grouped)
    return Mistake{in_quotes(text) + " groups its digits", "", "write " + without(text, ",_")};
  if (digits == "0" && !rest.empty() && std::string_view("xXoObB").find(rest[0]) != rest.npos &&
      rest.size() > 1 && (is_digit(rest[1]) || rest[0] == 'x' || rest[0] == 'X'))
    return not_decimal(text);
  if (digits.size() > 1 && digits[0] == '0') {
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    return Mistake{in_quotes(text) + " begins with 0, which some read as octal", "",
                   "write " + std::string(digits.substr(first)) + std::string(rest)};
  }
  return std::nullopt;
}

std::optional<Mistake> misleading_unit(std::string_view text, std::string_view unit) {
  const bool exponent = unit.size() > 1 && (unit[0] == 'e' || unit[0] == 'E') &&
                        (is_digit(unit[1]) || unit[1] == '-' || unit[1] == '+');
  if (exponent) return Mistake{in_quotes(text) + " has an exponent", "", "write all its digits"};
  if (!unit.empty() && unit[0] == ' ')
    return Mistake{in_quotes(text) + " has a space before its unit", "",
                   "write " + without(text, " ")};
  return std::nullopt;
}

// Reads "-12.5ms" into its parts.
std::variant<Number, Mistake> scan(std::string_view text) {
  if (text.empty()) return Mistake{"the text is empty", "", ""};
  Number number;
  std::string_view rest = text;
  if (rest[0] == '+')
    return Mistake{in_quotes(text) + " has a plus sign", "",
                   "write " + std::string(rest.substr(1, rest.find(' ')))};
  number.negative = rest[0] == '-';
  if (number.negative) rest.remove_prefix(1);
  const std::string_view whole = leading_digits(rest);
  rest.remove_prefix(whole.size());
  if (whole.empty()) {
    if (rest.size() > 1 && rest[0] == '.' && is_digit(rest[1]))
      return Mistake{in_quotes(text) + " has no digit before its point", "",
                     std::string("write ") + (number.negative ? "-0" : "0") + std::string(rest)};
    return Mistake{in_quotes(text) + " is not a number", "", ""};
  }
  if (auto mistake = misleading(text, whole, rest)) return *mistake;
  std::string_view fraction;
  if (!rest.empty() && rest[0] == '.') {
    fraction = leading_digits(rest.substr(1));
    if (fraction.empty()) return Mistake{in_quotes(text) + " has no digit after its point", "", ""};
    rest.remove_prefix(1 + fraction.size());
  }
  number.text = text.substr(0, text.size() - rest.size());
  number.unit = rest;
  if (auto mistake = misleading_unit(text, rest)) return *mistake;
  while (fraction.ends_with('0'))
    fraction.remove_suffix(1);
  if (fraction.size() > kMostDecimals)
    return Mistake{in_quotes(text) + " has more than 18 decimals", "", "round it"};
  number.fraction = to_number(fraction).value_or(0);
  number.decimals = static_cast<int>(fraction.size());
  const auto value = to_number(whole);
  if (!value) return Mistake{in_quotes(text) + " is too large", "", ""};
  number.whole = *value;
  return number;
}

std::string unit_list(const Notation& notation) {
  std::string list = "units: ";
  for (const Unit& unit : notation.units)
    list += (&unit == notation.units.data() ? "" : ", ") + std::string(unit.text);
  return list;
}

Mistake wrong_unit(std::string_view text, const Number& number, const Notation& notation) {
  const std::string value(number.text);
  if (number.unit.empty()) {
    std::string advice = "write " + value + std::string(notation.usual[0]);
    if (!notation.usual[1].empty()) advice += " or " + value + std::string(notation.usual[1]);
    return {in_quotes(text) + " has no unit", "", advice};
  }
  const bool unitless = notation.units.size() == 1 && notation.units[0].text.empty();
  if (unitless) return {in_quotes(text) + " is not a plain number", "", "write " + value};
  const std::string found = in_quotes(text) + " has the unknown unit " + in_quotes(number.unit);
  for (const auto& [slip, meant] : notation.slips)
    if (slip == number.unit) return {found, "", "write " + value + std::string(meant)};
  return {found, "", unit_list(notation)};
}

// The exact value in the smallest unit.
struct Scaled {
  bool negative = false;
  std::uint64_t amount = 0;
};

Mistake beyond(std::string_view text, const Number& number, const Notation& notation) {
  const std::string limit(notation.largest_text);
  if (number.negative) return {in_quotes(text) + " is less than -" + limit, "", ""};
  return {in_quotes(text) + " is more than " + limit, "", ""};
}

std::variant<Scaled, Mistake> scale(std::string_view text, const Notation& notation) {
  const auto scanned = scan(text);
  if (const auto* mistake = std::get_if<Mistake>(&scanned)) return *mistake;
  const Number& number = std::get<Number>(scanned);
  const auto unit = std::find_if(notation.units.begin(), notation.units.end(),
                                 [&](const Unit& u) { return u.text == number.unit; });
  if (unit == notation.units.end()) return wrong_unit(text, number, notation);
  if (number.negative && notation.sign == Notation::Sign::positive)
    return Mistake{in_quotes(text) + " is negative", "", ""};
  const u128 fraction = u128(number.fraction) * unit->scale;
  const std::uint64_t divisor = power_of_ten(number.decimals);
  if (fraction % divisor != 0) {
    if (notation.whole == "units") return Mistake{in_quotes(text) + " is not an integer", "", ""};
    return Mistake{in_quotes(text) + " is not a whole number of " + std::string(notation.whole), "",
                   ""};
  }
  const u128 amount = u128(number.whole) * unit->scale + fraction / divisor;
  if (amount > notation.largest) return beyond(text, number, notation);
  return Scaled{number.negative, static_cast<std::uint64_t>(amount)};
}

// A signed number of at most notation.largest. Only -2^63 needs the wrap-around of the cast.
Parsed<std::int64_t> parse_signed(std::string_view text, const Notation& notation) {
  auto scaled = scale(text, notation);
  if (auto* mistake = std::get_if<Mistake>(&scaled)) {
    mistake->expected = notation.expected;
    return *mistake;
  }
  const auto [negative, amount] = std::get<Scaled>(scaled);
  return static_cast<std::int64_t>(negative ? 0 - amount : amount);
}

template <class T>
Parsed<T> parse_as(std::string_view text, const Notation& notation) {
  const auto parsed = parse_signed(text, notation);
  if (const auto* mistake = std::get_if<Mistake>(&parsed)) return *mistake;
  return T{std::get<std::int64_t>(parsed)};
}

// "1.5" for 3 / 2: exact with at most `most` decimals, or nothing.
std::optional<std::string> decimal_text(std::uint64_t amount, std::uint64_t unit, int most) {
  std::string text = std::to_string(amount / unit);
  u128 rest = amount % unit;
  for (int i = 0; rest != 0 && i < most; ++i) {
    rest *= 10;
    text += (i == 0 ? "." : "");
    text += static_cast<char>('0' + static_cast<int>(rest / unit));
    rest %= unit;
  }
  return rest == 0 ? std::optional(text) : std::nullopt;
}

// The shortest exact text among the units that leave a digit before the point; of equals the one
// with the smaller unit.
std::string to_text(std::int64_t amount, const Notation& notation, std::string_view unit_of_zero) {
  if (amount == 0) return "0" + std::string(unit_of_zero);
  const auto size =
      amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
  std::string best;
  for (const Unit& unit : notation.units) {
    if (unit.scale > size) continue;
    const auto number = decimal_text(size, unit.scale, 9);
    if (!number) continue;
    const std::string text = *number + std::string(unit.text);
    if (best.empty() || text.size() < best.size()) best = text;
  }
  return (amount < 0 ? "-" : "") + best;
}

}  // namespace

template <>
Parsed<Duration> parse_quantity(std::string_view text) {
  return parse_as<Duration>(text, detail::kDurationNotation);
}

template <>
Parsed<Bytes> parse_quantity(std::string_view text) {
  return parse_as<Bytes>(text, detail::kBytesNotation);
}

template <>
Parsed<BitRate> parse_quantity(std::string_view text) {
  return parse_as<BitRate>(text, detail::kBitRateNotation);
}

template <>
Parsed<Drift> parse_quantity(std::string_view text) {
  return parse_as<Drift>(text, detail::kDriftNotation);
}

template <>
Parsed<Decimal> parse_quantity(std::string_view text) {
  return parse_as<Decimal>(text, detail::kDecimalNotation);
}

template <>
Parsed<std::int64_t> parse_quantity(std::string_view text) {
  auto scaled = scale(text, detail::kIntegerNotation);
  const auto* value = std::get_if<Scaled>(&scaled);
  if (value && !value->negative && value->amount > INT64_MAX)
    return Mistake{in_quotes(text) + " is too large",
                   std::string(detail::kIntegerNotation.expected), ""};
  return parse_signed(text, detail::kIntegerNotation);
}

template <>
Parsed<std::uint64_t> parse_quantity(std::string_view text) {
  auto scaled = scale(text, detail::kNaturalNotation);
  if (auto* mistake = std::get_if<Mistake>(&scaled)) {
    mistake->expected = detail::kNaturalNotation.expected;
    return *mistake;
  }
  return std::get<Scaled>(scaled).amount;
}

template <>
Parsed<Probability> parse_quantity(std::string_view text) {
  const auto refuse = [&](Mistake mistake) {
    mistake.expected = detail::kProbabilityNotation.expected;
    return mistake;
  };
  const auto scanned = scan(text);
  if (const auto* mistake = std::get_if<Mistake>(&scanned)) return refuse(*mistake);
  const Number& number = std::get<Number>(scanned);
  const std::uint64_t one = power_of_ten(number.decimals);
  if (number.unit.empty()) {  // 0.5 could be half a percent or a half.
    const std::string value(number.text);
    const auto hundredfold =
        decimal_text(static_cast<std::uint64_t>(u128(number.fraction) * 100 / one), 1, 0);
    const bool share = number.whole == 0 && number.fraction != 0 && number.decimals <= 2;
    return refuse({in_quotes(text) + " has no unit", "",
                   share ? "write " + *hundredfold + "% if it is a share of 1, " + value +
                               "% if it is a percentage"
                         : "write " + value + "%"});
  }
  if (number.unit != "%") return refuse(wrong_unit(text, number, detail::kProbabilityNotation));
  if (number.negative) return refuse({in_quotes(text) + " is negative", "", ""});
  if (number.decimals > 17) return refuse({in_quotes(text) + " has more than 17 decimals", "", ""});
  const bool too_much = number.whole > 100 || (number.whole == 100 && number.fraction != 0);
  if (too_much) return refuse({in_quotes(text) + " is more than 100%", "", ""});
  if (number.whole == 100) return Probability::certain();
  const u128 parts = u128(number.whole) * one + number.fraction;  // of 100 * one, below 10^19
  return Probability{static_cast<std::uint64_t>((parts << 64) / (u128(one) * 100)), false};
}

template <>
Parsed<bool> parse_quantity(std::string_view text) {
  if (text == "true" || text == "on") return true;
  if (text == "false" || text == "off") return false;
  constexpr std::array<detail::Slip, 12> kSlips{{{"yes", "true"},
                                                 {"no", "false"},
                                                 {"Yes", "true"},
                                                 {"No", "false"},
                                                 {"True", "true"},
                                                 {"False", "false"},
                                                 {"TRUE", "true"},
                                                 {"FALSE", "false"},
                                                 {"On", "on"},
                                                 {"Off", "off"},
                                                 {"1", "true"},
                                                 {"0", "false"}}};
  std::string advice;
  for (const auto& [slip, meant] : kSlips)
    if (slip == text) advice = "write " + std::string(meant);
  return Mistake{in_quotes(text) + " is not a yes or a no", "true, false, on or off", advice};
}

Parsed<std::string> parse_name(std::string_view text) {
  constexpr std::size_t kLongestName = 64;
  constexpr std::string_view kExpected =
      "a name of letters, digits, '-' and '_' that begins with a letter or a digit";
  const auto plain = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  const auto refuse = [&](const std::string& found) {
    return Mistake{found, std::string(kExpected), ""};
  };
  if (text.empty()) return refuse("the name is empty");
  if (text.size() > kLongestName) return refuse(in_quotes(text) + " has more than 64 characters");
  if (!plain(text[0])) return refuse(in_quotes(text) + " is not a name");
  for (const char c : text)
    if (!plain(c) && c != '-' && c != '_') return refuse(in_quotes(text) + " is not a name");
  return std::string(text);
}

std::string to_text(Duration duration) {
  return to_text(duration.ns, detail::kDurationNotation, "s");
}

std::string to_text(Bytes bytes) {
  return to_text(bytes.count, detail::kBytesNotation, "B");
}

std::string to_text(BitRate rate) {
  return to_text(rate.bits_per_second, detail::kBitRateNotation, "bit/s");
}

std::string to_text(Drift drift) {
  return to_text(drift.parts_per_billion, detail::kDriftNotation, "ppm");
}

}  // namespace cleave
