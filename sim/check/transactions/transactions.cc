#include "sim/check/transactions/transactions.h"

#include "sim/base/assert.h"
#include "sim/check/transactions/list_append.h"
#include "sim/check/transactions/rw_register.h"

namespace cleave {
namespace {

bool is_of_transactions(Level level) {
  switch (level) {
    case Level::strict_serializable:
    case Level::strong_session_serializable:
    case Level::serializable:
    case Level::strong_session_snapshot_isolation:
    case Level::snapshot_isolation:
    case Level::parallel_snapshot_isolation:
    case Level::repeatable_read:
    case Level::read_atomic:
    case Level::monotonic_atomic_view:
    case Level::read_committed:
    case Level::read_uncommitted:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool answers_transactions(Model model, Level level) {
  const bool versioned = model == Model::list_append || model == Model::rw_register;
  return versioned && is_of_transactions(level);
}

Finding judge_transactions(const History& history, const Question& question) {
  CLEAVE_CHECK(answers_transactions(question.model, question.level),
               "the level can be asked of the model");
  if (question.model == Model::list_append)
    return transactions::judge_list_append(history, question);
  return transactions::judge_rw_register(history, question);
}

}  // namespace cleave
