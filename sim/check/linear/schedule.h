// What a search over an object's history goes along: its actions, and the moments at which one is
// invoked, must have happened, or no longer matters.
#pragma once
#include "sim/check/history/question.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cleave::linear {

struct Action {
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  std::uint64_t invoked = 0;
  std::uint64_t completed = 0;  // Operation::kNever: pending
  std::uint64_t until = 0;      // of a pending one: nobody saw later what it would have left
  std::uint32_t operation = 0;  // in the history
  std::uint32_t slot = 0;       // its bit while it is open
  std::uint32_t group = 0;      // open ones of one group do the same and answer the same
  std::uint32_t after = kNone;  // must come first: what its drain took before
  bool pure = false;            // changes no state

  bool is_pending() const { return completed == Operation::kNever; }
};

enum class Moment : std::uint8_t { invoked, completed, expired };

struct Event {
  Moment what = Moment::invoked;
  std::uint32_t action = 0;
};

// Invariants:
//   1. a pending action that nobody can have seen is left out, and one that was seen expires after
//      whoever saw it last completed: what never happened needs no place in the order;
//   2. open actions have different slots; pending ones have slots of their own;
//   3. what must come after another completes no later, so that the other is open until then.
struct Schedule {
  std::vector<Action> actions;
  std::vector<Event> events;
  std::uint32_t slots = 0;
  std::uint32_t pending_slots = 0;
};

// Of the history as it was before the moment `end`: what had not completed is pending.
Schedule schedule_of(const History& history, Model model, std::span<const std::uint32_t> operations,
                     std::uint64_t end = Operation::kNever);
// Indices of their operations: what specification_of() asks for.
std::vector<std::uint32_t> actions_of(const Schedule& schedule);

// Open actions, as a search goes forth and back along the events.
class Open {
 public:
  explicit Open(const Schedule& schedule) : schedule_(schedule) {}

  std::size_t at() const { return at_; }  // events before it were taken
  void move(std::size_t to) {
    while (at_ < to)
      forth(schedule_.events[at_++]);
    while (at_ > to)
      back(schedule_.events[--at_]);
  }
  // Those that change the state, the earliest to complete first.
  std::span<const std::uint32_t> updates() const { return updates_; }
  std::span<const std::uint32_t> reads() const { return reads_; }

 private:
  const Schedule& schedule_;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> updates_;
  std::vector<std::uint32_t> reads_;

  void forth(Event event) {
    event.what == Moment::invoked ? add(event.action) : drop(event.action);
  }
  void back(Event event) { event.what == Moment::invoked ? drop(event.action) : add(event.action); }
  void add(std::uint32_t action);
  void drop(std::uint32_t action);
};

}  // namespace cleave::linear
