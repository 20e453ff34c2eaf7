// Monotone radix heap over integer time (Ahuja, Mehlhorn, Orlin, Tarjan 1990). Pops in (time, push
// order): ties are FIFO because every entry of one time sits in one bucket and buckets are only
// ever appended to, in order. Requires: a pushed time is never before the last popped time. Looking
// ahead never moves the base, so a caller may stop at any time T and push anything from the last
// popped time on.
#pragma once
#include "sim/base/time.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace cleave {

struct Due {
  Time time;
  std::uint32_t slot = 0;
  std::uint32_t serial = 0;  // of a timer: a mismatch with its slot says that it was cancelled
};
static_assert(sizeof(Due) == 16);

// Invariants: (1) bucket k > 0 holds exactly the entries whose time differs from base_ first in bit
// k - 1; (2) bucket 0 holds the entries of time base_; (3) bit k of occupied_ says that bucket k is
// not empty. Buckets are lists of chunks from one pool, so that memory follows the number pending;
// a vector per bucket kept half as much again.
class EventQueue {
 public:
  EventQueue() = default;
  EventQueue(const EventQueue& other) : base_(other.base_) {
    for (std::size_t k = 0; k < buckets_.size(); ++k)
      if (other.occupied_ >> k & 1)
        other.for_each(other.buckets_[k], [this](const Due& due) { push(due); });
  }
  EventQueue(EventQueue&&) = default;
  EventQueue& operator=(EventQueue other) noexcept {
    return std::destroy_at(this), *std::construct_at(this, std::move(other));
  }

  std::size_t size() const { return size_; }

  void push(Due due) {
    put(due);
    ++size_;
  }

  // The earliest entry if it is due by `limit`; otherwise nothing, and nothing moves.
  // `soon` is called with entries that will be popped before long, so that a caller can prefetch
  // what they name.
  template <class Soon>
  std::optional<Due> pop_until(Time limit, Soon&& soon) {
    if (size_ == 0) return {};
    Bucket& now = buckets_[0];
    if (!(occupied_ & 1)) {
      const std::size_t k = lowest();
      if (buckets_[k].first == buckets_[k].last &&
          buckets_[k].end == 1) {  // one entry: no need to move it
        const Due due = pool_[buckets_[k].first]->items[0];
        if (due.time > limit) return {};
        base_ = due.time;
        clear(k);
        --size_;
        return due;
      }
      if (!advance(limit, soon)) return {};
    } else if (base_ > limit) {
      return {};
    }
    const Due due = pool_[now.first]->items[now.begin++];
    if (now.begin == now.end && now.first == now.last) {
      clear(0);
    } else if (now.begin == kPerChunk) {
      now.first = drop(now.first);
      now.begin = 0;
    }
    --size_;
    return due;
  }

  std::optional<Time> next() const {
    if (size_ == 0) return {};
    return earliest(buckets_[lowest()]);
  }

  // Drops every entry for which dead(entry) holds; the others keep their order. Linear in size().
  template <class Dead>
  void erase_if(Dead&& dead) {
    EventQueue kept;
    kept.base_ = base_;
    for (std::size_t k = 0; k < buckets_.size(); ++k)
      if (occupied_ >> k & 1) {
        for_each(buckets_[k], [&](const Due& due) {
          if (!dead(due)) kept.push(due);
        });
        buckets_[k].begin = 0;
        clear(k);
      }
    *this = std::move(kept);
  }

  std::size_t capacity_bytes() const { return pool_.size() * sizeof(Chunk); }

 private:
  static constexpr std::uint32_t kPerChunk =
      255;  // with its link, a chunk is 4 KiB: smaller ones defeat the hardware's prefetching
  static constexpr std::uint32_t kSmall =
      64;  // a bucket this small is about to be popped: prefetch for it
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Chunk {
    std::array<Due, kPerChunk> items;
    std::uint32_t next = kNone;
  };
  struct Bucket {  // keeps its last chunk when emptied
    std::uint32_t first = kNone, last = kNone;
    std::uint32_t begin = 0, end = kPerChunk;  // within first, within last
  };

  Time earliest(const Bucket& b) const {
    Time first = kForever;
    for_each(b, [&first](const Due& due) { first = std::min(first, due.time); });
    return first;
  }
  std::size_t lowest() const { return static_cast<std::size_t>(std::countr_zero(occupied_)); }
  template <class F>
  void for_each(const Bucket& b, F&& f) const {
    for (std::uint32_t c = b.first, i = b.begin; c != kNone; c = pool_[c]->next, i = 0)
      for (const std::uint32_t end = c == b.last ? b.end : kPerChunk; i < end; ++i)
        f(pool_[c]->items[i]);
  }
  void put(Due due) {
    const auto differs = static_cast<std::uint64_t>(due.time.ns ^ base_.ns);
    const auto k = static_cast<std::size_t>(64 - std::countl_zero(differs));
    const std::uint64_t bit = std::uint64_t{1} << k;
    Bucket& b = buckets_[k];
    occupied_ |= bit;
    if (b.end == kPerChunk) extend(b);
    pool_[b.last]->items[b.end++] = due;
  }
  void extend(Bucket& b) {
    std::uint32_t fresh = free_;
    if (fresh == kNone) {
      fresh = static_cast<std::uint32_t>(pool_.size());
      pool_.push_back(std::make_unique_for_overwrite<Chunk>());
    } else {
      free_ = pool_[fresh]->next;
    }
    pool_[fresh]->next = kNone;
    (b.first == kNone ? b.first : pool_[b.last]->next) = fresh;
    b.last = fresh;
    b.end = 0;
  }
  std::uint32_t drop(std::uint32_t chunk) {  // gives it back; returns the one after it
    const std::uint32_t after = pool_[chunk]->next;
    pool_[chunk]->next = free_;
    free_ = chunk;
    return after;
  }
  void clear(std::size_t k) {
    Bucket& b = buckets_[k];
    while (b.first != b.last)
      b.first = drop(b.first);
    b.begin = b.end = 0;
    occupied_ &= ~(std::uint64_t{1} << k);
  }
  template <class Soon>
  bool advance(Time limit, Soon&& soon) {
    const std::size_t k = lowest();
    Bucket& b = buckets_[k];
    const Time first = earliest(b);
    if (first > limit) return false;
    base_ = first;
    const bool small = b.first == b.last && b.end <= kSmall;
    std::uint32_t begin = b.begin;
    for (;;) {  // `soon` must be called in a loop with effects: g++ takes a function that only
                // prefetches for pure, and drops it
      const std::uint32_t end = b.first == b.last ? b.end : kPerChunk;
      const Due* const items = pool_[b.first]->items.data();
      for (std::uint32_t i = begin; i < end; ++i) {
        if (small) soon(items[i]);
        put(items[i]);
      }
      if (b.first == b.last) break;
      b.first = drop(b.first);
      begin = 0;
    }
    clear(k);
    return true;
  }

  std::array<Bucket, 64> buckets_;  // 63 bits of non-negative time, and bucket 0
  std::vector<std::unique_ptr<Chunk>> pool_;
  std::uint32_t free_ = kNone;
  std::size_t size_ = 0;
  std::uint64_t occupied_ = 0;
  Time base_;
};

}  // namespace cleave
