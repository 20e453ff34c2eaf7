// What a coordinator has under way for its clients.
#pragma once
#include "models/store/cassandra/level.h"
#include "models/store/cassandra/messages.h"
#include "models/store/cassandra/paxos.h"
#include "sim/engine/context.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace cleave::models::store::cassandra {

// Whom a write is made for.
struct Client {  // who asked
  OperationId operation;
  CLEAVE_DESCRIBE(operation)
};
struct CountingFor {  // a coordinator that chose this node to lead an addition
  NodeId coordinator;
  Serial serial = 0;
  CLEAVE_DESCRIBE(coordinator, serial)
};
struct StepOf {  // a transaction of this node, which commits what another one began
  Serial transaction = 0;
  CLEAVE_DESCRIBE(transaction)
};
using WriteFor = std::variant<Client, CountingFor, StepOf>;

// A mutation on its way to all replicas of its key. It stays until all have answered or its time is
// up; whoever has not answered by then gets a hint.
struct Writing {
  WriteFor purpose;
  Level level = Level::one;
  std::size_t range = 0;  // of the ring: whose replicas
  ReplicaMask sent = 0;
  ReplicaMask stored = 0;
  ReplicaMask refused = 0;
  bool answered = false;
  Mutation mutation;
  Result result;                 // for the client, when enough have it
  Time deadline;                 // monotonic
  std::optional<Ballot> ballot;  // under which it was decided
  CLEAVE_DESCRIBE(purpose, level, range, sent, stored, refused, answered, mutation, result,
                  deadline, ballot)
};

// A request that another node carries out: of a counter.
struct Delegated {
  OperationId operation;
  Time deadline;
  CLEAVE_DESCRIBE(operation, deadline)
};

struct Reading {
  enum class Stage : std::uint8_t {
    digests,    // one replica's data, digests of others
    full,       // they differ: everything of each
    repairing,  // what was missing is being written to them
  };
  struct Answer {
    std::uint32_t replica = 0;  // its number among those of the key
    std::uint64_t digest = 0;
    std::optional<Page> page;
    CLEAVE_DESCRIBE(replica, digest, page)
  };
  Request request;
  std::optional<Serial> transaction;  // that reads; else the client does
  Level level = Level::one;
  std::size_t range = 0;
  Stage stage = Stage::digests;
  ReplicaMask asked = 0;
  ReplicaMask answered = 0;
  std::vector<Answer> answers;  // of this stage
  ReplicaMask repairing = 0;    // have not yet stored what they lacked
  Page merged;
  Time begun;
  Time deadline;
  TimerId speculation;
  CLEAVE_DESCRIBE(request, transaction, level, range, stage, asked, answered, answers, repairing,
                  merged, begun, deadline, speculation)
};

}  // namespace cleave::models::store::cassandra
