#include "sim/scenario/fault_recorder.h"

#include "sim/scenario/words.h"

#include <algorithm>

namespace cleave {

void FaultRecorder::on(const FaultMark& mark) {
  Seen& seen = seen_[mark.fault.value];
  if (mark.phase == FaultMark::Phase::begin) {
    if (seen.spans.size() < kMostSpans) seen.spans.push_back({mark.at, kForever});
    note_roles(world_.fault(mark.fault), seen);
  } else if (!seen.spans.empty() && seen.spans.back().to == kForever) {
    seen.spans.back().to = mark.at;
  }
}

FaultResult FaultRecorder::result(FaultId id, Time end) const {
  FaultResult result;
  result.fault = world_.fault(id);
  result.effect = world_.effect(id);
  result.active = seen_[id.value].spans;
  result.chosen = seen_[id.value].chosen;
  const bool lasts = verb_words(result.fault.verb).find("for") != nullptr;
  for (Span& span : result.active)
    if (span.to == kForever) span.to = lasts ? end : span.from;
  return result;
}

void FaultRecorder::note_roles(const Fault& fault, Seen& seen) {
  for (const auto& group : fault.groups) {
    for (const Selector& selector : group) {
      if (selector.by != Selector::By::role) continue;
      std::string who;
      for (const NodeId node : world_.select({selector}))
        who += (who.empty() ? "" : ", ") + std::string(world_.name(node));
      const std::string line =
          selector.text + " of " + selector.of + ": " + (who.empty() ? "nobody" : who);
      if (std::find(seen.chosen.begin(), seen.chosen.end(), line) == seen.chosen.end())
        seen.chosen.push_back(line);
    }
  }
}

}  // namespace cleave
