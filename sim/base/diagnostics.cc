#include "sim/base/diagnostics.h"

#include "sim/base/utf8.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kMostQuoted = 60;    // characters of a value in a message
constexpr std::size_t kExcerptWidth = 90;  // characters of a line under a message

std::string_view line_of(std::string_view text, std::uint32_t line) {
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Appends at most `most` characters from the front of `text`, made printable, and cuts them off it.
std::size_t append_printable(std::string& out, std::string_view& text, std::size_t most) {
  std::size_t taken = 0;
  for (; taken < most && !text.empty(); ++taken) {
    const std::size_t bytes = utf8_length(text, 0);
    if (bytes == 0 || is_control(text, 0))
      out += '?';
    else
      out += text.substr(0, bytes);
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  return taken;
}

void skip(std::string_view& text, std::size_t characters) {
  for (std::size_t i = 0; i < characters && !text.empty(); ++i)
    text.remove_prefix(std::max<std::size_t>(utf8_length(text, 0), 1));
}

// The line with a caret below the column. Of a long line only the surroundings of the column.
std::string excerpt(const Mark& mark) {
  if (!mark.source || mark.line == 0 || mark.column == 0) return {};
  std::string_view line = line_of(mark.source->text, mark.line);
  if (line.empty()) return {};
  std::size_t caret = mark.column - 1;
  std::string shown;
  if (caret > kExcerptWidth * 2 / 3) {
    const std::size_t skipped = caret - kExcerptWidth / 3;
    skip(line, skipped);
    caret = caret - skipped + 3;
    shown = "...";
  }
  append_printable(shown, line, kExcerptWidth);
  if (!line.empty()) shown += "...";
  const std::string number = std::to_string(mark.line);
  const std::string margin(5 - std::min<std::size_t>(4, number.size()), ' ');
  return margin + number + " | " + shown + "\n" + margin + std::string(number.size(), ' ') + " | " +
         std::string(caret, ' ') + "^\n";
}

std::string place(const Mark& mark) {
  const std::string text = to_string(mark);
  return text.empty() ? text : text + ": ";
}

}  // namespace

std::string to_string(const Mark& mark) {
  if (!mark.source) return {};
  if (mark.line == 0) return mark.source->name;
  return mark.source->name + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

std::string format(const Diagnostic& diagnostic) {
  const Mistake& mistake = diagnostic.mistake;
  std::string text = place(diagnostic.mark) + "error: " + mistake.found;
  if (!mistake.expected.empty()) text += "; expected " + mistake.expected;
  if (!mistake.advice.empty()) text += "; " + mistake.advice;
  text += "\n" + excerpt(diagnostic.mark);
  for (const Note& note : diagnostic.notes)
    text += place(note.mark) + "note: " + note.text + "\n" + excerpt(note.mark);
  return text;
}

void Diagnostics::error(const Mark& mark, Mistake mistake) {
  error(Diagnostic{mark, std::move(mistake), {}});
}

void Diagnostics::error(Diagnostic diagnostic) {
  ++count_;
  if (kept_.size() < kMostKept) kept_.push_back(std::move(diagnostic));
}

std::string Diagnostics::format() const {
  const auto key = [](const Diagnostic* d) {
    return std::make_tuple(d->mark.source ? std::string_view(d->mark.source->name) : "",
                           d->mark.line, d->mark.column);
  };
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& diagnostic : kept_)
    sorted.push_back(&diagnostic);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Diagnostic* a, const Diagnostic* b) { return key(a) < key(b); });
  std::string text;
  for (const Diagnostic* diagnostic : sorted)
    text += cleave::format(*diagnostic);
  if (count_ > kept_.size())
    text += "and " + std::to_string(count_ - kept_.size()) + " more mistakes\n";
  return text;
}

void Diagnostics::throw_if_any() const {
  if (!empty()) throw ScenarioError(*this);
}

ScenarioError::ScenarioError(Diagnostics diagnostics)
    : std::runtime_error(diagnostics.format()), diagnostics_(std::move(diagnostics)) {}

std::string in_quotes(std::string_view text) {
  std::string out = "'";
  append_printable(out, text, kMostQuoted);
  return out + (text.empty() ? "'" : "...'");
}

}  // namespace cleave
