// Schemas as JSON Schema, for editors: declared in schema.h.
#include "sim/base/assert.h"
#include "sim/base/bounds.h"
#include "sim/base/schema.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>

namespace cleave {
namespace {

constexpr int kMostNested = 16;  // schemas within schemas

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

std::string json_pattern(std::string_view number, std::string_view units) {
  return R"({"type":"string","pattern":")" + ("^" + std::string(number)) + R"((\\.[0-9]+)?()" +
         std::string(units) + R"()$"})";
}

template <class T>
std::string json_integer(const Field& field) {
  const auto bounds = std::get<detail::Bounds<T>>(detail::bounds_of<T>(field.range));
  std::string out = R"({"type":"integer")";
  if (bounds.low != std::numeric_limits<T>::min() || bounds.low == 0)
    out += R"(,"minimum":)" + std::to_string(bounds.low);
  if (bounds.high != std::numeric_limits<T>::max())
    out += R"(,"maximum":)" + std::to_string(bounds.high);
  return out + "}";
}

std::string json_object(const Schema& schema, int depth);

// One value of the field's type.
std::string json_value(const Field& field, int depth) {
  constexpr std::string_view kPositive = "(0|[1-9][0-9]*)";
  constexpr std::string_view kEither = "-?(0|[1-9][0-9]*)";
  switch (field.type) {
    case Type::text:
      return R"({"type":["string","number","boolean"]})";
    case Type::name:
      return R"({"type":["string","integer"],"pattern":"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"})";
    case Type::boolean:
      return R"({"enum":[true,false,"on","off"]})";
    case Type::integer:
      return json_integer<std::int64_t>(field);
    case Type::natural:
      return json_integer<std::uint64_t>(field);
    case Type::decimal:
      return R"({"type":"number"})";
    case Type::duration:
      return json_pattern(kEither, "ns|us|ms|s|m|h|d");
    case Type::bytes:
      return json_pattern(kPositive, "B|[kMGT]B|[KMGT]iB");
    case Type::bit_rate:
      return json_pattern(kPositive, "[kMGT]?bit/s");
    case Type::probability:
      return json_pattern(kPositive, "%");
    case Type::drift:
      return json_pattern(kEither, "ppm|ppb");
    case Type::choice:
      break;
    case Type::section:
      return field.of ? json_object(*field.of, depth + 1) : R"({"type":"object"})";
    case Type::any:
      return "{}";
  }
  std::string out = R"({"enum":[)";
  for (const std::string_view word : choices(field)) {
    if (!out.ends_with('[')) out += ",";
    out += json_string(word);
    if (word == "on" || word == "true") out += ",true";
    if (word == "off" || word == "false") out += ",false";
  }
  return out + "]}";
}

std::string json_field(const Field& field, int depth) {
  std::string value = json_value(field, depth);
  if (field.shape == Shape::map)
    value = R"({"type":"object","additionalProperties":)" + value + "}";
  if (field.shape == Shape::list && field.type == Type::section)
    value = R"({"type":"array","items":)" + value + "}";
  else if (field.shape == Shape::list)
    value = R"({"anyOf":[)" + value + R"(,{"type":"array","items":)" + value + "}]}";
  std::string about = R"("description":)" + json_string(field.doc);
  if (!field.range.empty() && field.type != Type::choice)
    about = R"("description":)" +
            json_string(std::string(field.doc) + " Range: " + std::string(field.range) + ".");
  if (!field.default_text.empty()) about += R"(,"default":)" + json_string(field.default_text);
  return "{" + about + (value == "{}" ? "}" : "," + value.substr(1));
}

std::string json_alternatives(const Schema& schema, int depth) {
  std::string all;
  for (const Schema* one : schema.one_of)
    all += (all.empty() ? "" : ",") + json_object(*one, depth + 1);
  return R"({"title":)" + json_string(schema.name) + R"(,"description":)" +
         json_string(schema.doc) + R"(,"oneOf":[)" + all + "]}";
}

std::string json_object(const Schema& schema, int depth) {
  CLEAVE_CHECK(depth <= kMostNested, "schemas are not nested in themselves");
  if (!schema.one_of.empty()) return json_alternatives(schema, depth);
  std::string properties, required;
  for (const Field& field : schema.fields) {
    properties +=
        (properties.empty() ? "" : ",") + json_string(field.key) + ":" + json_field(field, depth);
    if (field.required()) required += (required.empty() ? "" : ",") + json_string(field.key);
  }
  std::string out = R"({"title":)" + json_string(schema.name) + R"(,"description":)" +
                    json_string(schema.doc) + R"(,"type":"object","additionalProperties":false)";
  if (!required.empty()) out += R"(,"required":[)" + required + "]";
  return out + R"(,"properties":{)" + properties + "}}";
}

}  // namespace

std::string json_schema(const Schema& schema) {
  return json_object(schema, 0);
}

}  // namespace cleave
