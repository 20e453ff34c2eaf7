#include "sim/check/linear/writers.h"

#include <algorithm>

namespace cleave::linear {

Writers::Writers(const History& history, std::span<const std::uint32_t> operations) {
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    if (o.call != Call::read && o.call != Call::dequeue && o.call != Call::drain &&
        o.call != Call::remove)
      entries_.push_back({o.argument, i});
  }
  const auto by_value = [](const Entry& a, const Entry& b) {
    return a.value != b.value ? a.value < b.value : a.operation < b.operation;
  };
  if (!std::is_sorted(entries_.begin(), entries_.end(), by_value))
    std::stable_sort(entries_.begin(), entries_.end(), by_value);
  for (std::size_t i = 1; i < entries_.size(); ++i)
    are_unique_ &= entries_[i - 1].value != entries_[i].value;
  if (entries_.empty()) return;
  least_ = entries_.front().value.code;
  const std::int64_t most = entries_.back().value.code;
  if (least_ < 0 || !Value{most}.is_integer() ||
      static_cast<std::uint64_t>(most - least_) > 4 * entries_.size())
    return;
  by_number_.assign(static_cast<std::size_t>(most - least_) + 1, 0);
  for (std::size_t i = entries_.size(); i-- > 0;)
    by_number_[static_cast<std::size_t>(entries_[i].value.code - least_)] =
        static_cast<std::uint32_t>(i + 1);
}

std::optional<std::size_t> Writers::find(Value value) const {
  if (!by_number_.empty()) {
    if (value.code < least_) return std::nullopt;
    const auto place = static_cast<std::size_t>(value.code - least_);
    if (place >= by_number_.size()) return std::nullopt;
    const std::uint32_t at = by_number_[place];
    return at == 0 ? std::nullopt : std::optional<std::size_t>(at - 1);
  }
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), value,
                                   [](const Entry& e, Value v) { return e.value < v; });
  if (at == entries_.end() || at->value != value) return std::nullopt;
  return static_cast<std::size_t>(at - entries_.begin());
}

std::span<const Writers::Entry> Writers::of(Value value) const {
  const auto first = find(value);
  if (!first) return {};
  std::size_t end = *first;
  while (end < entries_.size() && entries_[end].value == value)
    ++end;
  return std::span(entries_).subspan(*first, end - *first);
}

}  // namespace cleave::linear
