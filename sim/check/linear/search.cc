#include "sim/check/linear/search.h"

#include "sim/check/linear/config_set.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::linear {
namespace {

// A row of words: the state, then bits.
using Config = std::vector<Bits>;

bool has(std::span<const Bits> config, std::uint32_t bit) {
  return (config[1 + bit / 64] >> (bit % 64) & 1) != 0;
}
void set(std::span<Bits> config, std::uint32_t bit) {
  config[1 + bit / 64] |= Bits{1} << (bit % 64);
}
void clear(std::span<Bits> config, std::uint32_t bit) {
  config[1 + bit / 64] &= ~(Bits{1} << (bit % 64));
}

// What both searches do. Beside just-in-time linearization they leave out orders that others stand
// for:
//   reads    go into the order as soon as the state answers them right;
//   hidden   an update may come directly before one that overwrites: then nobody sees it. It is
//            not put there. Whenever something overwrites, updates that are open and could have
//            been hidden become free to complete; so each need not be tried there and not;
//   wasted   what is pending, or could be hidden, is put into the order before it is due only for
//            something that sees it: somebody will, and what overwrites is not next;
//   twins    of two that do the same, the one that completes sooner comes first;
//   used up  of two configurations that differ in pending ones alone, the one that used fewer.
class Searcher {
 public:
  Searcher(const Schedule& schedule, Specification& specification, const Budget& budget)
      : schedule_(schedule), specification_(specification), budget_(budget), open_(schedule) {}

 protected:
  const Schedule& schedule_;
  Specification& specification_;
  const Budget& budget_;
  Open open_;
  Search found_;

  // The state, bits of what must complete, bits of what is pending.
  std::size_t width() const { return 1 + pending_at() / 64 + used_up_width(); }
  std::size_t used_up_width() const { return (schedule_.pending_slots + 63) / 64; }
  std::size_t size() const { return schedule_.events.size(); }
  const Action& action(std::uint32_t i) const { return schedule_.actions[i]; }
  // What completes now.
  const Action& due() const { return action(schedule_.events[open_.at()].action); }

  // The bits.
  std::uint32_t used(std::uint32_t i) const {  // it is in the order
    return action(i).is_pending() ? pending_at() + action(i).slot : action(i).slot * 2;
  }
  std::uint32_t free(std::uint32_t i) const { return action(i).slot * 2 + 1; }  // not of pending
  std::uint32_t wasted() const { return schedule_.slots * 2; }  // the last one was not seen yet
  std::uint32_t pending_at() const { return (wasted() / 64 + 1) * 64; }

  void forget(std::span<Bits> config, std::uint32_t i) const {
    clear(config, used(i));
    if (!action(i).is_pending()) clear(config, free(i));
  }
  bool is_free(std::span<const Bits> config, std::uint32_t i) const {
    return !action(i).is_pending() && has(config, free(i));
  }
  // May it complete without being in the order?
  bool may_pass(std::span<const Bits> config, std::uint32_t i) const {
    return specification_.repeats(i) || (is_free(config, i) && !has(config, wasted()));
  }

  Config first() const {
    Config config(width(), 0);
    config[0] = specification_.initial();
    return config;
  }

  // True: some read was answered.
  bool take_reads(std::span<Bits> config, std::span<const std::uint32_t> reads) {
    bool any = false;
    for (const std::uint32_t read : reads) {
      const std::uint32_t first = action(read).after;
      if (has(config, used(read)) || (first != Action::kNone && !has(config, used(first))))
        continue;
      ++found_.steps;
      if (!specification_.apply(config[0], read, 0)) continue;
      set(config, used(read));
      any = true;
    }
    return any;
  }

  // May the i-th open update come next?
  bool may_come(std::span<const Bits> config, std::size_t i) const {
    const auto updates = open_.updates();
    if (has(config, used(updates[i]))) return false;
    const std::uint32_t first = action(updates[i]).after;
    if (first != Action::kNone) return has(config, used(first));
    for (std::size_t j = 0; j < i; ++j)
      if (action(updates[j]).group == action(updates[i]).group && !has(config, used(updates[j])) &&
          (!is_free(config, updates[j]) || is_free(config, updates[i])))
        return false;
    return true;
  }

  // The configuration after an update that is open now.
  bool put(std::span<const Bits> before, std::uint32_t update, std::uint32_t choice,
           Config& after) {
    ++found_.steps;
    const bool overwrites = specification_.overwrites(update);
    if (overwrites && has(before, wasted())) return false;
    const bool is_due = &action(update) == &due();
    if (!is_due && !specification_.may_come_early(before[0], update, choice, early(before)))
      return false;
    auto state = specification_.apply(before[0], update, choice);
    const auto supply = state ? std::nullopt : supply_of(before, update);
    if (supply)
      if (const auto between = specification_.apply(before[0], *supply, 0))
        state = specification_.apply(*between, update, choice);
    if (!state) return false;
    after.assign(before.begin(), before.end());
    after[0] = *state;
    clear(after, wasted());
    if (!specification_.repeats(update)) set(after, used(update));
    if (supply) set(after, used(*supply));
    if (overwrites) free_hidden(after);
    const bool is_new = supply || *state != before[0];
    const bool is_seen = is_new && take_reads(after, open_.reads());
    if (is_seen || is_due) return true;
    if (specification_.seen_until(*state) < due().completed) return false;
    if (specification_.is_hideable(update) || action(update).is_pending()) set(after, wasted());
    return true;
  }
  Early early(std::span<const Bits> config) const {
    const auto reads = open_.reads();
    return {schedule_.events[open_.at()].action,
            std::any_of(reads.begin(), reads.end(),
                        [&](std::uint32_t read) { return !has(config, used(read)); })};
  }
  // An open update that makes this one possible.
  std::optional<std::uint32_t> supply_of(std::span<const Bits> config, std::uint32_t update) const {
    const auto updates = open_.updates();
    for (std::size_t i = 0; i < updates.size(); ++i)
      if (specification_.supplies(updates[i], update) && may_come(config, i)) return updates[i];
    return std::nullopt;
  }
  void free_hidden(Config& config) const {
    for (const std::uint32_t other : open_.updates())
      if (!action(other).is_pending() && specification_.is_hideable(other) &&
          !has(config, used(other)))
        set(config, free(other));
  }

  bool used_up(std::uint64_t bytes, std::uint64_t compared) {
    bytes += specification_.bytes();
    found_.bytes = std::max(found_.bytes, bytes);
    constexpr std::uint64_t kWordsOfStep = 8;
    const std::uint64_t copied = specification_.words() / kWordsOfStep;
    if (found_.steps + compared + copied > budget_.steps) found_.cause = "steps";
    if (bytes > budget_.bytes) found_.cause = "bytes";
    return !found_.cause.empty();
  }
};

class Frontier : public Searcher {
 public:
  Frontier(const Schedule& schedule, Specification& specification, const Budget& budget)
      : Searcher(schedule, specification, budget),
        now_(width(), used_up_width()),
        next_(width(), used_up_width()),
        between_(width(), used_up_width()) {
    now_.insert(first());
    certain_ = first();
  }

  // Goes on until the end, a dead end, or more configurations than `widest`.
  Search run(std::size_t widest) {
    for (; open_.at() < size() && now_.size() <= widest; ++found_.reached) {
      const Event event = schedule_.events[open_.at()];
      if (event.what == Moment::completed && !complete(event.action)) {
        if (found_.cause.empty()) found_.word = Word::violated;
        tell_certain();
        return found_;
      }
      open_.move(open_.at() + 1);
      if (event.what == Moment::invoked && action(event.action).pure) invoke(event.action);
      if (event.what == Moment::expired) expire(event.action);
      if (now_.size() == 1 && is_plain(now_.at(0))) {
        certain_.assign(now_.at(0).begin(), now_.at(0).end());
        found_.certain = open_.at();
      }
    }
    if (open_.at() == size()) found_.word = Word::holds;
    tell_certain();
    return found_;
  }
  // Where it stopped.
  const ConfigSet& configs() const { return now_; }

 private:
  ConfigSet now_;
  ConfigSet next_;
  ConfigSet between_;  // on the way to where `now_` must be, without what must be there
  Config row_;
  Config certain_;

  // Nothing is free that must complete.
  bool is_plain(std::span<const Bits> config) const {
    const auto updates = open_.updates();
    return std::none_of(updates.begin(), updates.end(),
                        [&](std::uint32_t i) { return is_free(config, i); });
  }
  void tell_certain() {
    found_.state = certain_[0];
    open_.move(found_.certain);
    for (const auto& open : {open_.updates(), open_.reads()})
      for (const std::uint32_t i : open)
        if (has(certain_, used(i))) found_.in_order.push_back(i);
  }
  void take_next() {
    std::swap(now_, next_);
    next_.clear();
  }
  void invoke(std::uint32_t read) {
    for (std::size_t i = 0; i < now_.size(); ++i) {
      row_.assign(now_.at(i).begin(), now_.at(i).end());
      take_reads(row_, std::span(&read, 1));
      next_.insert(row_);
    }
    take_next();
  }
  void expire(std::uint32_t update) {
    for (std::size_t i = 0; i < now_.size(); ++i) {
      row_.assign(now_.at(i).begin(), now_.at(i).end());
      forget(row_, update);
      next_.insert(row_);
    }
    take_next();
  }
  // Every configuration in which it has happened. False: there is none, or the budget is used up.
  bool complete(std::uint32_t wanted) {
    const auto keep = [&](std::span<const Bits> config) {
      const bool is_used = has(config, used(wanted));
      if (!is_used) between_.insert(config);
      if (!is_used && !may_pass(config, wanted)) return;
      row_.assign(config.begin(), config.end());
      forget(row_, wanted);
      next_.insert(row_);
    };
    between_.clear();
    for (std::size_t i = 0; i < now_.size(); ++i)
      keep(now_.at(i));
    Config before;
    Config after;
    for (std::size_t i = 0; i < between_.size(); ++i) {
      before.assign(between_.at(i).begin(), between_.at(i).end());
      if (used_up(now_.bytes() + next_.bytes() + between_.bytes(),
                  next_.compared() + between_.compared()))
        return false;
      for (std::size_t u = 0; u < open_.updates().size(); ++u) {
        if (!may_come(before, u)) continue;
        const std::uint32_t update = open_.updates()[u];
        const std::uint32_t choices = specification_.choices(before[0], update);
        for (std::uint32_t choice = 0; choice < choices; ++choice)
          if (put(before, update, choice, after)) keep(after);
      }
    }
    if (next_.size() == 0) return false;
    take_next();
    return true;
  }
};

class DepthFirst : public Searcher {
 public:
  DepthFirst(const Schedule& schedule, Specification& specification, const Budget& budget)
      : Searcher(schedule, specification, budget), seen_(1 + width(), used_up_width()) {}

  // From a configuration before the event of that number.
  bool reaches_end(std::span<const Bits> from, std::size_t at) {
    Config config(from.begin(), from.end());
    if (push(config, at)) return true;
    while (!frames_.empty() && !used_up(bytes(), seen_.compared()))
      if (step()) return true;
    return false;
  }
  Search found(Word word) {
    found_.word = word;
    return found_;
  }
  bool is_used_up() const { return !found_.cause.empty(); }

 private:
  // A configuration before the event at which something must have happened that has not; what is
  // next to be tried.
  struct Frame {
    std::size_t at = 0;
    std::uint32_t update = 0;
    std::uint32_t choice = 0;
    bool passed = false;
  };
  std::vector<Frame> frames_;
  std::vector<Bits> stack_;  // their configurations
  ConfigSet seen_;           // event and configuration
  Config before_;
  Config after_;
  Config key_;

  std::uint64_t bytes() const {
    return seen_.bytes() + frames_.capacity() * sizeof(Frame) + stack_.capacity() * sizeof(Bits);
  }

  // Goes along the events as far as nothing more has to be put into the order. True: to the end.
  bool push(Config& config, std::size_t at) {
    for (; at < size(); ++at) {
      const Event event = schedule_.events[at];
      if (event.what == Moment::invoked) {
        if (action(event.action).pure) take_reads(config, std::span(&event.action, 1));
        continue;
      }
      if (event.what == Moment::completed && !has(config, used(event.action))) break;
      forget(config, event.action);
    }
    found_.reached = std::max(found_.reached, at);
    if (at == size()) return true;
    key_.assign(1, at);
    key_.insert(key_.end(), config.begin(), config.end());
    if (!seen_.insert(key_)) return false;
    frames_.push_back({at, 0, 0, false});
    stack_.insert(stack_.end(), config.begin(), config.end());
    return false;
  }

  // Tries the next action at the top; leaves the top if there is none.
  bool step() {
    Frame& top = frames_.back();
    open_.move(top.at);
    const auto config = std::span(stack_).last(width());
    const std::uint32_t first = schedule_.events[top.at].action;
    if (!std::exchange(top.passed, true) && may_pass(config, first)) {
      after_.assign(config.begin(), config.end());
      forget(after_, first);
      return push(after_, top.at + 1);
    }
    const auto updates = open_.updates();
    while (top.choice == 0 && top.update < updates.size() && !may_come(config, top.update))
      ++top.update;
    if (top.update == updates.size()) {
      frames_.pop_back();
      stack_.resize(stack_.size() - width());
      return false;
    }
    before_.assign(config.begin(), config.end());
    const std::uint32_t update = updates[top.update];
    const std::uint32_t choice = top.choice;
    const std::size_t at = top.at;
    if (++top.choice >= specification_.choices(before_[0], update)) {
      ++top.update;
      top.choice = 0;
    }
    return put(before_, update, choice, after_) && push(after_, at);
  }
};

}  // namespace

std::size_t widest_of(const Schedule& schedule) {
  return std::clamp<std::size_t>(schedule.events.size() / 16, 16, 1024);
}

Search search(const Schedule& schedule, Specification& specification, const Budget& budget,
              std::size_t widest) {
  Frontier frontier(schedule, specification, budget);
  const Search narrow = frontier.run(widest);
  if (narrow.word != Word::undecided || !narrow.cause.empty()) return narrow;
  Budget rest = budget;
  rest.steps -= narrow.steps;
  DepthFirst depth_first(schedule, specification, rest);
  Word word = Word::violated;
  for (std::size_t i = 0; i < frontier.configs().size() && word == Word::violated; ++i) {
    if (depth_first.reaches_end(frontier.configs().at(i), narrow.reached)) word = Word::holds;
    if (depth_first.is_used_up()) word = Word::undecided;
  }
  Search wide = depth_first.found(word);
  wide.reached = std::max(wide.reached, narrow.reached);
  wide.certain = narrow.certain;
  wide.state = narrow.state;
  wide.in_order = narrow.in_order;
  wide.steps += narrow.steps;
  wide.bytes = std::max(wide.bytes, narrow.bytes);
  return wide;
}

}  // namespace cleave::linear
