#include "sim/check/transactions/long_fork.h"

#include "sim/check/transactions/judge_versioned.h"
#include "sim/check/transactions/rw_register.h"

namespace cleave::transactions {

Finding judge_long_fork(const History& history, const Question& question) {
  return judge_registers(history, question, SessionOrder::if_named, search_for_order);
}

}  // namespace cleave::transactions
