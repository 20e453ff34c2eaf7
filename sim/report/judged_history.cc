#include "sim/report/judged_history.h"

#include "sim/report/json_writer.h"
#include "sim/report/page.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"
#include "sim/report/version.h"

#include <algorithm>
#include <string_view>

namespace cleave {
namespace {

Stamp stamp(Word word) {
  switch (word) {
    case Word::holds:
      return {"HOLDS", Tone::good};
    case Word::violated:
      return {"VIOLATED", Tone::bad};
    case Word::undecided:
      return {"UNDECIDED", Tone::doubt};
    case Word::vacuous:
      return {"NOT CHECKED", Tone::bad};
  }
  return {};
}

// "line 12", "lines 12, 18": where it was asked and answered.
std::string lines_of(const Operation& operation) {
  const std::string asked = std::to_string(operation.invoked_at);
  if (operation.completed_at == 0 || operation.completed_at == operation.invoked_at)
    return "line " + asked;
  return "lines " + asked + ", " + std::to_string(operation.completed_at);
}

void write_witness(Page& page, const JudgedHistory& judged) {
  const std::vector<std::uint32_t> shown = operations_of(judged.finding);
  if (shown.empty()) return;
  page.section("witness");
  std::size_t hang = 0;
  for (const std::uint32_t i : shown)
    hang = std::max(hang, columns_of(lines_of(judged.history.operations[i])));
  const std::size_t digits = std::to_string(shown.size()).size();
  for (std::size_t n = 0; n < shown.size(); ++n) {
    const Operation& operation = judged.history.operations[shown[n]];
    const std::string head = flush_right(std::to_string(n + 1), digits) + "  " +
                             flush_left(lines_of(operation), hang) + "  ";
    page.hanging({head, Tone::quiet}, printable(to_text(judged.history, operation)));
  }
  if (judged.finding.because.empty()) return;
  page.section("because");
  for (const Because& because : judged.finding.because) {
    const auto number = [&shown](std::uint32_t operation) {
      const auto at = std::find(shown.begin(), shown.end(), operation);
      return std::to_string(at - shown.begin() + 1);
    };
    page.hanging({number(because.from) + " before " + number(because.to) + "  ", Tone::quiet},
                 printable(because.why));
  }
}

}  // namespace

Status status_of(const JudgedHistory& judged) {
  switch (judged.finding.word) {
    case Word::holds:
      return Status::as_stated;
    case Word::violated:
      return Status::safety;
    case Word::undecided:
      return Status::undecided;
    case Word::vacuous:
      return Status::without_effect;
  }
  return Status::cleave_bug;
}

std::string text_report(const JudgedHistory& judged, const TextOptions& options) {
  Page page(static_cast<std::size_t>(options.columns), options.ink, Page::Margin::labels);
  const Finding& finding = judged.finding;
  const Stamp result = stamp(finding.word);
  page.spread({valid_utf8(judged.file), Tone::strong}, {result.text, result.tone});
  page.spread({std::string(to_string(judged.question.model)) + ", " +
               std::string(to_string(judged.question.level))},
              {counted(judged.history.operations.size(), "operation", "operations") + " of " +
                   counted(judged.history.processes.size(), "process", "processes"),
               Tone::quiet});
  if (finding.why.empty()) {
    page.section("checked");
    page.paragraph(counted(finding.checked, "operation", "operations"));
  } else {
    page.section("why");
    page.paragraph(
        printable(finding.anomaly.empty() ? finding.why : finding.anomaly + ": " + finding.why));
  }
  write_witness(page, judged);
  if (finding.word == Word::violated) {
    page.section("holds");
    page.paragraph(judged.strongest ? std::string(to_string(*judged.strongest)) +
                                          ", the strongest of the weaker levels"
                                    : "none of the weaker levels");
  }
  return std::move(page).text();
}

std::string json_report(const JudgedHistory& judged) {
  const Finding& finding = judged.finding;
  JsonWriter out;
  out.open('{', JsonWriter::Layout::lines);
  out.field("cleave", kVersion)
      .field("file", judged.file)
      .field("format", judged.format)
      .field("model", to_string(judged.question.model))
      .field("level", to_string(judged.question.level))
      .field("status", static_cast<int>(status_of(judged)))
      .field("operations", judged.history.operations.size())
      .field("processes", judged.history.processes.size())
      .field("verdict", to_string(finding.word))
      .field("checked", finding.checked)
      .field("why", finding.why);
  out.field("anomaly", finding.anomaly.empty() ? std::optional<std::string>() : finding.anomaly);
  out.key("witness").open('[', JsonWriter::Layout::lines);
  for (const std::uint32_t i : operations_of(finding)) {
    const Operation& operation = judged.history.operations[i];
    out.open('{').field("operation", i).field("line", operation.invoked_at);
    out.field("answered_line", operation.completed_at == 0 ? std::optional<std::uint64_t>()
                                                           : std::optional(operation.completed_at));
    out.field("text", to_text(judged.history, operation)).close('}');
  }
  out.close(']').key("because").open('[', JsonWriter::Layout::lines);
  for (const Because& because : finding.because)
    out.open('{')
        .field("from", because.from)
        .field("to", because.to)
        .field("why", because.why)
        .close('}');
  out.close(']');
  out.field("strongest", judged.strongest ? std::optional(to_string(*judged.strongest))
                                          : std::optional<std::string_view>());
  out.close('}');
  return std::move(out).text();
}

std::string json_histories(const std::vector<std::string>& objects, Status status) {
  if (objects.size() == 1) return objects.front() + "\n";
  JsonWriter out;
  out.open('{', JsonWriter::Layout::lines)
      .field("cleave", kVersion)
      .field("status", static_cast<int>(status))
      .key("histories")
      .open('[', JsonWriter::Layout::lines);
  for (const std::string& object : objects)
    out.raw(object);
  return std::move(out.close(']').close('}')).text() + "\n";
}

}  // namespace cleave
