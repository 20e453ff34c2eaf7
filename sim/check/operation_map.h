// From operations to what a judge must remember of them. Sorted by client, then by number; made for
// few clients whose operations come in about in order and leave from the old end: then insertion
// and removal touch neither the heap nor the other entries.
#pragma once
#include "sim/trace/history.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cleave {

template <class T>
class OperationMap {
 public:
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Valid until the map is next changed; null if absent.
  T* find(OperationId id) {
    Lane* lane = lane_of(id.client);
    if (lane == nullptr) return nullptr;
    const auto at = lane->seek(id.index);
    return at != lane->entries.end() && at->index == id.index ? &at->value : nullptr;
  }

  // Replaces what was there.
  void put(OperationId id, T value) {
    Lane& lane = make_lane(id.client);
    const auto at = lane.seek(id.index);
    if (at != lane.entries.end() && at->index == id.index) {
      at->value = std::move(value);
      return;
    }
    lane.entries.insert(at, Entry{id.index, std::move(value)});
    ++size_;
  }

  // Removes it.
  std::optional<T> take(OperationId id) {
    Lane* lane = lane_of(id.client);
    if (lane == nullptr) return std::nullopt;
    const auto at = lane->seek(id.index);
    if (at == lane->entries.end() || at->index != id.index) return std::nullopt;
    std::optional<T> value(std::move(at->value));
    lane->remove(at);
    --size_;
    return value;
  }

  // Calls visit(id, value) in ascending order.
  template <class F>
  void for_each(F&& visit) const {
    for (const Lane& lane : lanes_)
      for (std::size_t i = lane.gone; i < lane.entries.size(); ++i)
        visit(OperationId{lane.client, lane.entries[i].index}, lane.entries[i].value);
  }

 private:
  struct Entry {
    std::uint32_t index = 0;
    T value;
  };
  struct Lane {  // the entries of one client; the first `gone` of them are removed already
    NodeId client;
    std::vector<Entry> entries;
    std::size_t gone = 0;

    auto seek(std::uint32_t index) {
      const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(gone);
      if (begin == entries.end() || entries.back().index < index) return entries.end();
      const std::uint32_t guess = index - begin->index;  // if there are no gaps
      if (guess < entries.size() - gone && begin[guess].index == index) return begin + guess;
      return std::lower_bound(
          begin, entries.end(), index,
          [](const Entry& e, std::uint32_t wanted) { return e.index < wanted; });
    }
    void remove(typename std::vector<Entry>::iterator at) {
      const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(gone);
      if (at != begin) {
        entries.erase(at);
        return;
      }
      ++gone;
      if (gone * 2 < entries.size()) return;
      entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(gone));
      gone = 0;
    }
  };

  std::size_t place(NodeId client) const {
    const auto at = std::lower_bound(lanes_.begin(), lanes_.end(), client,
                                     [](const Lane& lane, NodeId c) { return lane.client < c; });
    return static_cast<std::size_t>(at - lanes_.begin());
  }
  Lane* lane_of(NodeId client) {
    const std::size_t i = place(client);
    return i < lanes_.size() && lanes_[i].client == client ? &lanes_[i] : nullptr;
  }
  Lane& make_lane(NodeId client) {
    const std::size_t i = place(client);
    if (i == lanes_.size() || lanes_[i].client != client)
      lanes_.insert(lanes_.begin() + static_cast<std::ptrdiff_t>(i), Lane{client, {}, 0});
    return lanes_[i];
  }

  std::vector<Lane> lanes_;
  std::size_t size_ = 0;
};

}  // namespace cleave
