#include "sim/check/silence.h"

namespace cleave {

void SilenceTable::Store::end_at(Time at) {
  if (since && at - *since >= kShortest && all.size() < kMost) all.push_back({*since, at});
  since.reset();
}

void SilenceTable::on(const Invoked& operation) {
  if (!is_update(operation.action)) return;
  Store& store = stores_[operation.store];
  if (!store.since) store.since = operation.at;
  ++store.waiting;
  open_.put(operation.id, operation.store);
}

void SilenceTable::on(const Completed& operation) {
  const auto id = open_.take(operation.id);
  if (!id) return;
  Store& store = stores_[*id];
  --store.waiting;
  store.answered = operation.at;
  if (operation.outcome != Outcome::ok) return;
  store.end_at(operation.at);
  if (store.waiting > 0) store.since = operation.at;
}

std::vector<SilenceTable::Silence> SilenceTable::silences(StoreId store, Time end) const {
  const auto found = stores_.find(store);
  if (found == stores_.end()) return {};
  Store last = found->second;
  last.end_at(last.waiting > 0 ? end : last.answered);
  return last.all;
}

}  // namespace cleave
