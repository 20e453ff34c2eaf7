// Disk members as text and in a diff: what they hold, and how many writes are not yet durable.
// Apart from disk.h, which says what a disk is; this is for those who compare or print whole nodes.
#pragma once
#include "sim/base/diff.h"
#include "sim/base/value_text.h"
#include "sim/storage/disk.h"

#include <map>

namespace cleave {
namespace detail {

template <class T>
const Log<T>& held_by(const DiskLog<T>& member) {
  return member.entries();
}
template <class T>
const T& held_by(const DiskCell<T>& member) {
  return member.get();
}
template <class K, class V>
const std::map<K, V>& held_by(const DiskTable<K, V>& member) {
  return member.rows();
}

}  // namespace detail

template <class M>
concept DiskMember = requires(const M& member) {
  detail::held_by(member);
};

template <DiskMember M>
void write_value(ValueText& out, const M& member) {
  write_value(out, detail::held_by(member));
}

template <DiskMember M>
void compare(Differ& d, const M& left, const M& right) {
  compare(d, detail::held_by(left), detail::held_by(right));
  d.at_member("unsynced", [&] { compare(d, left.unsynced(), right.unsynced()); });
  if constexpr (requires { left.torn(); })
    d.at_member("torn", [&] { compare(d, left.torn(), right.torn()); });
}

}  // namespace cleave
