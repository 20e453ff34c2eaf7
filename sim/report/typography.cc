#include "sim/report/typography.h"

#include "sim/base/utf8.h"

#include <algorithm>
#include <array>

namespace cleave {
namespace {

struct CodePoint {
  char32_t value = U'\uFFFD';
  std::size_t bytes = 1;
  bool valid = false;
};

// The character at the start of `text`; of what is not UTF-8, one byte. Requires: text not empty.
CodePoint first_code_point(std::string_view text) {
  const std::size_t bytes = utf8_length(text, 0);
  if (bytes == 0) return {};
  const unsigned lead = static_cast<unsigned char>(text[0]);
  char32_t value = bytes == 1 ? lead : lead & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i)
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return {value, bytes, true};
}

struct Range {
  char32_t first, last;
};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [=](Range r) { return value >= r.first && value <= r.last; });
}

// Not all of Unicode's tables: what people put into the names of scenarios.
std::size_t columns_of(char32_t value) {
  constexpr std::array kNone{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20F0},
                             Range{0xFE00, 0xFE0F}};
  constexpr std::array kTwo{
      Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
      Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE4F},
      Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
      Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
  if (in(kNone, value)) return 0;
  return in(kTwo, value) ? 2 : 1;
}

// The longest prefix of at most so many columns, in bytes.
std::size_t bytes_within(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const CodePoint next = first_code_point(text.substr(bytes));
    used += columns_of(next.value);
    if (used > columns) break;
    bytes += next.bytes;
  }
  return bytes;
}

bool ends_in_digit(std::string_view text) {
  return !text.empty() && text.back() >= '0' && text.back() <= '9';
}

bool is_unit(std::string_view word) {
  while (!word.empty() && std::string_view(".,;:)").find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  constexpr std::array<std::string_view, 9> kUnits{"ns", "us", "ms", "s",  "min",
                                                   "h",  "d",  "%",  "ppm"};
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

// Words as they may not be broken.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!words.empty() && ends_in_digit(words.back()) && is_unit(word))
      words.back().append(" ").append(word);
    else
      words.emplace_back(word);
  }
  return words;
}

struct Unit {
  std::string_view name;
  std::int64_t ns;
  std::int64_t from_ns;  // shorter times take the unit before
};
constexpr std::array kUnits{
    Unit{"ns", 1, 0},
    Unit{"us", 1'000, 1'000},
    Unit{"ms", 1'000'000, 1'000'000},
    Unit{"s", 1'000'000'000, 1'000'000'000},
    Unit{"min", 60'000'000'000, 600'000'000'000},
    Unit{"h", 3'600'000'000'000, 7'200'000'000'000},
    Unit{"d", 86'400'000'000'000, 172'800'000'000'000},
};

// "12.5": thousandths without trailing zeros.
std::string decimal(std::int64_t thousandths) {
  std::string text = grouped(static_cast<std::uint64_t>(thousandths / 1000));
  std::string fraction = std::to_string(1000 + thousandths % 1000).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? text : text + "." + fraction;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    columns += columns_of(next.value);
    text.remove_prefix(next.bytes);
  }
  return columns;
}

std::string flush_left(std::string_view text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return std::string(text).append(columns > used ? columns - used : 0, ' ');
}

std::string flush_right(std::string_view text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return std::string(columns > used ? columns - used : 0, ' ').append(text);
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (columns_of(text) <= columns) return std::string(text);
  const std::string_view dots = std::string_view("...").substr(0, columns);
  return std::string(text.substr(0, bytes_within(text, columns - dots.size()))).append(dots);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  for (std::string& word : words_of(text)) {
    const std::size_t used = columns_of(lines.back());
    if (used > 0 && used + 1 + columns_of(word) > columns) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    while (columns_of(word) > columns) {
      const std::size_t bytes = std::max<std::size_t>(bytes_within(word, columns), 1);
      lines.back() += word.substr(0, bytes);
      word.erase(0, bytes);
      lines.emplace_back();
    }
    lines.back() += word;
  }
  return lines;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    valid += next.valid ? text.substr(0, next.bytes) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(next.bytes);
  }
  return valid;
}

std::string printable(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string line;
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t bytes = std::max<std::size_t>(utf8_length(valid, i), 1);
    if (valid[i] == '\n')
      line += ' ';
    else
      line += is_control(valid, i) ? "\xEF\xBF\xBD" : valid.substr(i, bytes);
    i += bytes;
  }
  return line;
}

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return grouped(number).append(" ").append(number == 1 ? one : many);
}

std::string percentage(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0 || part == 0) return "0 %";
  const std::uint64_t tenths = part / whole * 1000 + part % whole * 1000 / whole;
  if (tenths == 0) return "<0.1 %";
  return decimal(static_cast<std::int64_t>(tenths) * 100) + " %";
}

std::string two_decimals(std::int64_t thousandths) {
  const std::int64_t hundredths = (std::abs(thousandths) + 5) / 10;
  return (thousandths < 0 && hundredths > 0 ? "-" : "") + std::to_string(hundredths / 100) + "." +
         std::to_string(100 + hundredths % 100).substr(1);
}

std::string rounded(Duration duration) {
  if (duration.ns == 0) return "0 s";
  if (duration.ns < 0) return "-" + rounded(Duration{-duration.ns});
  for (std::size_t i = 0;; ++i) {
    if (i + 1 < kUnits.size() && duration.ns >= kUnits[i + 1].from_ns) continue;
    const Unit& unit = kUnits[i];
    const std::int64_t whole = duration.ns / unit.ns;
    const std::int64_t places = whole >= 100 ? 1 : whole >= 10 ? 10 : 100;
    const std::int64_t step = unit.ns / places;  // the worth of the last of three digits
    if (step == 0) return decimal(whole * 1000) + " " + std::string(unit.name);
    const std::int64_t up = duration.ns % step >= step - step / 2 ? 1 : 0;
    const std::int64_t steps = duration.ns / step + up;  // times step, the longest would not fit
    if (i + 1 < kUnits.size() && steps * step >= kUnits[i + 1].from_ns)
      return rounded(Duration{steps * step});
    return decimal(steps * (1000 / places)) + " " + std::string(unit.name);
  }
}

std::string exact(Time time) {
  return decimal(time.ns / 1'000'000) + " s";
}

}  // namespace cleave
