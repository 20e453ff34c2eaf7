// Canonical hash of a value: what golden runs compare and what stands for a payload in the trace.
// The same bits on every machine: integers are hashed by value, never by their bytes in memory.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/random.h"

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

struct Digest {
  std::uint64_t value = 0xcbf29ce484222325ull;
  constexpr void add(std::uint64_t v) { value = mix(value, v); }
};

struct Hash128 {
  std::uint64_t low = 0, high = 0;
  auto operator<=>(const Hash128&) const = default;
  CLEAVE_DESCRIBE(low, high)
};

// XXH3 of raw bytes. Requires: bytes that are the same on every machine (no padding, no pointers).
std::uint64_t hash_bytes(const void* data, std::size_t size_bytes);
Hash128 hash_bytes_128(const void* data, std::size_t size_bytes);
std::string to_hex(const Hash128& hash);                 // 32 lower-case digits, high half first
std::optional<Hash128> from_hex(std::string_view text);  // of 32 digits of either case

template <std::integral T>
constexpr void digest(Digest& d, T v) {
  if constexpr (std::is_same_v<T, char>)  // signed on x86, unsigned on ARM
    d.add(static_cast<unsigned char>(v));
  else
    d.add(static_cast<std::uint64_t>(v));
}
template <class T>
requires std::is_enum_v<T>
constexpr void digest(Digest& d, T v) {
  d.add(static_cast<std::uint64_t>(v));
}
void digest(Digest& d, std::string_view text);
inline void digest(Digest& d, const std::string& text) {
  digest(d, std::string_view(text));
}
template <class T>
void digest(Digest& d, const std::vector<T>& v);
template <class T>
void digest(Digest& d, const std::set<T>& s);
template <class K, class V>
void digest(Digest& d, const std::map<K, V>& m);
template <class A, class B>
void digest(Digest& d, const std::pair<A, B>& p);
template <class T, std::size_t N>
void digest(Digest& d, const std::array<T, N>& a);
template <class T>
void digest(Digest& d, const std::optional<T>& o);
template <class... T>
void digest(Digest& d, const std::variant<T...>& v);
inline void digest(Digest& d, const std::monostate&) {
  d.add(0);
}

template <Described T>
constexpr void digest(Digest& d, const T& t) {
  for_each_field(t, [&d](std::string_view, const auto& field) { digest(d, field); });
}

namespace detail {
template <class Range>
void digest_range(Digest& d, const Range& range) {
  d.add(range.size());
  for (const auto& item : range)
    digest(d, item);
}
}  // namespace detail

template <class T>
void digest(Digest& d, const std::vector<T>& v) {
  detail::digest_range(d, v);
}
template <class T>
void digest(Digest& d, const std::set<T>& s) {
  detail::digest_range(d, s);
}
template <class K, class V>
void digest(Digest& d, const std::map<K, V>& m) {
  detail::digest_range(d, m);
}
template <class A, class B>
void digest(Digest& d, const std::pair<A, B>& p) {
  digest(d, p.first);
  digest(d, p.second);
}
template <class T, std::size_t N>
void digest(Digest& d, const std::array<T, N>& a) {
  detail::digest_range(d, a);
}
template <class T>
void digest(Digest& d, const std::optional<T>& o) {
  d.add(o.has_value() ? 1 : 0);
  if (o) digest(d, *o);
}
template <class... T>
void digest(Digest& d, const std::variant<T...>& v) {
  d.add(v.index());
  std::visit([&d](const auto& held) { digest(d, held); }, v);
}

template <class T>
std::uint64_t digest_of(const T& value) {
  Digest d;
  digest(d, value);
  return d.value;
}

}  // namespace cleave
