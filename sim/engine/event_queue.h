// Monotone radix heap over integer time (Ahuja, Mehlhorn, Orlin, Tarjan 1990), with digits of four
// bits. Pops in (time, push order): ties are FIFO because every entry of one time sits in one
// bucket and buckets are only ever appended to, in order. Requires: a pushed time is never before
// the last popped time. Looking ahead never moves the base, so a caller may stop at any time T and
// push anything from the last popped time on.
#pragma once
#include "sim/base/time.h"
#include "sim/engine/due.h"

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

// Invariants: (1) bucket (level, digit) holds exactly the entries whose time differs from base_
// first in that level's digit, which is `digit`; (2) bucket kNow holds the entries of time base_;
// (3) bit `digit` of digits_[level] says that its bucket is not empty, bit `level` of levels_ that
// one of the level is. Buckets are lists of chunks from one pool, so that memory follows the number
// pending; a vector per bucket kept half as much again.
class EventQueue {
 public:
  EventQueue() = default;
  EventQueue(const EventQueue& other) : base_(other.base_) {
    for (const Bucket& bucket : other.buckets_)
      other.for_each(bucket, [this](const Due& due) { push(due); });
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
    Bucket& now = buckets_[kNow];
    if (now.empty()) {
      const std::size_t k = lowest();
      Bucket& first = buckets_[k];
      if (first.first == first.last && first.end - first.begin == 1) {  // no need to move it
        const Due due = pool_[first.first]->items[first.begin];
        if (due.time > limit) return {};
        base_ = due.time;
        clear(k);
        --size_;
        return due;
      }
      if (!advance(k, limit, soon)) return {};
    } else if (base_ > limit) {
      return {};
    }
    const Due due = pool_[now.first]->items[now.begin++];
    if (now.begin == now.end && now.first == now.last) {
      give_back(now);
    } else if (now.begin == kPerChunk) {
      now.first = drop(now.first);
      now.begin = 0;
    }
    --size_;
    return due;
  }

  std::optional<Time> next() const {
    if (size_ == 0) return {};
    return buckets_[kNow].empty() ? earliest(buckets_[lowest()]) : base_;
  }

  // Drops every entry for which dead(entry) holds; the others keep their order. Linear in size().
  template <class Dead>
  void erase_if(Dead&& dead) {
    EventQueue kept;
    kept.base_ = base_;
    for (const Bucket& bucket : buckets_)
      for_each(bucket, [&](const Due& due) {
        if (!dead(due)) kept.push(due);
      });
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
  struct Bucket {
    std::uint32_t first = kNone, last = kNone;
    std::uint32_t begin = 0, end = kPerChunk;  // within first, within last
    bool empty() const { return first == kNone; }
  };
  static constexpr int kDigitBits = 4;
  static constexpr std::size_t kDigits = 1u << kDigitBits;
  static constexpr std::size_t kLevels = 16;  // of 64 bits
  static constexpr std::size_t kNow = kLevels * kDigits;

  Time earliest(const Bucket& b) const {
    Time first = kForever;
    for_each(b, [&first](const Due& due) { first = std::min(first, due.time); });
    return first;
  }
  // Requires: bucket kNow is empty, some other is not.
  std::size_t lowest() const {
    const auto level = static_cast<std::size_t>(std::countr_zero(levels_));
    return level * kDigits + static_cast<std::size_t>(std::countr_zero(digits_[level]));
  }
  template <class F>
  void for_each(const Bucket& b, F&& f) const {
    for (std::uint32_t c = b.first, i = b.begin; c != kNone; c = pool_[c]->next, i = 0)
      for (const std::uint32_t end = c == b.last ? b.end : kPerChunk; i < end; ++i)
        f(pool_[c]->items[i]);
  }
  std::size_t place(Time time) {
    const auto differs = static_cast<std::uint64_t>(time.ns ^ base_.ns);
    if (differs == 0) return kNow;
    const int level = (63 - std::countl_zero(differs)) / kDigitBits;
    const auto digit = static_cast<std::size_t>(time.ns >> (level * kDigitBits)) & (kDigits - 1);
    levels_ |= 1u << level;
    digits_[static_cast<std::size_t>(level)] |= static_cast<std::uint16_t>(1u << digit);
    return static_cast<std::size_t>(level) * kDigits + digit;
  }
  void put(Due due) {
    Bucket& b = buckets_[place(due.time)];
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
  // Empties a bucket whose entries have been read.
  void give_back(Bucket& b) {
    while (b.first != kNone)
      b.first = drop(b.first);
    b = {};
  }
  void clear(std::size_t k) {
    give_back(buckets_[k]);
    const std::size_t level = k / kDigits;
    digits_[level] &= static_cast<std::uint16_t>(~(1u << k % kDigits));
    if (digits_[level] == 0) levels_ &= ~(1u << level % kLevels);
  }
  template <class Soon>
  bool advance(std::size_t k, Time limit, Soon&& soon) {
    Bucket& b = buckets_[k];
    const Time first = earliest(b);
    if (first > limit) return false;
    base_ = first;
    if (k < kDigits) {  // entries of one time: the bucket is the new present as it is
      std::swap(b, buckets_[kNow]);
      clear(k);
      for_each(buckets_[kNow], soon);
      return true;
    }
    const bool small = b.first == b.last && b.end <= kSmall;
    std::uint32_t begin = b.begin;
    // `soon` must be called in a loop with effects: g++ takes a function that only prefetches for
    // pure, and drops it.
    while (b.first != kNone) {
      const std::uint32_t end = b.first == b.last ? b.end : kPerChunk;
      const Due* const items = pool_[b.first]->items.data();
      for (std::uint32_t i = begin; i < end; ++i) {
        if (small) soon(items[i]);
        put(items[i]);
      }
      begin = 0;
      b.first = drop(b.first);
    }
    clear(k);
    return true;
  }

  std::array<Bucket, kNow + 1> buckets_;
  std::vector<std::unique_ptr<Chunk>> pool_;
  std::uint32_t free_ = kNone;
  std::size_t size_ = 0;
  std::uint32_t levels_ = 0;
  std::array<std::uint16_t, kLevels> digits_{};
  Time base_;
};

}  // namespace cleave
