// When a store was silent: somebody waited for an update, and nobody was told that one had been
// made. From one acknowledgement to the next this is what an election or a lost quorum looks like
// to those who write, however short; which share of them it befell, availability.h counts.
#pragma once
#include "sim/base/time.h"
#include "sim/check/operation_map.h"
#include "sim/trace/observer.h"

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

namespace cleave {

class SilenceTable : public Observer {
 public:
  static constexpr Duration kShortest{500'000'000};  // a shorter one is not kept
  static constexpr std::size_t kMost = 1000;         // of one store; later ones are not kept

  // Half-open: from the invocation, or the acknowledgement before, to the acknowledgement, to the
  // last answer of another kind if nobody waited any more, or to the end of the run.
  struct Silence {
    Time from, to;
    bool operator==(const Silence&) const = default;
  };

  using Observer::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // In order. Requires: no event after `end`.
  std::vector<Silence> silences(StoreId store, Time end) const;

 private:
  struct Store {
    std::size_t waiting = 0;    // updates without an answer
    std::optional<Time> since;  // silent
    Time answered;              // last, of whatever kind
    std::vector<Silence> all;
    void end_at(Time at);
  };

  OperationMap<StoreId> open_;
  std::map<StoreId, Store> stores_;
};

}  // namespace cleave
