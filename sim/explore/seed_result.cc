// A SeedResult as a line of JSON, in the words of `cleave run --json`, and back.
#include "sim/base/reader.h"
#include "sim/base/schema.h"
#include "sim/explore/sweep.h"
#include "sim/report/json_parts.h"
#include "sim/scenario/saved_run.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace cleave {
namespace {

const Schema& operation_record() {
  static const Schema kWords{
      "operation",
      "One of a witness.",
      {{.key = "asked", .type = Type::natural, .doc = "In which event."},
       {.key = "answered", .type = Type::natural, .when_absent = "never", .doc = "In which event."},
       {.key = "what", .type = Type::text, .doc = "In words."}}};
  return kWords;
}

const Schema& reason_record() {
  static const Schema kWords{
      "reason",
      "Why one operation comes before another.",
      {{.key = "from", .type = Type::natural, .range = "0..4294967295", .doc = "Which."},
       {.key = "to", .type = Type::natural, .range = "0..4294967295", .doc = "Which."},
       {.key = "why", .type = Type::text, .doc = "In words."}}};
  return kWords;
}

const Schema& expectation_record() {
  static const Schema kWords{
      "expectation",
      "What came of one expectation.",
      {{.key = "name", .type = Type::text, .doc = "Its name."},
       {.key = "verdict",
        .type = Type::choice,
        .range = "holds | violated | undecided | vacuous",
        .doc = "What was found."},
       {.key = "expected",
        .type = Type::choice,
        .range = "holds | violated | undecided | vacuous",
        .doc = "What was stated."},
       {.key = "kind", .type = Type::choice, .range = "safety | liveness", .doc = "Of property."},
       {.key = "checked", .type = Type::natural, .doc = "How often."},
       {.key = "at_ns", .type = Type::integer, .when_absent = "never", .doc = "First violation."},
       {.key = "event", .type = Type::natural, .when_absent = "none", .doc = "That made it so."},
       {.key = "why", .type = Type::text, .doc = "In words."},
       {.key = "stated_by",
        .type = Type::choice,
        .range = "scenario | engine | order",
        .doc = "Who claims it."},
       {.key = "line", .type = Type::natural, .doc = "In the scenario."},
       {.key = "witness", .type = Type::natural, .shape = Shape::list, .doc = "Events."},
       {.key = "operations",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "none",
        .doc = "Of the witness.",
        .of = &operation_record()},
       {.key = "because",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "none",
        .doc = "Why they fit no order.",
        .of = &reason_record()}}};
  return kWords;
}

const Schema& failure_record() {
  static const Schema kWords{"failure",
                             "A model's assertion that failed.",
                             {{.key = "what", .type = Type::text, .doc = "In words."},
                              {.key = "node", .type = Type::text, .doc = "Where."},
                              {.key = "event", .type = Type::natural, .doc = "In which event."},
                              {.key = "at_ns", .type = Type::integer, .doc = "When."}}};
  return kWords;
}

const Schema& fault_record() {
  static const Schema kWords{"fault",
                             "A fault without effect.",
                             {{.key = "name", .type = Type::text, .doc = "Its name."},
                              {.key = "why_inert", .type = Type::text, .doc = "In words."}}};
  return kWords;
}

const Schema& probe_record() {
  static const Schema kWords{
      "probe",
      "How often something happened that sometimes should.",
      {{.key = "name", .type = Type::text, .doc = "What."},
       {.key = "frequency", .type = Type::choice, .range = "common | rare", .doc = "How likely."},
       {.key = "count", .type = Type::natural, .doc = "How often it did."}}};
  return kWords;
}

const Schema& seed_record() {
  static const Schema kWords{
      "seed",
      "What one seed of a sweep came to.",
      {{.key = "seed", .type = Type::natural, .doc = "Which."},
       {.key = "status", .type = Type::natural, .range = "0..255", .doc = "As `cleave run` exits."},
       {.key = "simulated_ns", .type = Type::integer, .doc = "How far."},
       {.key = "events", .type = Type::natural, .doc = "How many."},
       {.key = "digest", .type = Type::text, .doc = "Of the run."},
       {.key = "bug", .type = Type::text, .when_absent = "none", .doc = "Of Cleave's own."},
       {.key = "failure",
        .type = Type::section,
        .when_absent = "none",
        .doc = "Of a model's own assertion.",
        .of = &failure_record()},
       {.key = "without_effect",
        .type = Type::section,
        .shape = Shape::list,
        .doc = "Faults.",
        .of = &fault_record()},
       {.key = "probes",
        .type = Type::section,
        .shape = Shape::list,
        .doc = "Of the engines in use.",
        .of = &probe_record()},
       {.key = "expectations",
        .type = Type::section,
        .shape = Shape::list,
        .doc = "Each of them.",
        .of = &expectation_record()}}};
  return kWords;
}

void write_without_effect(JsonWriter& out, const RunResult& run) {
  out.key("without_effect").open('[');
  for (const FaultResult& fault : run.faults)
    if (fault.inert)
      out.open('{').field("name", fault.fault.name).field("why_inert", fault.why_inert).close('}');
  out.close(']');
}

Status read_status(Reader& reader) {
  constexpr std::array kAll{Status::cleave_bug,     Status::safety,    Status::liveness,
                            Status::without_effect, Status::undecided, Status::as_stated};
  const std::uint64_t number = reader.natural("status");
  for (const Status status : kAll)
    if (static_cast<std::uint64_t>(status) == number) return status;
  reader.error("status", {"no run exits with " + std::to_string(number), "", ""});
  return Status::as_stated;
}

void read_operations(Reader& reader, Diagnostics& diagnostics, Verdict& verdict) {
  if (const Section* operations = reader.section("operations"))
    for (const Section& section : operations->items) {
      Reader words(section, operation_record(), diagnostics);
      WitnessOperation operation{{words.natural("asked")}, {}, words.text("what")};
      if (words.has("answered")) operation.answered = EventId{words.natural("answered")};
      verdict.operations.push_back(std::move(operation));
    }
  if (const Section* because = reader.section("because"))
    for (const Section& section : because->items) {
      Reader words(section, reason_record(), diagnostics);
      const auto number = [&words](std::string_view key) {
        return static_cast<std::uint32_t>(words.natural(key));
      };
      verdict.because.push_back({number("from"), number("to"), words.text("why")});
    }
}

ExpectationResult read_expectation(const Section& section, Diagnostics& diagnostics) {
  Reader reader(section, expectation_record(), diagnostics);
  const auto word = [&reader](std::string_view key) {
    return reader.choice<Word>(key, {{"holds", Word::holds},
                                     {"violated", Word::violated},
                                     {"undecided", Word::undecided},
                                     {"vacuous", Word::vacuous}});
  };
  ExpectationResult expectation;
  expectation.name = reader.text("name");
  expectation.verdict.word = word("verdict");
  expectation.expected = word("expected");
  expectation.property = reader.choice<Property>(
      "kind", {{"safety", Property::safety}, {"liveness", Property::liveness}});
  expectation.verdict.checked = reader.natural("checked");
  if (reader.has("at_ns")) expectation.verdict.at = Time{reader.integer("at_ns")};
  if (reader.has("event")) expectation.verdict.event = EventId{reader.natural("event")};
  expectation.verdict.why = reader.text("why");
  using StatedBy = ExpectationResult::StatedBy;
  expectation.stated_by = reader.choice<StatedBy>(
      "stated_by",
      {{"scenario", StatedBy::scenario}, {"engine", StatedBy::engine}, {"order", StatedBy::order}});
  expectation.line = static_cast<std::uint32_t>(reader.natural("line"));
  for (const std::uint64_t event : reader.list<std::uint64_t>("witness"))
    expectation.verdict.witness.push_back(EventId{event});
  read_operations(reader, diagnostics, expectation.verdict);
  return expectation;
}

RunFailure read_failure(const Section& section, Diagnostics& diagnostics) {
  Reader reader(section, failure_record(), diagnostics);
  RunFailure failure;
  failure.what = reader.text("what");
  failure.node = reader.text("node");
  failure.event = EventId{reader.natural("event")};
  failure.at = Time{reader.integer("at_ns")};
  return failure;
}

FaultResult read_fault(const Section& section, Diagnostics& diagnostics) {
  Reader reader(section, fault_record(), diagnostics);
  FaultResult fault;
  fault.fault.name = reader.text("name");
  fault.inert = true;
  fault.why_inert = reader.text("why_inert");
  return fault;
}

ProbeResult read_probe(const Section& section, Diagnostics& diagnostics) {
  Reader reader(section, probe_record(), diagnostics);
  ProbeResult probe;
  probe.name = reader.text("name");
  probe.frequency = reader.choice<Probe::Frequency>(
      "frequency", {{"common", Probe::Frequency::common}, {"rare", Probe::Frequency::rare}});
  probe.count = reader.natural("count");
  return probe;
}

// A key whose value is null is one that is not there.
Section without_nulls(Section section) {
  std::erase_if(section.entries,
                [](const Entry& entry) { return entry.value.kind == Section::Kind::nothing; });
  for (Entry& entry : section.entries)
    entry.value = without_nulls(std::move(entry.value));
  for (Section& item : section.items)
    item = without_nulls(std::move(item));
  return section;
}

}  // namespace

std::string to_json(const SeedResult& result) {
  const RunResult& run = result.run;
  JsonWriter out;
  out.open('{')
      .field("seed", run.seed)
      .field("status", static_cast<int>(run.status))
      .field("simulated_ns", run.simulated)
      .field("events", run.events)
      .field("digest", to_hex(run.digest))
      .field("bug", result.bug.empty() ? std::optional<std::string>() : result.bug);
  write_failure(out, run);
  write_without_effect(out, run);
  write_probes(out, run.probes);
  out.key("expectations").open('[');
  for (const ExpectationResult& expectation : run.expectations) {
    out.open('{');
    write_fields(out, expectation);
    out.close('}');
  }
  out.close(']').close('}');
  return std::move(out).text();
}

SeedResult read_seed_result(const Section& record, Diagnostics& diagnostics) {
  const Section section = without_nulls(record);
  Reader reader(section, seed_record(), diagnostics);
  SeedResult result;
  RunResult& run = result.run;
  run.seed = reader.natural("seed");
  run.status = read_status(reader);
  run.simulated = Time{reader.integer("simulated_ns")};
  run.events = reader.natural("events");
  const std::string hex = reader.text("digest");
  if (const auto hash = hash_from_hex(hex))
    run.digest = *hash;
  else
    reader.error("digest", {in_quotes(hex) + " is no digest", "32 hexadecimal digits", ""});
  result.bug = reader.text("bug");
  if (const Section* failure = reader.section("failure"))
    run.failure = read_failure(*failure, diagnostics);
  if (const Section* faults = reader.section("without_effect"))
    for (const Section& fault : faults->items)
      run.faults.push_back(read_fault(fault, diagnostics));
  if (const Section* probes = reader.section("probes"))
    for (const Section& probe : probes->items)
      run.probes.push_back(read_probe(probe, diagnostics));
  if (const Section* expectations = reader.section("expectations"))
    for (const Section& expectation : expectations->items)
      run.expectations.push_back(read_expectation(expectation, diagnostics));
  return result;
}

}  // namespace cleave
