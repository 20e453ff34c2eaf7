// A growing sequence in chunks that copies share: a copy costs one reference, the first append
// after a copy clones one chunk and the list of chunks. What nodes keep for ever belongs here.
// Invariants: (1) every chunk but the last is full; (2) a shared chunk or list is never written.
#pragma once
#include "sim/base/assert.h"
#include "sim/base/cow.h"
#include "sim/base/digest.h"
#include "sim/base/ref.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cleave {

template <class T, std::size_t kPerChunk = 64>
class Log {
 public:
  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
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

  bool operator==(const Log& other) const {
    if (size_ != other.size_) return false;
    for (std::uint64_t i = 0; i < size_; ++i)
      if (!((*this)[i] == other[i])) return false;
    return true;
  }

 private:
  struct Chunk : Counted {
    std::array<T, kPerChunk> items{};
  };
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
