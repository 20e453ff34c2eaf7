#include "sim/report/json_parts.h"
#include "sim/report/json_writer.h"
#include "sim/report/sweep.h"
#include "sim/report/version.h"

#include <array>
#include <utility>

namespace cleave {
namespace {

using Layout = JsonWriter::Layout;

void write_tallies(JsonWriter& out, const Sweep& sweep) {
  constexpr std::array<Word, 4> kWords{Word::holds, Word::violated, Word::undecided, Word::vacuous};
  out.key("verdicts").open('[', Layout::lines);
  for (const Tally& tally : tallies_of(sweep)) {
    out.open('{')
        .field("name", tally.name)
        .field("kind", to_string(tally.property))
        .field("expected", to_string(tally.expected))
        .field("as_stated", tally.as_stated);
    for (const Word word : kWords) {
      const auto found = tally.found.find(word);
      out.field(to_string(word), found == tally.found.end() ? 0 : found->second);
    }
    out.close('}');
  }
  out.close(']');
}

void write_failures(JsonWriter& out, const Sweep& sweep, std::string_view program) {
  out.key("failures").open('[', Layout::lines);
  for (const FailureGroup& group : triage(sweep)) {
    out.open('{')
        .field("name", group.failure.what)
        .field("found", group.failure.found)
        .field("shape", group.failure.shape)
        .field("why", group.why)
        .field("count", group.seeds.size())
        .field("command", seed_command(sweep, group.seeds.front(), program));
    out.key("seeds").open('[');
    for (const std::uint64_t seed : group.seeds)
      out.value(seed);
    out.close(']').close('}');
  }
  out.close(']');
}

}  // namespace

std::string json_sweep(const Sweep& sweep, std::string_view program) {
  JsonWriter out;
  out.open('{', Layout::lines)
      .field("cleave", kVersion)
      .field("behaviour", sweep.behaviour)
      .field("scenario", sweep.scenario)
      .field("file", sweep.file)
      .field("configuration", sweep.configuration);
  out.key("settings").open('[');
  for (const std::string& setting : sweep.settings)
    out.value(setting);
  out.close(']');
  out.field("swarm", sweep.swarm);
  out.key("seeds")
      .open('{')
      .field("from", sweep.plan.first)
      .field("to", sweep.plan.last)
      .field("shard", sweep.plan.shard)
      .field("shards", sweep.plan.shards)
      .close('}');
  out.field("status", static_cast<int>(status_of(sweep)))
      .field("events", events_of(sweep))
      .field("digest", to_hex(digest_of_all(sweep)));
  write_tallies(out, sweep);
  write_failures(out, sweep, program);
  write_probes(out, probes_of(sweep));
  out.key("runs").open('[', Layout::lines);
  for (const SeedResult& result : sweep.results)
    out.raw(to_json(result));
  out.close(']').close('}');
  return std::move(out).text() + "\n";
}

}  // namespace cleave
