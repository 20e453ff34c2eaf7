// A saved run: the scenario as it was, seed and settings, and the digest that came out. Running it
// again is opening it, so this small file is the bug report.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/digest.h"
#include "sim/base/section.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct SavedRun {
  std::uint32_t behaviour = 0;  // see behaviour.h; another one may have another digest
  std::uint64_t seed = 0;
  std::optional<Time> until;          // if it was stopped before its end
  std::string configuration;          // of `compare`; empty: the scenario itself
  std::vector<std::string> settings;  // PATH=VALUE, in order
  std::uint64_t events = 0;
  Hash128 digest;
  std::string file;  // where the scenario stood, for messages
  std::string text;  // of the scenario
};

// YAML, which read_saved_run reads back unchanged.
std::string to_yaml(const SavedRun& saved);

// The inverse of to_hex; nothing if it is not 32 lower-case digits.
std::optional<Hash128> hash_from_hex(std::string_view text);

// Whether a text is meant as one: it has the key `cleave_run`.
bool is_saved_run(const Section& root);
SavedRun read_saved_run(const Section& root, Diagnostics& diagnostics);

}  // namespace cleave
