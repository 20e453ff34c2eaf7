// Small histories of transactions at random: played by some order and by what each happens to see,
// strictly or loosely, and sometimes with one answer changed.
#pragma once
#include "sim/base/random.h"
#include "sim/check/history/history_builder.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cleave::testing {

struct RandomTransactions {
  Call update = Call::append;  // or write
  std::uint32_t transactions = 4;
  std::uint32_t steps = 3;  // at most
  std::uint32_t keys = 2;
  std::uint32_t processes = 3;
  std::uint32_t pending = 10;  // percent
  std::uint32_t failed = 10;
};

class TransactionPlay {
 public:
  TransactionPlay(const RandomTransactions& knobs, Random random)
      : knobs_(knobs), random_(random) {}

  History run() {
    for (std::uint32_t i = 0; i < knobs_.transactions; ++i) {
      Planned& one = planned_.emplace_back();
      one.process = below(knobs_.processes);
      const std::uint32_t die = below(100);
      one.ending = die < knobs_.pending                   ? Ending::pending
                   : die < knobs_.pending + knobs_.failed ? Ending::failed
                                                          : Ending::done;
      for (std::uint32_t s = 1 + below(knobs_.steps); s > 0; --s)
        one.steps.push_back(step());
      order_.push_back(i);
    }
    if (random_.chance(1, 2))
      for (std::uint32_t i = knobs_.transactions; i > 1; --i)
        std::swap(order_[i - 1], order_[below(i)]);
    answer_all();
    return schedule();
  }

 private:
  struct Planned {
    std::uint32_t process = 0;
    Ending ending = Ending::done;
    std::vector<Step> steps;
  };

  RandomTransactions knobs_;
  Random random_;
  HistoryBuilder builder_;
  std::vector<Planned> planned_;
  std::vector<std::uint32_t> order_;
  std::int64_t values_ = 0;

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_.below(n)); }

  Step step() {
    Step step;
    step.key = builder_.key(builder_.names().intern("x" + std::to_string(below(knobs_.keys))));
    if (random_.chance(1, 2)) return step;
    step.call = knobs_.update;
    step.argument = integer(++values_);
    return step;
  }

  // What those in the order who are seen leave in a key, and the first steps of one more.
  std::vector<Value> versions(std::uint32_t key, std::uint32_t seen, std::size_t before) const {
    std::vector<Value> all;
    std::size_t end = 0;
    for (std::size_t place = 0; place < before; ++place) {
      if (planned_[order_[place]].ending == Ending::failed) continue;
      for (const Step& step : planned_[order_[place]].steps)
        if (step.call == knobs_.update && step.key == key) {
          all.push_back(step.argument);
          if ((seen >> place & 1) != 0) end = all.size();
        }
    }
    all.resize(end);
    return all;
  }

  void answer_all() {
    const std::uint32_t mode = below(3);  // sees: all, a snapshot, anything
    const std::uint32_t changed = below(12);
    std::uint32_t reads = 0;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      const std::uint32_t all = (1u << place) - 1;
      std::uint32_t seen =
          mode == 1 ? (1u << below(static_cast<std::uint32_t>(place) + 1)) - 1 : all;
      if (mode == 2) seen = static_cast<std::uint32_t>(random_.bits()) & all;
      auto& steps = planned_[order_[place]].steps;
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].call != Call::read) continue;
        std::vector<Value> list = versions(steps[i].key, seen, place);
        for (std::size_t own = 0; own < i; ++own)
          if (steps[own].call == knobs_.update && steps[own].key == steps[i].key)
            list.push_back(steps[own].argument);
        if (reads++ == changed) change(list);
        answer(steps[i], list);
      }
    }
  }

  void change(std::vector<Value>& list) {
    const std::uint32_t how = below(3);
    if (how == 0 && !list.empty()) list.pop_back();
    if (how == 1) list.push_back(integer(1 + below(static_cast<std::uint32_t>(values_) + 1)));
    if (how == 2 && list.size() > 1) std::swap(list[0], list[1]);
  }

  void answer(Step& step, const std::vector<Value>& list) {
    if (random_.chance(1, 20)) return;  // not known
    step.answer = knobs_.update == Call::append ? Answer::many : Answer::one;
    if (step.answer == Answer::many)
      step.results = builder_.values(list);
    else if (!list.empty())
      step.result = list.back();
  }

  History schedule() {
    std::vector<std::size_t> next(knobs_.processes);
    std::vector<bool> open(knobs_.processes);
    for (std::size_t left = 2 * planned_.size(); left > 0;) {
      const std::uint32_t process = below(knobs_.processes);
      std::size_t& at = next[process];
      while (at < planned_.size() && planned_[at].process != process)
        ++at;
      if (at == planned_.size()) continue;
      const Value name = integer(process);
      if (!open[process]) {
        Operation asked;
        asked.call = Call::transaction;
        asked.steps = builder_.steps(planned_[at].steps);
        builder_.invoke(name, asked);
      } else {
        builder_.complete(name, planned_[at++].ending);
      }
      open[process] = !open[process];
      --left;
    }
    return std::move(builder_).build();
  }
};

inline History random_transactions(const RandomTransactions& knobs, Random random) {
  return TransactionPlay(knobs, random).run();
}

// For messages of tests.
inline std::string drawn(const History& history) {
  std::string text;
  for (const Operation& operation : history.operations)
    text += to_text(history, operation) + " (" + std::to_string(operation.invoked) + " to " +
            (operation.ending == Ending::pending ? "ever" : std::to_string(operation.completed)) +
            ")\n";
  return text;
}

}  // namespace cleave::testing
