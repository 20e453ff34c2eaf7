// Makes a history of what a run's clients asked of one store, to be judged when the run is over.
// Values, which a run knows by their digests, are numbered from 1 in the order in which they turn
// up; objects are called by their names where those are known, else numbered likewise.
#pragma once
#include "sim/check/history/history_builder.h"
#include "sim/check/history/question.h"
#include "sim/check/operation_map.h"
#include "sim/check/pair_table.h"
#include "sim/trace/observer.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave {

// What objects of a type are to a checker. Nothing for queues: no model has positions that are read
// again until they are acknowledged.
std::optional<Model> model_of(ObjectType type);

// How a run becomes a history:
//   - A client with several operations under way is as many processes.
//   - What was refused or unavailable failed; what timed out stays pending.
//   - A compare-and-set, which expects a version, expects the value that an answer gave to that
//     version; where answers disagree or are silent it counts as a write. One that met a conflict
//     is a read of what it was told.
//   - A read that goes on in a log counts as one from the beginning, with what its client had read
//     before it, unless there was more to come: then its answer is not known.
//   - A reservation counts as an addition, a pool as a queue in any order.
class HistoryRecorder : public Observer {
 public:
  struct Options {
    StoreId store;
    ObjectType type = ObjectType::reg;  // of the objects; operations on others are left out
    std::map<std::uint64_t, std::string> names;  // of objects, by what Invoked calls them
    std::size_t most_operations = 2'000'000;     // at about 200 bytes each
    std::size_t most_values = 50'000'000;        // read, in all lists together, at 8 bytes each
  };

  explicit HistoryRecorder(Options options) : options_(std::move(options)) {}

  using Observer::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;

  std::size_t size() const { return builder_.size(); }
  // Whether there was more than there is room for. What was recorded is all until then.
  bool is_cut_short() const { return cut_short_; }
  // Where operations stand is the number of the event. The recorder is empty afterwards.
  History build() &&;

 private:
  struct Lane {  // one of the operations that a client has under way at a time
    Value process;
    bool in_use = false;
  };
  struct Open {
    std::size_t operation = 0;
    Value process;
    std::uint32_t lane = 0;
    std::uint64_t object = 0;
    std::uint64_t argument = 0;
    Action action = Action::read;
    std::uint64_t position = 0;  // of read_from
  };
  struct Reading {  // a list as one client saw it grow
    std::vector<Value> entries;
  };
  struct LogRead {
    std::size_t operation = 0;
    std::size_t reading = 0;  // its answer: so many entries of it
    std::size_t count = 0;
  };

  Value value_of(std::uint64_t value);
  std::uint32_t key_of(std::uint64_t object);
  std::uint32_t take_lane(NodeId client);
  void answer(Operation& operation, const Open& open, const Completed& completed);
  void answer_log(Operation& operation, const Open& open, const Completed& completed);
  void note_version(const Open& open, const Completed& completed);
  bool is_full() const;

  Options options_;
  HistoryBuilder builder_;
  OperationMap<Open> open_;
  std::map<NodeId, std::vector<Lane>> lanes_;  // of each client
  PairTable<std::int64_t> digests_;            // by a digest and 0: its number
  std::map<std::uint64_t, std::uint32_t> keys_;
  // By object and version, what a register held then; nothing where answers disagree.
  PairTable<std::optional<Value>> versions_;
  std::map<std::pair<NodeId, std::uint64_t>, std::size_t> readers_;  // of a log: in readings_
  std::vector<Reading> readings_;
  std::vector<LogRead> log_reads_;
  std::size_t values_ = 0;
  bool cut_short_ = false;
};

}  // namespace cleave
