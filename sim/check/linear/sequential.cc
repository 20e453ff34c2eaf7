#include "sim/check/linear/sequential.h"

#include "sim/check/causal/causal.h"
#include "sim/check/linear/config_set.h"
#include "sim/check/linear/explain.h"
#include "sim/check/linear/objects.h"
#include "sim/check/linear/parts.h"
#include "sim/check/linear/places.h"
#include "sim/check/linear/strangers.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::linear {
namespace {

using Operations = std::vector<std::uint32_t>;

constexpr std::size_t kFew = 400;  // operations, of which a search mostly ends in time

// Depth first over how far each process came, with the memory of where it was in vain. What
// completed first is tried first: most histories nearly keep to real time.
class ByProcess {
 public:
  ByProcess(const History& history, const Question& question, const Operations& operations)
      : history_(history),
        operations_(operations),
        specification_(objects_of(history, question, operations)),
        budget_(question.budget),
        of_(history.processes.size()),
        seen_(1 + history.processes.size(), 0) {
    for (std::uint32_t i = 0; i < operations.size(); ++i)
      of_[at(i).process].push_back(i);
  }

  Word run() {
    std::vector<Bits> row(1 + of_.size(), 0);
    row[0] = specification_->initial();
    if (push(row)) return Word::holds;
    while (!frames_.empty()) {
      constexpr std::uint64_t kWordsOfStep = 8;
      const std::uint64_t copied = specification_->words() / kWordsOfStep;
      if (steps_ + seen_.compared() + copied > budget_.steps) cause_ = "steps";
      if (seen_.bytes() + specification_->bytes() > budget_.bytes) cause_ = "bytes";
      if (!cause_.empty()) return Word::undecided;
      if (step()) return Word::holds;
    }
    return Word::violated;
  }
  std::string_view cause() const { return cause_; }
  std::uint64_t steps() const { return steps_; }
  std::size_t most() const { return most_; }  // operations that one order explains

 private:
  struct Frame {
    std::size_t row = 0;  // in seen_
    Operations next;      // what may come, the last one first
    std::uint32_t choice = 0;
  };
  const History& history_;
  const Operations& operations_;
  std::unique_ptr<Specification> specification_;
  Budget budget_;
  std::vector<Operations> of_;  // by process
  ConfigSet seen_;              // the state, and how far each process came
  std::vector<Frame> frames_;
  std::uint64_t steps_ = 0;
  std::size_t most_ = 0;
  std::string_view cause_;

  const Operation& at(std::uint32_t action) const {
    return history_.operations[operations_[action]];
  }

  // Reads that the state answers right come at once. True: all is done.
  bool push(std::vector<Bits>& row) {
    std::size_t came = 0;
    bool all = true;
    Operations next;
    for (std::size_t p = 0; p < of_.size(); ++p) {
      Bits& far = row[1 + p];
      for (; far < of_[p].size() && is_pure(history_, at(of_[p][far])); ++far, ++steps_)
        if (!specification_->apply(row[0], of_[p][far], 0)) break;
      came += far;
      if (far == of_[p].size()) continue;
      all &= at(of_[p][far]).ending == Ending::pending;
      next.push_back(of_[p][far]);
    }
    most_ = std::max(most_, came);
    if (all) return true;
    if (!seen_.insert(row)) return false;
    std::stable_sort(next.begin(), next.end(), [&](std::uint32_t a, std::uint32_t b) {
      return at(a).completed > at(b).completed;
    });
    frames_.push_back({seen_.size() - 1, std::move(next), 0});
    return false;
  }

  bool step() {
    Frame& top = frames_.back();
    if (top.next.empty()) {
      frames_.pop_back();
      return false;
    }
    std::vector<Bits> row(seen_.at(top.row).begin(), seen_.at(top.row).end());
    const std::uint32_t action = top.next.back();
    const std::uint32_t choice = top.choice++;
    const std::uint32_t choices = specification_->choices(row[0], action);
    const bool repeats = specification_->repeats(action);
    if (top.choice >= choices + (repeats ? 1 : 0)) {
      top.next.pop_back();
      top.choice = 0;
    }
    ++steps_;
    if (choice < choices) {
      const auto state = specification_->apply(row[0], action, choice);
      if (!state) return false;
      row[0] = *state;
    }
    if (choice == choices || !repeats) ++row[1 + at(action).process];  // else it may go on
    return push(row);
  }
};

// May an operation be left out of what has no order? A read may, and a write to a register that
// nobody in the rest saw.
bool may_go(const History& history, Model model, const Operations& rest, std::uint32_t gone) {
  const Operation& o = history.operations[gone];
  if (is_pure(history, o)) return true;
  if (model != Model::reg && model != Model::cas_register && model != Model::multi_register)
    return false;
  bool is_seen = false;
  for (const std::uint32_t i : rest)
    each_seen(history, history.operations[i],
              [&](Place place) { is_seen |= leaves(history, o, place); });
  return !is_seen;
}

// One after the other, the latest first, as long as searches are short.
Operations fewest(const History& history, Question question, Operations operations) {
  constexpr std::uint64_t kSteps = 5'000'000;
  if (operations.size() > kFew) return operations;
  std::uint64_t steps = 0;
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (std::size_t i = operations.size(); i-- > 0 && steps < kSteps;) {
      Operations rest = operations;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      if (!may_go(history, question.model, rest, operations[i])) continue;
      question.budget.steps = kSteps - steps;
      ByProcess search(history, question, rest);
      const bool fails = search.run() == Word::violated;
      steps += search.steps();
      if (!fails) continue;
      operations = std::move(rest);
      smaller = true;
    }
  }
  return operations;
}

// Causal convergence and causal memory are weaker, and need no search where values are unique. So
// what breaks one of them has no order, and few operations show it.
std::optional<Finding> find_causal_violation(const History& history, Question question,
                                             std::uint64_t checked) {
  for (const Level level : {Level::causal_convergence, Level::causal_memory}) {
    if (!answers_causal(question.model, level)) return std::nullopt;
    question.level = level;
    Finding found = judge_causal(history, question);
    if (found.word != Word::violated) continue;
    found.checked = checked;
    return found;
  }
  return std::nullopt;
}

}  // namespace

Finding judge_sequential(const Subject& subject, const Question& question) {
  Finding finding;
  const History& history = subject.searched;
  const Operations operations = whole(history).operations;
  finding.checked = answers_of(history, operations);
  const Parts objects = parts_of(history, question.model);
  for (std::size_t i = 0; i < objects.size(); ++i)
    if (const auto phantom = find_phantom(history, question.model, objects.at(i))) {
      explain(subject.told, question, subject.origins_of({&*phantom, 1}), std::nullopt, finding);
      return finding;
    }
  const bool is_long = operations.size() > kFew;
  if (is_long)
    if (auto found = find_causal_violation(subject.told, question, finding.checked)) return *found;
  ByProcess search(history, question, operations);
  finding.word = search.run();
  if (finding.word == Word::undecided && !is_long)
    if (auto found = find_causal_violation(subject.told, question, finding.checked)) return *found;
  if (finding.word == Word::holds)
    finding.why = "an order that keeps to that of each process explains every answer";
  if (finding.word == Word::undecided)
    finding.why = "the search used up its budget of " + std::string(search.cause()) +
                  "; an order explains " + std::to_string(search.most()) + " of " +
                  std::to_string(operations.size()) +
                  " operations: give it a larger budget, or a shorter history";
  if (finding.word == Word::violated)
    explain(subject.told, question, subject.origins_of(fewest(history, question, operations)),
            std::nullopt, finding);
  return finding;
}

}  // namespace cleave::linear
