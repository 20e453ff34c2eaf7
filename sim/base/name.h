// Names as 64-bit hashes, the same on every machine: what digests, random draws and message types
// carry instead of text.
#pragma once
#include "sim/base/random.h"

#include <cstdint>
#include <string_view>

namespace cleave {

constexpr std::uint64_t name_hash(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ull;
  for (const char c : name)
    h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return mix(h, name.size());
}

// Why a random number is drawn, or what a fact states. A literal, hashed while compiling.
struct Purpose {
  std::uint64_t hash;
  std::string_view text;
  explicit consteval Purpose(std::string_view name) : hash(name_hash(name)), text(name) {}
};

}  // namespace cleave
