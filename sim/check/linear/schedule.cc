#include "sim/check/linear/schedule.h"

#include "sim/check/linear/drains.h"
#include "sim/check/linear/places.h"
#include "sim/check/linear/specification.h"

#include <algorithm>

namespace cleave::linear {
namespace {

// Until when it matters whether pending updates happened. An update whose values nobody saw, or
// will see, may be taken out of any order without harm.
class Matters {
 public:
  Matters(const History& history, Model model, std::span<const std::uint32_t> operations,
          std::uint64_t end)
      : history_(history), model_(model) {
    std::vector<std::uint32_t> pending;
    for (const std::uint32_t i : operations) {
      const Operation& o = history.operations[i];
      const bool takes = o.call == Call::dequeue || o.call == Call::drain;
      for_ever_ |= takes && o.answer == Answer::none;  // it may take anything
      if (o.completed < end || !is_seen_by_value(o)) continue;
      pending.push_back(i);
      each_left(history, o, [&](Place place) { seen_.push_back({place, 0}); });
    }
    if (seen_.empty()) return;
    std::stable_sort(seen_.begin(), seen_.end(),
                     [](const Seen& a, const Seen& b) { return a.place < b.place; });
    for (const std::uint32_t i : operations)
      if (const Operation& o = history.operations[i]; o.completed < end)
        each_seen(history, o, [&](Place place) { see(place, o.completed); });
    // A pending compare-and-set saw what it expected if somebody saw what it left.
    for (bool changed = true; changed;) {
      changed = false;
      for (const std::uint32_t i : pending)
        if (const Operation& o = history.operations[i]; o.call == Call::compare_and_set)
          changed |= see({o.key, o.expected}, until(o));
    }
  }

  // 0: never.
  std::uint64_t until(const Operation& o) const {
    if (for_ever_ || !is_seen_by_value(o)) return Operation::kNever;
    std::uint64_t last = 0;
    each_left(history_, o, [&](Place place) {
      for (auto seen = find(place); seen != seen_.end() && seen->place == place; ++seen)
        last = std::max(last, seen->last);
    });
    return last > o.invoked ? last : 0;
  }

 private:
  struct Seen {
    Place place;
    std::uint64_t last = 0;
  };
  const History& history_;
  Model model_;
  std::vector<Seen> seen_;  // of pending updates alone
  bool for_ever_ = false;

  bool is_seen_by_value(const Operation& o) const {
    switch (model_) {
      case Model::counter:
      case Model::mutex:
      case Model::kv:
        return false;
      default:
        return o.call != Call::remove && o.call != Call::dequeue && o.call != Call::drain;
    }
  }
  std::vector<Seen>::const_iterator find(Place place) const {
    return std::lower_bound(seen_.begin(), seen_.end(), place,
                            [](const Seen& seen, const Place& p) { return seen.place < p; });
  }
  bool see(Place place, std::uint64_t when) {
    const auto first = find(place);
    if (first == seen_.end() || first->place != place || first->last >= when) return false;
    seen_[static_cast<std::size_t>(first - seen_.begin())].last = when;  // the first stands for all
    return true;
  }
};

bool are_alike(const Operation& a, const Operation& b) {
  return a.call == b.call && a.call != Call::transaction && a.key == b.key &&
         a.argument == b.argument && a.expected == b.expected && a.answer == b.answer &&
         a.answer != Answer::many && a.result == b.result;
}

// What one drain took has an order, so that twins elsewhere cannot stand for it.
bool is_of_drain(const Schedule& schedule, std::uint32_t action) {
  const auto& actions = schedule.actions;
  const bool is_first = action + 1 < actions.size() && actions[action + 1].after == action;
  return is_first || actions[action].after != Action::kNone;
}

void sort_events(Schedule& schedule) {
  struct Timed {
    std::uint64_t moment = 0;
    Event event;
  };
  std::vector<Timed> timed;
  timed.reserve(schedule.actions.size() * 2);
  for (std::uint32_t i = 0; i < schedule.actions.size(); ++i) {
    const Action& action = schedule.actions[i];
    timed.push_back({action.invoked, {Moment::invoked, i}});
    if (!action.is_pending()) {
      timed.push_back({action.completed, {Moment::completed, i}});
    } else if (action.until != Operation::kNever) {
      timed.push_back({action.until, {Moment::expired, i}});
    }
  }
  std::stable_sort(timed.begin(), timed.end(), [](const Timed& a, const Timed& b) {
    if (a.moment != b.moment) return a.moment < b.moment;
    if (a.event.what != b.event.what) return a.event.what < b.event.what;
    const bool is_end = a.event.what == Moment::completed;  // of one drain: the last one first
    return is_end ? a.event.action > b.event.action : a.event.action < b.event.action;
  });
  schedule.events.reserve(timed.size());
  for (const Timed& one : timed)
    schedule.events.push_back(one.event);
}

// Gives slots to what is open, and one group to what is alike.
void assign(Schedule& schedule, const History& history) {
  std::vector<std::uint32_t> free_slots[2];  // of what completes, of what is pending
  std::vector<std::uint32_t> open;           // updates
  std::uint32_t groups = 0;
  for (const Event event : schedule.events) {
    Action& action = schedule.actions[event.action];
    std::vector<std::uint32_t>& free = free_slots[action.is_pending() ? 1 : 0];
    std::uint32_t& slots = action.is_pending() ? schedule.pending_slots : schedule.slots;
    if (event.what != Moment::invoked) {
      free.push_back(action.slot);
      if (!action.pure) std::erase(open, event.action);
      continue;
    }
    if (free.empty()) free.push_back(slots++);
    action.slot = free.back();
    free.pop_back();
    if (action.pure) continue;
    const auto like = std::find_if(open.begin(), open.end(), [&](std::uint32_t other) {
      return !is_of_drain(schedule, event.action) && !is_of_drain(schedule, other) &&
             are_alike(history.operations[schedule.actions[other].operation],
                       history.operations[action.operation]);
    });
    action.group = like == open.end() ? groups++ : schedule.actions[*like].group;
    open.push_back(event.action);
  }
}

}  // namespace

Schedule schedule_of(const History& history, Model model, std::span<const std::uint32_t> operations,
                     std::uint64_t end) {
  Schedule schedule;
  const Matters matters(history, model, operations, end);
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    const std::uint64_t completed = o.completed < end ? o.completed : Operation::kNever;
    Action action{o.invoked, completed, 0, i, 0, 0, Action::kNone, is_pure(history, o)};
    if (action.is_pending()) action.until = action.pure ? 0 : matters.until(o);
    if (action.is_pending() && action.until == 0) continue;
    if (const auto last = schedule.actions.size(); last > 0 && !action.is_pending())
      if (const Action& before = schedule.actions.back();
          follows_in_drain(history.operations[before.operation], o))
        action.after = static_cast<std::uint32_t>(last - 1);
    schedule.actions.push_back(action);
  }
  sort_events(schedule);
  assign(schedule, history);
  return schedule;
}

std::vector<std::uint32_t> actions_of(const Schedule& schedule) {
  std::vector<std::uint32_t> operations;
  operations.reserve(schedule.actions.size());
  for (const Action& action : schedule.actions)
    operations.push_back(action.operation);
  return operations;
}

void Open::add(std::uint32_t action) {
  if (schedule_.actions[action].pure) {
    reads_.push_back(action);
    return;
  }
  const auto at = std::upper_bound(updates_.begin(), updates_.end(), action,
                                   [&](std::uint32_t a, std::uint32_t b) {
                                     const std::uint64_t first = schedule_.actions[a].completed;
                                     const std::uint64_t second = schedule_.actions[b].completed;
                                     return first != second ? first < second : a < b;
                                   });
  updates_.insert(at, action);
}

void Open::drop(std::uint32_t action) {
  std::erase(schedule_.actions[action].pure ? reads_ : updates_, action);
}

}  // namespace cleave::linear
