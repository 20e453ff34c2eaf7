#include "sim/report/json.h"

#include "sim/report/json_parts.h"
#include "sim/report/json_writer.h"
#include "sim/report/version.h"

namespace cleave {
namespace {

using Layout = JsonWriter::Layout;

template <class Rows, class Write>
void write_list(JsonWriter& out, std::string_view name, const Rows& rows, const Write& write) {
  out.key(name).open('[', Layout::lines);
  for (const auto& row : rows) {
    out.open('{');
    write(row);
    out.close('}');
  }
  out.close(']');
}

void write_texts(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name).open('[');
  for (const std::string& text : texts)
    out.value(text);
  out.close(']');
}

void write_spans(JsonWriter& out, std::string_view name, const std::vector<Span>& spans) {
  out.key(name).open('[');
  for (const Span& span : spans)
    out.open('{').field("from_ns", span.from).field("to_ns", span.to).close('}');
  out.close(']');
}

void write_placements(JsonWriter& out, std::string_view name,
                      const std::vector<Placement>& placements) {
  out.key(name).open('[');
  for (const Placement& placement : placements)
    out.open('{').field("region", placement.region).field("count", placement.count).close('}');
  out.close(']');
}

void write_tenures(JsonWriter& out, const StoreResult& store) {
  out.key("tenures").open('[');
  for (const Tenure& tenure : store.tenures)
    out.open('{')
        .field("replica", tenure.replica)
        .field("from_ns", tenure.span.from)
        .field("to_ns", tenure.span.to)
        .close('}');
  out.close(']');
}

void write_cast(JsonWriter& out, const RunResult& run) {
  write_list(out, "stores", run.stores, [&](const StoreResult& store) {
    out.field("name", store.name).field("engine", store.engine);
    write_placements(out, "replicas", store.replicas);
    write_tenures(out, store);
  });
  write_list(out, "clients", run.clients, [&](const ClientGroup& group) {
    out.field("name", group.name);
    write_placements(out, "placements", group.placements);
  });
}

void write_expectations(JsonWriter& out, const RunResult& run) {
  write_list(out, "expectations", run.expectations,
             [&](const ExpectationResult& expectation) { write_fields(out, expectation); });
}

void write_faults(JsonWriter& out, const RunResult& run) {
  write_list(out, "faults", run.faults, [&](const FaultResult& fault) {
    const FaultEffect& effect = fault.effect;
    out.field("name", fault.fault.name)
        .field("verb", to_string(fault.fault.verb))
        .field("line", fault.fault.line)
        .field("inert", fault.inert)
        .field("why_inert", fault.why_inert)
        .field("begun", effect.begun)
        .field("hosts", effect.hosts)
        .field("dropped", effect.dropped)
        .field("delayed", effect.delayed)
        .field("duplicated", effect.duplicated)
        .field("state_lost", effect.state_lost)
        .field("refused", effect.refused)
        .field("slowed", effect.slowed)
        .field("readings", effect.readings)
        .field("ambiguous", effect.ambiguous)
        .field("ended", effect.ended);
    write_spans(out, "active", fault.active);
    write_texts(out, "chosen", fault.chosen);
  });
}

void write_availability(JsonWriter& out, const RunResult& run) {
  write_list(out, "availability", run.availability, [&](const AvailabilityRow& row) {
    out.field("group", row.group)
        .field("from_ns", row.window.from)
        .field("to_ns", row.window.to)
        .field("ok", row.ok)
        .field("refused", row.refused)
        .field("conflict", row.conflict)
        .field("unavailable", row.unavailable)
        .field("unknown", row.unknown);
  });
}

void write_consistency(JsonWriter& out, const RunResult& run) {
  write_list(out, "consistency", run.consistency, [&](const ConsistencyRow& row) {
    out.field("store", row.store)
        .field("type", row.type)
        .field("together", row.together)
        .field("objects", row.objects);
    write_texts(out, "names", row.names);
    out.field("operations", row.operations).field("cut_short", row.cut_short);
    write_texts(out, "strongest", row.strongest);
    write_texts(out, "violated", row.violated);
    write_texts(out, "undecided", row.undecided);
    out.field("anomaly", row.anomaly).field("why", row.why);
  });
}

void write_places(JsonWriter& out, std::string_view key, const std::vector<std::uint32_t>& places) {
  out.key(key).open('[');
  for (const std::uint32_t place : places)
    out.value(std::uint64_t{place});
  out.close(']');
}

void write_conversations(JsonWriter& out, const RunResult& run) {
  write_list(out, "conversations", run.conversations, [&](const ConversationResult& one) {
    out.field("name", one.name);
    write_texts(out, "people", one.people);
    out.field("sent", one.sent)
        .field("unwritten", one.unwritten)
        .field("given_up", one.given_up)
        .field("late", one.late)
        .field("missing", one.missing)
        .field("twice", one.twice)
        .field("repeated", one.repeated)
        .field("agreed_ns", one.agreed);
    write_list(out, "messages", one.messages, [&](const MessageResult& message) {
      out.field("device", message.device)
          .field("counter", message.counter)
          .field("text", message.text)
          .field("sent_ns", message.sent)
          .field("accepted_ns", message.accepted)
          .field("given_up", message.given_up)
          .field("audience", message.audience)
          .field("shown", message.shown)
          .field("everywhere_ns", message.everywhere)
          .field("slowest", message.slowest);
    });
    write_list(out, "devices", one.devices, [&](const DeviceResult& device) {
      out.field("name", device.name).field("up", device.up);
      write_places(out, "first", device.first);
      write_places(out, "list", device.list);
    });
  });
}

void write_cap(JsonWriter& out, const RunResult& run) {
  write_list(out, "cap", run.cap, [&](const CapRow& row) {
    out.field("from_ns", row.window.from).field("to_ns", row.window.to).field("sides", row.sides);
    write_texts(out, "clients", row.clients);
    out.field("store", row.store)
        .field("kind", row.kind)
        .field("ok", row.outcomes.ok)
        .field("refused", row.outcomes.refused)
        .field("conflict", row.outcomes.conflict)
        .field("unavailable", row.outcomes.unavailable)
        .field("unknown", row.outcomes.unknown)
        .field("p50_ns", row.p50)
        .field("p99_ns", row.p99)
        .field("reaching", row.reaching.operations)
        .field("reaching_served", row.reaching.served)
        .field("sticky", row.sticky.operations)
        .field("sticky_served", row.sticky.served)
        .field("compared", row.compared)
        .field("stale", row.stale)
        .field("most_behind", row.most_behind)
        .field("most_late_ns", row.most_late)
        .field("acknowledged", row.acknowledged)
        .field("lost", row.lost)
        .field("unknown_held", row.unknown_held);
    out.key("replicas").open('[');
    for (const CapRow::Requests& requests : row.replicas)
      out.open('{')
          .field("replica", requests.replica)
          .field("received", requests.received)
          .field("answered", requests.answered)
          .close('}');
    out.close(']');
  });
}

void write_convergence(JsonWriter& out, const RunResult& run) {
  write_list(out, "convergence", run.stores, [&](const StoreResult& store) {
    const DivergenceCurve& curve = store.curve;
    out.field("object", store.name)
        .field("diverged_ns", curve.diverged)
        .field("converged_ns", curve.converged)
        .field("peak_distance", curve.peak)
        .field("peak_ns", curve.peak_at)
        .field("distance_at_end", curve.at_end)
        .field("acknowledged", store.acknowledged)
        .field("lost_acknowledged", store.lost_acknowledged);
    write_spans(out, "silences", store.silences);
  });
}

void write_latency(JsonWriter& out, const RunResult& run) {
  write_list(out, "latency", run.latency, [&](const LatencyRow& row) {
    out.field("operation", row.operation)
        .field("count", row.count)
        .field("p50_ns", row.p50)
        .field("p99_ns", row.p99)
        .field("p999_ns", row.p999);
  });
}

void write_origin(JsonWriter& out, const RunResult& run) {
  out.field("cleave", kVersion)
      .field("behaviour", run.behaviour)
      .field("scenario", run.scenario)
      .field("file", run.file)
      .field("seed", run.seed);
}

std::optional<std::string> expected_hex(const RunResult& run) {
  if (!run.expected_digest) return std::nullopt;
  return to_hex(*run.expected_digest);
}

void write_run(JsonWriter& out, const RunResult& run) {
  out.open('{', Layout::lines);
  write_origin(out, run);
  out.field("configuration", run.configuration);
  write_texts(out, "settings", run.settings);
  out.field("status", static_cast<int>(run.status))
      .field("simulated_ns", run.simulated)
      .field("cut_short", run.cut_short)
      .field("events", run.events)
      .field("digest", to_hex(run.digest))
      .field("expected_digest", expected_hex(run));
  write_expectations(out, run);
  write_failure(out, run);
  write_faults(out, run);
  write_availability(out, run);
  write_consistency(out, run);
  write_convergence(out, run);
  write_latency(out, run);
  write_cap(out, run);
  write_conversations(out, run);
  write_probes(out, run.probes);
  write_cast(out, run);
  out.close('}');
}

void write_partings(JsonWriter& out, const std::vector<Parting>& partings) {
  write_list(out, "partings", partings, [&](const Parting& parting) {
    const bool parts = parting.difference.has_value();
    const auto event_of = [](const std::optional<TracedRecord>& record) {
      return record ? std::optional(record->event.value) : std::nullopt;
    };
    const auto time_of = [](const std::optional<TracedRecord>& record) {
      return record ? std::optional(Time{record->record.time_ns}) : std::nullopt;
    };
    const auto first = parts ? parting.difference->first : std::nullopt;
    const auto second = parts ? parting.difference->second : std::nullopt;
    out.field("configuration", parting.configuration)
        .field("same", !parts)
        .field("event", event_of(second))
        .field("at_ns", time_of(second))
        .field("instead_of_event", event_of(first))
        .field("instead_of_at_ns", time_of(first))
        .field("words", words(parting));
  });
}

void write_operations(JsonWriter& out, const Verdict& verdict) {
  out.key("operations").open('[');
  for (const WitnessOperation& operation : verdict.operations)
    out.open('{')
        .field("asked", operation.asked.value)
        .field("answered",
               operation.answered ? std::optional(operation.answered->value) : std::nullopt)
        .field("what", operation.what)
        .close('}');
  out.close(']').key("because").open('[');
  for (const WitnessReason& reason : verdict.because)
    out.open('{')
        .field("from", reason.from)
        .field("to", reason.to)
        .field("why", reason.why)
        .close('}');
  out.close(']');
}

}  // namespace

void write_fields(JsonWriter& out, const ExpectationResult& expectation) {
  const Verdict& verdict = expectation.verdict;
  out.field("name", expectation.name)
      .field("verdict", to_string(verdict.word))
      .field("expected", to_string(expectation.expected))
      .field("kind", to_string(expectation.property))
      .field("checked", verdict.checked)
      .field("at_ns", verdict.at)
      .field("event", verdict.event ? std::optional(verdict.event->value) : std::nullopt)
      .field("why", verdict.why)
      .field("stated_by", to_string(expectation.stated_by))
      .field("line", expectation.line);
  out.key("witness").open('[');
  for (const EventId event : verdict.witness)
    out.value(event.value);
  out.close(']');
  if (!verdict.operations.empty()) write_operations(out, verdict);
}

void write_probes(JsonWriter& out, const std::vector<ProbeResult>& probes) {
  out.key("probes").open('[');
  for (const ProbeResult& probe : probes) {
    const bool rare = probe.frequency == Probe::Frequency::rare;
    out.open('{')
        .field("name", probe.name)
        .field("frequency", rare ? "rare" : "common")
        .field("count", probe.count)
        .close('}');
  }
  out.close(']');
}

void write_failure(JsonWriter& out, const RunResult& run) {
  out.key("failure");
  if (!run.failure) {
    out.value(std::optional<Time>());
    return;
  }
  out.open('{')
      .field("what", run.failure->what)
      .field("node", run.failure->node)
      .field("event", run.failure->event.value)
      .field("at_ns", run.failure->at)
      .close('}');
}

std::string json_report(const RunResult& run) {
  JsonWriter out;
  write_run(out, run);
  return std::move(out).text() + "\n";
}

std::string json_comparison(const std::vector<RunResult>& runs,
                            const std::vector<Parting>& partings) {
  JsonWriter out;
  out.open('{', Layout::lines);
  Status status = Status::as_stated;
  for (const RunResult& run : runs)
    status = first_of(status, run.status);
  if (!runs.empty()) write_origin(out, runs.front());
  out.field("status", static_cast<int>(status));
  out.key("configurations").open('[', Layout::lines);
  for (const RunResult& run : runs)
    write_run(out, run);
  out.close(']');
  write_partings(out, partings);
  out.close('}');
  return std::move(out).text() + "\n";
}

}  // namespace cleave
