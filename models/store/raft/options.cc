#include "models/store/raft/options.h"

#include "sim/base/reader.h"

#include <algorithm>
#include <string>

namespace cleave::models::store::raft {

namespace {

std::vector<Field> election_fields() {
  return {
      {.key = "preset",
       .type = Type::choice,
       .range = "etcd | waraft-default",
       .default_text = "etcd",
       .doc = "Whose defaults the other options have: those of the etcd 3.5 server, or of WARaft, "
              "WhatsApp's own Raft."},
      {.key = "heartbeat_every",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: 100ms; waraft-default: 120ms",
       .doc = "Between two heartbeats of a leader (etcd: --heartbeat-interval)."},
      {.key = "election_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: 1s; waraft-default: 5s",
       .doc = "Shortest silence of the leader after which a replica seeks to lead (etcd: "
              "--election-timeout). Much longer than a heartbeat and a round trip."},
      {.key = "longest_election_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: twice election_timeout; waraft-default: one and a half times",
       .doc = "The silence is drawn from election_timeout up to this, anew for each role, so that "
              "seldom two replicas seek to lead at once."},
      {.key = "pre_vote",
       .type = Type::boolean,
       .when_absent = "etcd: on; waraft-default: off",
       .doc = "Whether a replica first asks if it would win, and leaves the term alone if not "
              "(Ongaro 2014, section 9.6; etcd: --pre-vote)."},
      {.key = "check_quorum",
       .type = Type::boolean,
       .when_absent = "etcd: on; waraft-default: off",
       .doc = "Whether a leader that hears no majority for quorum_within steps down (Ongaro 2014, "
              "section 6.2)."},
      {.key = "quorum_within",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: election_timeout; waraft-default: 30s",
       .doc = "CheckQuorum: how often the leader counts who answered since it last counted "
              "(WARaft: its grace of 30 s)."},
      {.key = "vote_stickiness",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Whether a replica ignores who asks for votes while it has heard a leader within "
              "election_timeout (Ongaro 2014, section 4.2.3). In etcd it comes with CheckQuorum; "
              "WARaft always does it."},
  };
}

std::vector<Field> read_fields() {
  return {
      {.key = "reads",
       .type = Type::choice,
       .range = "log | read-index | lease | local",
       .default_text = "read-index",
       .doc = "How reads are served that ask for no consistency of their own: through the log; by "
              "the leader after a round of heartbeats (etcd: ReadOnlySafe; WARaft: strong reads); "
              "by the leader alone while its lease lasts; by whoever is asked."},
      {.key = "lease",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "half of election_timeout",
       .doc = "Leases: how long a leader answers alone after it sent the last heartbeat that a "
              "majority answered (hashicorp/raft: LeaderLeaseTimeout, half of its election "
              "timeout). Safe if it is shorter than election_timeout by more than clocks drift."},
      {.key = "transport",
       .type = Type::choice,
       .range = "connection | datagram",
       .default_text = "connection",
       .doc = "What replicas send one another goes over connections (etcd: HTTP; WARaft: Erlang "
              "distribution), or as datagrams, which may be lost, doubled or overtaken."},
      {.key = "reconnect_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "5s",
       .doc = "Connections: silence of a peer after which the next message to it goes over a new "
              "one (etcd: --raft-read-timeout, 5 s)."},
  };
}

std::vector<Field> bug_fields() {
  return {
      {.key = "bugs",
       .type = Type::choice,
       .shape = Shape::list,
       .range =
           "vote-twice | forget-vote | vote-for-any-log | skip-log-check | commit-older-terms | "
           "acknowledge-before-sync | read-without-round | read-before-own-entry",
       .when_absent = "none",
       .doc = "Mistakes to be made on purpose, for judges and invariants to find."},
  };
}

void read_lease(Reader& reader, Options& options) {
  options.lease = options.election_timeout / 2;
  if (options.reads != Reads::lease) return;
  if (reader.has("lease")) options.lease = reader.duration("lease");
  if (!options.vote_stickiness)
    reader.error("reads",
                 {"a lease without vote stickiness: nothing keeps the others from electing "
                  "another leader while it lasts",
                  "vote_stickiness: on", "choose read-index"});
}

std::string why_idle(const Reader& reader, const Options& options) {
  std::string why;
  const auto add = [&why](std::string_view reason) {
    why += (why.empty() ? "" : ", or ") + std::string(reason);
  };
  if (reader.has("quorum_within") && !options.check_quorum) add("'check_quorum' is off");
  if (reader.has("lease") && options.reads != Reads::lease) add("'reads' is not lease");
  if (reader.has("reconnect_after") && options.transport == Transport::datagram)
    add("'transport' is datagram");
  return "when " + why;
}

}  // namespace

Options etcd() {
  return {};
}

Options waraft() {
  Options options;
  options.heartbeat_every = Duration{120'000'000};
  options.election_timeout = Duration{5'000'000'000};
  options.longest_election_timeout = Duration{7'500'000'000};
  options.pre_vote = false;
  options.check_quorum = false;
  options.quorum_within = Duration{30'000'000'000};
  options.lease = options.election_timeout / 2;
  return options;
}

const Schema& schema() {
  static const Schema kSchema{.name = "raft",
                              .doc = "Options of the engine raft.",
                              .fields = joined({election_fields(), read_fields(), bug_fields()})};
  return kSchema;
}

Options read_options(const Section& section, Diagnostics& diagnostics) {
  enum class Preset : std::uint8_t { etcd, waraft };
  Reader reader(section, schema(), diagnostics);
  const Preset preset =
      reader.choice<Preset>("preset", {{"etcd", Preset::etcd}, {"waraft-default", Preset::waraft}});
  Options options = preset == Preset::etcd ? etcd() : waraft();
  const auto duration = [&reader](std::string_view key, Duration otherwise) {
    return reader.has(key) ? reader.duration(key) : otherwise;
  };
  const auto boolean = [&reader](std::string_view key, bool otherwise) {
    return reader.has(key) ? reader.boolean(key) : otherwise;
  };
  options.heartbeat_every = duration("heartbeat_every", options.heartbeat_every);
  options.election_timeout = duration("election_timeout", options.election_timeout);
  const Duration longest =
      preset == Preset::etcd ? options.election_timeout * 2 : options.election_timeout * 3 / 2;
  options.longest_election_timeout = duration("longest_election_timeout", longest);
  if (options.longest_election_timeout <= options.election_timeout)
    reader.error("longest_election_timeout",
                 {"it is no longer than election_timeout, and replicas would seek to lead at once",
                  "more than election_timeout", "leave it out"});
  options.pre_vote = boolean("pre_vote", options.pre_vote);
  options.check_quorum = boolean("check_quorum", options.check_quorum);
  if (preset == Preset::etcd) options.quorum_within = options.election_timeout;
  if (options.check_quorum)
    options.quorum_within = duration("quorum_within", options.quorum_within);
  options.vote_stickiness = reader.boolean("vote_stickiness");
  options.reads = reader.choice<Reads>("reads", {{"log", Reads::log},
                                                 {"read-index", Reads::read_index},
                                                 {"lease", Reads::lease},
                                                 {"local", Reads::local}});
  read_lease(reader, options);
  options.transport = reader.choice<Transport>(
      "transport", {{"connection", Transport::connection}, {"datagram", Transport::datagram}});
  if (options.transport == Transport::connection)
    options.reconnect_after = reader.duration("reconnect_after");
  for (const std::string& name : reader.list<std::string>("bugs"))
    for (const PlantedBug& bug : kBugs)
      if (bug.name == name) options.bugs.insert(bug.bug);
  reader.finish(why_idle(reader, options));
  return options;
}

}  // namespace cleave::models::store::raft
