#include "sim/check/causal/causal.h"

#include "sim/check/causal/accesses.h"
#include "sim/check/causal/find_violation.h"
#include "sim/check/causal/max_register.h"
#include "sim/check/causal/quiet_reads.h"
#include "sim/check/causal/registers.h"
#include "sim/check/causal/smallest_witness.h"
#include "sim/check/causal/violation.h"
#include "sim/check/words.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cleave {
namespace causal {
namespace {

// What the operations that were checked did.
std::string_view praise_of(Level level) {
  switch (level) {
    case Level::causal_memory:
      return " fit one order of writes for each process";
    case Level::causal_convergence:
      return " fit one order of writes for all";
    case Level::pram:
      return " fit the order of each process's writes";
    case Level::causal:
      return " returned what was causally last";
    default:
      return " returned nothing older than what had to be seen";
  }
}

std::string_view nothing_to(Level level) {
  switch (level) {
    case Level::read_your_writes:
      return "no process read what it had written to";
    case Level::monotonic_reads:
      return "no process read anything twice";
    case Level::monotonic_writes:
      return "no process read what a process had written to before a write that it saw";
    case Level::writes_follow_reads:
      return "no process read what a process had read before a write that it saw";
    default:
      return "nothing was read";
  }
}

// Of reads that know their writers.
Finding judge_registers(const History& history, const Registers& registers,
                        const Question& question) {
  Finding finding;
  finding.checked = registers.reads.size();
  const auto find = [&](const Registers& part) {
    if (question.model == Model::max_register)
      return find_higher(history, part, question.level, question.budget);
    return find_violation(part, question.level, question.budget);
  };
  const Search found = find(registers);
  if (is_session_guarantee(question.level)) finding.checked = found.checked;
  if (found.violation) {
    const Witness witness = smallest_witness(
        registers, *found.violation, [&](const Registers& part) { return find(part).violation; });
    const std::uint64_t checked = finding.checked;
    finding = finding_of(history, witness.registers, witness.violation);
    finding.checked = checked;
  } else if (!found.undecided.empty()) {
    finding.word = Word::undecided;
    finding.why = found.undecided;
  } else if (finding.checked == 0) {
    finding.why = nothing_to(question.level);
  } else {
    finding.word = Word::holds;
    finding.why = count_of(finding.checked, "read") + std::string(praise_of(question.level));
  }
  return finding;
}

Finding judge_settled(const History& history, const Settled& settled, const Question& question) {
  if (settled.thin_air) return finding_of(history, *settled.thin_air);
  return judge_registers(history, settled.registers, question);
}

Finding refused(std::string why) {
  Finding finding;
  finding.word = Word::undecided;
  finding.why = std::move(why);
  return finding;
}

Finding torn(const History& history, std::uint32_t operation) {
  Finding finding;
  finding.word = Word::violated;
  finding.why = to_text(history, history.operations[operation]) +
                ": it did not read what it had just written itself";
  finding.anomaly = "internal";
  finding.witness.push_back(operation);
  finding.because.push_back({operation, operation, finding.why});
  return finding;
}

Finding judge(const History& history, const Question& question) {
  const Accesses accesses = accesses_of(history, question);
  if (!accesses.refusal.empty()) return refused(accesses.refusal);
  if (accesses.torn) return torn(history, *accesses.torn);
  const Settled guessed = settle(history, accesses, Doubt::guess);
  Finding finding = judge_settled(history, guessed, question);
  if (guessed.doubtful == 0 || finding.word == Word::holds || finding.word == Word::vacuous)
    return finding;
  // That one choice of writers does not fit says nothing of the others.
  const Settled certain = settle(history, accesses, Doubt::leave_out);
  Finding without = judge_settled(history, certain, question);
  if (without.word == Word::violated) return without;
  if (finding.word == Word::undecided) return finding;
  return refused(to_text(history, history.operations[guessed.first_doubtful]) +
                 ", which several operations may have written (" +
                 count_of(guessed.doubtful, "such read") + "); make values unique");
}

}  // namespace
}  // namespace causal

bool answers_causal(Model model, Level level) {
  const bool is_register = model == Model::reg || model == Model::cas_register ||
                           model == Model::multi_register || model == Model::kv;
  const bool is_read_whole = model == Model::max_register || model == Model::set ||
                             model == Model::counter || model == Model::log;
  switch (level) {
    case Level::causal:
    case Level::causal_memory:
    case Level::causal_convergence:
    case Level::pram:
      return is_register || model == Model::max_register;
    case Level::read_your_writes:
    case Level::monotonic_reads:
    case Level::monotonic_writes:
    case Level::writes_follow_reads:
      return is_register;
    case Level::convergence:
      return is_register || is_read_whole;
    default:
      return false;
  }
}

Finding judge_causal(const History& history, const Question& question) {
  if (question.level == Level::convergence) return causal::judge_quiet_reads(history, question);
  return causal::judge(history, question);
}

}  // namespace cleave
