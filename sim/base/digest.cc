#include "sim/base/digest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace cleave {

std::uint64_t hash_bytes(const void* data, std::size_t size_bytes) {
  return XXH3_64bits(data, size_bytes);
}

Hash128 hash_bytes_128(const void* data, std::size_t size_bytes) {
  const XXH128_hash_t h = XXH3_128bits(data, size_bytes);
  return {h.low64, h.high64};
}

std::string to_hex(const Hash128& hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint64_t half : {hash.high, hash.low})
    for (int shift = 60; shift >= 0; shift -= 4)
      text += kDigits[half >> shift & 15];
  return text;
}

std::optional<Hash128> from_hex(std::string_view text) {
  if (text.size() != 32) return std::nullopt;
  Hash128 hash;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    std::uint64_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<std::uint64_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      digit = static_cast<std::uint64_t>(c - 'a') + 10;
    else if (c >= 'A' && c <= 'F')
      digit = static_cast<std::uint64_t>(c - 'A') + 10;
    else
      return std::nullopt;
    std::uint64_t& half = i < 16 ? hash.high : hash.low;
    half = half << 4 | digit;
  }
  return hash;
}

void digest(Digest& d, std::string_view text) {
  d.add(text.size());
  d.add(hash_bytes(text.data(), text.size()));
}

}  // namespace cleave
