#include "sim/explore/losses.h"

#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cleave {
namespace {

// Who holds an update as the run goes on, and how the last one gave it up.
struct Trail {
  std::size_t holders = 0;
  const TracedUpdate* given_up = nullptr;
};

std::map<OperationId, Trail> trails_of(const Recording& recording) {
  std::map<OperationId, Trail> trails;
  for (const TracedOperation& operation : recording.trace.operations())
    if (operation.acknowledged()) trails[operation.invoked.id];
  for (const TracedUpdate& update : recording.trace.updates()) {
    const auto trail = trails.find(update.update);
    if (trail == trails.end()) continue;
    trail->second.holders += update.taken_up ? 1 : std::size_t{0} - 1;
    if (!update.taken_up) trail->second.given_up = &update;
  }
  return trails;
}

// Who led when the last holder gave up, if that was another one, and whether it had let the holder
// lead beside it until then.
std::string reason_of(const Recording& recording, const Loss& loss) {
  const StoreResult& store = recording.result.stores[loss.store.value];
  const Tenure* heir = nullptr;
  const Tenure* own = nullptr;
  for (const Tenure& tenure : store.tenures) {
    if (tenure.span.from > loss.at) break;
    if (tenure.node == *loss.holder)
      own = &tenure;
    else if (tenure.span.to > loss.at)
      heir = &tenure;
  }
  if (!heir) return "";
  const std::string holder(recording.name(*loss.holder));
  std::string text = "\nWhy: " + heir->replica + " began to lead at " + exact(heir->span.from) +
                     circumstance(recording.result, heir->span.from) + ", without " +
                     (loss.updates.size() == 1 ? "it" : "them") + ".";
  if (!own || own->span.to <= loss.first) return text;
  if (own->span.to > heir->span.from)
    text += " Both led at once, for " + holder + " did not know, and acknowledged writes until " +
            exact(own->span.to) + ".";
  return text + " When it heard of the other, it dropped what the other did not have.";
}

}  // namespace

std::vector<Loss> losses(const Recording& recording) {
  const std::map<OperationId, Trail> trails = trails_of(recording);
  std::map<std::tuple<Time, EventId, StoreId, std::optional<NodeId>>, Loss> by_cause;
  for (const TracedOperation& operation : recording.trace.operations()) {
    if (!operation.acknowledged()) continue;
    const Trail& trail = trails.at(operation.invoked.id);
    if (trail.holders > 0) continue;
    Loss cause{operation.invoked.store, std::nullopt, {}, {}, {}, operation.completed->at, {}};
    if (trail.given_up != nullptr) {
      cause.holder = trail.given_up->replica;
      cause.event = trail.given_up->event;
      cause.at = trail.given_up->at;
    }
    Loss& loss = by_cause.try_emplace({cause.at, cause.event, cause.store, cause.holder}, cause)
                     .first->second;
    loss.updates.push_back(operation.invoked.id);
    loss.first = std::min(loss.first, operation.completed->at);
    loss.last = std::max(loss.last, operation.completed->at);
  }
  std::vector<Loss> all;
  for (auto& [cause, loss] : by_cause)
    all.push_back(std::move(loss));
  return all;
}

std::string sentence(const Recording& recording, const Loss& loss) {
  const bool one = loss.updates.size() == 1;
  const std::string when =
      one ? " at " + exact(loss.first) : " from " + exact(loss.first) + " to " + exact(loss.last);
  const std::string what = counted(loss.updates.size(), "update", "updates") + " of " +
                           std::string(recording.start.store_name(loss.store)) +
                           (one ? " was" : " were") + " acknowledged" + when + ". ";
  if (!loss.holder) return what + "No replica ever held " + (one ? "it." : "them.");
  return what + (one ? "Its" : "Their") + " last holder, " +
         std::string(recording.name(*loss.holder)) + ", gave " + (one ? "it" : "them") + " up at " +
         exact(loss.at) + " (event " + grouped(loss.event.value) + ")" +
         circumstance(recording.result, loss.at) + "." + reason_of(recording, loss);
}

}  // namespace cleave
