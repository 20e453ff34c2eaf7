// What is due and when: a thing that begins at a time is to be done within a duration, or within
// that duration of the end of a fault, before which nothing is claimed. What was begun so late that
// its time is not up when the run ends says nothing.
#pragma once
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cleave::conversation {

class Deadlines {
 public:
  struct Options {
    Duration within;
    std::optional<FaultId> after;
  };
  struct Due {
    std::uint64_t message = 0, whose = 0;  // what is to be done for whom
    Time since;
    EventId event;  // that began it
    Time due;       // when it should have been done
    std::optional<Time> done;
  };

  explicit Deadlines(Options options) : options_(options) {}

  void note(const FaultMark& mark);
  // The first time counts, of each.
  void begin(std::uint64_t message, std::uint64_t whose, const Fact& fact);
  void end(std::uint64_t message, std::uint64_t whose, Time at);
  // Nothing is claimed of it any more, of nobody.
  void excuse(std::uint64_t message);

  // What is still open when the run ends is late if its time is up.
  void finish(Time end);
  const std::optional<Due>& first_late() const { return late_; }  // whose time was up first
  std::uint64_t late() const { return count_late_; }
  std::uint64_t in_time() const { return in_time_; }
  std::uint64_t undecided() const { return undecided_; }  // their time was not up
  Duration longest() const { return longest_; }           // of those in time
  const Options& options() const { return options_; }

 private:
  struct Open {
    Time since;
    EventId event;
  };
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  Time due(const Open& open) const;
  void settle(const Key& key, const Open& open, std::optional<Time> done);

  Options options_;
  Time fault_end_;
  bool fault_over_ = true;
  bool fault_seen_ = false;
  std::map<Key, Open> open_;
  PairTable<bool> known_;  // all that were ever begun
  std::optional<Due> late_;
  std::uint64_t count_late_ = 0, in_time_ = 0, undecided_ = 0;
  Duration longest_{};
};

// What all judges with deadlines say. Violated: something was late. Undecided: nothing's time was
// up. Vacuous: nothing was due. `what`: "message", `how`: "shown"; `late` is told of the first one.
Verdict verdict_of(const Deadlines& deadlines, std::string_view what, std::string_view how,
                   const std::string& late);

}  // namespace cleave::conversation
