#include "sim/exchange/form_reader.h"

#include "sim/exchange/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>

namespace cleave::exchange {
namespace {

enum Class : std::uint8_t { kWord = 1, kBlankEdn = 2, kBlankJson = 4, kPlain = 8 };

// What a byte may be part of: a word, blanks, the inside of a string without more ado.
constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const char c = static_cast<char>(i);
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    const bool bracket = std::string_view("()[]{}").find(c) != std::string_view::npos;
    if (i > ' ' && i != 0x7f && !bracket && c != '"' && c != ';' && c != ',') classes[i] |= kWord;
    if (blank || c == ',' || c == '\f') classes[i] |= kBlankEdn;
    if (blank) classes[i] |= kBlankJson;
    if (i >= ' ' && c != '"' && c != '\\') classes[i] |= kPlain;
  }
  return classes;
}();

template <std::uint8_t wanted>
struct Is {
  bool operator()(char c) const { return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0; }
};
constexpr Is<kWord> kIsWord;
constexpr Is<kPlain> kIsPlain;
constexpr Is<kBlankEdn> kIsBlankEdn;
constexpr Is<kBlankJson> kIsBlankJson;

bool is_whole(std::string_view number) {
  return number.find_first_of(".eE/") == std::string_view::npos;
}

}  // namespace

void FormReader::expected_form() {
  text_.fail_here("a value");
}

int FormReader::next() {
  std::optional<Place> tag;  // what matters of a tag is its value
  while (true) {
    if (dialect_ == Dialect::json) {
      text_.skip_while(kIsBlankJson);
      return text_.peek();
    }
    text_.skip_while(kIsBlankEdn);
    const int c = text_.peek();
    if (c == TextReader::kEnd && tag) text_.fail(*tag, {"found a tag at the end", "a value", ""});
    if (c != ';' && c != '#') return c;
    if (c == ';') {
      text_.skip_line();
    } else {
      const Place place = text_.place();
      text_.advance();
      const int after = text_.peek();
      if (after == '{') return '#';  // a set; its bracket is next
      if (after == '_') {
        text_.advance();
        if (++discards_ > kDeepest)
          text_.fail(place, {"found more than " + std::to_string(kDeepest) + " #_ in each other",
                             "a history", "is this the right file?"});
        if (next() == TextReader::kEnd) text_.fail(place, {"found #_ at the end", "a value", ""});
        skip();
        --discards_;
      } else if (text_.take_while(kIsWord).empty()) {
        text_.fail(place, {"found '#'", "a tag, a set or #_", ""});
      } else {
        tag = place;
      }
    }
  }
}

void FormReader::read(Forms& into) {
  read(into, 0);
}

void FormReader::read(Forms& into, int depth) {
  if (depth > kDeepest)
    text_.fail({"found more than " + std::to_string(kDeepest) + " brackets in each other",
                "a history", "is this the right file?"});
  const int c = next();
  if (c == '#') {
    text_.advance();
    return read_collection(into, Form::Kind::set, '}', depth);
  }
  if (c == '[' || (c == '(' && dialect_ == Dialect::edn)) {
    text_.advance();
    return read_collection(into, Form::Kind::list, c == '[' ? ']' : ')', depth);
  }
  if (c == '{') {
    text_.advance();
    return read_collection(into, Form::Kind::map, '}', depth);
  }
  Form atom;
  if (c == '"')
    atom.value = read_string();
  else if (c == '\\' && dialect_ == Dialect::edn)
    atom.value = read_character();
  else
    atom.value = read_number_or_symbol();
  into.push_back(atom);
}

void FormReader::read_collection(Forms& into, Form::Kind kind, char close, int depth) {
  const std::size_t at = into.size();
  into.push_back({kind, {}, 1});
  std::size_t count = 0;
  Place place = text_.place();
  read_members(close, [&] {
    if (kind == Form::Kind::map && dialect_ == Dialect::json && next() != '"')
      text_.fail_here("a key in double quotes");
    read(into, depth + 1);
    ++count;
    if (kind == Form::Kind::map && dialect_ == Dialect::json) {
      pass_colon();
      read(into, depth + 1);
    }
  });
  if (kind == Form::Kind::map && dialect_ == Dialect::edn && count % 2 != 0)
    text_.fail(place, {"a map has a key without a value", "a value for each key", ""});
  into[at].size = static_cast<std::uint32_t>(into.size() - at);
}

bool FormReader::at_close(char close, bool first) {
  int c = next();
  if (dialect_ == Dialect::json && c == ',' && !first) {
    text_.advance();
    c = next();
    if (c == close)
      text_.fail({"found a comma before '" + std::string(1, close) + "'", "a value after it", ""});
  } else if (dialect_ == Dialect::json && c != close && c != TextReader::kEnd && !first) {
    text_.fail_here(std::string("',' or '") + close + "'");
  }
  if (c == TextReader::kEnd)
    text_.fail({"the text ends", "'" + std::string(1, close) + "'", "is the file complete?"});
  if (c != close) return false;
  text_.advance();
  return true;
}

void FormReader::pass_colon() {
  if (dialect_ == Dialect::edn) return;
  if (next() != ':') text_.fail_here("':' between a key and its value");
  text_.advance();
}

void FormReader::skip() {
  skip(0);
}

// EDN that nobody wants is passed by more loosely than it is read: words stay unread.
void FormReader::skip(int depth) {
  if (dialect_ == Dialect::json || depth > kDeepest) {
    Forms forms;
    return read(forms, depth);
  }
  const int c = next();
  const int open = c == '#' ? '{' : c;
  if (open == '[' || open == '(' || open == '{') {
    text_.advance();
    return read_members(open == '[' ? ']' : open == '(' ? ')' : '}', [&] { skip(depth + 1); });
  }
  if (c == '"') {
    string_text();
  } else if (c == '\\') {
    text_.advance();
    if (text_.peek() == TextReader::kEnd) expected_form();
    text_.advance();
    text_.take_while(kIsWord);
  } else if (c == TextReader::kEnd || text_.take_while(kIsWord).empty()) {
    expected_form();
  }
}

std::string_view FormReader::read_word() {
  const int c = next();
  if (c == '"') {
    const std::string_view text = string_text();
    return dialect_ == Dialect::json && text.starts_with(':') ? text.substr(1) : text;
  }
  if (dialect_ == Dialect::json) text_.fail_here("a string");
  if (c == TextReader::kEnd || !kIsWord(static_cast<char>(c))) text_.fail_here("a keyword");
  std::string_view word = text_.take_while(kIsWord);
  if (word.starts_with(':')) word.remove_prefix(1);
  return word;
}

// ---- strings ------------------------------------------------------------------------------------

Value FormReader::read_string() {
  return names_.intern(string_text());
}

std::string_view FormReader::string_text() {
  const Place begin = text_.place();
  text_.advance();
  string_.clear();
  while (true) {
    const std::string_view plain = text_.take_while(kIsPlain);
    string_.append(plain);
    const int c = text_.peek();
    if (c == TextReader::kEnd)
      text_.fail(begin, {"a string does not end", "'\"'", "is the file complete?"});
    if (c == '\\') {
      read_escape();
    } else if (c == '"') {
      text_.advance();
      return string_;
    } else if (dialect_ == Dialect::json) {
      text_.fail({"found a control character in a string", "an escape such as \\n", ""});
    } else {
      string_ += static_cast<char>(c);
      text_.advance();
    }
  }
}

void FormReader::read_escape() {
  const Place place = text_.place();
  text_.advance();
  const int c = text_.peek();
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t known =
      c == TextReader::kEnd ? std::string_view::npos : kEscapes.find(static_cast<char>(c));
  if (known != std::string_view::npos) {
    string_ += kMeanings[known];
    text_.advance();
    return;
  }
  if (c != 'u')
    text_.fail(place, {"found an unknown escape in a string", "one of \\\" \\\\ \\n \\t \\uXXXX",
                       "write \\\\ for a backslash"});
  text_.advance();
  std::uint32_t point = read_hex();
  if (point >= 0xd800 && point < 0xdc00 && text_.peek() == '\\') {
    text_.advance();
    if (!text_.accept('u')) text_.fail(place, {"found half a character", "\\uXXXX after it", ""});
    const std::uint32_t low = read_hex();
    point = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00)
                                          : 0xfffd;
  }
  if (point >= 0xd800 && point < 0xe000) point = 0xfffd;  // half of a pair
  add_code_point(point);
}

std::uint32_t FormReader::read_hex() {
  std::uint32_t point = 0;
  for (int i = 0; i < 4; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const int c = text_.peek();
    const int lower = c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c;
    const std::size_t digit =
        lower <= 0 ? std::string_view::npos : kDigits.find(static_cast<char>(lower));
    if (digit == std::string_view::npos) text_.fail_here("four hexadecimal digits after \\u");
    point = point * 16 + static_cast<std::uint32_t>(digit);
    text_.advance();
  }
  return point;
}

void FormReader::add_code_point(std::uint32_t point) {
  const auto add = [this](std::uint32_t byte) { string_ += static_cast<char>(byte); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xc0 | point >> 6);
    add(0x80 | (point & 0x3f));
  } else {
    if (point < 0x10000) {
      add(0xe0 | point >> 12);
    } else {
      add(0xf0 | point >> 18);
      add(0x80 | (point >> 12 & 0x3f));
    }
    add(0x80 | (point >> 6 & 0x3f));
    add(0x80 | (point & 0x3f));
  }
}

// ---- words --------------------------------------------------------------------------------------

// A character is the string of its name, as "\\a" or "\\newline".
Value FormReader::read_character() {
  text_.advance();
  const int c = text_.peek();
  if (c == TextReader::kEnd) expected_form();
  std::string name("\\");
  if (!kIsWord(static_cast<char>(c))) {
    name += static_cast<char>(c);
    text_.advance();
  }
  name += text_.take_while(kIsWord);
  return names_.intern(name);
}

Value FormReader::read_number_or_symbol() {
  const Place place = text_.place();
  const std::string_view word = text_.take_while(kIsWord);
  if (word.empty()) expected_form();
  const bool sign = word[0] == '-' || (word[0] == '+' && dialect_ == Dialect::edn);
  if (is_digit(word[0]) || (sign && word.size() > 1 && is_digit(word[1])))
    return number(word, place);
  if (word == "nil" && dialect_ == Dialect::edn) return {};
  if (word == "null" && dialect_ == Dialect::json) return {};
  if (dialect_ == Dialect::json && word != "true" && word != "false")
    text_.fail(place, {"found " + in_quotes(word), "a value",
                       word == "nil" ? "write null" : "write strings in double quotes"});
  return names_.intern(word);
}

Value FormReader::number(std::string_view word, Place place) {
  std::string_view body = word.starts_with('+') ? word.substr(1) : word;
  std::int64_t value = 0;
  const bool zeros = body.size() > 1 && body[0] == '0';
  if (!zeros) {
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value);
    if (error == std::errc() && end == body.data() + body.size() && integer(value).is_integer())
      return integer(value);
  }
  std::size_t length = number_length(body);
  if (dialect_ == Dialect::edn && length > 0) {
    if (length + 1 == body.size() && body.back() == 'N' && is_whole(body)) {
      const Value whole = number(body.substr(0, length), place);
      return whole;
    }
    if (length + 1 == body.size() && body.back() == 'M') ++length;
    if (length < body.size() && body[length] == '/' && is_whole(body.substr(0, length))) {
      const std::size_t below = digits(body, length + 1);
      if (below > 0) length += 1 + below;
    }
  }
  if (length != body.size())
    text_.fail(place, {"found " + in_quotes(word), "a number", "write names as strings"});
  const std::string plain = is_whole(body) ? std::string(body) : plain_decimal(body);
  if (dialect_ == Dialect::json && plain.ends_with(".0"))
    return number(std::string_view(plain).substr(0, plain.size() - 2), place);
  return names_.intern(plain);
}

Forms forms_of_text(std::string_view text, Names& names) {
  const std::size_t size = text.size() + 1;
  TextReader reader(
      [text](char* into, std::size_t at_most) mutable {
        const std::size_t count = std::min(at_most, text.size());
        std::memcpy(into, text.data(), count);
        text.remove_prefix(count);
        return count;
      },
      size);
  FormReader reads(reader, Dialect::edn, names);
  Forms forms;
  reads.read(forms);
  if (reads.next() != TextReader::kEnd) reader.fail_here("one value");
  return forms;
}

}  // namespace cleave::exchange
