#include "models/store/cassandra/options.h"

#include "sim/base/nearest.h"
#include "sim/base/reader.h"

#include <algorithm>
#include <string>

namespace cleave::models::store::cassandra {

namespace {

enum class Preset : std::uint8_t { cassandra_4, cassandra_3 };

Level read_level(Reader& reader, std::string_view key) {
  const std::string_view word = reader.choice(key);
  for (const auto& [text, level] : kLevels)
    if (text == word) return level;
  throw_engine_bug(__FILE_NAME__, __LINE__, "every level of the schema is in the list");
}

void read_timestamps(Reader& reader, Options& options) {
  options.timestamps =
      reader.choice<Timestamps>("timestamps", {{"coordinator", Timestamps::coordinator},
                                               {"client", Timestamps::client},
                                               {"hybrid", Timestamps::hybrid}});
  if (options.timestamps == Timestamps::hybrid)
    options.max_clock_offset = reader.duration("max_clock_offset");
}

void read_speculation(Reader& reader, Options& options) {
  options.speculative_retry =
      reader.choice<Speculation>("speculative_retry", {{"none", Speculation::none},
                                                       {"percentile", Speculation::percentile},
                                                       {"fixed", Speculation::fixed}});
  if (options.speculative_retry == Speculation::percentile)
    options.speculative_percentile =
        static_cast<std::uint32_t>(reader.natural("speculative_percentile"));
  if (options.speculative_retry == Speculation::fixed)
    options.speculative_after = reader.duration("speculative_after");
}

void read_transactions(Reader& reader, Options& options) {
  options.lwt = reader.boolean("lwt");
  if (options.lwt) {
    options.serial = reader.choice<Level>(
        "serial", {{"serial", Level::serial}, {"local-serial", Level::local_serial}});
    options.cas_contention_timeout = reader.duration("cas_contention_timeout");
    return;
  }
  for (const std::string_view key : {"write", "read"})
    if (is_serial(key == "write" ? options.write : options.read))
      reader.error(key, {"serial without lightweight transactions", "lwt: on", "choose quorum"});
}

void read_hints(Reader& reader, Preset preset, Options& options) {
  options.hinted_handoff = reader.boolean("hinted_handoff");
  options.persistent_hint_window = preset == Preset::cassandra_4;
  if (!options.hinted_handoff) return;
  options.max_hint_window = reader.duration("max_hint_window");
  if (reader.has("persistent_hint_window"))
    options.persistent_hint_window = reader.boolean("persistent_hint_window");
  options.hint_throttle = reader.bytes("hint_throttle");
  options.hints_flush_period = reader.duration("hints_flush_period");
}

// How many hold a key, by region.
void read_replication(Reader& reader, const Setting& setting, Choice& choice) {
  const auto replicas_in = [&setting](const std::string& region) {
    const auto& all = setting.replica_regions;
    return static_cast<std::uint64_t>(std::count(all.begin(), all.end(), region));
  };
  for (const auto& [region, factor] : reader.map<std::uint64_t>("replication_factor")) {
    const std::uint64_t there = replicas_in(region);
    if (there == 0) {
      const auto& all = setting.replica_regions;
      const std::vector<std::string_view> known(all.begin(), all.end());
      reader.error("replication_factor",
                   {"no replica is in " + in_quotes(region), "regions of the store's replicas",
                    suggestion(region, known)});
    } else if (factor > there) {
      reader.error("replication_factor",
                   {in_quotes(region) + " has " + std::to_string(there) + " replicas, not " +
                        std::to_string(factor),
                    "at most as many as there are", "add replicas, or lower it"});
    }
    choice.replication.emplace_back(region, static_cast<std::uint32_t>(factor));
  }
}

// That some replicas of every key can reach the level.
void check_level(Reader& reader, std::string_view key, Level level, const Choice& choice,
                 const Setting& setting) {
  std::uint64_t replicas = setting.replica_regions.size();
  for (const auto& [region, factor] : choice.replication)
    replicas -= static_cast<std::uint64_t>(std::count(setting.replica_regions.begin(),
                                                      setting.replica_regions.end(), region)) -
                factor;
  const std::uint64_t least = level == Level::two ? 2 : level == Level::three ? 3 : 1;
  if (replicas < least)
    reader.error(
        key, {"of a key there " + std::string(replicas == 1 ? "is 1 replica" : "are 2 replicas") +
                  ", and " + std::string(to_string(level)) + " is never reached",
              "a level with at most as many", "add replicas"});
}

std::string why_idle(const Reader& reader, const Options& options) {
  std::string why;
  const auto add = [&why](std::string_view reason) {
    why += (why.empty() ? "" : ", or ") + std::string(reason);
  };
  if (reader.has("commitlog_sync_period") && options.commitlog_sync == CommitLogSync::batch)
    add("'commitlog_sync' is batch");
  if (reader.has("repair_request_timeout") && !options.repair_every) add("nobody repairs");
  if (reader.has("max_clock_offset") && options.timestamps != Timestamps::hybrid)
    add("'timestamps' is not hybrid");
  if (!options.lwt) add("'lwt' is off");
  if (!options.hinted_handoff) add("'hinted_handoff' is off");
  if (reader.has("speculative_percentile") || reader.has("speculative_after"))
    add("'speculative_retry' is another");
  return "when " + why;
}

}  // namespace

Choice read_options(const Section& section, const Setting& setting, Diagnostics& diagnostics) {
  Reader reader(section, schema(), diagnostics);
  Choice choice;
  Options& options = choice.options;
  const Preset preset = reader.choice<Preset>(
      "preset", {{"cassandra-4", Preset::cassandra_4}, {"cassandra-3", Preset::cassandra_3}});
  choice.num_tokens = preset == Preset::cassandra_4 ? 16 : 256;
  if (reader.has("num_tokens"))
    choice.num_tokens = static_cast<std::uint32_t>(reader.natural("num_tokens"));
  read_replication(reader, setting, choice);
  if (setting.replica_regions.size() > kMostReplicas)
    diagnostics.error(
        section.mark,
        {"a store on cassandra has " + std::to_string(setting.replica_regions.size()) + " replicas",
         "at most 64", "leave some out"});
  options.write = read_level(reader, "write");
  options.read = read_level(reader, "read");
  check_level(reader, "write", options.write, choice, setting);
  check_level(reader, "read", options.read, choice, setting);
  read_timestamps(reader, options);
  read_transactions(reader, options);
  options.read_repair = reader.choice<ReadRepair>(
      "read_repair", {{"blocking", ReadRepair::blocking}, {"none", ReadRepair::none}});
  read_speculation(reader, options);
  options.commitlog_sync = reader.choice<CommitLogSync>(
      "commitlog_sync", {{"periodic", CommitLogSync::periodic}, {"batch", CommitLogSync::batch}});
  if (options.commitlog_sync == CommitLogSync::periodic)
    options.commitlog_sync_period = reader.duration("commitlog_sync_period");
  options.read_request_timeout = reader.duration("read_request_timeout");
  options.write_request_timeout = reader.duration("write_request_timeout");
  options.counter_write_request_timeout = reader.duration("counter_write_request_timeout");
  read_hints(reader, preset, options);
  options.gc_grace = reader.duration("gc_grace");
  options.compact_every = reader.duration("compact_every");
  if (reader.has("repair_every")) {
    options.repair_every = reader.duration("repair_every");
    options.repair_request_timeout = reader.duration("repair_request_timeout");
  }
  options.gossip_every = reader.duration("gossip_every");
  options.phi_convict_threshold = reader.natural("phi_convict_threshold");
  for (const std::string& name : reader.list<std::string>("bugs"))
    for (const PlantedBug& bug : kBugs)
      if (bug.name == name) options.bugs.insert(bug.bug);
  reader.finish(why_idle(reader, options));
  return choice;
}

}  // namespace cleave::models::store::cassandra
