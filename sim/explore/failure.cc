#include "sim/explore/failure.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cleave {
namespace {

constexpr std::array<std::string_view, 7> kUnits{"ns", "us", "ms", "s", "min", "h", "d"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_part_of_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         c == '/' || c == '.';
}

// "west/2" is "@", "user-17" is "user-#", "12.02" is "#".
std::string word_shape(std::string_view word) {
  if (word.find('/') != std::string_view::npos) return "@";
  std::string shape;
  bool in_number = false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool inside = in_number && word[i] == '.' && i + 1 < word.size() && is_digit(word[i + 1]);
    if (is_digit(word[i]) || inside) {
      if (!in_number) shape += '#';
      in_number = true;
      continue;
    }
    in_number = false;
    shape += word[i];
  }
  return shape;
}

// Takes the next word, or one character that is none.
std::string_view take(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && is_part_of_word(text[end]))
    ++end;
  // A full stop ends a sentence, not a word.
  while (end > 1 && text[end - 1] == '.')
    --end;
  const std::string_view token = text.substr(0, std::max<std::size_t>(end, 1));
  text.remove_prefix(token.size());
  return token;
}

std::string singular(std::string word) {
  if (word == "are") return "is";
  if (word == "were") return "was";
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  return word;
}

void add_word(std::string& shape, std::string_view word) {
  const bool is_unit = std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
  if (is_unit && shape.ends_with("# ")) {
    shape.pop_back();
    return;
  }
  const std::string one = singular(word_shape(word));
  // Of a list of nodes with one name, one is enough.
  if (one == "@" && shape.ends_with("@, "))
    shape.resize(shape.size() - 2);
  else
    shape += one;
}

}  // namespace

std::string shape_of(std::string_view why) {
  std::string shape;
  while (!why.empty()) {
    const std::string_view token = take(why);
    if (is_part_of_word(token.front()))
      add_word(shape, token);
    else
      shape += token;
  }
  return shape;
}

Breakage breakage_of(const ExpectationResult& expectation) {
  const Verdict& verdict = expectation.verdict;
  return {{expectation.name, std::string(to_string(verdict.word)), shape_of(verdict.why)},
          verdict.why};
}

std::vector<Breakage> breakages_of(const RunResult& run) {
  std::vector<Breakage> all;
  if (run.failure)
    all.push_back({{"model assertion", "failed", shape_of(run.failure->what)}, run.failure->what});
  for (const ExpectationResult& expectation : run.expectations)
    if (!expectation.as_stated()) all.push_back(breakage_of(expectation));
  for (const FaultResult& fault : run.faults)
    if (fault.inert)
      all.push_back({{"fault " + fault.fault.name, "without effect", shape_of(fault.why_inert)},
                     fault.why_inert});
  return all;
}

}  // namespace cleave
