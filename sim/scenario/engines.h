// The engines of the catalogue, by name.
#pragma once
#include "models/store/engine.h"

#include <span>
#include <string_view>

namespace cleave {

std::span<const models::store::Engine> engines();
// Null if there is none of this name.
const models::store::Engine* find_engine(std::string_view name);

}  // namespace cleave
