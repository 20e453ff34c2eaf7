// FIFO order per sender and object: what one client appended to a log or queue is never read in the
// other order, nor twice (FIFO broadcast: Hadzilacos and Toueg 1994; PRAM: Lipton and Sandberg
// 1988).
//
// a comes before b if their client was told that a had been appended before it invoked b (in one
// event a client is told first): what overlaps, failed or has an unknown outcome binds nobody. Each
// read_from is checked, together with those before it by the same process that it goes on from. A
// gap is no violation.
#pragma once
#include "sim/check/operation_map.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave {

class Fifo : public Checker {
 public:
  struct Options {
    StoreId store;
    std::size_t most_appends = 1'000'000;  // remembered, at up to 100 bytes; more: undecided
    // Remembered pairs of a sender and a reader that goes on reading; more: a read is checked by
    // itself.
    std::size_t most_pairs = 1'000'000;
  };

  explicit Fifo(Options options) : options_(options) {}

  using Checker::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // Violated: two entries in the wrong order (witness: their invocations, then the read), an entry
  // read twice, or one that nobody appended or whose client was told that it was not appended.
  // Undecided: a value was appended to an object twice, so that a read of it says nothing, or there
  // were too many appends. Vacuous: no two entries of one client were read by one reader. `checked`
  // counts the pairs.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Append {
    enum class State : std::uint8_t { pending, done, failed, ambiguous };
    OperationId id;
    EventId invoked;
    EventId completed;            // of `done` and `failed`
    std::uint32_t last_read = 0;  // the number of the read that returned it last
    State state = State::pending;
  };
  struct Seen {
    OperationId id;
    EventId invoked;
  };
  struct Progress {  // of one reader in one object
    std::uint32_t process = 0;
    std::uint64_t next = 0;         // position that the next read goes on from
    std::map<NodeId, Seen> newest;  // of each sender, the entry read that was invoked last
  };
  using Reader = std::pair<NodeId, std::uint64_t>;  // client, object
  enum class Anomaly : std::uint8_t { order, twice, out_of_nothing };
  struct Violation {
    Anomaly anomaly = Anomaly::order;
    NodeId reader;
    std::optional<OperationId> entry, after;  // `order`: entry was read after `after`
    Time at;
    std::vector<EventId> witness;
  };

  void begin_append(const Invoked& append);
  void end_append(const Invoked& append, const Completed& completed);
  void check_read(const Invoked& read, const Completed& completed);
  // What is wrong with the next entry of a read that goes on from `progress`, if anything.
  std::optional<Violation> check_value(Append* entry, Progress& progress);

  Options options_;
  OperationMap<Invoked> open_;  // appends and reads of this store
  PairTable<Append> appends_;   // by object and value
  std::map<Reader, Progress> readers_;
  std::size_t pairs_ = 0;  // in all of readers_
  std::uint32_t reads_ = 0;
  std::uint64_t checked_ = 0;
  bool forgetful_ = false;               // there were too many appends
  std::optional<OperationId> repeated_;  // the first append of a value that was there already
  std::optional<Violation> violation_;   // the first
};

}  // namespace cleave
