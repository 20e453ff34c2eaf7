#include "sim/check/abstract/execution_recorder.h"

#include <algorithm>
#include <utility>

namespace cleave::abstract {

ExecutionRecorder::ExecutionRecorder(Options options) : options_(options) {
  execution_.states.add_root();
  execution_.object_of.push_back(kNoNode);
}

// ---- clients ------------------------------------------------------------------------------------

std::uint32_t ExecutionRecorder::object_for(const Invoked& operation) {
  const auto next = static_cast<std::uint32_t>(execution_.objects.size());
  const auto [at, is_new] = objects_.try_emplace(operation.key, next);
  if (is_new)
    execution_.objects.push_back(
        {operation.key, operation.type, execution_.object_states.add_root()});
  return at->second;
}

void ExecutionRecorder::on(const Invoked& operation) {
  if (execution_.cut_short || operation.store != options_.store) return;
  execution_.cut_short = execution_.operations.size() >= options_.most_operations;
  if (execution_.cut_short) return;
  Operation asked;
  asked.id = operation.id;
  asked.client = clients_.try_emplace(operation.id.client, execution_.clients).first->second;
  execution_.clients = static_cast<std::uint32_t>(clients_.size());
  asked.object = object_for(operation);
  asked.action = operation.action;
  asked.invoked = moments_++;
  asked.argument = operation.argument;
  asked.expected = operation.expected_version;
  asked.invoked_at = operation.event;
  numbers_.put(operation.id, static_cast<std::uint32_t>(execution_.operations.size()));
  execution_.operations.push_back(asked);
}

void ExecutionRecorder::on(const Completed& operation) {
  if (execution_.cut_short) return;
  const std::uint32_t* number = numbers_.find(operation.id);
  if (number == nullptr) return;
  Operation& asked = execution_.operations[*number];
  if (operation.outcome == Outcome::unknown) return;  // pending for ever
  asked.completed = moments_++;
  asked.outcome = operation.outcome;
  asked.completed_at = operation.event;
  asked.told = told(operation, execution_.object_of_operation(asked).type);
  if (asked.outcome != Outcome::conflict) return;
  for (std::uint32_t i = asked.last_sight; i != Operation::kNever;
       i = execution_.sights[i].previous)
    find_conflict(asked, execution_.sights[i]);
}

// A conflict was found when the update's turn came, and may be told later, when the replica has
// applied more. The version that was told says when it was.
void ExecutionRecorder::find_conflict(const Operation& operation, Sight& sight) const {
  const VersionTree& objects = execution_.object_states;
  const VersionTree& states = execution_.states;
  std::uint32_t later = 0;  // updates of the object since then
  while (objects.depth(sight.object_state) > operation.told.version) {
    sight.object_state = objects.parent(sight.object_state);
    ++later;
  }
  for (; later > 0; sight.state = states.parent(sight.state))
    if (execution_.operations[states.update(sight.state)].object == operation.object) --later;
}

// ---- replicas -----------------------------------------------------------------------------------

ExecutionRecorder::Replica& ExecutionRecorder::replica(NodeId node) {
  return replicas_[node];
}

Node& ExecutionRecorder::object_at(Replica& replica, std::uint32_t object) {
  if (replica.objects.size() <= object) replica.objects.resize(execution_.objects.size(), kNoNode);
  Node& at = replica.objects[object];
  if (at == kNoNode) at = execution_.objects[object].root;
  return at;
}

void ExecutionRecorder::apply(Replica& replica, std::uint32_t update) {
  Node& object = object_at(replica, execution_.operations[update].object);
  object = execution_.object_states.child(object, update);
  replica.state = execution_.states.child(replica.state, update);
  if (replica.state == execution_.object_of.size()) execution_.object_of.push_back(object);
}

// Takes out what was retracted, in whatever order that was reported; what had been applied after it
// stays.
void ExecutionRecorder::retract(Replica& replica) {
  if (replica.retracted.empty()) return;
  std::stable_sort(replica.retracted.begin(), replica.retracted.end());
  std::vector<std::uint32_t> kept;
  std::size_t left = replica.retracted.size();
  while (left > 0 && !execution_.states.is_root(replica.state)) {
    const std::uint32_t update = execution_.states.update(replica.state);
    Node& object = object_at(replica, execution_.operations[update].object);
    object = execution_.object_states.parent(object);
    replica.state = execution_.states.parent(replica.state);
    if (std::binary_search(replica.retracted.begin(), replica.retracted.end(), update))
      --left;
    else
      kept.push_back(update);
  }
  replica.retracted.clear();
  for (auto update = kept.rbegin(); update != kept.rend(); ++update)
    apply(replica, *update);
}

void ExecutionRecorder::on(const ReplicaUpdate& update) {
  if (execution_.cut_short || update.store != options_.store || !update.changed) return;
  const std::uint32_t* number = numbers_.find(update.update);
  if (number == nullptr) return;  // an installation, which was told one by one
  Replica& at = replica(update.replica);
  if (update.kind == ReplicaUpdate::Kind::retracted) {
    at.retracted.push_back(*number);
  } else {
    retract(at);
    apply(at, *number);
  }
}

void ExecutionRecorder::on(const RequestMark& request) {
  if (execution_.cut_short || request.phase != RequestMark::Phase::answered) return;
  const std::uint32_t* number = numbers_.find(request.operation);
  if (number == nullptr) return;
  Operation& asked = execution_.operations[*number];
  if (asked.completed != Operation::kNever) return;  // its client knows already
  Replica& at = replica(request.replica);
  retract(at);
  execution_.sights.push_back(
      {request.replica, asked.last_sight, at.state, object_at(at, asked.object)});
  asked.last_sight = static_cast<std::uint32_t>(execution_.sights.size() - 1);
}

Execution ExecutionRecorder::build() && {
  execution_.states.seal();
  execution_.object_states.seal();
  return std::move(execution_);
}

}  // namespace cleave::abstract
