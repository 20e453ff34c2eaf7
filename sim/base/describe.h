// Reflection for plain structs, by hand: CLEAVE_DESCRIBE names every member once, and forgetting
// one does not compile. Digest, diff and JSON are built on it. Aggregates only: no bases, no
// C arrays.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

namespace cleave {
namespace detail {

struct Any {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor): stands for a member of any type
};

// Number of members of an aggregate: how many initialisers it takes.
template <class T, class... A>
consteval std::size_t arity() {
  if constexpr (requires { T{A{}..., Any{}}; })
    return arity<T, A..., Any>();
  else
    return sizeof...(A);
}

template <std::size_t N>
consteval auto split(std::string_view list) {
  std::array<std::string_view, N> names{};
  std::size_t begin = 0;
  for (std::size_t i = 0; i < N; ++i) {
    while (begin < list.size() && list[begin] == ' ')
      ++begin;
    std::size_t end = list.find(',', begin);
    if (end == std::string_view::npos) end = list.size();
    names[i] = list.substr(begin, end - begin);
    begin = end + 1;
  }
  return names;
}

template <std::size_t N>
consteval bool all_distinct(const std::array<std::string_view, N>& names) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (names[i] == names[j]) return false;
  return true;
}

}  // namespace detail

// Put once in a plain struct, naming every member in order.
#define CLEAVE_DESCRIBE(...)                       \
  static constexpr std::string_view field_list() { \
    return #__VA_ARGS__;                           \
  }                                                \
  constexpr auto fields() const {                  \
    return std::tie(__VA_ARGS__);                  \
  }                                                \
  constexpr auto fields() {                        \
    return std::tie(__VA_ARGS__);                  \
  }

template <class T>
concept Described = requires(const T& t) {
  t.fields();
};

template <Described T>
constexpr std::size_t field_count() {
  constexpr auto kNamed = std::tuple_size_v<decltype(std::declval<const T&>().fields())>;
  static_assert(kNamed == detail::arity<T>(),
                "CLEAVE_DESCRIBE must name every member of this struct");
  return kNamed;
}

template <Described T>
constexpr auto field_names() {
  constexpr auto kNames = detail::split<field_count<T>()>(T::field_list());
  static_assert(detail::all_distinct(kNames), "CLEAVE_DESCRIBE must name every member once");
  return kNames;
}

// Calls visit(name, member) for each member, in order.
template <class T, class F>
requires Described<T>
constexpr void for_each_field(T& t, F&& visit) {
  constexpr auto kNames = field_names<std::remove_const_t<T>>();
  auto members = t.fields();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(kNames[I], std::get<I>(members)), ...);
  }
  (std::make_index_sequence<field_count<std::remove_const_t<T>>()>{});
}

}  // namespace cleave
