// How a replica takes a request and answers it. Every engine does both with these, so that whoever
// watches a run sees which replica answered what reached it.
#pragma once
#include "models/store/operation.h"
#include "sim/engine/context.h"

namespace cleave::models::store {

// To be called first for each request that reaches a replica.
void receive(const Request& request, Context& ctx);
// Sends it to the client.
void answer(const Reply& reply, Context& ctx);

}  // namespace cleave::models::store
