// The catalogue: every model that a scenario can name, in the order of their files' paths.
// A model is a file models/**/*entry.cc with one function of the file's name that returns its
// Entry.
#pragma once
#include "models/ordering/ordering.h"
#include "models/store/engine.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cleave::models {

struct Entry {
  std::string_view name;   // as a scenario names it: "primary-backup"
  std::string_view about;  // one sentence for `cleave list`
  // One of these.
  std::optional<store::Engine> engine;         // of stores
  std::optional<ordering::Policy> ordering{};  // of conversations
};

std::vector<Entry> catalogue();

}  // namespace cleave::models
