#include "sim/trace/trace_digest.h"

#include <algorithm>

namespace cleave {

void TraceDigest::unshare() {
  auto* fresh = new Buffer;
  fresh->chunk.before = before_;
  if (buffer_) std::copy_n(buffer_->chunk.records.begin(), used_, fresh->chunk.records.begin());
  buffer_ = Ref<Buffer>(fresh);
}

void TraceDigest::close() {
  before_ = value();
  trail_.append(before_);
  used_ = 0;
  buffer_->chunk.before = before_;
}

Hash128 TraceDigest::value() const {
  if (!buffer_) return before_;
  return hash_bytes_128(&buffer_->chunk, sizeof(Hash128) + used_ * sizeof(Record));
}

}  // namespace cleave
