// Any described value as text for a person: {members: by name}, [sequences], {sets}, {maps: to},
// "texts", `none` for what is absent, #2: the third alternative of a variant, times with their
// units, enums by to_string() where they have one and by number where not. Bounded: a long text
// ends in "...".
// A class that is no plain struct joins in with its own write_value(ValueText&, const Class&).
#pragma once
#include "sim/base/blob.h"
#include "sim/base/bytes.h"
#include "sim/base/describe.h"
#include "sim/base/digest.h"
#include "sim/base/id.h"
#include "sim/base/log.h"
#include "sim/base/quantity.h"
#include "sim/base/time.h"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {

class ValueText {
 public:
  explicit ValueText(std::size_t limit_bytes) : limit_(limit_bytes) {}
  void add(std::string_view text);
  void add_quoted(std::string_view text);  // escapes quotes and what does not print
  // Nothing more will be taken: a writer of a long container stops.
  bool full() const { return full_; }
  const std::string& text() const { return text_; }

 private:
  std::size_t limit_;
  std::string text_;
  bool full_ = false;
};

template <std::integral T>
void write_value(ValueText& out, T v) {
  if constexpr (std::is_same_v<T, bool>)
    out.add(v ? "true" : "false");
  else
    out.add(std::to_string(v));
}
template <class T>
requires std::is_enum_v<T>
void write_value(ValueText& out, T v) {
  if constexpr (requires { std::string_view(to_string(v)); })
    out.add(to_string(v));
  else
    out.add(std::to_string(static_cast<std::underlying_type_t<T>>(v)));
}
inline void write_value(ValueText& out, std::string_view v) {
  out.add_quoted(v);
}
inline void write_value(ValueText& out, const std::string& v) {
  out.add_quoted(v);
}
inline void write_value(ValueText& out, const std::monostate& /*nothing*/) {
  out.add("none");
}
inline void write_value(ValueText& out, Duration v) {
  out.add(to_text(v));
}
void write_value(ValueText& out, Time v);
inline void write_value(ValueText& out, Bytes v) {
  out.add(to_text(v));
}
inline void write_value(ValueText& out, BitRate v) {
  out.add(to_text(v));
}
inline void write_value(ValueText& out, const Hash128& v) {
  out.add(to_hex(v));
}
void write_value(ValueText& out, const Blob& v);
template <class Tag, class Rep>
void write_value(ValueText& out, const Id<Tag, Rep>& v) {
  write_value(out, v.value);
}
template <class T>
void write_value(ValueText& out, const std::vector<T>& v);
template <class T>
void write_value(ValueText& out, const std::set<T>& v);
template <class K, class V>
void write_value(ValueText& out, const std::map<K, V>& v);
template <class A, class B>
void write_value(ValueText& out, const std::pair<A, B>& v);
template <class T, std::size_t N>
void write_value(ValueText& out, const std::array<T, N>& v);
template <class T>
void write_value(ValueText& out, const std::optional<T>& v);
template <class... T>
void write_value(ValueText& out, const std::variant<T...>& v);
template <class T, std::size_t N>
void write_value(ValueText& out, const Log<T, N>& v);

template <Described T>
void write_value(ValueText& out, const T& v) {
  std::string_view between = "{";
  for_each_field(v, [&](std::string_view name, const auto& field) {
    if (out.full()) return;
    out.add(between);
    out.add(name);
    out.add(": ");
    write_value(out, field);
    between = ", ";
  });
  out.add(between == "{" ? "{}" : "}");
}

namespace detail {
// at(i) gives the i-th of `size` items.
template <class At>
void write_items(ValueText& out, std::uint64_t size, At&& at) {
  out.add("[");
  for (std::uint64_t i = 0; i < size && !out.full(); ++i) {
    if (i > 0) out.add(", ");
    write_value(out, at(i));
  }
  out.add("]");
}
}  // namespace detail

template <class T>
void write_value(ValueText& out, const std::vector<T>& v) {
  detail::write_items(out, v.size(), [&v](std::size_t i) -> const T& { return v[i]; });
}
template <class T, std::size_t N>
void write_value(ValueText& out, const std::array<T, N>& v) {
  detail::write_items(out, N, [&v](std::size_t i) -> const T& { return v[i]; });
}
template <class T, std::size_t N>
void write_value(ValueText& out, const Log<T, N>& v) {
  detail::write_items(out, v.size() - v.first(),
                      [&v](std::uint64_t i) -> const T& { return v[v.first() + i]; });
}
template <class T>
void write_value(ValueText& out, const std::set<T>& v) {
  std::string_view between = "{";
  for (auto item = v.begin(); item != v.end() && !out.full(); ++item) {
    out.add(between);
    write_value(out, *item);
    between = ", ";
  }
  out.add(v.empty() ? "{}" : "}");
}
template <class K, class V>
void write_value(ValueText& out, const std::map<K, V>& v) {
  std::string_view between = "{";
  for (auto item = v.begin(); item != v.end() && !out.full(); ++item) {
    out.add(between);
    write_value(out, item->first);
    out.add(": ");
    write_value(out, item->second);
    between = ", ";
  }
  out.add(v.empty() ? "{}" : "}");
}
template <class A, class B>
void write_value(ValueText& out, const std::pair<A, B>& v) {
  out.add("(");
  write_value(out, v.first);
  out.add(", ");
  write_value(out, v.second);
  out.add(")");
}
template <class T>
void write_value(ValueText& out, const std::optional<T>& v) {
  if (v)
    write_value(out, *v);
  else
    out.add("none");
}
template <class... T>
void write_value(ValueText& out, const std::variant<T...>& v) {
  out.add("#" + std::to_string(v.index()) + ": ");
  std::visit([&out](const auto& held) { write_value(out, held); }, v);
}

// At most so many bytes, of which the last three are then "...".
constexpr std::size_t kUsualTextBytes = 120;
template <class T>
requires requires(ValueText& out, const T& v) {
  write_value(out, v);
}
std::string value_text(const T& value, std::size_t limit_bytes = kUsualTextBytes) {
  ValueText out(limit_bytes);
  write_value(out, value);
  return out.text();
}

}  // namespace cleave
