// What is wrong with an input: every mistake, each with its place, what was found there, what was
// expected and what to do. Readers add to Diagnostics and go on, so that one run shows all.
#pragma once
#include "sim/base/mark.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// Why a text is not the value that it should be. Phrases without capitals or full stops; the last
// two may be empty.
struct Mistake {
  std::string found;     // "'20' has no unit"
  std::string expected;  // "a duration such as 250ms or 1.5s"
  std::string advice;    // "write 20s or 20ms"
};

// A second place that explains a diagnostic, such as the first of two equal keys.
struct Note {
  Mark mark;
  std::string text;
};

struct Diagnostic {
  Mark mark;
  Mistake mistake;
  std::vector<Note> notes;
};

// "split.yaml:3:14: error: FOUND; expected EXPECTED; ADVICE", then the line of the source with a
// caret under the column, then each note in the same form. Ends in a newline.
std::string format(const Diagnostic& diagnostic);

class Diagnostics {
 public:
  // Of more mistakes than this only the number is kept.
  static constexpr std::size_t kMostKept = 200;

  void error(const Mark& mark, Mistake mistake);
  void error(Diagnostic diagnostic);

  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }                  // of all that were added
  const std::vector<Diagnostic>& all() const { return kept_; }  // the first kMostKept, as added
  std::string format() const;                                   // in order of line and column
  void throw_if_any() const;                                    // throws ScenarioError

 private:
  std::vector<Diagnostic> kept_;
  std::size_t count_ = 0;
};

// A scenario that cannot be run. Thrown in sim/scenario, caught in cli and gui, nowhere else.
// what() is the text of all diagnostics.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(Diagnostics diagnostics);
  const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

// The text as it may stand in a message: in single quotes, control characters and broken UTF-8
// replaced by '?', cut after 60 characters.
std::string in_quotes(std::string_view text);

}  // namespace cleave
