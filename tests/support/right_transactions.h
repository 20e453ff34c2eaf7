// Long histories of transactions that are strictly serializable by construction: 20 processes, four
// steps a transaction, half of them reads, the others blind updates, 16 keys at a time, each for
// 128 updates. A transaction happens at one moment between question and answer; the last ones,
// which are never answered, happened too.
#pragma once
#include "sim/check/history/history.h"

#include <cstdint>

namespace cleave::testing {

// `update` is append, to lists, or write, to registers; each value is written once.
History right_transactions(Call update, std::uint32_t steps_in_all, std::uint64_t seed);

}  // namespace cleave::testing
