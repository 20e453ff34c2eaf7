// What calls are named in histories of each model, and what their values look like.
#pragma once
#include "sim/check/history/question.h"

#include <string>
#include <string_view>

namespace cleave::exchange {

// What stands as the value of a call.
enum class Shape : std::uint8_t {
  nothing,   // or whatever: nobody reads it
  argument,  // what is written, added, appended: any value
  number,    // the same, but a number
  pair,      // [expected new]
  one,       // asked: nothing; answered: a value, nil: not known
  many,      // asked: nothing; answered: a list or a set, nil: not known
  steps,     // [[f key value] ...]
  fields,    // {key value, ...}, or as `steps`
  balances,  // asked: nothing; answered: {account balance, ...}, or a list from account 0 on
  transfer,  // {:from account, :to account, :amount number}
};

struct CallWord {
  std::string_view f;
  Call call = Call::read;
  Shape shape = Shape::nothing;
};

// Null: the model has none of this name.
const CallWord* find_call(Model model, std::string_view f);
// Of one part of a transaction.
const CallWord* find_step(Model model, std::string_view f);
// The first by which the model's histories name a call. Null: it has none.
const CallWord* word_of(Model model, Call call);
std::string list_of_calls(Model model);  // ":read, :write or :cas"
std::string list_of_steps(Model model);

// Whether nil in an answer is what there was, and not that it is not known.
bool is_nil_known(Model model);

}  // namespace cleave::exchange
