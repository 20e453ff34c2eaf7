// What a run came to, as plain data: everything that reports say and nothing that they do not.
// Filled when a run is over; two runs with equal digests have equal results.
#pragma once
#include "sim/base/digest.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/fault.h"
#include "sim/scenario/conversation_result.h"
#include "sim/trace/probe.h"
#include "sim/trace/verdict.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// How a run is to be judged as a whole; the value is the exit status of the command line. Of
// several that apply, the first in the order of this list counts.
enum class Status : std::uint8_t {
  cleave_bug = 70,     // a bug in Cleave itself
  bad_input = 64,      // bad options or a bad scenario
  file_error = 74,     // a file could not be read or written
  digest_differs = 5,  // from the one expected, or between two runs
  safety = 1,          // a safety expectation is not as stated, or a model's assertion failed
  liveness = 3,        // a liveness expectation is not as stated
  without_effect = 4,  // a fault or an order had no effect, or an expectation was not tested
  not_reached = 6,     // of a sweep: no run reached a probe that the scenario requires
  undecided = 2,       // an expectation is undecided
  as_stated = 0,       // every expectation is as stated
};

// The one of the two that comes first in the order above.
Status first_of(Status a, Status b);

// Half-open: what happens at `to` is outside.
struct Span {
  Time from;
  Time to;
  auto operator<=>(const Span&) const = default;
};

// ---- the cast --------------------------------------------------------------------------------
struct Placement {
  std::string region;
  std::uint32_t count = 0;
};
struct ClientGroup {
  std::string name;
  std::vector<Placement> placements;
};

// How far apart the replicas of a store were: the largest distance between any two, in updates.
// `highest` holds the highest value in each slice of the run, slice i being [i, i + 1) * slice;
// slices grow as the run does, so that there are never more than a few thousand.
struct DivergenceCurve {
  Duration slice{1'000'000};
  std::vector<std::uint64_t> highest;
  std::uint64_t peak = 0;
  Time peak_at;                   // first time at the peak
  std::uint64_t calm = 0;         // highest before the first fault: what replication is behind by
  std::optional<Time> diverged;   // first time above `calm` after a fault began
  std::optional<Time> converged;  // the time from which it was back at `calm` or below
  std::uint64_t at_end = 0;
};

// A time in which a replica led its store, as it believed itself. One that it led to the end ends
// with the run.
struct Tenure {
  NodeId node;
  std::string replica;  // its name
  Span span;
  EventId began;
};

struct StoreResult {
  std::string name;
  std::string engine;
  std::vector<Placement> replicas;
  std::vector<Tenure> tenures;  // by their beginning; a thousand at most
  std::vector<Span> silences;   // of half a second or more without an acknowledged update
  DivergenceCurve curve;
  std::uint64_t acknowledged = 0;       // updates that clients were told had been made
  std::uint64_t lost_acknowledged = 0;  // of these, held by no replica at the end
};

// ---- what happened ---------------------------------------------------------------------------
struct FaultResult {
  Fault fault;
  FaultEffect effect;
  std::vector<Span> active;         // one per time it began; an unended one ends with the run
  std::vector<std::string> chosen;  // whom roles meant: "primary of accounts: accounts/us-east/0"
  bool inert = false;               // it did nothing, and that is not allowed
  std::string why_inert;            // why it did nothing, allowed or not; empty: it did something
};

struct AvailabilityRow {
  std::string group;  // of clients
  Span window;        // between the beginnings and ends of faults
  std::uint64_t ok = 0;
  std::uint64_t refused = 0;
  std::uint64_t conflict = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t unknown = 0;
};

// What one side of the network got of one store between beginnings and ends of faults, of reads or
// of updates: sim/check/cap_ledger.h says what each number counts.
struct CapRow {
  struct Outcomes {
    std::uint64_t ok = 0, refused = 0, conflict = 0, unavailable = 0, unknown = 0;
    std::uint64_t served() const { return ok + refused + conflict; }
    std::uint64_t all() const { return served() + unavailable + unknown; }
  };
  struct Share {
    std::uint64_t operations = 0, served = 0;
  };
  struct Requests {
    std::string replica;
    std::uint64_t received = 0, answered = 0;
  };
  Span window;
  std::size_t sides = 1;             // that the network had
  std::vector<std::string> clients;  // groups on this side: "east", "2 of east"
  std::string store;
  std::string kind;  // "reads" or "updates"
  Outcomes outcomes;
  std::optional<Duration> p50, p99;  // of those served
  Share reaching, sticky;
  std::vector<Requests> replicas;  // of the store on this side
  std::uint64_t compared = 0, stale = 0, most_behind = 0;
  Duration most_late;
  std::uint64_t acknowledged = 0, lost = 0, unknown_held = 0;
};

// Which levels of consistency clients saw kept of objects of a type of a store, unasked: all of
// them together, or each by itself, where those that stand alike are in one row
// (sim/check/consistency_table.h).
struct ConsistencyRow {
  std::string store;
  std::string type;  // of the objects: "register"
  bool together = true;
  std::uint64_t objects = 0;
  std::vector<std::string> names;      // of the first few of them
  std::uint64_t operations = 0;        // on them
  bool cut_short = false;              // there were more operations than were looked at
  std::vector<std::string> strongest;  // levels that held, but for those that another one implies
  std::vector<std::string> violated;   // strongest first
  std::vector<std::string> undecided;
  std::string anomaly, why;  // of the strongest that is violated
};

// Of operations that were served, from invocation to completion. Percentiles by nearest rank.
struct LatencyRow {
  std::string operation;  // "write accounts"
  std::uint64_t count = 0;
  Duration p50;
  Duration p99;
  Duration p999;
};

// ---- verdicts --------------------------------------------------------------------------------
struct ExpectationResult {
  enum class StatedBy : std::uint8_t {
    scenario,
    engine,  // of itself, unasked: it need not have been tested
    order,   // that something is done to a store, and so that it will be
  };
  std::string name;  // "converges accounts within 30s after split"
  Property property = Property::safety;
  Word expected = Word::holds;
  Verdict verdict;
  std::uint32_t line = 0;  // in the scenario; 0: an engine states it
  StatedBy stated_by = StatedBy::scenario;

  bool as_stated() const {
    if (verdict.is_cleave_bug) return false;
    const bool untested = stated_by == StatedBy::engine && verdict.word == Word::vacuous;
    return untested || verdict.word == expected;
  }
};

std::string_view to_string(ExpectationResult::StatedBy who);

// A model's handler broke its own assertion, or a loop without delay was stopped.
struct RunFailure {
  enum class Kind : std::uint8_t { model_assertion, zero_delay_loop };
  std::string what;
  std::string node;
  EventId event;
  Time at;
  Kind kind = Kind::model_assertion;
};

// How often something happened of which an engine says that sometimes it should.
struct ProbeResult {
  std::string name;  // "raft: an election was split"
  Probe::Frequency frequency = Probe::Frequency::common;
  std::uint64_t count = 0;
};

// ---- all of it -------------------------------------------------------------------------------
struct RunResult {
  std::string scenario;               // its name
  std::string file;                   // where it was read from; empty: not from a file
  std::string configuration;          // of a comparison; empty: the scenario itself
  std::vector<std::string> settings;  // PATH=VALUE, as given by --set
  std::uint64_t seed = 0;
  std::uint32_t behaviour = 0;
  Time simulated;
  bool cut_short = false;  // by --until: less than run_for was simulated
  std::uint64_t events = 0;
  Hash128 digest;
  std::vector<Hash128> trail;  // of the trace, chunk by chunk
  std::optional<Hash128> expected_digest;
  Status status = Status::as_stated;

  std::vector<StoreResult> stores;
  std::vector<ClientGroup> clients;
  std::vector<FaultResult> faults;
  std::vector<AvailabilityRow> availability;  // by group, then by window
  std::vector<LatencyRow> latency;
  std::vector<ConsistencyRow> consistency;  // empty: not asked for (RunOptions)
  std::vector<CapRow> cap;  // by window, side and store; none if no fault can split the network
  std::vector<ConversationResult> conversations;
  std::vector<MessageEvent> messages;           // what devices stated of them
  std::vector<ExpectationResult> expectations;  // the scenario's in its order, engines', orders
  std::vector<ProbeResult> probes;              // of the engines in use, each of theirs
  std::optional<RunFailure> failure;
};

}  // namespace cleave
