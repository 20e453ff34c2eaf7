// The four session guarantees (Terry, Demers, Petersen, Spreitzer, Theimer and Welch 1994), each by
// itself. Each says of a read which writes it must have seen; it is broken if the read returned an
// older version of its register than one of those:
//   read your writes      what its process wrote before
//   monotonic reads       what its process read before
//   monotonic writes      what a process wrote before a write that the reader has seen
//   writes follow reads   what a process read before a write that the reader has seen, or had to
// "Has seen" means: returned by this read, or by an earlier one of its process. Which of two
// versions is older no history tells, so it is inferred. A process's versions are in the order in
// which it wrote them; and what the reader itself had read, and what is older, is older than what
// it wrote then. For writes that follow reads that holds of every process: the order is the causal
// one.
#pragma once
#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/violation.h"

namespace cleave::causal {

// Both tell in `checked` how many reads had to have seen something of their register, and stop at
// the first violation. Requires: one of the first three levels. Time: operations, by processes
// where a read returned the initial value.
Search find_session_violation(const Registers& registers, Level level);

// Requires: the order is no cycle. Time: operations by processes.
Search find_write_before_read(const Registers& registers, const CausalOrder& order);

}  // namespace cleave::causal
