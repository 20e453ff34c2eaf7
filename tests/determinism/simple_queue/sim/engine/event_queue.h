// Takes the place of the radix heap in a second build of the engine: the same worlds must give the
// same digests.
#pragma once
#include "tests/support/simple_queue.h"

namespace cleave {
using EventQueue = SimpleQueue;
}
