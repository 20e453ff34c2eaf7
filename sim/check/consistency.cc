#include "sim/check/consistency.h"

#include "sim/check/history/judge_history.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>

namespace cleave {
namespace {

constexpr std::array kLevels{Level::linearizable,     Level::sequential,
                             Level::causal_memory,    Level::causal_convergence,
                             Level::causal,           Level::pram,
                             Level::read_your_writes, Level::monotonic_reads,
                             Level::monotonic_writes, Level::writes_follow_reads};

// A violation goes before everything else, a doubt before what holds.
int weight(Word word) {
  switch (word) {
    case Word::violated:
      return 3;
    case Word::undecided:
      return 2;
    case Word::holds:
      return 1;
    case Word::vacuous:
      return 0;
  }
  return 0;
}

Verdict undecided(std::string why) {
  Verdict verdict;
  verdict.word = Word::undecided;
  verdict.why = std::move(why);
  return verdict;
}

// What the finding shows, where a verdict has it.
void tell(const History& history, const Finding& finding, Verdict& verdict) {
  const std::vector<std::uint32_t> shown = operations_of(finding);
  for (const std::uint32_t index : shown) {
    const Operation& operation = history.operations[index];
    WitnessOperation told{{operation.invoked_at}, {}, to_text(history, operation)};
    if (operation.completed_at != 0) told.answered = EventId{operation.completed_at};
    verdict.operations.push_back(std::move(told));
  }
  const auto place = [&shown](std::uint32_t operation) {
    return static_cast<std::uint32_t>(std::find(shown.begin(), shown.end(), operation) -
                                      shown.begin());
  };
  for (const Because& because : finding.because)
    verdict.because.push_back({place(because.from), place(because.to), because.why});
}

// Clients by their names, where a history has their numbers: "west/4", and "west/4.1" for what it
// asks while another operation of its own is under way.
void name_processes(History& history, const RunEnd& end) {
  for (Value& process : history.processes) {
    const std::string text = to_text(process, history.names);
    std::size_t client = 0;
    const auto number = std::from_chars(text.data(), text.data() + text.size(), client);
    if (number.ec != std::errc{} || client >= end.node_names.size()) continue;
    const auto digits = static_cast<std::size_t>(number.ptr - text.data());
    process = history.names.intern(end.node_names[client] + text.substr(digits));
  }
}

}  // namespace

std::span<const Level> levels_of_runs() {
  return kLevels;
}

void Consistency::on(const Invoked& operation) {
  if (operation.store != options_.store) return;
  auto found = recorders_.find(operation.type);
  if (found == recorders_.end()) {
    const HistoryRecorder::Options options{.store = options_.store,
                                           .type = operation.type,
                                           .names = options_.names,
                                           .most_operations = options_.most_operations};
    found = recorders_.emplace(operation.type, options).first;
  }
  found->second.on(operation);
}

void Consistency::on(const Completed& operation) {
  if (recorders_.empty()) return;
  for (auto& [type, recorder] : recorders_)
    recorder.on(operation);
  answered_.note(operation.event, operation.at);
}

Verdict Consistency::finish(const RunEnd& end) {
  Verdict whole;
  whole.why = "no operation was invoked";
  std::uint64_t checked = 0;
  bool first = true;
  for (auto& [type, recorder] : recorders_) {
    const bool cut_short = recorder.is_cut_short();
    Verdict verdict = verdict_of(std::move(recorder).build(), cut_short, type, end);
    checked += verdict.checked;
    if (first || weight(verdict.word) > weight(whole.word)) whole = std::move(verdict);
    first = false;
  }
  whole.checked = checked;
  return whole;
}

Verdict Consistency::verdict_of(History history, bool cut_short, ObjectType type,
                                const RunEnd& end) const {
  const std::string of_type = "objects of type " + std::string(to_string(type));
  const std::optional<Model> model = model_of(type);
  const std::vector<Level> levels = model ? levels_of(*model) : std::vector<Level>{};
  if (std::find(levels.begin(), levels.end(), options_.level) == levels.end())
    return undecided(std::string(to_string(options_.level)) + " cannot be asked of " + of_type);
  name_processes(history, end);
  const Finding finding = judge_history(history, {*model, options_.level, {}, options_.budget});
  if (cut_short && finding.word != Word::violated)
    return undecided("there were more than " + std::to_string(options_.most_operations) +
                     " operations on " + of_type + ": shorten the run");
  Verdict verdict;
  verdict.word = finding.word;
  verdict.checked = finding.checked;
  verdict.why = finding.anomaly.empty() ? finding.why : finding.anomaly + ": " + finding.why;
  if (finding.word == Word::violated) point_at(history, finding, verdict);
  return verdict;
}

// The violation is complete with the last answer that its witness has.
void Consistency::point_at(const History& history, const Finding& finding, Verdict& verdict) const {
  std::vector<EventId> events;
  std::uint64_t last = 0;
  for (const std::uint32_t index : finding.witness) {
    const Operation& operation = history.operations[index];
    events.push_back({operation.invoked_at});
    if (operation.completed_at == 0) continue;
    events.push_back({operation.completed_at});
    last = std::max(last, operation.completed_at);
  }
  std::stable_sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  verdict.witness = std::move(events);
  verdict.at = answered_.of({last});
  verdict.event = EventId{last};
  tell(history, finding, verdict);
}

}  // namespace cleave
