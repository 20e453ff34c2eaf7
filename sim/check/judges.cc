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
    JudgeInfo{"causal-order", Property::safety,
              "Every device shows a message after those that its sender's device showed before it, "
              "and below them, or says that one is lacking."},
    JudgeInfo{"converges", Property::liveness,
              "What one live replica of the store holds, all hold within the stated time, and "
              "replicas with equal updates have equal states."},
    JudgeInfo{
        "durable-first", Property::safety,
        "A device acknowledges a message when it is on its disk, and still has it after a crash."},
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
    JudgeInfo{"messages-arrive", Property::liveness,
              "Every message is shown within the stated time by every device that it is for, "
              "unless its sender was told that it was not sent."},
    JudgeInfo{"monotonic-reads", Property::safety,
              "No read goes back behind what its client had read before."},
    JudgeInfo{"monotonic-writes", Property::safety,
              "Writes of one client are seen in the order in which it made them."},
    JudgeInfo{
        "pram", Property::safety,
        "Each client sees the writes of each other client in the order in which they were made."},
    JudgeInfo{"queues-drain", Property::liveness,
              "Every message is acknowledged within the stated time by every device that it is "
              "for, so that no mailbox keeps it."},
    JudgeInfo{"read-your-writes", Property::safety,
              "No read misses a write that its own client had made before."},
    JudgeInfo{"receipts-arrive", Property::liveness,
              "What a device says became of a message is shown within the stated time by the "
              "device that sent it."},
    JudgeInfo{
        "recovers", Property::liveness,
        "Once the core is healed (see `liveness`), all of its replicas hold within the stated "
        "time what was acknowledged and not lost before, whatever stays broken."},
    JudgeInfo{"same-view", Property::liveness,
              "At the end all devices of a conversation show the same messages in the same order, "
              "but for those that are younger than the stated time."},
    JudgeInfo{
        "sender-order", Property::safety,
        "Every device shows what one device sent in that order, or says that one is lacking."},
    JudgeInfo{"sequential", Property::safety,
              "What clients saw fits one order of operations that keeps the order of each client."},
    JudgeInfo{"shown-once", Property::safety,
              "No device shows a message twice, or one that nobody sent."},
    JudgeInfo{"ticks-rise", Property::safety,
              "What a device shows of how far a message has come never goes back."},
    JudgeInfo{"truthful-ticks", Property::safety,
              "Delivered is shown when a device of the person has the message on its disk, and "
              "read when one has shown it."},
    JudgeInfo{"writes-follow-reads", Property::safety,
              "A write is seen only by who sees what its client had read before it."}};

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
