#include "sim/report/verdict_text.h"

#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>

namespace cleave {
namespace {

constexpr std::size_t kMostOperations = 8;  // of a witness; as many reasons
constexpr std::size_t kMostQuiet = 6;       // in brief, that hold as stated: more share a paragraph

Stamp broken() {
  return {"BROKEN", Tone::bad};
}

std::string finding(const ExpectationResult& expectation) {
  using StatedBy = ExpectationResult::StatedBy;
  const std::string found(to_string(expectation.verdict.word));
  if (expectation.as_stated() && expectation.stated_by != StatedBy::scenario) return found;
  if (expectation.stated_by == StatedBy::order) return "without effect";
  if (expectation.as_stated()) return found + ", as stated";
  return "expected " + std::string(to_string(expectation.expected)) + ", found " + found;
}

// The operations of a witness by number, and why they fit no order.
void write_reasons(Page& page, const Verdict& verdict, std::size_t hang) {
  const std::string before(hang, ' ');
  const std::size_t operations = std::min(verdict.operations.size(), kMostOperations);
  for (std::size_t i = 0; i < operations; ++i)
    page.hanging({before + std::to_string(i + 1) + "  ", Tone::quiet},
                 printable(verdict.operations[i].what) + ", " + events_of(verdict.operations[i]));
  if (verdict.operations.size() > operations)
    page.hanging({before}, "and " + grouped(verdict.operations.size() - operations) + " more");
  std::size_t reasons = 0;
  for (const WitnessReason& reason : verdict.because) {
    if (std::max(reason.from, reason.to) >= operations || reasons == kMostOperations) continue;
    ++reasons;
    page.hanging({before + order_of(reason) + "  ", Tone::quiet}, printable(reason.why));
  }
  if (verdict.because.size() > reasons)
    page.hanging({before}, "and " + grouped(verdict.because.size() - reasons) + " more reasons; " +
                               "--json has them all");
}

std::size_t widest_stamp(const RunResult& run) {
  std::size_t widest = run.failure ? columns_of(broken().text) : 0;
  for (const ExpectationResult& expectation : run.expectations)
    widest = std::max(widest, columns_of(stamp(expectation).text));
  return widest;
}

}  // namespace

Stamp stamp(Status status) {
  switch (status) {
    case Status::cleave_bug:
      return {"BUG IN CLEAVE", Tone::bad};
    case Status::as_stated:
      return {"AS STATED", Tone::good};
    case Status::undecided:
      return {"UNDECIDED", Tone::doubt};
    case Status::not_reached:
      return {"NOT REACHED", Tone::bad};
    case Status::without_effect:
      return {"WITHOUT EFFECT", Tone::bad};
    case Status::digest_differs:
      return {"DIGEST DIFFERS", Tone::bad};
    default:
      return {"NOT AS STATED", Tone::bad};
  }
}

Stamp stamp(const ExpectationResult& expectation) {
  if (expectation.verdict.is_cleave_bug) return stamp(Status::cleave_bug);
  if (expectation.as_stated()) return {"ok", Tone::good};
  switch (expectation.verdict.word) {
    case Word::undecided:
      return {"UNDECIDED", Tone::doubt};
    case Word::vacuous:
      return {"NOT CHECKED", Tone::bad};
    default:
      return {"NOT AS STATED", Tone::bad};
  }
}

void write_verdicts(Page& page, const RunResult& run, Detail detail, std::size_t indent) {
  const std::string before(indent, ' ');
  const std::size_t hang = indent + widest_stamp(run) + 2;
  const auto write = [&](const Stamp& result, const std::string& text, const std::string& why) {
    page.hanging({flush_left(before + result.text, hang), result.tone}, text);
    if (!why.empty()) page.hanging({std::string(hang, ' ')}, why);
  };
  const auto is_quiet = [detail](const ExpectationResult& expectation) {
    return detail == Detail::brief && expectation.as_stated() &&
           expectation.verdict.word == Word::holds;
  };
  if (run.failure) write(broken(), title(*run.failure), run.failure->what);
  const auto quiet = static_cast<std::size_t>(
      std::count_if(run.expectations.begin(), run.expectations.end(), is_quiet));
  std::string together;
  for (const ExpectationResult& expectation : run.expectations) {
    const Verdict& verdict = expectation.verdict;
    if (is_quiet(expectation) && quiet > kMostQuiet) {
      together += (together.empty() ? "" : "; ") + expectation.name;
      continue;
    }
    write(stamp(expectation), expectation.name + ": " + finding(expectation),
          is_quiet(expectation) ? "" : verdict.why);
    if (!is_quiet(expectation)) write_reasons(page, verdict, hang);
  }
  if (!together.empty())
    write({"ok", Tone::good}, grouped(quiet) + " hold, as stated: " + together, "");
  if (run.expectations.empty()) page.hanging({before}, "the scenario states no expectations");
}

}  // namespace cleave
