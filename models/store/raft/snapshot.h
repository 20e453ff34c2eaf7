// A state machine as it is when the log up to some entry has been applied (chapter 5): what stands
// for the entries that a log no longer has.
#pragma once
#include "models/store/raft/log_entry.h"
#include "models/store/state_machine.h"
#include "sim/base/bytes.h"
#include "sim/base/log.h"

namespace cleave::models::store::raft {

// What applying a log gives.
struct Applied {
  StateMachine machine;      // with the sessions that make every operation take effect once
  Log<OperationId> updates;  // that it contains, in order: for the ledger of divergence alone
  bool operator==(const Applied&) const = default;
  CLEAVE_DESCRIBE(machine, updates)
};

struct Snapshot {
  LogEnd last;            // the last entry that it stands for; index 0: of nothing
  Configuration members;  // as of that entry
  Applied state;
  bool operator==(const Snapshot&) const = default;
  CLEAVE_DESCRIBE(last, members, state)
};

// What it would take to write it down, about.
Bytes size_of(const Snapshot& snapshot);

}  // namespace cleave::models::store::raft
