#include "sim/check/linear/drains.h"
#include "sim/check/linear/monitor.h"
#include "sim/check/linear/specification.h"
#include "sim/check/linear/writers.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace cleave::linear {
namespace {

constexpr std::uint32_t kNobody = UINT32_MAX;

// The life of one element. It was surely in the queue from `in` until `out`, if that is a stretch
// of time.
struct Life {
  std::uint32_t enqueue = kNobody;
  std::uint32_t dequeue = kNobody;
  std::uint64_t begins = 0;                // when its enqueue was invoked
  std::uint64_t in = Operation::kNever;    // when that completed
  std::uint64_t out = Operation::kNever;   // when its dequeue was invoked
  std::uint64_t gone = Operation::kNever;  // when that completed
};

// One that found nothing, and between which moments.
struct Empty {
  std::uint32_t operation = 0;
  std::uint64_t begins = 0;
  std::uint64_t ends = 0;
};

struct Lives {
  std::vector<Life> of;  // in the order of begins
  std::vector<Empty> empties;
};

// No moment of such a dequeue is without an element that was surely there (Bouajjani et al., the
// fourth of their patterns). The fewest elements that cover it.
std::optional<Monitored> find_false_empty(Lives lives) {
  std::vector<Life> sure;
  for (const Life& life : lives.of)
    if (life.in < life.out) sure.push_back(life);
  std::stable_sort(sure.begin(), sure.end(),
                   [](const Life& a, const Life& b) { return a.in < b.in; });
  // The farthest that a cover by the first so many reaches.
  std::vector<std::uint64_t> reach(sure.size());
  for (std::size_t i = 0; i < sure.size(); ++i) {
    const bool joins = i > 0 && sure[i].in <= reach[i - 1];
    reach[i] = joins ? std::max(reach[i - 1], sure[i].out) : sure[i].out;
  }
  for (const Empty& empty : lives.empties) {
    const auto after = std::partition_point(
        sure.begin(), sure.end(), [&](const Life& life) { return life.in <= empty.begins; });
    if (after == sure.begin()) continue;
    const auto first = static_cast<std::size_t>(after - sure.begin());
    if (reach[first - 1] <= empty.begins) continue;
    Monitored found{Told::violated, {empty.operation}};
    std::uint64_t until = empty.begins;
    for (std::size_t i = 0; until < empty.ends;) {
      std::optional<Life> best;
      for (; i < sure.size() && sure[i].in <= until; ++i)
        if (!best || sure[i].out > best->out) best = sure[i];
      if (!best || best->out <= until) break;
      found.conflict.push_back(best->enqueue);
      if (best->dequeue != kNobody) found.conflict.push_back(best->dequeue);
      until = best->out;
    }
    if (until >= empty.ends) return found;
  }
  return std::nullopt;
}

// a was in before b came, b was gone before a left (the third pattern).
std::optional<Monitored> find_overtaking(const Lives& lives) {
  std::vector<Life> by_in = lives.of;
  std::stable_sort(by_in.begin(), by_in.end(),
                   [](const Life& a, const Life& b) { return a.in < b.in; });
  std::optional<Life> last;  // of those that were in by now, the last one to leave
  std::size_t next = 0;
  for (const Life& life : lives.of) {
    for (; next < by_in.size() && by_in[next].in < life.begins; ++next)
      if (!last || by_in[next].out > last->out) last = by_in[next];
    if (!last || last->out <= life.gone || life.gone == Operation::kNever) continue;
    Monitored found{Told::violated, {last->enqueue, life.enqueue, life.dequeue}};
    if (last->dequeue != kNobody) found.conflict.push_back(last->dequeue);
    return found;
  }
  return std::nullopt;
}

class Queue {
 public:
  Queue(const History& history, std::span<const std::uint32_t> operations)
      : history_(history), operations_(operations), writers_(history, operations) {}

  Monitored judge(Model model) {
    if (!writers_.are_unique() || !gather()) return {};
    if (wrong_) return *wrong_;
    std::stable_sort(lives_.of.begin(), lives_.of.end(),
                     [](const Life& a, const Life& b) { return a.begins < b.begins; });
    auto found = find_false_empty(lives_);
    if (!found && model == Model::fifo_queue) found = find_overtaking(lives_);
    if (!found && model == Model::fifo_queue) found = inverted_;
    if (!found) return {Told::holds};
    // A dequeue of which nobody knows what it took may explain it.
    return takes_unknown_ ? Monitored{} : *found;
  }

 private:
  const History& history_;
  std::span<const std::uint32_t> operations_;
  Writers writers_;
  Lives lives_;
  std::optional<Monitored> wrong_;
  std::optional<Monitored> inverted_;  // a drain took what came in last before what came in first
  // What the drain at hand took until now: of that, the last to come in at the soonest.
  struct Drain {
    const Operation* last = nullptr;
    std::uint64_t begins = 0;
    std::uint32_t enqueue = kNobody;
    std::uint32_t dequeue = kNobody;

    void goes_on(const Operation& o) {
      const bool is_same = last != nullptr && follows_in_drain(*last, o);
      *this = is_same ? Drain{&o, begins, enqueue, dequeue} : Drain{&o, 0, kNobody, kNobody};
    }
  };
  Drain drain_;
  bool takes_unknown_ = false;

  // False: not for this monitor.
  bool gather() {
    lives_.of.resize(writers_.all().size());
    for (std::size_t i = 0; i < lives_.of.size(); ++i) {
      const std::uint32_t enqueue = writers_.all()[i].operation;
      const Operation& o = history_.operations[enqueue];
      lives_.of[i] = {enqueue, kNobody, o.invoked, o.completed};
    }
    for (const std::uint32_t i : operations_) {
      const Operation& o = history_.operations[i];
      drain_.goes_on(o);
      if (o.call == Call::enqueue) continue;
      if (o.call == Call::read) return false;
      if (o.ending == Ending::done && o.answer == Answer::none) return false;
      takes_unknown_ |= o.ending == Ending::pending;
      if (o.ending == Ending::pending) continue;
      if (o.result.is_nil())
        lives_.empties.push_back({i, std::max(o.invoked, drain_.begins), o.completed});
      else if (auto wrong = dequeue(i, o.result); wrong && !wrong_)
        wrong_ = std::move(wrong);
    }
    // What never came in has no life.
    std::erase_if(lives_.of, [](const Life& life) {
      return life.in == Operation::kNever && life.dequeue == kNobody;
    });
    return true;
  }

  std::optional<Monitored> dequeue(std::uint32_t i, Value value) {
    const Operation& o = history_.operations[i];
    const auto place = writers_.find(value);
    if (!place) return Monitored{Told::violated, {i}};
    Life& life = lives_.of[*place];
    if (life.dequeue != kNobody) return Monitored{Told::violated, {life.enqueue, life.dequeue, i}};
    life.dequeue = i;
    life.out = std::max(o.invoked, drain_.begins);
    life.gone = o.completed;
    if (o.completed < life.begins) return Monitored{Told::violated, {i, life.enqueue}};
    if (!inverted_ && life.in < drain_.begins)
      inverted_ = Monitored{Told::violated, {drain_.enqueue, life.enqueue, drain_.dequeue, i}};
    if (life.begins > drain_.begins) drain_ = {drain_.last, life.begins, life.enqueue, i};
    return std::nullopt;
  }
};

}  // namespace

Monitored monitor_queue(const History& history, Model model,
                        std::span<const std::uint32_t> operations) {
  return Queue(history, operations).judge(model);
}

}  // namespace cleave::linear
