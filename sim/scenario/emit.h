// Section to YAML: the inverse of parse.h, in the layout of a scenario that a person wrote: parts
// and their members one below the other, the items of lists on a line each.
#pragma once
#include "sim/base/section.h"

#include <string>

namespace cleave {

// A text that parse_text reads to the same content. Comments and anchors are not kept.
// Requires: a tree as the parser makes it, a map at its root.
std::string to_yaml(const Section& root);

}  // namespace cleave
