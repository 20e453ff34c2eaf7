// YAML to Section, strictly: the only place that knows YAML. Hostile input ends in a Diagnostic
// within bounded time and memory: size, depth, number of nodes and expanded size are limited, and
// what the YAML library cannot take is refused before it sees it.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/section.h"
#include "sim/scenario/text_rules.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cleave {

constexpr std::size_t kMostDepth = 64;               // maps and lists within each other
constexpr std::size_t kMostNodes = 100'000;          // scalars, lists and maps, aliases expanded
constexpr std::size_t kMostExpandedBytes = 4 << 20;  // of keys and scalars, aliases expanded

// The tree of one document in UTF-8. Beyond YAML's own rules these are errors: equal keys in a map,
// keys that are no scalars, items without a value, tabs, tags, merge keys, directives, several
// documents, control characters, a byte order mark. (A key without a value is Kind::nothing: its
// reader knows what was expected.) All mistakes that can be found are reported; a syntax error ends
// the reading. Nothing is returned when there is no tree worth looking at further.
std::optional<Section> parse_text(std::string name, std::string text, Diagnostics& diagnostics);

// "PATH=VALUE", as in `--set stores.accounts.options.fencing=epoch`; VALUE is YAML.
struct Setting {
  std::string path;
  Section value;
};
std::optional<Setting> parse_setting(std::string_view text, Diagnostics& diagnostics);

}  // namespace cleave
