// Terms, ballots and log entries of Raft (Ongaro 2014, section 3.3 and figure 3.1).
#pragma once
#include "models/store/operation.h"
#include "models/store/raft/configuration.h"
#include "sim/base/bytes.h"
#include "sim/base/id.h"

#include <cstdint>
#include <optional>

namespace cleave::models::store::raft {

// Time is divided into terms, each with one leader at most. Counted from 1.
using Term = Id<struct TermTag, std::uint64_t>;
// Of a log entry, from 1; 0 is before the first. Term and index name one entry for ever.
using Index = std::uint64_t;

// A term, and whom the replica voted for in it.
struct Ballot {
  Term term;
  std::optional<NodeId> vote;
  bool operator==(const Ballot&) const = default;
  CLEAVE_DESCRIBE(term, vote)
};

// With neither a request nor a change it does nothing: a leader's first.
struct Entry {
  Term term;  // in which it was appended
  std::optional<Request> request;
  std::optional<Change> change{};  // of the group
  bool operator==(const Entry&) const = default;
  CLEAVE_DESCRIBE(term, request, change)
  Bytes wire_size() const { return request ? request->wire_size() : Bytes{16}; }
};

// How far a log goes.
struct LogEnd {
  Term term;
  Index index = 0;
  auto operator<=>(const LogEnd&) const = default;  // the larger is the more up to date (5.4.1)
  CLEAVE_DESCRIBE(term, index)
};

}  // namespace cleave::models::store::raft
