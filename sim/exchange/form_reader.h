// Reads EDN (github.com/edn-format/edn, with the ratios that Clojure prints) and JSON (RFC 8259)
// form by form. Of EDN, tags are passed by for their values, and what `#_` precedes is left out.
// JSON is read to the letter.
#pragma once
#include "sim/exchange/form.h"
#include "sim/exchange/text_reader.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cleave::exchange {

enum class Dialect : std::uint8_t { edn, json };

class FormReader {
 public:
  static constexpr int kDeepest = 100;  // collections in collections

  FormReader(TextReader& text, Dialect dialect, Names& names)
      : text_(text), names_(names), dialect_(dialect) {}

  // Past blanks, comments, discarded forms and tags: the first character of what comes next.
  int next();
  // One form, added to the others. Fails if there is none.
  void read(Forms& into);
  void skip();
  // A keyword, string or symbol, without its colon. Valid until the next call of anything; requires
  // that next() is not the end.
  std::string_view read_word();

  // Visits the members of a collection whose bracket has been passed by, up to the one that closes
  // it; in JSON, with the commas between them.
  template <class Visit>
  void read_members(char close, Visit visit) {
    for (bool first = true; !at_close(close, first); first = false)
      visit();
  }
  // Between a key and its value.
  void pass_colon();

 private:
  void read(Forms& into, int depth);
  void read_collection(Forms& into, Form::Kind kind, char close, int depth);
  bool at_close(char close, bool first);
  void skip(int depth);
  Value read_string();
  std::string_view string_text();
  void read_escape();
  void add_code_point(std::uint32_t point);
  std::uint32_t read_hex();
  Value read_character();
  Value read_number_or_symbol();
  Value number(std::string_view word, Place place);
  [[noreturn]] void expected_form();

  TextReader& text_;
  Names& names_;
  Dialect dialect_;
  int discards_ = 0;    // #_ in each other, now
  std::string string_;  // the last one that had escapes or went over a block
};

// One form and nothing else, in EDN: `0`, `:a`, `[1 2]`. Throws Malformed.
Forms forms_of_text(std::string_view text, Names& names);

}  // namespace cleave::exchange
