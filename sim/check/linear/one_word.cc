#include "sim/check/linear/specifications.h"

#include <algorithm>

namespace cleave::linear {
namespace {

// Registers, max-registers, mutexes and counters: the state is the value itself.
class OneWord : public Specification {
 public:
  OneWord(const History& history, std::span<const std::uint32_t> actions, std::uint64_t initial)
      : history_(history), actions_(actions), initial_(initial) {}

  std::uint64_t initial() const override { return initial_; }
  std::optional<std::uint64_t> apply(std::uint64_t state, std::uint32_t action,
                                     std::uint32_t /*choice*/) override {
    const Operation& o = history_.operations[actions_[action]];
    const auto argument = static_cast<std::uint64_t>(o.argument.code);
    switch (o.call) {
      case Call::read:
        return when(o.answer == Answer::one && state == static_cast<std::uint64_t>(o.result.code),
                    state);
      case Call::compare_and_set:
        return when(state == static_cast<std::uint64_t>(o.expected.code), argument);
      case Call::raise:
        return static_cast<std::uint64_t>(
            std::max(static_cast<std::int64_t>(state), o.argument.code));
      case Call::add:
        return state + argument;
      case Call::acquire:
        return when(state == 0, 1);
      case Call::release:
        return when(state == 1, 0);
      default:
        return argument;  // write
    }
  }
  // Additions commute: that one came early only a read can tell.
  bool may_come_early(std::uint64_t /*state*/, std::uint32_t action, std::uint32_t /*choice*/,
                      Early when) const override {
    return history_.operations[actions_[action]].call != Call::add || when.reads_are_open;
  }
  std::optional<Value> value_of(std::uint64_t state, Names& /*names*/) const override {
    return Value{static_cast<std::int64_t>(state)};
  }
  bool overwrites(std::uint32_t action) const override {
    return history_.operations[actions_[action]].call == Call::write;
  }

 private:
  const History& history_;
  std::span<const std::uint32_t> actions_;
  std::uint64_t initial_;

  static std::optional<std::uint64_t> when(bool possible, std::uint64_t next) {
    return possible ? std::optional(next) : std::nullopt;
  }
};

}  // namespace

std::unique_ptr<Specification> one_word(const History& history, const Question& question,
                                        std::span<const std::uint32_t> actions) {
  const bool from_zero = question.model == Model::mutex || question.model == Model::counter;
  const auto initial =
      static_cast<std::uint64_t>(from_zero && question.init.is_nil() ? 0 : question.init.code);
  return std::make_unique<OneWord>(history, actions, initial);
}

}  // namespace cleave::linear
