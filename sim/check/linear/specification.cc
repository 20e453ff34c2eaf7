#include "sim/check/linear/specification.h"

#include "sim/check/linear/specifications.h"

#include <algorithm>

namespace cleave::linear {

std::unique_ptr<Specification> specification_of(const History& history, const Question& question,
                                                std::span<const std::uint32_t> actions,
                                                Strangers strangers) {
  switch (question.model) {
    case Model::multi_register:
      return registers(history, question, actions);
    case Model::set:
    case Model::set_full:
    case Model::queue:
    case Model::fifo_queue:
      return container(history, question, actions, strangers);
    case Model::log:
    case Model::kv:
      return sequence(history, question, actions, strangers);
    default:
      return one_word(history, question, actions);
  }
}

bool has_call(Model model, Call call) {
  const auto any_of = [call](std::initializer_list<Call> calls) {
    return std::find(calls.begin(), calls.end(), call) != calls.end();
  };
  switch (model) {
    case Model::reg:
      return any_of({Call::read, Call::write});
    case Model::cas_register:
      return any_of({Call::read, Call::write, Call::compare_and_set});
    case Model::multi_register:
      return any_of({Call::read, Call::write, Call::transaction});
    case Model::max_register:
      return any_of({Call::read, Call::raise});
    case Model::mutex:
      return any_of({Call::acquire, Call::release});
    case Model::set:
    case Model::set_full:
      return any_of({Call::read, Call::add, Call::remove});
    case Model::counter:
      return any_of({Call::read, Call::add});
    case Model::queue:
    case Model::fifo_queue:
      return any_of({Call::read, Call::enqueue, Call::dequeue, Call::drain});
    case Model::log:
      return any_of({Call::read, Call::append});
    case Model::kv:
      return any_of({Call::read, Call::write, Call::append});
    case Model::unique_ids:
      return call == Call::generate;
    default:
      return false;
  }
}

std::string alien_to(const History& history, Model model) {
  for (const Operation& o : history.operations) {
    const auto steps = history.steps_of(o);
    const bool known = std::all_of(steps.begin(), steps.end(), [](const Step& step) {
      return step.call == Call::read || step.call == Call::write;
    });
    if (!known || !has_call(model, o.call))
      return to_text(history, o) + ", which is no operation of a " + std::string(to_string(model)) +
             ": ask for another model";
  }
  return "";
}

bool is_pure(const History& history, const Operation& operation) {
  if (operation.call == Call::dequeue)  // that found nothing
    return operation.ending == Ending::done && operation.answer == Answer::one &&
           operation.result.is_nil();
  if (operation.call != Call::transaction) return operation.call == Call::read;
  const auto steps = history.steps_of(operation);
  return std::all_of(steps.begin(), steps.end(),
                     [](const Step& step) { return step.call == Call::read; });
}

std::span<const Value> list_of(const History& history, const Operation& operation) {
  if (operation.answer == Answer::many) return history.results_of(operation);
  if (operation.answer == Answer::none || operation.result.is_nil()) return {};
  return {&operation.result, 1};
}

}  // namespace cleave::linear
