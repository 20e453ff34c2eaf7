#include "sim/base/schema.h"

#include "sim/base/assert.h"
#include "sim/base/bounds.h"
#include "sim/base/quantity.h"

#include <algorithm>
#include <cstddef>
#include <variant>

namespace cleave {
namespace {

constexpr int kMostNested = 16;  // schemas within schemas

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  return text;
}

template <class T>
std::string fault_in_numbers(const Field& field) {
  const auto bounds = detail::bounds_of<T>(field.range);
  if (const auto* mistake = std::get_if<Mistake>(&bounds)) return "range: " + mistake->found;
  if (field.default_text.empty()) return {};
  const auto value = parse_quantity<T>(field.default_text);
  if (const auto* mistake = std::get_if<Mistake>(&value)) return "default: " + mistake->found;
  if (!std::get<detail::Bounds<T>>(bounds).contains(std::get<T>(value)))
    return "default: " + in_quotes(field.default_text) + " is out of range";
  return {};
}

std::string fault_in_choice(const Field& field) {
  const std::vector<std::string_view> words = choices(field);
  if (words.size() < 2) return "range: a choice needs two words or more, joined by '|'";
  if (std::find(words.begin(), words.end(), "") != words.end()) return "range: an empty word";
  if (!field.default_text.empty() &&
      std::find(words.begin(), words.end(), field.default_text) == words.end())
    return "default: " + in_quotes(field.default_text) + " is none of the choices";
  return {};
}

// Types without a range of their own.
std::string fault_in_plain(const Field& field) {
  if (!field.range.empty()) return "range: this type has none";
  if (field.type == Type::section && !field.default_text.empty()) return "default: a map has none";
  if (field.type == Type::name && !field.default_text.empty() &&
      std::holds_alternative<Mistake>(parse_name(field.default_text)))
    return "default: " + in_quotes(field.default_text) + " is not a name";
  const bool wrong_boolean =
      field.type == Type::boolean && !field.default_text.empty() &&
      std::holds_alternative<Mistake>(parse_quantity<bool>(field.default_text));
  return wrong_boolean ? "default: " + in_quotes(field.default_text) + " is no boolean" : "";
}

std::string fault_in_type(const Field& field) {
  switch (field.type) {
    case Type::integer:
      return fault_in_numbers<std::int64_t>(field);
    case Type::natural:
      return fault_in_numbers<std::uint64_t>(field);
    case Type::decimal:
      return fault_in_numbers<Decimal>(field);
    case Type::duration:
      return fault_in_numbers<Duration>(field);
    case Type::bytes:
      return fault_in_numbers<Bytes>(field);
    case Type::bit_rate:
      return fault_in_numbers<BitRate>(field);
    case Type::probability:
      return fault_in_numbers<Probability>(field);
    case Type::drift:
      return fault_in_numbers<Drift>(field);
    case Type::choice:
      return fault_in_choice(field);
    case Type::text:
    case Type::name:
    case Type::boolean:
    case Type::section:
    case Type::any:
      break;
  }
  return fault_in_plain(field);
}

void add_faults(const Schema& schema, int depth, std::vector<std::string>& faults) {
  const auto add = [&](std::string_view key, const std::string& what) {
    faults.push_back(std::string(schema.name) + (key.empty() ? "" : ".") + std::string(key) + ": " +
                     what);
  };
  if (schema.name.empty()) add("", "a schema needs a name");
  if (schema.doc.empty()) add("", "no doc");
  if (depth > kMostNested) return add("", "a schema within itself");
  if (!schema.one_of.empty() && !schema.fields.empty()) add("", "both fields and alternatives");
  for (const Schema* one : schema.one_of) {
    if (!one->find(one->name)) add(one->name, "an alternative needs a key of its own name");
    add_faults(*one, depth + 1, faults);
  }
  for (const Field& field : schema.fields) {
    if (schema.find(field.key) != &field) add(field.key, "the key is there twice");
    if (field.doc.empty()) add(field.key, "no doc");
    if (field.shape != Shape::one && !field.default_text.empty())
      add(field.key, "lists and maps have no default; say `when_absent`");
    if (!field.default_text.empty() && !field.when_absent.empty())
      add(field.key, "both a default and words for absence");
    if (const std::string what = fault_in_type(field); !what.empty()) add(field.key, what);
    if (field.of && field.type != Type::section) add(field.key, "`of` is for sections");
    if (field.of) add_faults(*field.of, depth + 1, faults);
  }
}

std::string type_words(const Field& field) {
  std::string words;
  if (field.shape == Shape::list) words = "list of ";
  if (field.shape == Shape::map) words = "map from names to ";
  if (field.type == Type::section)
    words += field.of ? std::string(field.of->name) : "map";
  else
    words += to_string(field.type);
  if (field.type != Type::choice)
    return field.range.empty() ? words : words + ", " + std::string(field.range);
  std::string list;
  for (const std::string_view word : choices(field))
    list += (list.empty() ? "`" : ", `") + std::string(word) + "`";
  return words + " of " + list;
}

void add_markdown(const Schema& schema, int depth, std::string& out) {
  CLEAVE_CHECK(depth <= kMostNested, "schemas are not nested in themselves");
  out += "### " + std::string(schema.name) + "\n\n" + std::string(schema.doc) + "\n\n";
  if (!schema.fields.empty()) out += "| key | value | default | meaning |\n|---|---|---|---|\n";
  for (const Field& field : schema.fields) {
    std::string absent(field.when_absent);
    if (!field.default_text.empty()) absent = "`" + std::string(field.default_text) + "`";
    if (field.required()) absent = "required";
    out += "| `" + std::string(field.key) + "` | " + type_words(field) + " | " + absent + " | " +
           std::string(field.doc) + " |\n";
  }
  out += "\n";
  for (const Field& field : schema.fields)
    if (field.of) add_markdown(*field.of, depth + 1, out);
  for (const Schema* one : schema.one_of)
    add_markdown(*one, depth + 1, out);
}

}  // namespace

const Field* Schema::find(std::string_view key) const {
  const auto field =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
  return field == fields.end() ? nullptr : &*field;
}

std::string_view to_string(Type type) {
  switch (type) {
    case Type::text:
      return "text";
    case Type::name:
      return "name";
    case Type::boolean:
      return "boolean";
    case Type::integer:
      return "integer";
    case Type::natural:
      return "integer of 0 or more";
    case Type::decimal:
      return "decimal";
    case Type::duration:
      return "duration";
    case Type::bytes:
      return "size";
    case Type::bit_rate:
      return "bit rate";
    case Type::probability:
      return "probability";
    case Type::drift:
      return "clock drift";
    case Type::choice:
      return "one";
    case Type::section:
      return "map";
    case Type::any:
      break;
  }
  return "as described";
}

std::vector<Field> joined(std::initializer_list<std::vector<Field>> parts) {
  std::vector<Field> all;
  for (const std::vector<Field>& part : parts)
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

std::vector<std::string_view> choices(const Field& field) {
  std::vector<std::string_view> words;
  std::string_view rest = field.range;
  for (std::size_t bar = 0; bar != std::string_view::npos;) {
    bar = rest.find('|');
    words.push_back(trimmed(rest.substr(0, bar)));
    rest.remove_prefix(std::min(bar, rest.size() - 1) + 1);
  }
  return words;
}

std::vector<std::string> faults_of(const Schema& schema) {
  std::vector<std::string> faults;
  add_faults(schema, 0, faults);
  return faults;
}

std::string markdown(const Schema& schema) {
  std::string out;
  add_markdown(schema, 0, out);
  return out;
}

}  // namespace cleave
