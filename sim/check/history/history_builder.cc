#include "sim/check/history/history_builder.h"

#include "sim/base/assert.h"

#include <utility>

namespace cleave {
namespace {

template <class T>
Slice append(std::vector<T>& pool, std::span<const T> list) {
  const Slice slice{static_cast<std::uint32_t>(pool.size()),
                    static_cast<std::uint32_t>(list.size())};
  pool.insert(pool.end(), list.begin(), list.end());
  return slice;
}

}  // namespace

HistoryBuilder::HistoryBuilder() {
  key(Value{});  // the one that has no name is number 0
}

std::uint32_t HistoryBuilder::key(Value name) {
  const auto [at, is_new] =
      keys_.try_emplace(name, static_cast<std::uint32_t>(history_.keys.size()));
  if (is_new) history_.keys.push_back(name);
  return at->second;
}

Slice HistoryBuilder::values(std::span<const Value> list) {
  return append(history_.values, list);
}

Slice HistoryBuilder::steps(std::span<const Step> list) {
  return append(history_.steps, list);
}

std::size_t HistoryBuilder::invoke(Value process, Operation asked, std::uint64_t at) {
  const auto [found, is_new] = clients_.try_emplace(process);
  Client& client = found->second;
  if (is_new || client.is_open || client.is_gone) {
    client.process = static_cast<std::uint32_t>(history_.processes.size());
    history_.processes.push_back(process);
  }
  client = {client.process, history_.operations.size(), true, false};
  asked.process = client.process;
  asked.ending = Ending::pending;
  asked.invoked = moment_++;
  asked.completed = Operation::kNever;
  asked.invoked_at = at;
  history_.operations.push_back(asked);
  return client.operation;
}

Operation* HistoryBuilder::open(Value process) {
  const auto found = clients_.find(process);
  if (found == clients_.end() || !found->second.is_open) return nullptr;
  return &history_.operations[found->second.operation];
}

void HistoryBuilder::complete(Value process, Ending ending, std::uint64_t at) {
  const auto found = clients_.find(process);
  CLEAVE_CHECK(found != clients_.end() && found->second.is_open,
               "only an open operation can complete");
  Client& client = found->second;
  client.is_open = false;
  client.is_gone = ending == Ending::pending;
  Operation& operation = history_.operations[client.operation];
  operation.ending = ending;
  operation.completed_at = at;
  if (ending != Ending::pending) operation.completed = moment_++;
}

History HistoryBuilder::build() && {
  History history = std::move(history_);
  *this = HistoryBuilder();
  return history;
}

}  // namespace cleave
