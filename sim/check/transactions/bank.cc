#include "sim/check/transactions/bank.h"

#include "sim/check/history/sum.h"
#include "sim/check/transactions/writes.h"
#include "sim/check/words.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::transactions {
namespace {

struct Balances {
  std::vector<std::uint32_t> accounts;  // in ascending order
  Sum total = 0;
  bool known = true;                      // all of them
  std::optional<std::uint32_t> negative;  // the step that shows it
};

// Of a transaction that does nothing but read, and was told anything; none of another one.
std::optional<Balances> balances_of(const History& history, const Operation& operation) {
  if (operation.ending != Ending::done) return std::nullopt;
  Balances balances;
  bool reads = true;
  bool told = false;
  for_each_step(history, operation, [&](std::uint32_t i, const Step& step) {
    reads &= step.call == Call::read;
    told |= step.answer != Answer::none;
    const bool is_number = step.result.is_integer() || step.result.is_nil();
    balances.known &= step.answer == Answer::one && is_number;
    balances.accounts.push_back(step.key);
    if (step.answer != Answer::one || !step.result.is_integer()) return;  // nil: nobody has it
    balances.total += step.result.code;
    if (step.result.code < 0 && !balances.negative) balances.negative = i;
  });
  if (!reads || !told) return std::nullopt;
  std::stable_sort(balances.accounts.begin(), balances.accounts.end());
  return balances;
}

std::string process(const History& history, std::uint32_t operation) {
  const std::uint32_t number = history.operations[operation].process;
  return "process " + cleave::to_text(history.processes[number], history.names);
}

std::vector<std::uint32_t> by_answer(const History& history) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < history.operations.size(); ++i)
    if (history.operations[i].ending == Ending::done) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return history.operations[a].completed < history.operations[b].completed;
  });
  return order;
}

void tell_negative(const History& history, std::uint32_t operation, std::uint32_t step,
                   Finding& finding) {
  finding.anomaly = "negative-balance";
  finding.why = process(history, operation) + " " +
                cleave::to_text(history, step_of(history, operation, step)) +
                ", a balance below zero";
  finding.witness = {operation};
}

void tell_total(const History& history, std::pair<std::uint32_t, Sum> first,
                std::pair<std::uint32_t, Sum> other, Finding& finding) {
  finding.anomaly = "wrong-total";
  finding.why = process(history, other.first) + " read a total of " + to_text(other.second) +
                ", but it was " + to_text(first.second) + " when " + process(history, first.first) +
                " read it first";
  finding.witness = {std::min(first.first, other.first), std::max(first.first, other.first)};
  finding.because = {{first.first, other.first, finding.why}};
}

}  // namespace

Finding judge_bank(const History& history, const Question& /*question*/) {
  Finding finding;
  std::optional<Balances> first;
  std::uint32_t first_read = 0;
  std::uint64_t unlike = 0;
  for (const std::uint32_t i : by_answer(history)) {
    const auto balances = balances_of(history, history.operations[i]);
    if (!balances) continue;
    if (!first && balances->known) {
      first = balances;
      first_read = i;
    }
    const bool is_like = balances->known && balances->accounts == first->accounts;
    finding.checked += is_like ? 1 : 0;
    if (finding.word == Word::violated) continue;
    if (balances->negative)
      tell_negative(history, i, *balances->negative, finding);
    else if (is_like && balances->total != first->total)
      tell_total(history, {first_read, first->total}, {i, balances->total}, finding);
    if (!finding.witness.empty()) finding.word = Word::violated;
    if (!is_like && unlike++ == 0)
      finding.why =
          to_text(history, history.operations[i]) +
          (balances->known ? ", which are not the " + count_of(first->accounts.size(), "account") +
                                 " that " + process(history, first_read) + " read first"
                           : ", which are not all balances");
  }
  if (finding.word == Word::violated) return finding;
  if (unlike > 0) {
    finding.word = Word::undecided;
    finding.why = count_of(unlike, "read") + " cannot be compared, such as that of " + finding.why +
                  ": read all accounts whenever any is read";
  } else if (finding.checked > 0) {
    finding.word = Word::holds;
  } else {
    finding.why = "nobody read the balances of all accounts";
  }
  return finding;
}

}  // namespace cleave::transactions
