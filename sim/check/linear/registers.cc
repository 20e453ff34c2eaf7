#include "sim/check/linear/specifications.h"
#include "sim/check/linear/state_table.h"

namespace cleave::linear {
namespace {

// The state is the rank of the value of each key that occurs.
class Registers : public Specification {
 public:
  Registers(const History& history, Value init, std::span<const std::uint32_t> actions)
      : history_(history), actions_(actions) {
    ranks_.add(init);
    for (const std::uint32_t action : actions)
      each_step(history.operations[action], [&](const Step& step) {
        keys_.add(integer(step.key));
        ranks_.add(step.call == Call::write ? step.argument : step.result);
        return true;
      });
    keys_.sort();
    ranks_.sort();
    initial_ = table_.intern(std::vector<std::uint32_t>(keys_.size(), ranks_(init)));
  }

  std::uint64_t initial() const override { return initial_; }
  std::optional<std::uint64_t> apply(std::uint64_t state, std::uint32_t action,
                                     std::uint32_t /*choice*/) override {
    const auto before = table_.at(state);
    scratch_.assign(before.begin(), before.end());
    words_ += before.size();
    bool writes = false;
    const bool possible = each_step(history_.operations[actions_[action]], [&](const Step& step) {
      std::uint32_t& value = scratch_[keys_(integer(step.key))];
      if (step.call != Call::write)
        return step.answer == Answer::none ||
               (step.answer == Answer::one && value == ranks_(step.result));
      value = ranks_(step.argument);
      writes = true;
      return true;
    });
    if (!possible) return std::nullopt;
    return writes ? table_.intern(scratch_) : state;
  }
  std::uint64_t words() const override { return words_; }
  std::uint64_t bytes() const override { return table_.bytes() + ranks_.bytes() + keys_.bytes(); }

 private:
  const History& history_;
  std::span<const std::uint32_t> actions_;
  Ranks keys_;
  Ranks ranks_;
  StateTable table_;
  std::uint32_t initial_ = 0;
  std::uint64_t words_ = 0;
  std::vector<std::uint32_t> scratch_;

  // A plain read or write is a transaction of one step. False as soon as one step is not possible.
  template <class Visit>
  bool each_step(const Operation& o, Visit visit) const {
    if (o.call != Call::transaction)
      return visit(Step{o.call, o.answer, o.key, o.argument, o.result, {}});
    for (const Step& step : history_.steps_of(o))
      if (!visit(step)) return false;
    return true;
  }
};

}  // namespace

std::unique_ptr<Specification> registers(const History& history, const Question& question,
                                         std::span<const std::uint32_t> actions) {
  return std::make_unique<Registers>(history, question.init, actions);
}

}  // namespace cleave::linear
