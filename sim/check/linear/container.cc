#include "sim/check/linear/drains.h"
#include "sim/check/linear/specifications.h"
#include "sim/check/linear/state_table.h"
#include "sim/check/linear/writers.h"

#include <algorithm>
#include <array>

namespace cleave::linear {
namespace {

using Elements = std::vector<std::uint32_t>;

// Sets and queues: the state is the list of elements, in their order for a FIFO queue, else sorted.
class Container : public Specification {
 public:
  Container(const History& history, Model model, std::span<const std::uint32_t> actions,
            Strangers strangers)
      : history_(history), model_(model), actions_(actions), lists_(actions.size(), kNone) {
    if (strangers == Strangers::overlook) known_.emplace(history, actions);
    for (const std::uint32_t action : actions) {
      const Operation& o = history.operations[action];
      rank(o);
      const bool takes = o.call == Call::dequeue || o.call == Call::drain;
      takes_unknown_ |= takes && o.ending == Ending::done && o.answer == Answer::none;
    }
    ranks_.sort();
    table_.intern({});  // state 0 is the empty one
    for (std::size_t i = 0; i < actions.size(); ++i)
      if (const Operation& o = history.operations[actions[i]];
          o.call == Call::read && o.answer != Answer::none)
        lists_[i] = state_of(o);
  }

  std::uint64_t initial() const override { return 0; }
  std::uint32_t choices(std::uint64_t state, std::uint32_t action) const override {
    const Operation& o = history_.operations[actions_[action]];
    const bool takes = o.call == Call::dequeue || o.call == Call::drain;
    const bool any = model_ == Model::queue && takes && o.answer == Answer::none;
    return any && state != 0 ? static_cast<std::uint32_t>(table_.at(state).size()) : 1;
  }
  std::optional<std::uint64_t> apply(std::uint64_t state, std::uint32_t action,
                                     std::uint32_t choice) override {
    const Operation& o = history_.operations[actions_[action]];
    switch (o.call) {
      case Call::read:
        return state == lists_[action] ? std::optional(state) : std::nullopt;
      case Call::drain:  // one of those it may have taken
      case Call::dequeue:
        return dequeue(state, o, choice);
      default:
        return update(state, o);
    }
  }
  // Of a queue in any order, elements come as late as can be: when they must, or directly before
  // they are taken. They are taken early only so that somebody finds nothing, and then all are, so
  // that the order of that is no matter. Of a FIFO queue, elements come early before others that
  // come, or where nothing is there to be taken; and are taken early before others that are.
  bool may_come_early(std::uint64_t state, std::uint32_t action, std::uint32_t choice,
                      Early when) const override {
    if (!is_queue() || takes_unknown_) return true;
    const Operation& o = history_.operations[actions_[action]];
    const bool comes = history_.operations[actions_[when.due]].call == Call::enqueue;
    if (model_ == Model::fifo_queue)
      return o.call == Call::enqueue ? comes || state == 0 : !comes || when.reads_are_open;
    if (o.call == Call::enqueue || !when.reads_are_open) return false;
    if (o.answer == Answer::none) return choice == 0;
    return is_drained(action) || (state != 0 && table_.at(state).front() == ranks_(o.result));
  }
  bool supplies(std::uint32_t action, std::uint32_t other) const override {
    if (model_ != Model::queue || takes_unknown_) return false;
    const Operation& a = history_.operations[actions_[action]];
    const Operation& b = history_.operations[actions_[other]];
    return a.call == Call::enqueue && b.call == Call::dequeue && b.answer == Answer::one &&
           a.argument == b.result;
  }
  bool repeats(std::uint32_t action) const override {
    return history_.operations[actions_[action]].call == Call::drain;
  }
  std::uint64_t words() const override { return words_; }
  std::uint64_t bytes() const override {
    return table_.bytes() + ranks_.bytes() + lists_.capacity() * sizeof(lists_[0]);
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  const History& history_;
  Model model_;
  std::span<const std::uint32_t> actions_;
  std::optional<Writers> known_;  // the elements that count, if not all do
  Ranks ranks_;
  StateTable table_;
  std::vector<std::uint32_t> lists_;  // by action: the state that it read
  bool takes_unknown_ = false;        // and was answered, so that it must come
  std::uint64_t words_ = 0;
  Elements scratch_;

  // What one drain took comes in its order, so that nothing is said of it here.
  bool is_drained(std::uint32_t action) const {
    const auto at = [&](std::size_t i) -> const Operation& {
      return history_.operations[actions_[i]];
    };
    return (action > 0 && follows_in_drain(at(action - 1), at(action))) ||
           (action + std::size_t{1} < actions_.size() &&
            follows_in_drain(at(action), at(action + std::size_t{1})));
  }
  bool is_queue() const { return model_ == Model::queue || model_ == Model::fifo_queue; }
  bool is_set() const { return model_ == Model::set || model_ == Model::set_full; }

  void rank(const Operation& o) {
    ranks_.add(o.argument);
    ranks_.add(o.result);
    for (const Value value : list_of(history_, o))
      ranks_.add(value);
  }
  std::uint32_t state_of(const Operation& o) {
    scratch_.clear();
    for (const Value value : list_of(history_, o))
      if (!known_ || known_->find(value)) scratch_.push_back(ranks_(value));
    if (model_ != Model::fifo_queue) std::stable_sort(scratch_.begin(), scratch_.end());
    if (is_set()) scratch_.erase(std::unique(scratch_.begin(), scratch_.end()), scratch_.end());
    return table_.intern(scratch_);
  }
  void load(std::uint64_t state) {
    const auto elements = table_.at(state);
    scratch_.assign(elements.begin(), elements.end());
    words_ += elements.size();
  }

  std::optional<std::uint64_t> dequeue(std::uint64_t state, const Operation& o,
                                       std::uint32_t choice) {
    const bool is_known = o.answer != Answer::none;
    if (state == 0) return !is_known || o.result.is_nil() ? std::optional(state) : std::nullopt;
    load(state);
    auto at = scratch_.begin() + choice;
    if (is_known) {
      if (o.result.is_nil()) return std::nullopt;
      const std::uint32_t wanted = ranks_(o.result);
      if (model_ == Model::queue) at = std::lower_bound(scratch_.begin(), scratch_.end(), wanted);
      if (at == scratch_.end() || *at != wanted) return std::nullopt;
    }
    scratch_.erase(at);
    return table_.intern(scratch_);
  }

  std::uint64_t update(std::uint64_t state, const Operation& o) {
    load(state);
    const std::uint32_t element = ranks_(o.argument);
    const auto at = model_ == Model::fifo_queue
                        ? scratch_.end()
                        : std::lower_bound(scratch_.begin(), scratch_.end(), element);
    const bool is_there = at != scratch_.end() && *at == element;
    if (o.call == Call::remove && is_there) scratch_.erase(at);
    if (o.call == Call::enqueue || (o.call == Call::add && !is_there)) scratch_.insert(at, element);
    return table_.intern(scratch_);
  }
};

}  // namespace

std::unique_ptr<Specification> container(const History& history, const Question& question,
                                         std::span<const std::uint32_t> actions,
                                         Strangers strangers) {
  return std::make_unique<Container>(history, question.model, actions, strangers);
}

}  // namespace cleave::linear
