// Freshness: a read shows an object no older than what anybody had been told of it before the read
// was invoked. Of linearizability (Herlihy and Wing 1990) this is the part that versions show: they
// count the updates of an object, so that an older version is an older state. Nothing is searched.
#pragma once
#include "sim/check/operation_map.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace cleave {

// Whether answers carry the version of the whole object. Each field of a map has one of its own,
// and what is acknowledged of a queue is a position in it.
bool tells_version(const Invoked& operation);

class FreshReads : public Checker {
 public:
  struct Options {
    StoreId store;
    std::size_t most_objects = 1'000'000;  // remembered, at up to 100 bytes; more: undecided
  };

  explicit FreshReads(Options options) : options_(options) {}

  using Checker::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // Violated: a read returned an older version than one that a client had been told before it was
  // invoked; the witness is that answer, the invocation and the completion of the read. Undecided:
  // there were too many objects. Vacuous: no object was read of which a version was known.
  // `checked` counts reads.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Known {  // the newest version of an object that a client was told
    std::uint64_t version = 0;
    OperationId by;
    EventId told;
  };
  struct Open {
    Invoked invoked;
    Known known;  // when it was invoked
  };
  struct Violation {
    Open read;
    Time at;
    EventId completed;
    std::uint64_t version = 0;
  };

  Options options_;
  OperationMap<Open> open_;
  std::map<std::uint64_t, Known> newest_;  // by object
  std::uint64_t checked_ = 0;
  bool forgetful_ = false;
  std::optional<Violation> violation_;  // the first
};

}  // namespace cleave
