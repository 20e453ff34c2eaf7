// Where two values of one described type differ: the path to each difference and both texts, as in
// `memory.pending[3].acked[7]: present -> absent`. Equal parts cost a comparison and no text, and
// what two Logs share is not looked at. Bounded: says how many differences it does not show.
// A class that is no plain struct joins in with its own compare(Differ&, left, right).
#pragma once
#include "sim/base/value_text.h"

#include <algorithm>
#include <array>
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

struct Diff {
  struct Entry {
    std::string path;         // empty: the values themselves
    std::string left, right;  // "absent" where one side has nothing
    bool operator==(const Entry&) const = default;
    CLEAVE_DESCRIBE(path, left, right)
  };
  std::vector<Entry> shown;
  std::uint64_t more = 0;  // differences beyond those shown
  bool empty() const { return shown.empty() && more == 0; }
  CLEAVE_DESCRIBE(shown, more)
};

// One difference a line, ending in "and 5 more" where there are; "no difference" where none is.
std::string to_text(const Diff& diff);

// Collects differences while compare() walks two values. Steps name where the walk is; their text
// is made only where something differs.
class Differ {
 public:
  explicit Differ(std::size_t most) : most_(most) {}

  // Both run `walk` one step further down: into a member, or into an item by index or key.
  template <class F>
  void at_member(std::string_view name, F&& walk) {
    const auto print = [](ValueText& out, const Step& s) {
      if (!out.text().empty()) out.add(".");
      out.add(s.name);
    };
    go({name, nullptr, 0, print}, walk);
  }
  template <class F>
  void at_index(std::uint64_t index, F&& walk) {
    const auto print = [](ValueText& out, const Step& s) {
      out.add("[" + std::to_string(s.index) + "]");
    };
    go({{}, nullptr, index, print}, walk);
  }
  template <class K, class F>
  void at_key(const K& key, F&& walk) {
    const auto print = [](ValueText& out, const Step& s) {
      out.add("[");
      write_value(out, *static_cast<const K*>(s.key));
      out.add("]");
    };
    go({{}, &key, 0, print}, walk);
  }

  // What differs here.
  template <class T>
  void differs(const T& left, const T& right) {
    if (takes_one_more()) show(value_text(left), value_text(right));
  }
  template <class T>
  void only_left(const T& left) {
    if (takes_one_more()) show(value_text(left), std::string(kAbsent));
  }
  template <class T>
  void only_right(const T& right) {
    if (takes_one_more()) show(std::string(kAbsent), value_text(right));
  }
  void differs_as_text(std::string_view left, std::string_view right) {
    if (takes_one_more()) show(std::string(left), std::string(right));
  }

  Diff take() { return std::move(diff_); }

  static constexpr std::string_view kAbsent = "absent";
  static constexpr std::string_view kPresent = "present";

 private:
  struct Step {
    std::string_view name;  // of a member
    const void* key;
    std::uint64_t index;
    void (*print)(ValueText& out, const Step& step);
  };
  template <class F>
  void go(Step step, F&& walk) {
    steps_.push_back(step);
    walk();
    steps_.pop_back();
  }
  bool takes_one_more();
  void show(std::string left, std::string right);

  std::size_t most_;
  std::vector<Step> steps_;
  Diff diff_;
};

template <class T>
concept ComparedWhole = std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, Time> ||
    std::is_same_v<T, Duration> || std::is_same_v<T, Bytes> || std::is_same_v<T, BitRate> ||
    std::is_same_v<T, Hash128> || std::is_same_v<T, Blob> || std::is_same_v<T, std::monostate>;

template <ComparedWhole T>
void compare(Differ& d, const T& left, const T& right) {
  if (!(left == right)) d.differs(left, right);
}
void compare(Differ& d, std::string_view left, std::string_view right);
inline void compare(Differ& d, const std::string& left, const std::string& right) {
  compare(d, std::string_view(left), std::string_view(right));
}
template <class Tag, class Rep>
void compare(Differ& d, const Id<Tag, Rep>& left, const Id<Tag, Rep>& right) {
  compare(d, left.value, right.value);
}
template <class T>
void compare(Differ& d, const std::vector<T>& left, const std::vector<T>& right);
template <class T>
void compare(Differ& d, const std::set<T>& left, const std::set<T>& right);
template <class K, class V>
void compare(Differ& d, const std::map<K, V>& left, const std::map<K, V>& right);
template <class A, class B>
void compare(Differ& d, const std::pair<A, B>& left, const std::pair<A, B>& right);
template <class T, std::size_t N>
void compare(Differ& d, const std::array<T, N>& left, const std::array<T, N>& right);
template <class T>
void compare(Differ& d, const std::optional<T>& left, const std::optional<T>& right);
template <class... T>
void compare(Differ& d, const std::variant<T...>& left, const std::variant<T...>& right);
template <class T, std::size_t N>
void compare(Differ& d, const Log<T, N>& left, const Log<T, N>& right);

template <class T>
requires(Described<T> && !ComparedWhole<T>)  //
    void compare(Differ& d, const T& left, const T& right) {
  constexpr auto kNames = field_names<T>();
  const auto lefts = left.fields();
  const auto rights = right.fields();
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (d.at_member(kNames[I], [&] { compare(d, std::get<I>(lefts), std::get<I>(rights)); }), ...);
  }
  (std::make_index_sequence<field_count<T>()>{});
}

namespace detail {

// Items from `begin` on, by position.
template <class Sequence>
void compare_items(Differ& d, const Sequence& left, const Sequence& right, std::uint64_t begin) {
  const std::uint64_t common = std::min<std::uint64_t>(left.size(), right.size());
  for (std::uint64_t i = begin; i < common; ++i)
    d.at_index(i, [&] { compare(d, left[i], right[i]); });
  for (std::uint64_t i = std::max(begin, common); i < left.size(); ++i)
    d.at_index(i, [&] { d.only_left(left[i]); });
  for (std::uint64_t i = std::max(begin, common); i < right.size(); ++i)
    d.at_index(i, [&] { d.only_right(right[i]); });
}

// Items in order of key: meet(left, right) gets both items of a key, or null for one that is not
// there.
template <class Container, class KeyOf, class Meet>
void merge_by_key(const Container& left, const Container& right, KeyOf&& key_of, Meet&& meet) {
  using Item = typename Container::value_type;
  constexpr const Item* kNothing = nullptr;
  auto l = left.begin();
  auto r = right.begin();
  while (l != left.end() || r != right.end()) {
    if (r == right.end() || (l != left.end() && key_of(*l) < key_of(*r)))
      meet(&*l++, kNothing);
    else if (l == left.end() || key_of(*r) < key_of(*l))
      meet(kNothing, &*r++);
    else
      meet(&*l++, &*r++);
  }
}

}  // namespace detail

template <class T>
void compare(Differ& d, const std::vector<T>& left, const std::vector<T>& right) {
  detail::compare_items(d, left, right, 0);
}
template <class T, std::size_t N>
void compare(Differ& d, const std::array<T, N>& left, const std::array<T, N>& right) {
  detail::compare_items(d, left, right, 0);
}
template <class T, std::size_t N>
void compare(Differ& d, const Log<T, N>& left, const Log<T, N>& right) {
  d.at_member("first", [&] { compare(d, left.first(), right.first()); });
  const std::uint64_t both = std::max(left.first(), right.first());
  detail::compare_items(d, left, right, std::max(both, left.shared_prefix(right)));
}
template <class T>
void compare(Differ& d, const std::set<T>& left, const std::set<T>& right) {
  const auto itself = [](const T& item) -> const T& { return item; };
  detail::merge_by_key(left, right, itself, [&d](const T* l, const T* r) {
    if (l == nullptr)
      d.at_key(*r, [&d] { d.differs_as_text(Differ::kAbsent, Differ::kPresent); });
    else if (r == nullptr)
      d.at_key(*l, [&d] { d.differs_as_text(Differ::kPresent, Differ::kAbsent); });
  });
}
template <class K, class V>
void compare(Differ& d, const std::map<K, V>& left, const std::map<K, V>& right) {
  using Item = typename std::map<K, V>::value_type;
  const auto key_of = [](const Item& item) -> const K& { return item.first; };
  detail::merge_by_key(left, right, key_of, [&d](const Item* l, const Item* r) {
    if (l == nullptr)
      d.at_key(r->first, [&] { d.only_right(r->second); });
    else if (r == nullptr)
      d.at_key(l->first, [&] { d.only_left(l->second); });
    else
      d.at_key(l->first, [&] { compare(d, l->second, r->second); });
  });
}
template <class A, class B>
void compare(Differ& d, const std::pair<A, B>& left, const std::pair<A, B>& right) {
  d.at_member("first", [&] { compare(d, left.first, right.first); });
  d.at_member("second", [&] { compare(d, left.second, right.second); });
}
template <class T>
void compare(Differ& d, const std::optional<T>& left, const std::optional<T>& right) {
  if (left && right)
    compare(d, *left, *right);
  else if (left)
    d.only_left(*left);
  else if (right)
    d.only_right(*right);
}
template <class... T>
void compare(Differ& d, const std::variant<T...>& left, const std::variant<T...>& right) {
  if (left.index() != right.index()) return d.differs(left, right);
  std::visit([&]<class Held>(const Held& held) { compare(d, held, *std::get_if<Held>(&right)); },
             left);
}

constexpr std::size_t kUsualDifferences = 20;
template <class T>
Diff diff(const T& left, const T& right, std::size_t most = kUsualDifferences) {
  Differ d(most);
  compare(d, left, right);
  return d.take();
}

}  // namespace cleave
