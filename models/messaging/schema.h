// What a scenario may say to the messaging service, and reading it.
#pragma once
#include "models/messaging/options.h"
#include "sim/base/reader.h"
#include "sim/base/schema.h"

namespace cleave::models::messaging {

const Schema& schema();
// All but the stores, whose names are the scenario's to look up. Requires: a reader of schema().
Options read_options(Reader& reader);

}  // namespace cleave::models::messaging
