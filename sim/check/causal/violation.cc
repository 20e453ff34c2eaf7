#include "sim/check/causal/violation.h"

#include <algorithm>
#include <string>

namespace cleave::causal {
namespace {

std::string process(const History& history, const Operation& operation) {
  return "process " + to_text(history.processes[operation.process], history.names);
}

// "read x = 1, wrote 2 to y": what the operation did, without who did it.
std::string deed(const History& history, const Operation& operation) {
  return to_text(history, operation).substr(process(history, operation).size() + 1);
}

// "process 2 read x = 1": of what an operation read, the part about one key. A compare-and-set
// "found" what it expected.
std::string reading(const History& history, const Operation& operation, std::uint32_t key) {
  if (operation.call == Call::transaction)
    for (const Step& step : history.steps_of(operation))
      if (step.key == key && step.call == Call::read)
        return process(history, operation) + " " + to_text(history, step);
  if (operation.call != Call::compare_and_set) return to_text(history, operation);
  const Value name = history.keys[key];
  return process(history, operation) + " found " +
         (name.is_nil() ? "" : to_text(name, history.names) + " = ") +
         to_text(operation.expected, history.names);
}

// The value that an operation wrote to a key in the end.
std::string written(const History& history, const Operation& operation, std::uint32_t key) {
  Value value = operation.argument;
  if (operation.call == Call::transaction)
    for (const Step& step : history.steps_of(operation))
      if (step.key == key && step.call == Call::write) value = step.argument;
  return to_text(value, history.names);
}

std::string sentence(const History& history, const Registers& registers, const Edge& edge) {
  const auto& operation = [&](std::uint32_t number) -> const Operation& {
    return history.operations[registers.sources[number]];
  };
  const Operation& from = operation(edge.from);
  const Operation& to = operation(edge.to);
  switch (edge.link) {
    case Link::session:
      return to_text(history, from) + " before it " + deed(history, to);
    case Link::reads_from:
      return reading(history, to, edge.key) + ", which " + process(history, from) + " wrote";
    case Link::returned_old:
      return reading(history, from, edge.key) + ", which had been overwritten";
    case Link::returned_initial:
      return reading(history, from, edge.key) + ", as if nobody had written";
    case Link::returned_lower:
      return reading(history, from, edge.key) + ", which was lower";
    case Link::conflict:
    case Link::conflict_for:
      break;
  }
  const Operation& reader = operation(edge.reader);
  const std::string older = written(history, from, edge.key);
  return reading(history, reader, edge.key) + " and had seen " + older + ": " +
         (edge.link == Link::conflict ? "" : "for it, ") + older + " came before " +
         written(history, to, edge.key);
}

// The whole of it in one sentence.
std::string summary(const History& history, const Registers& registers,
                    const Violation& violation) {
  const Edge& last = violation.cycle.back();
  const auto& from = history.operations[registers.sources[last.from]];
  if (last.link == Link::returned_old)
    return reading(history, from, last.key) +
           ", though it had been overwritten by what came before";
  if (last.link == Link::returned_initial)
    return reading(history, from, last.key) + ", as if nobody had written, though somebody had";
  if (last.link == Link::returned_lower)
    return reading(history, from, last.key) +
           ", though it had been raised higher by what came before";
  for (const Edge& edge : violation.cycle)
    if (edge.link == Link::conflict || edge.link == Link::conflict_for) {
      const auto& older = history.operations[registers.sources[edge.from]];
      const auto& newer = history.operations[registers.sources[edge.to]];
      const auto& reader = history.operations[registers.sources[edge.reader]];
      const bool for_all = edge.link == Link::conflict;
      return (for_all
                  ? "what was read fits no one order of the writes: "
                  : "what " + process(history, reader) + " read fits no order of the writes: ") +
             written(history, older, edge.key) + " must come both before and after " +
             written(history, newer, edge.key);
    }
  const auto& to = history.operations[registers.sources[last.to]];
  return reading(history, to, last.key) + ", which can only have been written later";
}

}  // namespace

std::vector<std::uint32_t> operations_of(const Violation& violation) {
  std::vector<std::uint32_t> found = violation.others;
  for (const Edge& edge : violation.cycle) {
    found.push_back(edge.from);
    found.push_back(edge.to);
    if (edge.link == Link::conflict || edge.link == Link::conflict_for)
      found.push_back(edge.reader);
  }
  std::stable_sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Finding finding_of(const History& history, const Registers& registers, const Violation& violation) {
  Finding finding;
  finding.word = Word::violated;
  finding.anomaly = violation.anomaly;
  finding.why = summary(history, registers, violation);
  finding.witness = registers.sources;
  std::stable_sort(finding.witness.begin(), finding.witness.end());
  for (const Edge& edge : violation.cycle)
    finding.because.push_back({registers.sources[edge.from], registers.sources[edge.to],
                               sentence(history, registers, edge)});
  return finding;
}

Finding finding_of(const History& history, const ThinAir& thin_air) {
  Finding finding;
  finding.word = Word::violated;
  finding.anomaly = "ThinAirRead";
  const Operation& read = history.operations[thin_air.read];
  finding.why = process(history, read) + " read " + thin_air.what + ", which nobody wrote";
  if (thin_air.writer) {
    const Operation& writer = history.operations[*thin_air.writer];
    const bool failed = writer.ending == Ending::failed;
    finding.why = process(history, read) + " read " + thin_air.what + ", but " +
                  process(history, writer) +
                  (failed ? " failed to write it" : " overwrote it before anybody could see it");
    finding.witness.push_back(*thin_air.writer);
  }
  finding.because.push_back({thin_air.writer.value_or(thin_air.read), thin_air.read, finding.why});
  finding.witness.push_back(thin_air.read);
  finding.witness.insert(finding.witness.end(), thin_air.seen_by.begin(), thin_air.seen_by.end());
  std::stable_sort(finding.witness.begin(), finding.witness.end());
  return finding;
}

}  // namespace cleave::causal
