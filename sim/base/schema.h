// What a map in a scenario may say: its keys with type, range, default and meaning. Published by
// the scenario and by models as plain data; reading (reader.h), the reference page, `cleave schema`
// and editors (JSON Schema) are all driven by it.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

enum class Type : std::uint8_t {
  text,         // any scalar
  name,         // see parse_name
  boolean,      // true, false, on, off
  integer,      // int64
  natural,      // uint64
  decimal,      // Decimal
  duration,     // Duration
  bytes,        // Bytes
  bit_rate,     // BitRate
  probability,  // Probability
  drift,        // Drift
  choice,       // one of the words in `range`
  section,      // a map, with the schema `of` if that is not null
  any,          // whatever it is; its reader looks
};

enum class Shape : std::uint8_t {
  one,   // the value itself
  list,  // a list of values; one value alone stands for a list of one
  map,   // a map from names to values
};

struct Schema;

// All texts are literals: they outlive every schema.
struct Field {
  std::string_view key = {};
  Type type = Type::text;
  Shape shape = Shape::one;
  // Numbers: "LOW..HIGH", "LOW.." or "..HIGH" in the units of the type, both ends included; empty:
  // 0 and more for durations and sizes, else all that the type holds. Choices: "async | sync".
  std::string_view range = {};
  // Of the three, one: a value for absent, words for what absence means, or neither: required.
  std::string_view default_text = {};
  std::string_view when_absent = {};
  std::string_view doc = {};   // one sentence: meaning, source
  const Schema* of = nullptr;  // of sections

  bool required() const { return default_text.empty() && when_absent.empty(); }
};

struct Schema {
  std::string_view name;  // "store", "primary-backup"
  std::string_view doc;
  std::vector<Field> fields;
  // Instead of fields: a map is one of these, each of which has a key of its own name.
  std::vector<const Schema*> one_of{};

  const Field* find(std::string_view key) const;
};

std::string_view to_string(Type type);  // "duration", "bit rate"

// For schemas that are written down in parts: their fields, in order.
std::vector<Field> joined(std::initializer_list<std::vector<Field>> parts);

// The words of a choice's range, in order.
std::vector<std::string_view> choices(const Field& field);

// What is wrong with a schema, for tests and for models' authors: keys given twice, ranges and
// defaults that do not parse or do not fit, missing docs. Empty when all is well.
std::vector<std::string> faults_of(const Schema& schema);

// The reference: a table in Markdown, one row a key, followed by the tables of nested schemas.
std::string markdown(const Schema& schema);

// An object of JSON Schema (draft 2020-12), nested schemas in place.
std::string json_schema(const Schema& schema);

}  // namespace cleave
