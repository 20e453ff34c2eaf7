#include "sim/check/abstract/object_value.h"

#include <algorithm>
#include <span>

namespace cleave::abstract {

Told ObjectValue::apply(const Operation& update) {
  switch (update.action) {
    case Action::write:
    case Action::compare_and_set:
      word_ = update.argument;
      return {++version_, 0, 0};
    case Action::raise:
      if (static_cast<std::int64_t>(update.argument) > static_cast<std::int64_t>(word_))
        word_ = update.argument;
      version_ = word_;
      return all();
    case Action::add:
    case Action::reserve:
      ++version_;
      if (type_ == ObjectType::set) {
        members_.insert(update.argument);
        return {version_, 0, 0};
      }
      word_ += update.argument;
      return all();
    case Action::remove:
      members_.erase(update.argument);
      return {++version_, 0, 0};
    case Action::append:
      entries_.push_back(update.argument);
      return {++version_, 0, 0};
    case Action::acknowledge:
      acknowledged_ = std::max(acknowledged_, std::min<std::uint64_t>(update.expected, version_));
      return {acknowledged_, 0, 0};
    case Action::put:
      items_.push_back(update.argument);
      return {++version_, 0, 0};
    case Action::take:
      return take(update);
    case Action::read:
    case Action::read_from:
      break;
  }
  return {};
}

Told ObjectValue::take(const Operation& update) {
  ++version_;
  auto taken = items_.begin();
  if (is_done_update(update))
    taken = std::find_if(items_.begin(), items_.end(), [&](std::uint64_t item) {
      return told(update.told.version, {&item, 1}) == update.told;
    });
  if (taken == items_.end()) return {version_, 0, 0};
  const Told item = told(version_, {&*taken, 1});
  items_.erase(taken);
  return item;
}

Told ObjectValue::all() const {
  switch (type_) {
    case ObjectType::reg:
    case ObjectType::map:
      return version_ == 0 ? Told{} : told(version_, {&word_, 1});
    case ObjectType::max_register:
    case ObjectType::counter:
      return told(version_, {&word_, 1});
    case ObjectType::set: {
      const std::vector<std::uint64_t> members(members_.begin(), members_.end());
      return told(version_, members);
    }
    case ObjectType::log:
    case ObjectType::queue:
    case ObjectType::pool:
      break;
  }
  return {};
}

// Positions count from 1.
Told ObjectValue::entries_from(std::uint64_t position, std::size_t count) const {
  const std::uint64_t first = std::max({position, acknowledged_ + 1, std::uint64_t{1}}) - 1;
  const std::size_t begin = std::min<std::uint64_t>(first, entries_.size());
  const std::size_t end = begin + std::min(count, entries_.size() - begin);
  return told(version_, std::span(entries_).subspan(begin, end - begin));
}

bool ObjectValue::shows(const Operation& read) const {
  if (read.action == Action::read_from)
    return entries_from(read.expected, read.told.count) == read.told;
  return all() == read.told;
}

}  // namespace cleave::abstract
