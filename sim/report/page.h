// A page of text: sections whose labels hang in the left margin, and tables.
#pragma once
#include "sim/report/ink.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct Cell {
  enum class Flush : std::uint8_t { left, right };
  std::string text;
  Tone tone = Tone::plain;
  Flush flush = Flush::left;
};
using Row = std::vector<Cell>;

inline Cell number(std::string text) {
  return {std::move(text), Tone::plain, Cell::Flush::right};
}

inline Cell heading(std::string text) {
  return {std::move(text), Tone::quiet, Cell::Flush::right};
}

class Page {
 public:
  enum class Margin : std::uint8_t { none = 0, labels = 10 };

  Page(std::size_t columns, Ink ink, Margin margin)
      : columns_(columns), ink_(ink), margin_(static_cast<std::size_t>(margin)) {}

  std::size_t room() const { return columns_ - margin_; }  // right of the margin

  // The next line has the label in its margin, and blank space above it or none.
  enum class Space : std::uint8_t { none, line };
  void section(std::string_view label, Space above = Space::line);
  void line(std::string_view text, Tone tone = Tone::plain);
  void paragraph(std::string_view text, Tone tone = Tone::plain);  // wrapped
  void set(const std::vector<std::string>& lines);                 // as they are
  void table(const std::vector<Row>& rows);  // columns as wide as their widest cell, if the page is
  void hanging(const Cell& head, std::string_view text,
               Tone tone = Tone::plain);  // wrapped, indented by the head
  bool fits(std::string_view left, std::string_view right) const;
  void spread(const Cell& left, const Cell& right);           // across the page, margin included
  void full(std::string_view text, Tone tone = Tone::plain);  // from the edge of the page

  std::string text() && { return std::move(text_); }

 private:
  void add(std::string_view line);
  std::size_t make_fit(std::vector<std::size_t>& widths, const std::vector<bool>& words) const;

  std::size_t columns_;
  Ink ink_;
  std::size_t margin_;
  std::string label_;
  std::string text_;
};

}  // namespace cleave
