#include "sim/check/judges.h"

#include <array>

namespace cleave {
namespace {

constexpr std::array kJudges{
    JudgeInfo{"available", Property::liveness,
              "At least the stated share of a group's operations on the store was served."},
    JudgeInfo{"causal", Property::safety,
              "What clients saw fits an order in which no effect comes before its cause."},
    JudgeInfo{"causal-convergence", Property::safety,
              "Causal, and concurrent writes are in one order for all."},
    JudgeInfo{"causal-memory", Property::safety,
              "Causal, and each client's own reads fit one order of all writes."},
    JudgeInfo{"converges", Property::liveness,
              "What one live replica of the store holds, all hold within the stated time, and "
              "replicas with equal updates have equal states."},
    JudgeInfo{"fifo", Property::safety,
              "What one client appends to a log or queue of the store is never read in the other "
              "order, nor twice."},
    JudgeInfo{"fresh-reads", Property::safety,
              "No read returns an older version of an object than one that a client had been told "
              "before it was invoked."},
    JudgeInfo{"linearizable", Property::safety,
              "What clients saw of each object fits one order of operations that each takes effect "
              "in between its invocation and its answer."},
    JudgeInfo{"lost-acknowledged-writes", Property::safety,
              "None is lost: every update that a client was told had been made is held by some "
              "replica of the store at the end."},
    JudgeInfo{"monotonic-reads", Property::safety,
              "No read goes back behind what its client had read before."},
    JudgeInfo{"monotonic-writes", Property::safety,
              "Writes of one client are seen in the order in which it made them."},
    JudgeInfo{
        "pram", Property::safety,
        "Each client sees the writes of each other client in the order in which they were made."},
    JudgeInfo{"read-your-writes", Property::safety,
              "No read misses a write that its own client had made before."},
    JudgeInfo{
        "recovers", Property::liveness,
        "Once the core is healed (see `liveness`), all of its replicas hold within the stated "
        "time what was acknowledged and not lost before, whatever stays broken."},
    JudgeInfo{"sequential", Property::safety,
              "What clients saw fits one order of operations that keeps the order of each client."},
    JudgeInfo{"writes-follow-reads", Property::safety,
              "A write is seen only by who sees what its client had read before it."},
};

}  // namespace

std::span<const JudgeInfo> judges() {
  return kJudges;
}

const JudgeInfo* find_judge(std::string_view name) {
  for (const JudgeInfo& judge : kJudges)
    if (judge.name == name) return &judge;
  return nullptr;
}

}  // namespace cleave
