// What may be asked of a history, and what the answer looks like.
#pragma once
#include "sim/check/history/history.h"
#include "sim/trace/verdict.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// What the objects of a history are: their sequential specification.
enum class Model : std::uint8_t {
  reg,
  cas_register,
  multi_register,  // registers by key, several in one operation
  max_register,
  mutex,
  set,
  set_full,  // a set read many times over: what was late, and what was lost
  counter,
  queue,  // in any order
  fifo_queue,
  log,  // append, and read from the beginning
  kv,   // texts by key: read, write, append
  list_append,
  rw_register,
  bank,
  long_fork,
  unique_ids,  // given, each to one operation alone
};

// Consistency levels, from Adya 1999, Herlihy and Wing 1990, Bouajjani et al. 2017, Terry et al.
// 1994, Bailis et al. 2013, Sovran et al. 2011 (parallel snapshot isolation); what is promised of
// messages, from Hadzilacos and Toueg 1994.
enum class Level : std::uint8_t {
  strict_serializable,
  strong_session_serializable,  // serializable in an order that keeps to each process's
  serializable,
  strong_session_snapshot_isolation,
  snapshot_isolation,
  parallel_snapshot_isolation,
  repeatable_read,
  linearizable,
  sequential,
  causal_memory,
  causal_convergence,
  causal,  // weak causal of plain operations; transactional causal of transactions
  read_atomic,
  monotonic_atomic_view,
  read_committed,
  read_uncommitted,
  pram,
  read_your_writes,
  monotonic_reads,
  monotonic_writes,
  writes_follow_reads,
  exactly_once,   // at least and at most once
  at_least_once,  // what was acknowledged arrives, and stays
  at_most_once,   // nothing comes more often than it was put in
  total_order,    // one order of elements for all
  fifo_delivery,  // each sender's elements in its order
  bounded,        // between what must have been added and what may have been
  convergence,    // what is read when all is quiet is the same for all
};

// As the command line writes them: "cas-register", "causal-memory".
std::string_view to_string(Model model);
std::string_view to_string(Level level);
std::optional<Model> model_of(std::string_view name);
std::optional<Level> level_of(std::string_view name);
std::span<const Model> all_models();  // in the order above
std::span<const Level> all_levels();

// A search ends undecided when either is used up; what it found until then is kept.
struct Budget {
  std::uint64_t steps = 50'000'000;              // configurations visited, edges followed
  std::uint64_t bytes = std::uint64_t{1} << 30;  // of what the search remembers
};

struct Question {
  Model model = Model::reg;
  Level level = Level::linearizable;
  Value init;  // of every register; nil: as if nobody had written
  Budget budget;
};

// Why one operation of a witness must come before another: one plain sentence.
struct Because {
  std::uint32_t from = 0;  // indices of operations
  std::uint32_t to = 0;
  std::string why;  // "process 2 read 5, which process 1 wrote"
};

struct Finding {
  Word word = Word::vacuous;
  std::string why;            // as in Verdict: one plain sentence
  std::uint64_t checked = 0;  // how many operations had something to say
  std::string anomaly;        // its name in the field, of a violation: "lost-update", "G-single"
  std::vector<std::uint32_t> witness;  // the fewest operations that show it, as they were invoked
  std::vector<Because> because;        // of a cycle its edges, in order; else reasons
};

// The operations of a witness, then those that only the reasons name.
std::vector<std::uint32_t> operations_of(const Finding& finding);

}  // namespace cleave
