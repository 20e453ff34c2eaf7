#include "sim/scenario/syntax_errors.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cleave {
namespace {

struct Explanation {
  std::string_view library;  // how its message begins
  std::string_view found;
  std::string_view advice;
};

constexpr std::array<Explanation, 22> kExplanations{{
    {"end of map not found", "a line that does not continue the map before it",
     "check the indentation: all keys of a map begin in one column"},
    {"end of sequence not found", "a line that does not continue the list before it",
     "check the indentation: all dashes of a list stand in one column"},
    {"end of map flow not found", "a map in braces that does not go on like one",
     "look before this place for a missing ',' or '}'"},
    {"end of sequence flow not found", "a list in brackets that does not go on like one",
     "look before this place for a missing ',' or ']'"},
    {"illegal flow end", "a closing bracket without an opening one", "remove it"},
    {"illegal block entry", "a dash where no list can begin",
     "begin a list on a line of its own, or quote the text"},
    {"illegal map key", "a '?' where no key can begin", "quote the text"},
    {"illegal map value", "a ':' where no value can begin",
     "quote a text that has ': ' in it, and check the indentation"},
    {"unknown token", "a character that cannot begin a value", "quote the text"},
    {"the referenced anchor is not defined", "an alias of an anchor that is not defined before it",
     "define it with '&', or quote the text"},
    {"illegal EOF in scalar", "a quotation that is not closed", "close it"},
    {"illegal document indicator in scalar", "the end of the document within a quotation",
     "close it"},
    {"unknown escape character", "an unknown escape in a quotation",
     "write a backslash as \\\\, or use single quotes"},
    {"bad character found while scanning hex number", "an escape without its hexadecimal digits",
     "write a backslash as \\\\, or use single quotes"},
    {"unexpected character in block scalar", "text after the '|' or '>' of a block of text",
     "begin the text on the next line, or quote it"},
    {"cannot set zero indentation for a block scalar", "a block of text with an indentation of 0",
     "write '|' or '>' alone"},
    {"alias not found after *", "a '*' without a name", "quote the text"},
    {"anchor not found after &", "a '&' without a name", "quote the text"},
    {"illegal character found while scanning alias", "an alias with a strange character",
     "quote the text"},
    {"illegal character found while scanning anchor", "an anchor with a strange character",
     "quote the text"},
    {"cannot assign multiple anchors to the same node", "two anchors of one value", "remove one"},
    {"aliases can't have any content", "an alias with an anchor or a tag", "remove it"},
}};

// The position after the quotation that begins at `at`; beyond the end of the text if it never
// ends.
std::size_t after_quotation(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const auto escapes = [&](std::size_t i) {
    return quote == '"' ? text[i] == '\\' : text.substr(i, 2) == "''";
  };
  for (++at; at < text.size() && (text[at] != quote || escapes(at)); ++at)
    if (escapes(at)) ++at;
  return at + 1;
}

}  // namespace

Mistake explain_syntax(std::string_view library_message) {
  for (const Explanation& known : kExplanations)
    if (library_message.starts_with(known.library))
      return {std::string(known.found), "", std::string(known.advice)};
  return {"a syntax error: " + std::string(library_message), "YAML", ""};
}

std::optional<std::size_t> open_bracket(std::string_view text) {
  std::vector<std::size_t> open;
  char before = '\n';       // the last character that is no space
  bool after_space = true;  // or at the beginning of a line
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const bool begins_value = std::string_view("\n:-?,[{").find(before) != std::string_view::npos;
    if (c == '#' && after_space) {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    if ((c == '"' || c == '\'') && begins_value) {
      i = after_quotation(text, i);
      before = c;
      after_space = false;
      continue;
    }
    if ((c == '[' || c == '{') && (begins_value || !open.empty())) open.push_back(i);
    if ((c == ']' || c == '}') && !open.empty()) open.pop_back();
    after_space = c == ' ' || c == '\n';
    if (c != ' ' && c != '\r') before = c;
    ++i;
  }
  return open.empty() ? std::nullopt : std::optional(open.back());
}

std::optional<char> open_quotation(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '&')
    at = text.find_first_not_of(" \r\n", text.find_first_of(" \r\n", at));
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) return std::nullopt;
  if (after_quotation(text, at) <= text.size()) return std::nullopt;
  return text[at];
}

Mistake explain_rest(std::string_view text, std::size_t at) {
  const std::string_view before =
      text.substr(0, text.find_last_not_of(" \r\n", at == 0 ? 0 : at - 1) + 1);
  if (text.substr(at).starts_with("---") || before.ends_with("..."))
    return {"a second document", "one scenario in a file", "remove the second"};
  return {"something outside the list or map before it", "one list or map",
          "check the indentation"};
}

}  // namespace cleave
