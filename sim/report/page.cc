#include "sim/report/page.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace cleave {

void Page::section(std::string_view label, Space above) {
  if (above == Space::line && !text_.empty()) text_ += '\n';
  label_ = label;
}

void Page::add(std::string_view line) {
  text_ += painted(flush_left(label_, margin_), label_.empty() ? Tone::plain : Tone::quiet, ink_);
  label_.clear();
  text_ += line;
  text_.erase(text_.find_last_not_of(' ') + 1);
  text_ += '\n';
}

void Page::line(std::string_view text, Tone tone) {
  add(painted(text, tone, ink_));
}

void Page::paragraph(std::string_view text, Tone tone) {
  for (const std::string& part : wrapped(text, room()))
    line(part, tone);
}

void Page::set(const std::vector<std::string>& lines) {
  for (const std::string& line : lines)
    add(line);
}

// Spaces between columns. When a table is wider than the page they give way, then the widest
// columns of words.
std::size_t Page::make_fit(std::vector<std::size_t>& widths, const std::vector<bool>& words) const {
  constexpr std::size_t kLeast = 8;
  const std::size_t gaps = widths.size() - 1;
  const auto total = [&] { return std::accumulate(widths.begin(), widths.end(), std::size_t{0}); };
  if (total() + 3 * gaps <= room()) return 3;
  while (total() + 2 * gaps > room()) {
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < widths.size(); ++i)
      if (words[i] && widths[i] > kLeast && (!widest || widths[i] > widths[*widest])) widest = i;
    if (!widest) break;
    --widths[*widest];
  }
  return 2;
}

void Page::table(const std::vector<Row>& rows) {
  if (rows.empty()) return;
  std::vector<std::size_t> widths;
  std::vector<bool> words;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    words.resize(widths.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns_of(row[i].text));
      words[i] = words[i] || row[i].flush == Cell::Flush::left;
    }
  }
  const std::string gap(make_fit(widths, words), ' ');
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string text = shortened(row[i].text, widths[i]);
      const bool right = row[i].flush == Cell::Flush::right;
      const bool last = i + 1 == row.size();
      const std::string filled = right  ? flush_right(text, widths[i])
                                 : last ? text
                                        : flush_left(text, widths[i]);
      line.append(i == 0 ? "" : gap).append(painted(filled, row[i].tone, ink_));
    }
    add(line);
  }
}

void Page::hanging(const Cell& head, std::string_view text, Tone tone) {
  const std::size_t hang = columns_of(head.text);
  std::string before = painted(head.text, head.tone, ink_);
  for (const std::string& part : wrapped(text, room() - hang)) {
    add(before + painted(part, tone, ink_));
    before.assign(hang, ' ');
  }
}

bool Page::fits(std::string_view left, std::string_view right) const {
  return columns_of(left) + 2 + columns_of(right) <= columns_;
}

void Page::spread(const Cell& left, const Cell& right) {
  const std::size_t used = columns_of(right.text);
  const std::size_t room = columns_ > used + 2 ? columns_ - used - 2 : 0;
  full(painted(flush_left(shortened(left.text, room), room + 2), left.tone, ink_) +
       painted(right.text, right.tone, ink_));
}

void Page::full(std::string_view text, Tone tone) {
  text_ += painted(text, tone, ink_) + '\n';
}

}  // namespace cleave
