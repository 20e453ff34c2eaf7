// A page of HTML that stands alone: its style, panels, tables and figures. No script, no font, no
// address that a reader's machine would ask; light or dark as the reader has it.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/report/ink.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace cleave {

class HtmlPage {
 public:
  // Everything that is added is text; the page makes it HTML.
  void section(std::string_view title);
  void paragraph(std::string_view text, Tone tone = Tone::plain);
  void code(std::string_view text);  // to be copied
  // At most `kMostRows` rows: what is left out is counted. Without rows the sentence instead.
  void table(const draw::Table& table, std::string_view without_rows = "");
  void fold(std::string_view summary, const draw::Table& table);  // a table that unfolds
  // A picture with a caption, and the same as a table that unfolds.
  struct Figure {
    draw::Drawing drawing;
    draw::Table table;
    std::string caption;
  };
  void figure(const Figure& figure);
  void begin_row();  // figures side by side, as far as there is room
  void end_row();

  struct Head {
    std::string title;
    std::string stamp;  // "AS STATED"
    Tone tone = Tone::plain;
    std::string line;  // what it was: file, seed
  };
  std::string text(const Head& head) &&;

  static constexpr std::size_t kMostRows = 400;

 private:
  void close_section();
  std::string body_;
  bool in_section_ = false;
  std::size_t figures_ = 0;
};

}  // namespace cleave
