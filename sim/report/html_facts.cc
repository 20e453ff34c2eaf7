#include "sim/report/html_facts.h"

#include "sim/report/cap_text.h"
#include "sim/report/conversation_text.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"

#include <optional>
#include <utility>

namespace cleave {

HtmlPage::Head head_of(const RunResult& run) {
  const Stamp result = stamp(run.status);
  std::string line = run.file.empty() ? "" : valid_utf8(run.file) + ", ";
  if (!run.configuration.empty()) line += "configuration " + run.configuration + ", ";
  line += "seed " + std::to_string(run.seed) + ", " + rounded(run.simulated - Time{}) +
          " simulated" + (run.cut_short ? " (--until), " : ", ") +
          counted(run.events, "event", "events");
  for (const std::string& setting : run.settings)
    line += ", with " + setting;
  return {run.scenario, result.text, result.tone, line};
}

void add_faults(HtmlPage& page, const RunResult& run) {
  draw::Table table{"", {"fault", "when", "what", "effect", "whom roles meant"}, {}};
  for (const FaultResult& fault : run.faults) {
    std::string chosen;
    for (const std::string& meant : fault.chosen)
      chosen += (chosen.empty() ? "" : "; ") + meant;
    table.rows.push_back({fault.fault.name, when(fault), deed(fault.fault), effect(fault), chosen});
  }
  page.section("Faults");
  page.table(table, "None: nothing goes wrong in this scenario.");
}

void add_verdicts(HtmlPage& page, const RunResult& run, const std::string& program) {
  page.section("Verdicts");
  draw::Table table{"", {"", "expectation", "found", "expected", "at", "why"}, {}};
  if (run.failure)
    table.rows.push_back({"BROKEN", "model assertion in " + run.failure->node, "failed", "never",
                          exact(run.failure->at), run.failure->what});
  for (const ExpectationResult& expectation : run.expectations) {
    const Verdict& verdict = expectation.verdict;
    table.rows.push_back({stamp(expectation).text, expectation.name,
                          std::string(to_string(verdict.word)),
                          std::string(to_string(expectation.expected)),
                          verdict.at ? exact(*verdict.at) : "", verdict.why});
  }
  page.table(table, "The scenario expects nothing: write what it claims under `expect:`.");
  const std::optional<FirstBreak> first = first_break(run);
  if (!first) return page.paragraph("Nothing broke.");
  const std::string event = first->event ? ", event " + grouped(first->event->value) : "";
  page.paragraph("What broke first" + std::string(first->stated ? ", as stated" : "") + ", at " +
                 exact(first->at) + event + ": " + first->what + ".");
  if (run.file.empty()) return;
  page.paragraph("To run up to there:", Tone::quiet);
  page.code(replay_command(run, program, first->at));
}

void add_cast(HtmlPage& page, const RunResult& run) {
  draw::Table table{"", {"", "name", "what", "where"}, {}};
  for (const StoreResult& store : run.stores)
    table.rows.push_back(
        {"store", store.name, store.engine, places(store.replicas, "replica", "replicas")});
  for (const ClientGroup& group : run.clients)
    table.rows.push_back({"clients", group.name, "", places(group.placements, "", "")});
  page.section("Cast");
  page.table(table, "Nobody.");
}

void add_conversations(HtmlPage& page, const RunResult& run) {
  if (run.conversations.empty()) return;
  page.section("Messages");
  for (const ConversationResult& conversation : run.conversations) {
    draw::Table table{"", {"", "sent", "by", "says", "everywhere after"}, {}};
    for (const MessageResult& message : conversation.messages)
      table.rows.push_back({std::to_string(table.rows.size() + 1), rounded(message.sent - Time{}),
                            message.device, printable(message.text), arrival(message)});
    page.paragraph(sentence(conversation));
    page.table(table);
    for (const std::string& order : orders(conversation, Order::seen))
      page.paragraph("Came as " + order + ".");
    for (const std::string& order : orders(conversation, Order::shown))
      page.paragraph("Ends as " + order + ".");
  }
}

void add_served(HtmlPage& page, const RunResult& run) {
  draw::Table table{"Share of operations that were answered, by when they were asked",
                    {"window", "", "clients", "served", "operations", "ok", "refused", "conflict",
                     "unavailable", "unknown"},
                    {}};
  for (const AvailabilityRow& row : run.availability) {
    const bool none = operations(row) == 0;
    table.rows.push_back({window_name(run, row.window), time_span(row.window), row.group,
                          none ? "-" : percentage(served(row), operations(row)),
                          grouped(operations(row)), grouped(row.ok), grouped(row.refused),
                          grouped(row.conflict), grouped(row.unavailable), grouped(row.unknown)});
  }
  page.section("Served");
  page.table(table, "Nobody: clients asked for nothing.");
}

void add_latency(HtmlPage& page, const RunResult& run) {
  draw::Table table{"Of operations that were served, from question to answer",
                    {"operation", "operations", "p50", "p99", "p99.9"},
                    {}};
  for (const LatencyRow& row : run.latency)
    table.rows.push_back(
        {row.operation, grouped(row.count), rounded(row.p50), rounded(row.p99), rounded(row.p999)});
  page.section("Latency");
  page.table(table, "No operation was served.");
}

void add_digest(HtmlPage& page, const RunResult& run, const std::string& program) {
  page.section("The same again");
  page.paragraph("Digest " + to_hex(run.digest) + ", behaviour " + std::to_string(run.behaviour) +
                 ".");
  if (run.expected_digest && *run.expected_digest != run.digest)
    page.paragraph(to_hex(*run.expected_digest) + " was expected.", Tone::bad);
  else if (run.expected_digest)
    page.paragraph("This is the digest that was expected.", Tone::good);
  if (!run.file.empty())
    page.code(
        replay_command(run, program, run.cut_short ? std::optional(run.simulated) : std::nullopt));
  page.paragraph("Exit " + std::to_string(static_cast<int>(run.status)) + ": " +
                     std::string(meaning(run)) + ".",
                 stamp(run.status).tone);
}

}  // namespace cleave
