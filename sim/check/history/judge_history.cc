#include "sim/check/history/judge_history.h"

#include "sim/base/assert.h"
#include "sim/check/causal/causal.h"
#include "sim/check/linear/linear.h"
#include "sim/check/messages/messages.h"
#include "sim/check/transactions/transactions.h"

#include <array>

namespace cleave {
namespace {

// Checkers of one kind: which questions they can answer, and how.
struct Family {
  bool (*answers)(Model model, Level level);
  Finding (*judge)(const History& history, const Question& question);
};

// A line for each folder of checkers.
constexpr std::array kFamilies{
    Family{answers_causal, judge_causal},
    Family{answers_linear, judge_linear},
    Family{answers_messages, judge_messages},
    Family{answers_transactions, judge_transactions},
};

const Family* family_of(Model model, Level level) {
  for (const Family& family : kFamilies)
    if (family.answers(model, level)) return &family;
  return nullptr;
}

}  // namespace

std::vector<Level> levels_of(Model model) {
  std::vector<Level> found;
  for (const Level level : all_levels())
    if (family_of(model, level) != nullptr) found.push_back(level);
  return found;
}

Finding judge_history(const History& history, const Question& question) {
  const Family* family = family_of(question.model, question.level);
  CLEAVE_CHECK(family != nullptr, "the level can be asked of the model");
  return family->judge(history, question);
}

}  // namespace cleave
