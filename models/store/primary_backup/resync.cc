// Where two logs part, and what becomes of the rest. A deposed primary has entries that its
// successor never saw; they are cut off its log when it subscribes to the successor's.
#include "models/store/primary_backup/probes.h"
#include "models/store/primary_backup/replica.h"
#include "sim/trace/facts.h"
#include "sim/trace/history.h"

#include <algorithm>

namespace cleave::models::store::primary_backup {

std::vector<EpochEnd> ends_of(const DiskLog<Entry>& log) {
  std::vector<EpochEnd> ends;
  for (std::uint64_t begin = 0; begin < log.size();) {
    const Epoch epoch = log[begin].epoch;
    std::uint64_t in = begin;  // the last position known to be of the epoch, by bisection
    std::uint64_t out = log.size();
    while (out - in > 1) {
      const std::uint64_t middle = in + (out - in) / 2;
      (log[middle].epoch == epoch ? in : out) = middle;
    }
    ends.push_back({epoch, out});
    begin = out;
  }
  return ends;
}

std::uint64_t common_prefix(const std::vector<EpochEnd>& a, const std::vector<EpochEnd>& b) {
  for (auto mine = a.rbegin(); mine != a.rend(); ++mine)
    for (const EpochEnd& theirs : b)
      if (theirs.epoch == mine->epoch) return std::min(mine->end, theirs.end);
  return 0;
}

// Shortens the log to `from`, and undoes what the rest had done. Requires: from <= size of the log.
void Replica::cut_off(std::uint64_t from, Context& ctx) {
  if (from == disk.log.size()) return;
  ctx.sometimes(probes::kCutOff);
  for (std::uint64_t i = from; i < disk.log.size(); ++i) {
    const Entry& entry = disk.log[i];
    const bool keep = options.resync == Resync::keep;
    if (keep) disk.kept.put(entry.request.id, entry);
    ctx.fact(keep ? facts::kKeptForMerge : Purpose("discarded at resync"), pack(entry.request.id),
             entry.epoch.value);
  }
  if (from < memory.applied) {
    memory.machine = replay(from).machine;
    StateMachine again = memory.machine;
    for (std::uint64_t i = from; i < memory.applied; ++i) {
      const Request& request = disk.log[i].request;
      if (took_effect(request.action, again.apply(request).outcome))
        ctx.retracted(store, request.id);
    }
    memory.applied = from;
  }
  disk.log.truncate(from);
  ++memory.truncations;
  memory.durable = std::min(memory.durable, from);
}

Replayed Replica::replay(std::uint64_t size) const {
  Replayed replayed;
  for (std::uint64_t i = 0; i < size; ++i) {
    const Request& request = disk.log[i].request;
    const Result result = replayed.machine.apply(request);
    if (took_effect(request.action, result.outcome)) replayed.updates.push_back(request.id);
  }
  return replayed;
}

}  // namespace cleave::models::store::primary_backup
