// Puts a history together from its events: what each asks of the model's objects, and which answer
// belongs to which question. Throws Malformed.
//
//   - An answer without a question is a whole operation. It began when the operation before it of
//     the same process ended, or with the history: nothing says that it began later.
//   - Events that name no process are all of one.
//   - Who asks while a question of its own is open is malformed.
//   - Who is told that something else was done than it asked for is malformed.
#pragma once
#include "sim/check/history/history_builder.h"
#include "sim/exchange/call_words.h"
#include "sim/exchange/event.h"

#include <optional>
#include <vector>

namespace cleave::exchange {

class Assembler {
 public:
  struct Options {
    Model model = Model::reg;
    bool keyed = false;         // values are [key value]
    bool nil_is_known = false;  // also where a model says otherwise
  };

  Assembler(Options options, const TextReader& text) : options_(options), text_(text) {}

  Names& names() { return builder_.names(); }
  void take(const Event& event);
  History finish() &&;

 private:
  // What an event says of an object: of `[key value]` the value.
  struct Said {
    const Event* event = nullptr;
    const CallWord* word = nullptr;
    std::uint32_t key = 0;
    FormView value;
  };

  Said said_by(const Event& event);
  const CallWord& word_of(const Event& event) const;
  Operation asked(const Said& said);
  void answer(Operation& operation, const Said& said);
  void check_same(const Operation& open, const Said& said);
  void check_same_steps(const Operation& open, const Said& said);
  [[noreturn]] void fail_as_other(const Operation& open, const Said& said, std::string expected);
  void fill_steps(Operation& operation, const Said& said, bool answered);
  std::vector<Step>& read_steps(const Said& said, bool answered);
  Step step_of(const Said& said, FormView form, bool answered);
  void read_fields(const Said& said, bool answered);
  void read_balances(const Said& said);
  void read_transfer(const Said& said);
  template <class T>
  void answer_one(T& asked, FormView value);
  template <class T>
  void answer_many(T& asked, FormView value, const Said& said);
  Value number(FormView value, const Said& said);
  Value map_key(FormView key);
  [[noreturn]] void fail(const Event& event, Mistake mistake) const {
    text_.fail(event.place, std::move(mistake));
  }
  [[noreturn]] void fail_at(const Said& said, FormView found, std::string expected);

  Options options_;
  const TextReader& text_;
  HistoryBuilder builder_;
  std::vector<Step> steps_;    // of the operation at hand
  std::vector<Value> values_;  // likewise
  std::vector<std::size_t> without_question_;
};

}  // namespace cleave::exchange
