// Lightweight transactions: one Paxos instance after the other for each partition (Lamport 2001),
// as Cassandra does it in four rounds: prepare and promise, read, propose and accept, commit.
#pragma once
#include "models/store/cassandra/data_model.h"
#include "models/store/cassandra/level.h"
#include "models/store/cassandra/messages.h"
#include "sim/engine/context.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace cleave::models::store::cassandra {

// What a round is to decide. Without a mutation it changes nothing, and keeps what an earlier round
// left undecided from coming true later (what a read and a condition that fails are for).
struct Proposal {
  Ballot ballot;
  std::optional<Mutation> mutation;
  bool operator==(const Proposal&) const = default;
  CLEAVE_DESCRIBE(ballot, mutation)
};

// Of one partition, on an acceptor's disk.
struct PaxosState {
  Ballot promised;                    // nothing older is accepted
  std::optional<Proposal> accepted;   // last
  std::optional<Proposal> committed;  // last that is known to be decided
  bool operator==(const PaxosState&) const = default;
  CLEAVE_DESCRIBE(promised, accepted, committed)
};

// ---- messages -----------------------------------------------------------------------------------

struct Prepare {
  static constexpr std::string_view name = "paxos prepare";
  Serial serial = 0;
  Token partition;
  Ballot ballot;
  CLEAVE_DESCRIBE(serial, partition, ballot)
};
struct Promise {
  static constexpr std::string_view name = "paxos promise";
  Serial serial = 0;
  Ballot ballot;     // of the request
  PaxosState state;  // the promise is given if state.promised is the ballot
  CLEAVE_DESCRIBE(serial, ballot, state)
};
struct Propose {
  static constexpr std::string_view name = "paxos propose";
  Serial serial = 0;
  Token partition;
  Proposal proposal;
  CLEAVE_DESCRIBE(serial, partition, proposal)
};
struct Accept {
  static constexpr std::string_view name = "paxos accept";
  Serial serial = 0;
  Ballot ballot;    // of the request
  Ballot promised;  // a later one: refused
  CLEAVE_DESCRIBE(serial, ballot, promised)
};
struct ContentionDue {  // timer: try again, after somebody else was first
  static constexpr std::string_view name = "contention backoff due";
  Serial serial = 0;
  CLEAVE_DESCRIBE(serial)
};

// ---- the proposer -------------------------------------------------------------------------------

struct Transaction {
  enum class Stage : std::uint8_t {
    preparing,
    refreshing,  // acceptors that missed the last commit get it
    finishing,   // proposing what another round left undecided
    committing_other,
    reading,
    proposing,
    backing_off,
  };
  Request request;
  Level level = Level::serial;
  std::size_t range = 0;
  Stage stage = Stage::preparing;
  Ballot ballot;
  ReplicaMask asked = 0;
  ReplicaMask agreed = 0;
  ReplicaMask refused = 0;
  std::optional<Proposal> undecided;  // the last accepted that acceptors told of
  std::optional<Proposal> committed;  // and the last committed
  ReplicaMask behind = 0;             // acceptors that do not know that
  Proposal proposal;                  // under way
  Result result;                      // if it is decided
  Time begun;
  Time deadline;  // of the stage; monotonic, as the former
  CLEAVE_DESCRIBE(request, level, range, stage, ballot, asked, agreed, refused, undecided,
                  committed, behind, proposal, result, begun, deadline)
};

}  // namespace cleave::models::store::cassandra
