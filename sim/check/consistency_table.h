// Which levels of consistency the clients of a run saw kept, without having been asked: for the
// report. Of each store, objects of a type together and each by itself, since only linearizability
// is local (Herlihy and Wing 1990): what holds of each object need not hold of all.
#pragma once
#include "sim/check/history/history_recorder.h"
#include "sim/check/history/standing.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cleave {

class ConsistencyTable : public Observer {
 public:
  // Objects are looked at one by one if there are so many at most.
  static constexpr std::size_t kMostObjects = 1'000;
  static constexpr std::size_t kMostNames = 5;  // of objects in a row

  struct Row {
    StoreId store;
    ObjectType type = ObjectType::reg;
    bool together = true;            // else each by itself
    std::uint64_t objects = 0;       // that the row is about
    std::vector<std::string> names;  // of the first of them
    std::uint64_t operations = 0;    // that were recorded
    bool cut_short = false;          // there were more than were recorded
    Standing standing;
  };

  struct Options {
    std::vector<std::map<std::uint64_t, std::string>> names;  // of the objects of each store
    std::size_t most_operations = 500'000;  // of objects of one type, at about 200 bytes each
  };

  explicit ConsistencyTable(Options options) : options_(std::move(options)) {}

  using Observer::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // By store and type: first all together, then, unless nothing is broken, each by itself, those
  // that stand alike in one row. Types of which no level can be asked are left out. The time is
  // bounded by a budget that grows with the events of the run. The table is empty afterwards.
  std::vector<Row> rows(std::uint64_t events) &&;

 private:
  using Kind = std::pair<StoreId, ObjectType>;
  Options options_;
  std::map<Kind, HistoryRecorder> recorders_;
};

}  // namespace cleave
