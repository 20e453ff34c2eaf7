#include "sim/base/reader.h"

#include "sim/base/bounds.h"
#include "sim/base/nearest.h"
#include "sim/base/notation.h"

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <variant>

namespace cleave {
namespace {

// The Type of a field that is read as a T. Text and names share std::string.
template <class T>
bool is_read_as(Type type) {
  if constexpr (std::is_same_v<T, std::string>)
    return type == Type::text || type == Type::name || type == Type::choice;
  else if constexpr (std::is_same_v<T, bool>)
    return type == Type::boolean;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return type == Type::integer;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return type == Type::natural;
  else if constexpr (std::is_same_v<T, Decimal>)
    return type == Type::decimal;
  else if constexpr (std::is_same_v<T, Duration>)
    return type == Type::duration;
  else if constexpr (std::is_same_v<T, Bytes>)
    return type == Type::bytes;
  else if constexpr (std::is_same_v<T, BitRate>)
    return type == Type::bit_rate;
  else if constexpr (std::is_same_v<T, Probability>)
    return type == Type::probability;
  else
    return type == Type::drift;
}

constexpr bool is_worded(Type type) {
  return type == Type::text || type == Type::name || type == Type::choice;
}

std::string a(std::string_view noun) {
  const bool vowel = std::string_view("aeiou").find(noun[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

// A value of a type without a range.
std::string_view expected_of(Type type) {
  switch (type) {
    case Type::boolean:
      return "true, false, on or off";
    case Type::integer:
      return detail::kIntegerNotation.expected;
    case Type::natural:
      return detail::kNaturalNotation.expected;
    case Type::decimal:
      return detail::kDecimalNotation.expected;
    case Type::duration:
      return detail::kDurationNotation.expected;
    case Type::bytes:
      return detail::kBytesNotation.expected;
    case Type::bit_rate:
      return detail::kBitRateNotation.expected;
    case Type::probability:
      return detail::kProbabilityNotation.expected;
    case Type::drift:
      return detail::kDriftNotation.expected;
    case Type::name:
      return "a name";
    case Type::text:
    case Type::choice:
    case Type::section:
    case Type::any:
      break;
  }
  return "text";
}

// One value of the field, for the "expected" of a message.
std::string expected_one(const Field& field) {
  if (field.type == Type::choice) {
    std::string list;
    for (const std::string_view word : choices(field))
      list += (list.empty() ? "" : ", ") + std::string(word);
    return "one of " + list;
  }
  if (field.type == Type::section)
    return field.of ? "a map: " + std::string(field.of->name) : "a map";
  if (field.range.empty()) return std::string(expected_of(field.type));
  const std::string noun = field.type == Type::natural ? "an integer" : a(to_string(field.type));
  const std::size_t dots = field.range.find("..");
  std::string low(field.range.substr(0, dots));
  const std::string high(field.range.substr(dots + 2));
  if (high.empty()) return noun + " of " + low + " or more";
  if (low.empty()) return noun + " of at most " + high;
  if (low == high) return low;
  return noun + " from " + low + " to " + high;
}

std::string expected(const Field& field) {
  if (field.shape == Shape::list) return "a list, each item " + expected_one(field);
  if (field.shape == Shape::map) return "a map from names, each value " + expected_one(field);
  return expected_one(field);
}

std::vector<std::string_view> keys_of(const Schema& schema) {
  std::vector<std::string_view> keys;
  for (const Field& field : schema.fields)
    keys.push_back(field.key);
  return keys;
}

Mistake for_key(const Field& field, Mistake mistake) {
  mistake.found = std::string(field.key) + ": " + mistake.found;
  return mistake;
}

template <class T>
Parsed<T> parse_number(const Field& field, std::string_view text) {
  Parsed<T> parsed = parse_quantity<T>(text);
  if constexpr (std::is_same_v<T, bool>) {
    return parsed;
  } else {
    const auto bounds = std::get<detail::Bounds<T>>(detail::bounds_of<T>(field.range));
    if (const auto* mistake = std::get_if<Mistake>(&parsed)) {
      return field.range.empty() ? *mistake
                                 : Mistake{mistake->found, expected_one(field), mistake->advice};
    }
    if (bounds.contains(std::get<T>(parsed))) return parsed;
    return Mistake{
        in_quotes(text) + " is out of range",
        field.range.empty() ? a(to_string(field.type)) + " of 0 or more" : expected_one(field), ""};
  }
}

Parsed<std::string> parse_words(const Field& field, std::string_view text) {
  if (field.type == Type::text) return std::string(text);
  if (field.type == Type::name) return parse_name(text);
  const std::vector<std::string_view> words = choices(field);
  if (std::find(words.begin(), words.end(), text) != words.end()) return std::string(text);
  const bool near = nearest(text, words).has_value();
  return Mistake{in_quotes(text) + " is unknown", expected_one(field),
                 near ? suggestion(text, words) : ""};
}

template <class T>
Parsed<T> parse_value(const Field& field, std::string_view text) {
  if constexpr (std::is_same_v<T, std::string>)
    return parse_words(field, text);
  else
    return parse_number<T>(field, text);
}

// What stands for a value that is absent or wrong.
template <class T>
T fallback(const Field& field) {
  if (!field.default_text.empty()) {
    const Parsed<T> parsed = parse_value<T>(field, field.default_text);
    CLEAVE_CHECK(std::holds_alternative<T>(parsed), "a default of the schema is in range");
    return std::get<T>(parsed);
  }
  if constexpr (std::is_same_v<T, std::string>) {
    return field.type == Type::choice ? std::string(choices(field)[0]) : std::string();
  } else if constexpr (std::is_same_v<T, bool>) {
    return false;
  } else {
    const auto bounds = std::get<detail::Bounds<T>>(detail::bounds_of<T>(field.range));
    return bounds.contains(T{}) ? T{} : bounds.low;
  }
}

}  // namespace

Reader::Reader(const Section& section, const Schema& schema, Diagnostics& diagnostics)
    : section_(section),
      schema_(schema),
      diagnostics_(diagnostics),
      used_(schema.fields.size(), false) {
  if (!section.is_map()) {
    diagnostics.error(section.mark, {std::string(schema.name) + ": found " + describe(section),
                                     "a map from keys to values", suggestion("", keys_of(schema))});
    return;
  }
  for (const Entry& entry : section.entries) {
    if (schema.find(entry.key)) continue;
    if (const auto meant = nearest(entry.key, keys_of(schema))) meant_.push_back(*meant);
    diagnostics.error(entry.mark,
                      {std::string(schema.name) + ": unknown key " + in_quotes(entry.key), "",
                       suggestion(entry.key, keys_of(schema))});
  }
}

const Field& Reader::field(std::string_view key) const {
  const Field* field = schema_.find(key);
  CLEAVE_CHECK(field, "the schema has the key that is read");
  return *field;
}

template <class T>
const Field& Reader::field_for(std::string_view key, Shape shape) const {
  const Field& f = field(key);
  CLEAVE_CHECK(f.shape == shape && is_read_as<T>(f.type), "the key is read as its schema says");
  return f;
}

// The value of the field if it has one of the right shape; else says what is wrong.
const Section* Reader::take(const Field& f) {
  used_[static_cast<std::size_t>(&f - schema_.fields.data())] = true;
  const Section* value = section_.find(f.key);
  if (!value) {
    const bool misspelt = std::find(meant_.begin(), meant_.end(), f.key) != meant_.end();
    if (f.required() && section_.is_map() && !misspelt)
      diagnostics_.error(section_.mark,
                         {std::string(schema_.name) + ": " + in_quotes(f.key) + " is missing",
                          expected(f), "add `" + std::string(f.key) + ": ...`"});
    return nullptr;
  }
  bool fits = f.type == Type::any || (f.shape == Shape::map && value->is_map());
  if (f.shape == Shape::list)
    fits = value->is_list() || (f.type != Type::section && value->is_scalar());
  if (f.shape == Shape::one && f.type != Type::any)
    fits = f.type == Type::section ? value->is_map() : value->is_scalar();
  if (fits) return value;
  diagnostics_.error(value->mark,
                     for_key(f, {"found " + describe(*value), expected(f), std::string()}));
  return nullptr;
}

// One value, which is a scalar unless the file is wrong.
template <class T>
std::optional<T> Reader::one(const Field& f, const Section& value) {
  const auto refuse = [&](Mistake mistake) {
    diagnostics_.error(value.mark, for_key(f, std::move(mistake)));
    return std::nullopt;
  };
  if (!value.is_scalar()) return refuse({"found " + describe(value), expected_one(f), ""});
  if (value.quoted && !is_worded(f.type))
    return refuse({"found " + describe(value), expected_one(f), "remove the quotes"});
  Parsed<T> parsed = parse_value<T>(f, value.text);
  if (auto* mistake = std::get_if<Mistake>(&parsed)) return refuse(std::move(*mistake));
  return std::get<T>(std::move(parsed));
}

template <class T>
T Reader::value(std::string_view key) {
  const Field& f = field_for<T>(key, Shape::one);
  const Section* value = take(f);
  if (!value) return fallback<T>(f);
  std::optional<T> read = one<T>(f, *value);
  return read ? std::move(*read) : fallback<T>(f);
}

template <class T>
std::vector<T> Reader::list(std::string_view key) {
  const Field& f = field_for<T>(key, Shape::list);
  const Section* value = take(f);
  std::vector<T> list;
  if (!value) return list;
  const auto add = [&](const Section& item) {
    if (std::optional<T> read = one<T>(f, item)) list.push_back(std::move(*read));
  };
  if (value->is_scalar()) add(*value);
  for (const Section& item : value->items)
    add(item);
  return list;
}

template <class T>
std::vector<std::pair<std::string, T>> Reader::map(std::string_view key) {
  const Field& f = field_for<T>(key, Shape::map);
  const Section* value = take(f);
  std::vector<std::pair<std::string, T>> map;
  if (!value) return map;
  for (const Entry& entry : value->entries) {
    const Parsed<std::string> name = parse_name(entry.key);
    if (const auto* mistake = std::get_if<Mistake>(&name))
      diagnostics_.error(entry.mark, for_key(f, *mistake));
    std::optional<T> read = one<T>(f, entry.value);
    if (read) map.emplace_back(entry.key, std::move(*read));
  }
  return map;
}

std::string_view Reader::choice(std::string_view key) {
  const Field& f = field(key);
  CLEAVE_CHECK(f.type == Type::choice, "the key is read as its schema says");
  const std::string word = value<std::string>(key);
  for (const std::string_view known : choices(f))
    if (known == word) return known;
  throw_engine_bug(__FILE_NAME__, __LINE__, "a choice is one of its words");
}

const Section* Reader::section(std::string_view key) {
  const Field& f = field(key);
  CLEAVE_CHECK(f.type == Type::section || f.type == Type::any,
               "the key is read as its schema says");
  const Section* value = take(f);
  if (!value || f.type == Type::any) return value;
  bool fits = true;
  const auto require_map = [&](const Section& inner) {
    if (inner.is_map()) return;
    fits = false;
    diagnostics_.error(inner.mark,
                       for_key(f, {"found " + describe(inner), expected_one(f), std::string()}));
  };
  if (f.shape == Shape::list)
    for (const Section& item : value->items)
      require_map(item);
  if (f.shape == Shape::map)
    for (const Entry& entry : value->entries)
      require_map(entry.value);
  return fits ? value : nullptr;
}

Mark Reader::mark(std::string_view key) const {
  const Section* value = section_.find(key);
  return value ? value->mark : section_.mark;
}

void Reader::error(std::string_view key, Mistake mistake) {
  diagnostics_.error(mark(key), for_key(field(key), std::move(mistake)));
}

void Reader::finish(std::string_view why) {
  for (const Entry& entry : section_.entries) {
    const Field* f = schema_.find(entry.key);
    if (!f || used_[static_cast<std::size_t>(f - schema_.fields.data())]) continue;
    diagnostics_.error(
        entry.mark, {in_quotes(entry.key) + " has no effect " + std::string(why), "", "remove it"});
  }
}

// One instance for each type that a schema can name.
#define CLEAVE_READS(T)                                   \
  template T Reader::value<T>(std::string_view);          \
  template std::vector<T> Reader::list(std::string_view); \
  template std::vector<std::pair<std::string, T>> Reader::map(std::string_view)
CLEAVE_READS(std::string);
CLEAVE_READS(bool);
CLEAVE_READS(std::int64_t);
CLEAVE_READS(std::uint64_t);
CLEAVE_READS(Decimal);
CLEAVE_READS(Duration);
CLEAVE_READS(Bytes);
CLEAVE_READS(BitRate);
CLEAVE_READS(Probability);
CLEAVE_READS(Drift);
#undef CLEAVE_READS

}  // namespace cleave
