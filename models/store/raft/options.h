// What a scenario may choose of Raft. Defaults are those of the etcd server, or of another preset;
// meanings, ranges and sources are in the schema (options.cc).
#pragma once
#include "models/store/raft/administration.h"
#include "models/store/raft/bugs.h"
#include "sim/base/describe.h"
#include "sim/base/diagnostics.h"
#include "sim/base/schema.h"
#include "sim/base/section.h"
#include "sim/base/time.h"

#include <cstddef>
#include <cstdint>
#include <set>

namespace cleave::models::store::raft {

enum class Reads : std::uint8_t {
  log,         // a read goes through the log, as an update does
  read_index,  // the leader asks a majority whether it still leads (Ongaro 2014, section 6.4)
  lease,       // the leader answers alone while its lease lasts (section 6.4.1)
  local,       // whoever is asked answers
};
enum class Transport : std::uint8_t {
  connection,  // in order, retransmitted
  datagram,    // lost, doubled and overtaken, as the paper allows
};

struct Options {
  Duration heartbeat_every{100'000'000};
  Duration election_timeout{1'000'000'000};          // drawn anew for each role, from this
  Duration longest_election_timeout{2'000'000'000};  // up to, not including, this
  bool pre_vote = true;
  bool check_quorum = true;
  Duration quorum_within{1'000'000'000};
  bool vote_stickiness = true;
  Reads reads = Reads::read_index;
  Duration lease{500'000'000};
  Transport transport = Transport::connection;
  Duration reconnect_after{5'000'000'000};
  std::uint64_t entries_per_message = 64;
  std::uint64_t snapshot_every = 100'000;  // applied entries; 0: never
  std::uint64_t keep_entries = 5'000;      // in the log, of those that a snapshot stands for
  std::set<Bug> bugs;
  CLEAVE_DESCRIBE(heartbeat_every, election_timeout, longest_election_timeout, pre_vote,
                  check_quorum, quorum_within, vote_stickiness, reads, lease, transport,
                  reconnect_after, entries_per_message, snapshot_every, keep_entries, bugs)

  bool has(Bug bug) const { return bugs.contains(bug); }
};

// The defaults of real systems.
Options etcd();
Options waraft();

// Of a whole store.
struct Choice {
  Options options;  // of each replica
  Administration administration;
};

const Schema& schema();
// Use nothing of it before the Diagnostics are empty.
Choice read_options(const Section& section, const Setting& setting, Diagnostics& diagnostics);

}  // namespace cleave::models::store::raft
