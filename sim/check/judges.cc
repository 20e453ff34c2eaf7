#include "sim/check/judges.h"

#include <array>

namespace cleave {
namespace {

constexpr std::array kJudges{
    JudgeInfo{"available", Property::liveness,
              "At least the stated share of a group's operations on the store was served."},
    JudgeInfo{"converges", Property::liveness,
              "What one live replica of the store holds, all hold within the stated time, and "
              "replicas with equal updates have equal states."},
    JudgeInfo{"fifo", Property::safety,
              "What one client appends to a log or queue of the store is never read in the other "
              "order, nor twice."},
    JudgeInfo{"fresh-reads", Property::safety,
              "No read returns an older version of an object than one that a client had been told "
              "before it was invoked."},
    JudgeInfo{"lost-acknowledged-writes", Property::safety,
              "None is lost: every update that a client was told had been made is held by some "
              "replica of the store at the end."},
    JudgeInfo{
        "recovers", Property::liveness,
        "Once the core is healed (see `liveness`), all of its replicas hold within the stated "
        "time what was acknowledged and not lost before, whatever stays broken."},
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
