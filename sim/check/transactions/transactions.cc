#include "sim/check/transactions/transactions.h"

#include "sim/base/assert.h"
#include "sim/check/transactions/bank.h"
#include "sim/check/transactions/list_append.h"
#include "sim/check/transactions/long_fork.h"
#include "sim/check/transactions/rw_register.h"

namespace cleave {
namespace {

// Parallel snapshot isolation, and all that imply what a bank and a long fork need of it.
bool shows_whole_snapshots(Level level) {
  switch (level) {
    case Level::strict_serializable:
    case Level::strong_session_serializable:
    case Level::serializable:
    case Level::strong_session_snapshot_isolation:
    case Level::snapshot_isolation:
    case Level::parallel_snapshot_isolation:
    case Level::repeatable_read:
      return true;
    default:
      return false;
  }
}

bool is_weak(Level level) {
  switch (level) {
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
  switch (model) {
    case Model::list_append:
      return shows_whole_snapshots(level) || is_weak(level);
    case Model::rw_register:
      if (level == Level::causal) return true;
      return shows_whole_snapshots(level) || is_weak(level);
    case Model::bank:
    case Model::long_fork:
      return shows_whole_snapshots(level);
    default:
      return false;
  }
}

Finding judge_transactions(const History& history, const Question& question) {
  CLEAVE_CHECK(answers_transactions(question.model, question.level),
               "the level can be asked of the model");
  switch (question.model) {
    case Model::list_append:
      return transactions::judge_list_append(history, question);
    case Model::rw_register:
      return transactions::judge_rw_register(history, question);
    case Model::long_fork:
      return transactions::judge_long_fork(history, question);
    default:
      return transactions::judge_bank(history, question);
  }
}

}  // namespace cleave
