// A value as it crosses the store seam: bytes of a named schema at a version, with their digest, so
// that stores compare and judges identify values without knowing what they mean. Copies share the
// bytes.
#pragma once
#include "sim/base/digest.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cleave {

class Blob {
 public:
  Blob() = default;
  Blob(std::uint32_t schema, std::uint32_t version, std::string bytes);

  std::uint32_t schema() const { return schema_; }    // low half of the schema's name hash
  std::uint32_t version() const { return version_; }  // of the schema that wrote it
  std::string_view bytes() const { return bytes_ ? std::string_view(*bytes_) : std::string_view(); }
  std::uint64_t digest() const { return digest_; }  // of all three; 0 for the empty Blob

  // Equality of digests: 64 bits, computed once from content.
  bool operator==(const Blob& other) const { return digest_ == other.digest_; }
  auto operator<=>(const Blob& other) const { return digest_ <=> other.digest_; }

 private:
  std::uint32_t schema_ = 0;
  std::uint32_t version_ = 0;
  std::uint64_t digest_ = 0;
  std::shared_ptr<const std::string> bytes_;
};

inline void digest(Digest& d, const Blob& blob) {
  d.add(blob.digest());
}

}  // namespace cleave
