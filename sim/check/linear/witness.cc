#include "sim/check/linear/witness.h"

#include "sim/check/linear/schedule.h"
#include "sim/check/linear/search.h"
#include "sim/check/linear/specification.h"
#include "sim/check/linear/support.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>

namespace cleave::linear {
namespace {

using Operations = std::vector<std::uint32_t>;

// How an object falls apart.
enum class Kind : std::uint8_t {
  registers,  // writes that nobody kept saw may go
  elements,   // all that is about one element may go
  whole,      // only reads may go
};

Kind kind_of(const History& history, Model model, const Operations& operations) {
  switch (model) {
    case Model::reg:
    case Model::cas_register:
    case Model::multi_register:
      return Kind::registers;
    case Model::set:
    case Model::set_full:
    case Model::log:
      return Kind::elements;
    case Model::queue:
    case Model::fifo_queue: {
      // One that took nobody knows what would take something else.
      const bool all_known =
          std::none_of(operations.begin(), operations.end(), [&](std::uint32_t i) {
            const Operation& o = history.operations[i];
            return (o.call == Call::dequeue || o.call == Call::drain) && o.answer == Answer::none;
          });
      return all_known ? Kind::elements : Kind::whole;
    }
    default:
      return Kind::whole;
  }
}

class Shrink {
 public:
  Shrink(const History& history, const Question& question, Operations operations, std::uint64_t end)
      : history_(history),
        question_(question),
        end_(end),
        kind_(kind_of(history, question.model, operations)),
        kept_(std::move(operations)) {
    if (kind_ == Kind::registers) support_.emplace(history, kept_);
  }

  Operations run() {
    if (!fails(kept_)) return kept_;
    std::size_t size = std::max<std::size_t>(groups().size() / 2, 1);
    while (searches_ < kSearches && steps_ < kSteps) {
      const bool smaller = pass(size);
      if (size == 1 && !smaller) break;
      size = std::max<std::size_t>(smaller ? std::min(size, groups().size() / 2) : size / 2, 1);
    }
    return kept_;
  }

 private:
  // Bounds of the work for one witness.
  static constexpr std::uint32_t kSearches = 4000;
  static constexpr std::uint64_t kSteps = 20'000'000;

  const History& history_;
  const Question& question_;
  std::uint64_t end_;
  Kind kind_;
  Operations kept_;
  std::optional<Support> support_;
  std::uint32_t searches_ = 0;
  std::uint64_t steps_ = 0;

  bool fails(const Operations& operations) {
    ++searches_;
    const Schedule schedule = schedule_of(history_, question_.model, operations, end_);
    const Operations actions = actions_of(schedule);
    const auto specification = specification_of(history_, question_, actions, Strangers::overlook);
    Budget budget = question_.budget;
    budget.steps = std::min(budget.steps, kSteps - std::min(steps_, kSteps));
    const Search found = search(schedule, *specification, budget, widest_of(schedule));
    steps_ += found.steps + operations.size();
    return found.word == Word::violated;
  }

  // What can only go together.
  std::vector<Operations> groups() const {
    std::vector<Operations> found;
    std::map<Value, std::size_t> of_element;
    for (const std::uint32_t i : kept_) {
      const Operation& o = history_.operations[i];
      const bool takes = o.call == Call::dequeue && !o.result.is_nil();
      if (kind_ == Kind::registers || is_pure(history_, o) ||
          (kind_ == Kind::elements && o.call == Call::dequeue && !takes)) {
        found.push_back({i});
      } else if (kind_ == Kind::elements) {
        const auto [at, is_new] =
            of_element.try_emplace(takes ? o.result : o.argument, found.size());
        if (is_new) found.emplace_back();
        found[at->second].push_back(i);
      }
    }
    return found;
  }

  // Leaves out so many groups at a time wherever it can, the earliest first.
  bool pass(std::size_t size) {
    bool any = false;
    const std::vector<Operations> all = groups();
    for (std::size_t begin = 0; begin < all.size(); begin += size) {
      if (searches_ >= kSearches || steps_ >= kSteps) break;
      Operations gone;
      for (std::size_t g = begin; g < std::min(begin + size, all.size()); ++g)
        gone.insert(gone.end(), all[g].begin(), all[g].end());
      std::stable_sort(gone.begin(), gone.end());
      Operations rest;
      std::set_difference(kept_.begin(), kept_.end(), gone.begin(), gone.end(),
                          std::back_inserter(rest));
      if (support_) rest = support_->close(std::move(rest));
      if (rest.size() >= kept_.size() || !fails(rest)) continue;
      kept_ = std::move(rest);
      any = true;
    }
    return any;
  }
};

std::string in_words(Model model, Value state, const Names& names) {
  constexpr std::size_t kShown = 40;  // the end of a text: that is where texts differ
  if (model == Model::mutex) return state == integer(0) ? "free" : "held";
  std::string text = to_text(state, names);
  if (text.size() > kShown) text = "..." + text.substr(text.size() - kShown);
  return text.empty() ? "empty" : text;
}

// What the configuration that was certain leaves to be put into an order.
Operations since_certain(const Schedule& schedule, const Search& found) {
  Operations operations;
  Open open(schedule);
  open.move(found.certain);
  for (const auto& actions : {open.updates(), open.reads()})
    for (const std::uint32_t i : actions)
      if (std::find(found.in_order.begin(), found.in_order.end(), i) == found.in_order.end())
        operations.push_back(schedule.actions[i].operation);
  for (std::size_t i = found.certain; i <= found.reached; ++i)
    if (const Event event = schedule.events[i]; event.what == Moment::invoked)
      operations.push_back(schedule.actions[event.action].operation);
  std::stable_sort(operations.begin(), operations.end());
  return operations;
}

}  // namespace

Operations shrink(const History& history, const Question& question, Operations operations,
                  std::uint64_t end) {
  return Shrink(history, question, std::move(operations), end).run();
}

Witness witness_of(const History& history, const Question& question, const Schedule& schedule,
                   Specification& specification, const Search& found) {
  constexpr std::size_t kNeedsNoPast = 8;  // so few can be shown from the beginning
  const std::uint64_t end = schedule.actions[schedule.events[found.reached].action].completed + 1;
  Operations all;
  for (const Action& action : schedule.actions)
    if (action.invoked < end) all.push_back(action.operation);
  const bool is_long = all.size() > kNeedsNoPast && found.certain > 0;
  if (is_long && kind_of(history, question.model, all) == Kind::whole) {
    History named = history;
    if (const auto state = specification.value_of(found.state, named.names)) {
      Question since = question;
      since.init = *state;
      return {shrink(named, since, since_certain(schedule, found), end),
              in_words(question.model, *state, named.names)};
    }
  }
  return {shrink(history, question, std::move(all), end), std::nullopt};
}

}  // namespace cleave::linear
