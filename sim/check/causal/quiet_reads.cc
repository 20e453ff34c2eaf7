#include "sim/check/causal/quiet_reads.h"

#include "sim/check/words.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::causal {
namespace {

// Calls f(operation or step, key) for each part of an operation.
template <class F>
void for_each_part(const History& history, const Operation& operation, const F& f) {
  if (operation.call != Call::transaction) return f(operation);
  for (const Step& step : history.steps_of(operation))
    f(step);
}

// What was read, such that equal answers are equal.
struct Seen {
  Answer answer = Answer::none;
  Value one;
  std::vector<Value> many;
  bool operator==(const Seen&) const = default;
};

// An operation or a step.
template <class T>
Seen seen_of(const History& history, Model model, const T& read) {
  Seen seen{read.answer, read.answer == Answer::one ? read.result : Value{}, {}};
  if (read.answer == Answer::many) {
    const auto results = history.results_of(read);
    seen.many.assign(results.begin(), results.end());
    if (model == Model::set || model == Model::set_full)
      std::stable_sort(seen.many.begin(), seen.many.end());
  }
  return seen;
}

class QuietReads {
 public:
  QuietReads(const History& history, const Question& question)
      : history_(history), question_(question), quiet_(history.keys.size()) {}

  Finding judge() && {
    find_last_updates();
    for (std::uint32_t i = 0; i < history_.operations.size(); ++i) {
      const Operation& operation = history_.operations[i];
      if (operation.ending != Ending::done) continue;
      for_each_part(history_, operation, [&](const auto& part) {
        Quiet& quiet = quiet_[part.key];
        if (part.call != Call::read || part.answer == Answer::none) return;
        if (quiet.after == Operation::kNever || operation.invoked < quiet.after) return;
        look_at(i, part, quiet);
      });
      if (finding_.word == Word::violated) return std::move(finding_);
    }
    finding_.word = finding_.checked > 0 ? Word::holds : Word::vacuous;
    finding_.why = finding_.checked > 0
                       ? count_of(finding_.checked, "read") + " after the last update agreed"
                       : why_vacuous();
    return std::move(finding_);
  }

 private:
  struct Quiet {                         // an object
    std::uint64_t after = 0;             // when its last update was answered
    std::uint32_t unanswered = 0;        // if it was not: which
    std::optional<std::uint32_t> first;  // the first quiet read
    std::uint64_t reads = 0;
    Seen seen;  // by it
  };

  void find_last_updates() {
    for (std::uint32_t i = 0; i < history_.operations.size(); ++i) {
      const Operation& operation = history_.operations[i];
      if (operation.ending == Ending::failed) continue;
      for_each_part(history_, operation, [&](const auto& part) {
        if (part.call == Call::read) return;
        Quiet& quiet = quiet_[part.key];
        if (operation.completed == Operation::kNever) quiet.unanswered = i;
        quiet.after = std::max(quiet.after, operation.completed);
      });
    }
  }

  template <class T>
  void look_at(std::uint32_t operation, const T& part, Quiet& quiet) {
    Seen seen = seen_of(history_, question_.model, part);
    if (!quiet.first) {
      quiet.first = operation;
      quiet.seen = std::move(seen);
      return;
    }
    finding_.checked += quiet.reads++ == 0 ? 2 : 1;
    if (seen == quiet.seen || finding_.word == Word::violated) return;
    const Operation& first = history_.operations[*quiet.first];
    finding_.word = Word::violated;
    finding_.anomaly = "divergent-read";
    finding_.why = to_text(history_, first) + ", but " +
                   to_text(history_, history_.operations[operation]) +
                   ", both after the last update was answered";
    finding_.witness = {*quiet.first, operation};
    finding_.because.push_back({*quiet.first, operation, finding_.why});
  }

  std::string why_vacuous() const {
    for (const Quiet& quiet : quiet_)
      if (quiet.after == Operation::kNever)
        return to_text(history_, history_.operations[quiet.unanswered]) +
               ", so that it is never known to be quiet";
    return "no object was read twice after its last update had been answered";
  }

  const History& history_;
  const Question& question_;
  std::vector<Quiet> quiet_;  // by key
  Finding finding_;
};

}  // namespace

Finding judge_quiet_reads(const History& history, const Question& question) {
  return QuietReads(history, question).judge();
}

}  // namespace cleave::causal
