// A growing sequence in chunks that copies share: a copy costs one reference, the first append
// after a copy clones one chunk and the list of chunks. What nodes keep for ever belongs here. What
// is dropped from the front leaves the positions of the rest as they were.
// Invariants: (1) chunks hold kPerChunk positions each, without a gap, from the one of first() on;
// (2) a shared chunk or list is never written.
#pragma once
#include "sim/base/assert.h"
#include "sim/base/cow.h"
#include "sim/base/digest.h"
#include "sim/base/ref.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cleave {

template <class T, std::size_t kPerChunk = 64>
class Log {
 public:
  std::uint64_t size() const { return size_; }    // the position after the last item
  std::uint64_t first() const { return first_; }  // the position of the oldest item that is there
  bool empty() const { return size_ == first_; }
  // Valid until the Log is next changed. Requires: first() <= at < size().
  const T& operator[](std::uint64_t at) const {
    return (*chunks_)[at / kPerChunk - first_ / kPerChunk]->items[at % kPerChunk];
  }
  const T& back() const { return (*this)[size_ - 1]; }

  void append(T value) {
    auto& chunks = chunks_.write();
    if (chunks.size() == size_ / kPerChunk - first_ / kPerChunk)
      chunks.push_back(Ref<Chunk>(new Chunk));
    else if (!chunks.back()->unique())
      chunks.back() = Ref<Chunk>(new Chunk(*chunks.back()));
    chunks.back()->items[size_ % kPerChunk] = std::move(value);
    ++size_;
  }

  // Forgets the items from `size` on. Requires: first() <= size <= size().
  void truncate(std::uint64_t size) {
    CLEAVE_CHECK(first_ <= size && size <= size_, "a log is truncated to at most its own size");
    auto& chunks = chunks_.write();
    const std::uint64_t left = (size + kPerChunk - 1) / kPerChunk - first_ / kPerChunk;
    chunks.resize(std::min<std::uint64_t>(left, chunks.size()));  // a dropped log may have none
    size_ = size;
  }

  // Forgets the items before `first`; a log that does not go so far is empty, and goes on there.
  // Requires: first >= first().
  void drop_before(std::uint64_t first) {
    CLEAVE_CHECK(first >= first_, "what was dropped from a log stays so");
    auto& chunks = chunks_.write();
    const std::uint64_t gone = first / kPerChunk - first_ / kPerChunk;
    const auto count = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(gone, chunks.size()));
    chunks.erase(chunks.begin(), chunks.begin() + count);
    first_ = first;
    size_ = std::max(size_, first);
  }

  // Up to which position items are surely equal because they are shared, if the two begin at the
  // same: what a comparison of copies need not look at again.
  std::uint64_t shared_prefix(const Log& other) const {
    const std::uint64_t common = std::min(size_, other.size_);
    if (first_ != other.first_) return std::min(std::max(first_, other.first_), common);
    if (chunks_.shares_with(other.chunks_)) return common;
    std::uint64_t at = first_;
    while (at < common && chunk_of(at) == other.chunk_of(at))
      at += kPerChunk - at % kPerChunk;
    return std::min(at, common);
  }
  bool operator==(const Log& other) const {
    if (first_ != other.first_ || size_ != other.size_) return false;
    for (std::uint64_t i = shared_prefix(other); i < size_; ++i)
      if (!((*this)[i] == other[i])) return false;
    return true;
  }

 private:
  struct Chunk : Counted {
    std::array<T, kPerChunk> items{};
  };
  const Chunk* chunk_of(std::uint64_t at) const {
    return (*chunks_)[at / kPerChunk - first_ / kPerChunk].get();
  }

  Cow<std::vector<Ref<Chunk>>> chunks_;
  std::uint64_t first_ = 0;
  std::uint64_t size_ = 0;
};

template <class T, std::size_t N>
void digest(Digest& d, const Log<T, N>& log) {
  if (log.first() == 0) {
    d.add(log.size());
  } else {
    d.add(~log.size());
    d.add(log.first());
  }
  for (std::uint64_t i = log.first(); i < log.size(); ++i)
    digest(d, log[i]);
}

}  // namespace cleave
