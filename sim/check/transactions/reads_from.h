// Of transactions on registers: which write each read saw, the wr relation of Adya 1999 and of
// Biswas and Enea 2019. Values show it, so that it is unique and costs one look-up a read. Reads
// that are wrong by themselves are flaws, and not part of the relation.
#pragma once
#include "sim/check/transactions/flaws.h"
#include "sim/check/transactions/writes.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::transactions {

constexpr std::uint32_t kInitial = 0xffff'ffff;  // the write that was before all others

struct Read {
  std::uint32_t operation = 0;
  std::uint32_t step = 0;
  std::uint32_t key = 0;
  std::uint32_t write = kInitial;  // of somebody else, in Writes::all()
};

struct ReadsFrom {
  Writes writes;
  std::vector<Read> reads;           // by operations that were answered, in order
  std::vector<std::uint32_t> first;  // read of each operation, and the end
  std::vector<FlawedRead> flaws;
  // By operation: it was answered, or its answer is open and somebody read what it wrote. Of a
  // transaction that nobody saw and nobody heard of, assume that it did not happen.
  std::vector<bool> happened;
  std::uint64_t known = 0;    // transactions that read something
  std::uint64_t unclear = 0;  // reads of a value that more than one may have written

  std::span<const Read> of(std::uint32_t operation) const {
    return std::span(reads).subspan(first[operation], first[operation + 1] - first[operation]);
  }
};

// `init` is what every register holds before it is written.
ReadsFrom reads_from(const History& history, Value init);

}  // namespace cleave::transactions
