// A growing sequence in chunks that copies share: a copy costs one reference, the first append
// after a copy clones one chunk and the list of chunks. What nodes keep for ever belongs here.
// Invariants: (1) every chunk but the last is full; (2) a shared chunk or list is never written.
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
  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  // Valid until the Log is next changed.
  const T& operator[](std::uint64_t at) const {
    return (*chunks_)[at / kPerChunk]->items[at % kPerChunk];
  }
  const T& back() const { return (*this)[size_ - 1]; }

  void append(T value) {
    auto& chunks = chunks_.write();
    const std::size_t at = size_ % kPerChunk;
    if (at == 0)
      chunks.push_back(Ref<Chunk>(new Chunk));
    else if (!chunks.back()->unique())
      chunks.back() = Ref<Chunk>(new Chunk(*chunks.back()));
    chunks.back()->items[at] = std::move(value);
    ++size_;
  }

  // Forgets the items from `size` on. Requires: size <= size().
  void truncate(std::uint64_t size) {
    CLEAVE_CHECK(size <= size_, "a log is truncated to at most its own size");
    chunks_.write().resize((size + kPerChunk - 1) / kPerChunk);
    size_ = size;
  }

  // How many items from the front on are surely equal because they are shared: what a comparison of
  // copies need not look at again.
  std::uint64_t shared_prefix(const Log& other) const {
    const std::uint64_t common = std::min(size_, other.size_);
    if (chunks_.shares_with(other.chunks_)) return common;
    std::uint64_t at = 0;
    while (at < common && chunk_of(at) == other.chunk_of(at))
      at += kPerChunk;
    return std::min(at, common);
  }
  bool operator==(const Log& other) const {
    if (size_ != other.size_) return false;
    for (std::uint64_t i = shared_prefix(other); i < size_; ++i)
      if (!((*this)[i] == other[i])) return false;
    return true;
  }

 private:
  struct Chunk : Counted {
    std::array<T, kPerChunk> items{};
  };
  const Chunk* chunk_of(std::uint64_t at) const { return (*chunks_)[at / kPerChunk].get(); }

  Cow<std::vector<Ref<Chunk>>> chunks_;
  std::uint64_t size_ = 0;
};

template <class T, std::size_t N>
void digest(Digest& d, const Log<T, N>& log) {
  d.add(log.size());
  for (std::uint64_t i = 0; i < log.size(); ++i)
    digest(d, log[i]);
}

}  // namespace cleave
