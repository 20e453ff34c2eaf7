#include "sim/check/messages/messages.h"

#include "sim/check/linear/parts.h"
#include "sim/check/linear/specification.h"
#include "sim/check/messages/counter_bounds.h"
#include "sim/check/messages/queue_delivery.h"
#include "sim/check/messages/sender_order.h"
#include "sim/check/messages/total_order.h"
#include "sim/check/messages/unique_ids.h"
#include "sim/check/messages/visibility.h"
#include "sim/check/words.h"

#include <algorithm>
#include <optional>
#include <string>

namespace cleave {
namespace messages {
namespace {

using Found = std::optional<Finding>;

Found judge_queue(const Object& queue, Level level, Tally& tally) {
  const std::vector<Receipt> receipts = receipts_of(queue);
  const bool once = level == Level::exactly_once || level == Level::at_most_once;
  Tally aside;  // what came from nowhere is wrong at every level, and no level's own
  if (auto found = find_excess(queue, receipts, once ? Times::once : Times::any,
                               level == Level::at_most_once ? tally : aside))
    return found;
  if (level == Level::fifo_delivery) return find_overtaking(queue, receipts, tally);
  return level == Level::at_most_once ? Found() : find_loss(queue, receipts, tally);
}

Found judge_lists(const Object& object, Level level, Tally& tally) {
  if (auto found = find_thin_air(object)) return found;
  if (level == Level::fifo_delivery) return find_disorder(object, tally);
  if (level == Level::total_order) return find_divergence(object, tally);
  Tally aside;
  const bool once = level == Level::exactly_once || level == Level::at_most_once;
  if (once)
    if (auto found = find_repetition(object, level == Level::at_most_once ? tally : aside))
      return found;
  return level == Level::at_most_once ? Found() : find_loss(object, tally);
}

Found judge_object(const Object& object, const Question& question, Tally& tally) {
  if (question.model == Model::unique_ids) return find_second_giving(object, tally);
  if (question.model == Model::counter) return find_out_of_bounds(object, question.init, tally);
  return object.is_queue() ? judge_queue(object, question.level, tally)
                           : judge_lists(object, question.level, tally);
}

std::string of_arrivals(Tally& tally) {
  std::string text = count_of(tally.arrived, "acknowledged element") + " arrived";
  if (tally.unacknowledged > 0)
    text += ", and " + std::to_string(tally.unacknowledged) + " that nobody acknowledged";
  if (tally.repeated > 0) text += "; " + std::to_string(tally.repeated) + " came once more";
  if (tally.delays.empty()) return text;
  std::stable_sort(tally.delays.begin(), tally.delays.end());
  return text + "; reads missed " + std::to_string(tally.delays.size()) +
         " at first, half of these for up to " +
         count_of(tally.delays[(tally.delays.size() - 1) / 2], "event") + ", one for " +
         std::to_string(tally.delays.back());
}

std::string praise(const Question& question, Tally& tally) {
  switch (question.level) {
    case Level::exactly_once:
    case Level::at_least_once:
      return of_arrivals(tally);
    case Level::at_most_once:
      return count_of(tally.checked, "element") + " came, none more often than it was put in";
    case Level::fifo_delivery:
      return count_of(tally.checked, "element") + " came after what its sender had sent before it";
    case Level::total_order:
      return count_of(tally.checked, "element") + " stood where the longest list has it";
    case Level::bounded:
      return count_of(tally.checked, "read") + " lay within bounds";
    default:
      return count_of(tally.checked, "id") + " were given, none twice";
  }
}

std::string_view nothing_to(const Question& question) {
  switch (question.level) {
    case Level::exactly_once:
    case Level::at_least_once:
      return "nothing was put in whose arrival was to be seen";
    case Level::at_most_once:
      return "nothing came";
    case Level::fifo_delivery:
      return "nobody got an element whose sender had sent another before it";
    case Level::total_order:
      return "no two lists were read";
    case Level::bounded:
      return "no read was answered";
    default:
      return "fewer than two ids were given";
  }
}

// Every checker looks at each operation and each element a few times: there is nothing to be
// learned before the end, so that what is too much is not begun.
std::string too_much(const History& history, const Budget& budget) {
  constexpr std::uint64_t kBytesOfOperation = 128;
  constexpr std::uint64_t kBytesOfElement = 16;
  const std::uint64_t steps = history.operations.size() + history.values.size();
  const std::uint64_t bytes =
      history.operations.size() * kBytesOfOperation + history.values.size() * kBytesOfElement;
  const bool steps_end = steps > budget.steps;
  if (!steps_end && bytes <= budget.bytes) return "";
  return count_of(history.operations.size(), "operation") + " and " +
         count_of(history.values.size(), "element") + " read need " +
         (steps_end ? std::to_string(steps) + " steps" : std::to_string(bytes) + " bytes") +
         ", which is more than the budget: give it a larger one";
}

Finding judge(const History& history, const Question& question) {
  Finding finding;
  finding.word = Word::undecided;
  finding.why = linear::alien_to(history, question.model);
  if (finding.why.empty()) finding.why = too_much(history, question.budget);
  if (!finding.why.empty()) return finding;
  Tally tally;
  const linear::Parts parts = linear::parts_of(history, question.model);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Object object(history, question.model, parts.at(i));
    auto found = judge_object(object, question, tally);
    if (!found) continue;
    found->checked = tally.checked;
    return *found;
  }
  finding.checked = tally.checked;
  finding.why = tally.unknown;
  if (!finding.why.empty()) return finding;
  finding.word = tally.checked == 0 ? Word::vacuous : Word::holds;
  finding.why = tally.checked == 0 ? std::string(nothing_to(question)) : praise(question, tally);
  return finding;
}

bool is_one_of(Level level, std::initializer_list<Level> levels) {
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

}  // namespace
}  // namespace messages

bool answers_messages(Model model, Level level) {
  using messages::is_one_of;
  switch (model) {
    case Model::log:
      return is_one_of(level, {Level::exactly_once, Level::at_least_once, Level::at_most_once,
                               Level::fifo_delivery, Level::total_order});
    case Model::queue:
    case Model::fifo_queue:
      return is_one_of(level, {Level::exactly_once, Level::at_least_once, Level::at_most_once,
                               Level::fifo_delivery});
    case Model::set_full:
      return is_one_of(level, {Level::exactly_once, Level::at_least_once, Level::at_most_once});
    case Model::set:
      return level == Level::at_least_once;
    case Model::counter:
      return level == Level::bounded;
    case Model::unique_ids:
      return level == Level::linearizable;
    default:
      return false;
  }
}

Finding judge_messages(const History& history, const Question& question) {
  return messages::judge(history, question);
}

}  // namespace cleave
