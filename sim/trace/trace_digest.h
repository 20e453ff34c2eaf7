// The digest of a run: XXH3-128 over 64 KiB chunks of records, each chunk opening with the digest
// of the one before it. One digest per closed chunk is kept as a trail, by which two runs find
// their first difference.
#pragma once
#include "sim/base/digest.h"
#include "sim/base/log.h"
#include "sim/base/ref.h"
#include "sim/trace/record.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace cleave {

class TraceDigest {
 public:
  static constexpr std::size_t kRecordsPerChunk = 1365;

  void append(const Record& record) {
    Chunk& chunk = own_buffer().chunk;
    chunk.records[used_++] = record;
    if (used_ == kRecordsPerChunk) close();
  }
  Hash128 value() const;  // of everything so far
  std::uint64_t records() const { return trail_.size() * kRecordsPerChunk + used_; }
  const Log<Hash128>& trail() const { return trail_; }  // of the closed chunks

 private:
  struct Chunk {
    Hash128 before;
    std::array<Record, kRecordsPerChunk> records;
  };
  static_assert(sizeof(Chunk) == 65536);
  struct Buffer : Counted {
    Chunk chunk;
  };
  Buffer& own_buffer() {
    if (!buffer_ || !buffer_->unique()) unshare();
    return *buffer_;
  }
  void unshare();
  void close();

  Ref<Buffer> buffer_;
  std::size_t used_ = 0;
  Hash128 before_;
  Log<Hash128> trail_;
};

}  // namespace cleave
