// Objects and client sessions: what a replica of an engine with a log rebuilds by applying the log
// from its start. Each operation takes effect once, however often it is in the log: results are
// remembered until the client says that it has settled them (Ongaro 2014, section 6.3).
#pragma once
#include "models/store/objects.h"

#include <cstdint>
#include <map>
#include <optional>

namespace cleave::models::store {

struct Session {
  std::uint32_t settled = 1;                // results below this operation are forgotten
  std::map<std::uint32_t, Result> results;  // by operation
  bool operator==(const Session&) const = default;
  CLEAVE_DESCRIBE(settled, results)
};

struct StateMachine {
  std::map<Key, Object> objects;
  std::map<NodeId, Session> sessions;
  bool operator==(const StateMachine&) const = default;
  CLEAVE_DESCRIBE(objects, sessions)

  // Changes nothing. Requires: no update.
  Result read(const Request& request) const;
  // The first time what the operation does, every later time what it did. Requires: an update.
  Result apply(const Request& request);
  // What apply() would answer without doing anything: nothing for an operation not seen yet.
  std::optional<Result> recorded(OperationId id) const;
};

}  // namespace cleave::models::store
