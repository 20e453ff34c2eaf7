#include "sim/check/transactions/flaws.h"

#include "sim/check/transactions/writes.h"

#include <algorithm>
#include <string>
#include <tuple>

namespace cleave::transactions {
namespace {

std::string process(const History& history, std::uint32_t operation) {
  const std::uint32_t number = history.operations[operation].process;
  return "process " + to_text(history.processes[number], history.names);
}

// What is the matter, to follow "process 1 read x = 7".
std::string complaint(const History& history, const FlawedRead& flawed) {
  const std::string value = to_text(flawed.value, history.names);
  const std::string other = flawed.other == kNobody ? "" : process(history, flawed.other);
  switch (flawed.flaw) {
    case Flaw::thin_air:
      return ", but nobody wrote " + value;
    case Flaw::duplicate_elements:
      return ", which shows " + value + " twice";
    case Flaw::reordered:
      return ", but not before " + value + " what " + other + " had appended earlier";
    case Flaw::internal:
      return ", which is not what it had itself left there";
    case Flaw::future:
      return " before it wrote " + value + " itself";
    case Flaw::incompatible_order:
      return ", and " + other + " read the same key in another order";
    case Flaw::aborted:
      return ", but " + other + ", which wrote " + value + ", failed";
    case Flaw::dirty_update:
      return ", in which somebody built on " + value + ", but " + other +
             ", which wrote that, failed";
    case Flaw::intermediate:
      return ", but " + other + " did not leave it at " + value;
    case Flaw::unrepeatable:
      return ", which is not what it had read before";
  }
  return "";
}

}  // namespace

std::string_view to_string(Flaw flaw) {
  switch (flaw) {
    case Flaw::thin_air:
      return "thin-air-read";
    case Flaw::duplicate_elements:
      return "duplicate-elements";
    case Flaw::reordered:
      return "reordered-appends";
    case Flaw::internal:
      return "internal";
    case Flaw::future:
      return "future-read";
    case Flaw::incompatible_order:
      return "incompatible-order";
    case Flaw::aborted:
      return "aborted-read";
    case Flaw::dirty_update:
      return "dirty-update";
    case Flaw::intermediate:
      return "intermediate-read";
    case Flaw::unrepeatable:
      return "unrepeatable-read";
  }
  return "";
}

bool is_proscribed(Flaw flaw, Level level) {
  switch (flaw) {
    case Flaw::thin_air:
    case Flaw::duplicate_elements:
    case Flaw::reordered:
    case Flaw::internal:
    case Flaw::future:
    case Flaw::incompatible_order:
      return true;
    case Flaw::aborted:
    case Flaw::dirty_update:
    case Flaw::intermediate:
      return level != Level::read_uncommitted;
    case Flaw::unrepeatable:
      return level != Level::read_uncommitted && level != Level::read_committed &&
             level != Level::monotonic_atomic_view;
  }
  return true;
}

std::optional<Finding> worst_flaw(const History& history, const std::vector<FlawedRead>& flaws,
                                  Level level) {
  const FlawedRead* worst = nullptr;
  const auto rank = [](const FlawedRead& f) { return std::tuple(f.flaw, f.operation, f.step); };
  for (const FlawedRead& flawed : flaws)
    if (is_proscribed(flawed.flaw, level) && (worst == nullptr || rank(flawed) < rank(*worst)))
      worst = &flawed;
  if (worst == nullptr) return std::nullopt;
  Finding finding;
  finding.word = Word::violated;
  finding.anomaly = to_string(worst->flaw);
  const Step step = step_of(history, worst->operation, worst->step);
  finding.why = process(history, worst->operation) + " " + to_text(history, step) +
                complaint(history, *worst);
  finding.witness = {worst->operation};
  if (worst->other != kNobody && worst->other != worst->operation) {
    finding.witness.push_back(worst->other);
    std::stable_sort(finding.witness.begin(), finding.witness.end());
    finding.because = {{worst->other, worst->operation, finding.why}};
  }
  return finding;
}

}  // namespace cleave::transactions
