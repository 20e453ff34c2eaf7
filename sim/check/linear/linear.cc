#include "sim/check/linear/linear.h"

#include "sim/check/linear/drains.h"
#include "sim/check/linear/explain.h"
#include "sim/check/linear/monitor.h"
#include "sim/check/linear/parts.h"
#include "sim/check/linear/schedule.h"
#include "sim/check/linear/search.h"
#include "sim/check/linear/sequential.h"
#include "sim/check/linear/specification.h"
#include "sim/check/linear/strangers.h"
#include "sim/check/linear/witness.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cleave {
namespace linear {
namespace {

// Texts and mutexes always start the same.
Question without_init(Question question) {
  if (question.model == Model::kv || question.model == Model::mutex) question.init = {};
  return question;
}

// What is left of the budget goes to the next object.
class Judge {
 public:
  Judge(const Subject& subject, const Question& question)
      : subject_(subject), history_(subject.searched), question_(without_init(question)) {}

  Finding run() {
    const Parts parts = parts_of(history_, question_.model);
    for (std::size_t i = 0; i < parts.size() && finding_.word != Word::violated; ++i)
      judge(parts.at(i));
    if (finding_.word == Word::vacuous)
      finding_.why = "no operation was answered with something that could be wrong";
    if (finding_.word == Word::holds) finding_.why = "an order in real time explains every answer";
    return finding_;
  }

 private:
  const Subject& subject_;
  const History& history_;
  Question question_;
  Finding finding_;

  void judge(std::span<const std::uint32_t> part) {
    const std::uint64_t says = answers_of(history_, part);
    if (says == 0) return;
    finding_.checked += says;
    if (const auto strange = find_stranger(history_, question_.model, part); !strange.empty())
      return violate(strange);
    Monitored told = monitor(history_, question_, part);
    if (told.told == Told::nothing) return search_in(part);
    if (told.told == Told::holds) return hold();
    std::stable_sort(told.conflict.begin(), told.conflict.end());
    if (question_.model != Model::max_register)  // that one's are the fewest
      told.conflict = shrink(history_, question_, told.conflict, Operation::kNever);
    violate(told.conflict);
  }

  void search_in(std::span<const std::uint32_t> part) {
    const Schedule schedule = schedule_of(history_, question_.model, part);
    const auto actions = actions_of(schedule);
    const auto specification = specification_of(history_, question_, actions);
    const Search found = search(schedule, *specification, question_.budget, widest_of(schedule));
    question_.budget.steps -= std::min(question_.budget.steps, found.steps);
    if (found.word == Word::holds) return hold();
    if (found.word == Word::undecided) return give_up(found, schedule, part.size());
    const Witness witness = witness_of(history_, question_, schedule, *specification, found);
    violate(witness.operations, witness.from);
  }

  void hold() {
    if (finding_.word == Word::vacuous) finding_.word = Word::holds;
  }
  void violate(const std::vector<std::uint32_t>& operations,
               std::optional<std::string_view> from = std::nullopt) {
    explain(subject_.told, question_, subject_.origins_of(operations), from, finding_);
  }
  void give_up(const Search& found, const Schedule& schedule, std::size_t operations) {
    if (finding_.word == Word::undecided) return;  // the first one is told
    std::uint64_t explained = 0;
    for (std::size_t i = 0; i < found.reached; ++i)
      explained += schedule.events[i].what == Moment::completed ? 1 : 0;
    finding_.word = Word::undecided;
    finding_.why = "the search used up its budget of " + std::string(found.cause) +
                   "; an order explains the first " + std::to_string(explained) + " answers of " +
                   std::to_string(operations) + " operations";
    if (found.reached < schedule.events.size())
      finding_.why +=
          ", until " +
          to_text(
              history_,
              history_
                  .operations[schedule.actions[schedule.events[found.reached].action].operation]);
    finding_.why += ": give it a larger budget, or a shorter history";
  }
};

Finding judge(const Subject& subject, const Question& question) {
  const Finding strong = Judge(subject, question).run();
  if (question.level == Level::linearizable) return strong;
  if (strong.word == Word::holds || strong.word == Word::vacuous) return strong;
  return judge_sequential(subject, without_init(question));
}

}  // namespace
}  // namespace linear

bool answers_linear(Model model, Level level) {
  const bool is_known =
      linear::has_call(model, Call::read) || linear::has_call(model, Call::acquire);
  return is_known && (level == Level::linearizable || level == Level::sequential);
}

Finding judge_linear(const History& history, const Question& question) {
  if (const std::string alien = linear::alien_to(history, question.model); !alien.empty()) {
    Finding finding;
    finding.word = Word::undecided;
    finding.why = alien;
    return finding;
  }
  if (!linear::has_drains(history)) return linear::judge({history, history, {}}, question);
  const linear::Undrained made = linear::without_drains(history);
  return linear::judge({made.history, history, made.origins}, question);
}

}  // namespace cleave
