// A saved run: the scenario as it was, under a head of comments that says with which seed and
// changes it ran and what digest came out. It is still a scenario that any editor opens, and small
// enough to be a bug report; running it again says whether the same bits came out.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/digest.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct SavedRun {
  std::string file;  // that the scenario was read from
  std::uint64_t seed = 0;
  std::vector<std::string> settings;  // PATH=VALUE
  std::optional<Duration> until;      // of --until
  std::uint32_t behaviour = 0;
  Hash128 digest;
  std::string scenario;  // its text
  bool operator==(const SavedRun&) const = default;
};

std::string to_text(const SavedRun& run);

// Whether a text claims to be a saved run.
bool is_saved_run(std::string_view text);

// Adds what is wrong with its head to `diagnostics`; `name` is that of the file.
SavedRun read_saved_run(const std::string& name, const std::string& text, Diagnostics& diagnostics);

}  // namespace cleave
