#include "sim/exchange/assembler.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <tuple>

namespace cleave::exchange {
namespace {

const Forms kNothing{Form{}};  // nil

std::string line(std::uint64_t number) {
  return "line " + std::to_string(number);
}

// Moves the beginning of operations whose question is missing back to where they may have begun,
// and puts the operations in order again.
void move_back(History& history, const std::vector<std::size_t>& operations) {
  struct Moment {
    std::uint64_t at = 0;     // twice what it was, plus one for what comes right after it
    std::uint32_t index = 0;  // of the operation
    bool is_end = false;
  };
  std::vector<std::uint64_t> began(history.operations.size());
  std::vector<std::uint64_t> ended(history.processes.size());  // twice the moment, plus one
  std::vector<Moment> moments;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    const Operation& o = history.operations[i];
    const bool moves = next < operations.size() && operations[next] == i;
    moments.push_back({moves ? ended[o.process] : 2 * o.invoked + 2, i, false});
    if (moves) ++next;
    if (o.ending == Ending::pending) continue;
    moments.push_back({2 * o.completed + 2, i, true});
    ended[o.process] = 2 * o.completed + 3;
  }
  std::stable_sort(moments.begin(), moments.end(),
                   [](const Moment& a, const Moment& b) { return a.at < b.at; });
  std::vector<Operation> sorted;
  std::vector<std::uint32_t> places(history.operations.size());
  for (std::uint64_t moment = 0; moment < moments.size(); ++moment) {
    const Moment& m = moments[moment];
    if (m.is_end) {
      sorted[places[m.index]].completed = moment;
      continue;
    }
    places[m.index] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(history.operations[m.index]);
    sorted.back().invoked = moment;
  }
  history.operations = std::move(sorted);
}

}  // namespace

void Assembler::fail_at(const Said& said, FormView found, std::string expected) {
  fail(*said.event, {"found " + in_quotes(found.text(names())) +
                         " in the :value of a :" + std::string(said.word->f),
                     std::move(expected), ""});
}

const CallWord& Assembler::word_of(const Event& event) const {
  const std::string_view f = event.f.empty() ? "txn" : std::string_view(event.f);
  if (const CallWord* word = find_call(options_.model, f)) return *word;
  const std::string found =
      event.f.empty() ? "an operation without :f" : "found :f " + in_quotes(event.f);
  fail(event,
       {found, list_of_calls(options_.model) + " of a " + std::string(to_string(options_.model)),
        "is --model right?"});
}

Assembler::Said Assembler::said_by(const Event& event) {
  const Forms& forms = event.value.empty() ? kNothing : event.value;
  Said said{&event, &word_of(event), 0, FormView(forms, 0)};
  if (event.key) said.key = builder_.key(*event.key);
  if (!options_.keyed) return said;
  if (!said.value.is_list() || said.value.count() != 2)
    fail_at(said, said.value, "[key value], as --key says");
  said.key = builder_.key(said.value[0].value(names()));
  said.value = said.value[1];
  return said;
}

void Assembler::take(const Event& event) {
  const std::uint64_t at = event.place.line;
  Operation* open = builder_.open(event.process);
  if (event.type == Event::Type::invoke) {
    if (open != nullptr)
      fail(event,
           {"process " + to_text(event.process, names()) + " asks, and its question of " +
                line(open->invoked_at) + " has no answer yet",
            "one question at a time", "give clients that do several things several numbers"});
    builder_.invoke(event.process, asked(said_by(event)), at);
    return;
  }
  if (open == nullptr) {
    without_question_.push_back(builder_.invoke(event.process, asked(said_by(event)), at));
    open = builder_.open(event.process);
  }
  if (event.type == Event::Type::ok) {
    const Said said = said_by(event);
    check_same(*open, said);
    answer(*open, said);
  }
  const Ending ending = event.type == Event::Type::ok     ? Ending::done
                        : event.type == Event::Type::fail ? Ending::failed
                                                          : Ending::pending;
  builder_.complete(event.process, ending, at);
}

// ---- what is asked ------------------------------------------------------------------------------

Operation Assembler::asked(const Said& said) {
  Operation operation;
  operation.call = said.word->call;
  operation.key = said.key;
  switch (said.word->shape) {
    case Shape::argument:
      operation.argument = said.value.value(names());
      break;
    case Shape::number:
      operation.argument = number(said.value, said);
      break;
    case Shape::pair:
      if (!said.value.is_list() || said.value.count() != 2)
        fail_at(said, said.value, "[expected new]");
      operation.expected = said.value[0].value(names());
      operation.argument = said.value[1].value(names());
      break;
    case Shape::steps:
    case Shape::fields:
    case Shape::transfer:
      fill_steps(operation, said, false);
      break;
    case Shape::nothing:
    case Shape::one:
    case Shape::many:
    case Shape::balances:
      break;
  }
  return operation;
}

Value Assembler::number(FormView value, const Said& said) {
  const Value held = value.is_atom() ? value.value(names()) : Value{};
  if (held.is_integer()) return held;
  const std::string text = value.text(names());
  const bool is_large = text.size() > 18 && text.find_first_not_of("-0123456789") == text.npos;
  fail_at(said, value, is_large ? "a whole number between -2^62 and 2^62" : "a whole number");
}

void Assembler::fail_as_other(const Operation& open, const Said& said, std::string expected) {
  fail(*said.event,
       {"process " + to_text(said.event->process, names()) + " is answered :" + said.event->f +
            (said.value.is_nil() ? "" : " " + said.value.text(names())) +
            ", and asked something else on " + line(open.invoked_at),
        std::move(expected), ""});
}

// An answer repeats what was asked; nil in its place says nothing.
void Assembler::check_same(const Operation& open, const Said& said) {
  if (said.word->call != open.call) fail_as_other(open, said, "the same :f");
  if (said.key != open.key && (options_.keyed || said.event->key))
    fail_as_other(open, said, "the same key");
  if (said.value.is_nil()) return;
  const Shape shape = said.word->shape;
  if (shape == Shape::argument || shape == Shape::number || shape == Shape::pair) {
    const Operation again = asked(said);
    if (again.argument != open.argument || again.expected != open.expected)
      fail_as_other(open, said, "the same :value");
  }
}

// Likewise. Who asked for no steps in particular may be told of any.
void Assembler::check_same_steps(const Operation& open, const Said& said) {
  const std::span<const Step> asked = builder_.steps_of(open);
  if (asked.empty()) return;
  const auto place = [](const Step& step) {
    return std::tuple(step.key, step.call, step.argument);
  };
  const auto same = [&](const Step& a, const Step& b) { return place(a) == place(b); };
  if (std::equal(asked.begin(), asked.end(), steps_.begin(), steps_.end(), same)) return;
  if (said.word->shape == Shape::fields) {  // a map has no order
    std::vector<Step> first(asked.begin(), asked.end());
    std::vector<Step> again = steps_;
    for (std::vector<Step>* steps : {&first, &again})
      std::stable_sort(steps->begin(), steps->end(),
                       [&](const Step& a, const Step& b) { return place(a) < place(b); });
    if (std::equal(first.begin(), first.end(), again.begin(), again.end(), same)) return;
  }
  fail_as_other(open, said, "the same steps");
}

// ---- what is answered ---------------------------------------------------------------------------

void Assembler::answer(Operation& operation, const Said& said) {
  switch (said.word->shape) {
    case Shape::one:
      answer_one(operation, said.value);
      break;
    case Shape::many:
      answer_many(operation, said.value, said);
      break;
    case Shape::steps:
    case Shape::fields:
    case Shape::balances:
      if (!said.value.is_nil()) fill_steps(operation, said, true);
      break;
    case Shape::transfer:
      if (!said.value.is_map()) break;  // what it says is not what was asked
      read_steps(said, true);
      check_same_steps(operation, said);
      break;
    case Shape::nothing:
    case Shape::argument:
    case Shape::number:
    case Shape::pair:
      break;
  }
}

template <class T>
void Assembler::answer_one(T& asked, FormView value) {
  const bool known = options_.nil_is_known || is_nil_known(options_.model);
  if (value.is_nil() && !known) return;
  asked.answer = Answer::one;
  asked.result = value.value(names());
  // Of texts, what is absent is empty.
  if (options_.model == Model::kv && value.is_nil()) asked.result = names().intern("");
}

template <class T>
void Assembler::answer_many(T& asked, FormView value, const Said& said) {
  if (value.is_nil() && !is_nil_known(options_.model)) return;
  asked.answer = Answer::many;
  if (value.is_nil()) return;
  if (value.is_atom() || value.is_map()) fail_at(said, value, "a list");
  values_.clear();
  value.for_each([this](FormView member) { values_.push_back(member.value(names())); });
  asked.results = builder_.values(values_);
}

// ---- transactions -------------------------------------------------------------------------------

void Assembler::fill_steps(Operation& operation, const Said& said, bool answered) {
  const std::vector<Step>& steps = read_steps(said, answered);
  if (answered) check_same_steps(operation, said);
  const std::span<Step> before = builder_.steps_of(operation);
  if (before.size() == steps.size())
    std::copy(steps.begin(), steps.end(), before.begin());
  else
    operation.steps = builder_.steps(steps);
}

std::vector<Step>& Assembler::read_steps(const Said& said, bool answered) {
  steps_.clear();
  const FormView value = said.value;
  if (value.is_nil()) return steps_;
  if (said.word->shape == Shape::transfer) {
    read_transfer(said);
  } else if (said.word->shape == Shape::balances) {
    read_balances(said);
  } else if (said.word->shape == Shape::fields && value.is_map()) {
    read_fields(said, answered);
  } else {
    if (!value.is_list()) fail_at(said, value, "a list of [f key value]");
    value.for_each([&](FormView member) { steps_.push_back(step_of(said, member, answered)); });
  }
  return steps_;
}

Step Assembler::step_of(const Said& said, FormView form, bool answered) {
  if (!form.is_list() || form.count() < 2 || form.count() > 3 || !form[0].is_atom())
    fail_at(said, form, "[f key value]");
  const Value f = form[0].value(names());
  std::string_view name = f.is_nil() || f.is_integer() ? "" : names().text_of(f);
  if (name.starts_with(':')) name.remove_prefix(1);
  const CallWord* word = find_step(options_.model, name);
  if (word == nullptr)
    fail_at(said, form,
            list_of_steps(options_.model) + " in a transaction of a " +
                std::string(to_string(options_.model)));
  Step step;
  step.call = word->call;
  step.key = builder_.key(form[1].value(names()));
  const FormView value = form.count() == 3 ? form[2] : FormView(kNothing, 0);
  if (word->shape == Shape::argument)
    step.argument = value.value(names());
  else if (answered && word->shape == Shape::one)
    answer_one(step, value);
  else if (answered)
    answer_many(step, value, said);
  return step;
}

// JSON has no numbers for keys.
Value Assembler::map_key(FormView key) {
  const Value value = key.value(names());
  if (value.is_nil() || value.is_integer()) return value;
  const std::string_view text = names().text_of(value);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && integer(number).is_integer() ? integer(number) : value;
}

void Assembler::read_fields(const Said& said, bool answered) {
  const bool writes = said.event->f == "write";
  bool is_key = true;
  said.value.for_each([&](FormView member) {
    if (is_key) {
      steps_.emplace_back();
      steps_.back().key = builder_.key(map_key(member));
    } else if (writes) {
      steps_.back().call = Call::write;
      steps_.back().argument = member.value(names());
    } else if (answered) {
      answer_one(steps_.back(), member);
    }
    is_key = !is_key;
  });
}

void Assembler::read_balances(const Said& said) {
  const FormView value = said.value;
  if (value.is_atom() || value.kind() == Form::Kind::set)
    fail_at(said, value, "{account balance, ...}");
  std::int64_t account = 0;
  bool is_key = value.is_map();
  value.for_each([&](FormView member) {
    if (is_key || value.is_list()) {
      steps_.emplace_back();
      const Value name = is_key ? map_key(member) : integer(account++);
      steps_.back().key = builder_.key(name);
    }
    if (!is_key && !member.is_nil()) number(member, said);
    if (!is_key) answer_one(steps_.back(), member);
    if (value.is_map()) is_key = !is_key;
  });
}

// What leaves one account comes to the other.
void Assembler::read_transfer(const Said& said) {
  Value from;
  Value to;
  std::optional<std::int64_t> amount;
  constexpr std::string_view kExpected = "{:from account, :to account, :amount number}";
  if (!said.value.is_map()) fail_at(said, said.value, std::string(kExpected));
  for (std::size_t i = 0; i + 1 < said.value.count(); i += 2) {
    const std::string name = said.value[i].text(names());
    const FormView held = said.value[i + 1];
    if (name == ":from" || name == "from") from = map_key(held);
    if (name == ":to" || name == "to") to = map_key(held);
    if (name == ":amount" || name == "amount") amount = number(held, said).code;
  }
  if (from.is_nil() || to.is_nil() || !amount) fail_at(said, said.value, std::string(kExpected));
  for (const auto& [account, change] : {std::pair(from, -*amount), std::pair(to, *amount)}) {
    Step step;
    step.call = Call::add;
    step.key = builder_.key(account);
    step.argument = integer(change);
    steps_.push_back(step);
  }
}

History Assembler::finish() && {
  History history = std::move(builder_).build();
  if (!without_question_.empty()) move_back(history, without_question_);
  return history;
}

}  // namespace cleave::exchange
