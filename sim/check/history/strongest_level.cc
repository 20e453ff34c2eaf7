#include "sim/check/history/strongest_level.h"

#include "sim/check/history/judge_history.h"

namespace cleave {

std::optional<Level> strongest_below(const History& history, Question question) {
  const Level asked = question.level;
  for (const Level level : levels_of(question.model)) {
    if (level <= asked) continue;
    question.level = level;
    if (judge_history(history, question).word == Word::holds) return level;
  }
  return std::nullopt;
}

}  // namespace cleave
