#include "models/store/raft/options.h"

#include "sim/base/reader.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cleave::models::store::raft {

namespace {

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
  if (reader.has("keep_entries") && options.snapshot_every == 0) add("'snapshot_every' is 0");
  if (reader.has("administrator") && !reader.has("administration"))
    add("there is no 'administration'");
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
  options.snapshot_every = 200'000;
  options.keep_entries = 2'000'000;
  return options;
}

Choice read_options(const Section& section, const Setting& setting, Diagnostics& diagnostics) {
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
  options.entries_per_message = reader.natural("entries_per_message");
  if (reader.has("snapshot_every")) options.snapshot_every = reader.natural("snapshot_every");
  if (options.snapshot_every > 0 && reader.has("keep_entries"))
    options.keep_entries = reader.natural("keep_entries");
  Administration administration = read_administration(reader, setting, diagnostics);
  for (const std::string& name : reader.list<std::string>("bugs"))
    for (const PlantedBug& bug : kBugs)
      if (bug.name == name) options.bugs.insert(bug.bug);
  reader.finish(why_idle(reader, options));
  return {std::move(options), std::move(administration)};
}

}  // namespace cleave::models::store::raft
