#include "sim/report/html_page.h"

#include "sim/draw/svg.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cleave {
namespace {

using draw::escaped;

// Colours are the palette's; what is not named is as browsers have it.
constexpr std::string_view kStyle = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);
  font:14px/1.5 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
header,section{max-width:1160px;margin:16px auto;padding:0 16px}
header{margin-top:28px}
h1{font-size:26px;line-height:1.2;margin:0 12px 4px 0;display:inline-block}
h2{font-size:13px;font-weight:600;margin:0;padding:10px 16px;border-bottom:1px solid var(--line)}
.panel{background:var(--panel);border:1px solid var(--border);border-radius:10px;overflow:hidden}
.in{padding:12px 16px}
p{margin:0 0 8px;max-width:100ch}
.line{color:var(--text2)}
.quiet{color:var(--text3)}.good{color:var(--ok)}.bad{color:var(--drop)}.doubt{color:var(--warn)}
.strong{font-weight:600}
.stamp{display:inline-block;font-size:12px;font-weight:600;padding:2px 8px;border-radius:6px;
  vertical-align:6px}
.stamp.good{background:var(--ok_soft)}.stamp.bad{background:var(--drop_soft)}
.stamp.doubt{background:var(--warn_soft)}
code{display:block;overflow-x:auto;padding:8px 12px;margin:0 0 8px;background:var(--raised);
  border-radius:6px;font:13px/1.5 'JetBrains Mono',ui-monospace,monospace}
.wide{overflow-x:auto;margin:0 0 8px}
table{border-collapse:collapse}
caption{text-align:left;color:var(--text3);padding:0 0 4px}
th,td{text-align:left;vertical-align:top;padding:4px 16px 4px 0;border-bottom:1px solid var(--line)}
th{font-weight:500;color:var(--text3)}
th,td{white-space:nowrap}
.n{text-align:right}.w{white-space:normal;min-width:380px;max-width:100ch}
figure{margin:0 0 8px;overflow-x:auto}
figcaption{color:var(--text2);margin:0 0 6px}
svg{display:block}
.row{display:flex;flex-wrap:wrap;gap:24px}
summary{cursor:pointer;color:var(--accent)}
a{color:var(--accent)}
)";

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::strong:
      return "strong";
    case Tone::quiet:
      return "quiet";
    case Tone::good:
      return "good";
    case Tone::bad:
      return "bad";
    case Tone::doubt:
      return "doubt";
    default:
      return "";
  }
}

std::string opened(std::string_view element, std::string_view classes) {
  std::string text = "<" + std::string(element);
  if (!classes.empty()) text += " class=\"" + std::string(classes) + "\"";
  return text + ">";
}

constexpr std::size_t kLongestNumber = 24;  // "63.217 s", "100 % of 12,000"
constexpr std::size_t kLongestLine = 56;    // of a cell that is not broken into lines

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Numbers stand in line at their right: a column of short cells that all begin with a digit.
std::vector<bool> numeric_columns(const draw::Table& table) {
  std::vector<bool> numeric(table.head.size(), true);
  for (std::size_t column = 0; column < table.head.size(); ++column) {
    bool any = false;
    for (const auto& row : table.rows) {
      if (row[column].empty() || row[column] == "-") continue;
      any = true;
      if (!is_digit(row[column].front()) || row[column].size() > kLongestNumber)
        numeric[column] = false;
    }
    numeric[column] = numeric[column] && any;
  }
  return numeric;
}

std::string table_text(const draw::Table& table, std::size_t most) {
  const std::vector<bool> numeric = numeric_columns(table);
  const auto cell = [&](std::string_view element, std::size_t column, const std::string& text) {
    return opened(element, numeric[column]              ? "n"
                           : text.size() > kLongestLine ? "w"
                                                        : "") +
           escaped(text) + "</" + std::string(element) + ">";
  };
  std::string text = "<div class=\"wide\"><table>";
  if (!table.title.empty()) text += "<caption>" + escaped(table.title) + "</caption>";
  text += "<thead><tr>";
  for (std::size_t column = 0; column < table.head.size(); ++column)
    text += cell("th", column, table.head[column]);
  text += "</tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < std::min(most, table.rows.size()); ++i) {
    text += "<tr>";
    for (std::size_t column = 0; column < table.rows[i].size(); ++column)
      text += cell("td", column, table.rows[i][column]);
    text += "</tr>\n";
  }
  text += "</tbody></table></div>\n";
  if (table.rows.size() > most)
    text += "<p class=\"quiet\">and " + grouped(table.rows.size() - most) + " more rows</p>\n";
  return text;
}

}  // namespace

void HtmlPage::close_section() {
  if (in_section_) body_ += "</div></div></section>\n";
}

void HtmlPage::section(std::string_view title) {
  close_section();
  in_section_ = true;
  body_ += "<section><div class=\"panel\"><h2>" + escaped(title) + "</h2><div class=\"in\">\n";
}

void HtmlPage::paragraph(std::string_view text, Tone tone) {
  body_ += opened("p", class_of(tone)) + escaped(text) + "</p>\n";
}

void HtmlPage::code(std::string_view text) {
  body_ += "<code>" + escaped(text) + "</code>\n";
}

void HtmlPage::table(const draw::Table& table, std::string_view without_rows) {
  if (table.rows.empty())
    paragraph(without_rows, Tone::quiet);
  else
    body_ += table_text(table, kMostRows);
}

void HtmlPage::fold(std::string_view summary, const draw::Table& table) {
  body_ += "<details><summary>" + escaped(summary) + "</summary>" + table_text(table, kMostRows) +
           "</details>\n";
}

void HtmlPage::figure(const Figure& figure) {
  const std::string id = "picture" + std::to_string(++figures_);
  body_ += "<figure><figcaption>" + escaped(figure.caption) + "</figcaption>\n" +
           draw::to_svg(figure.drawing, {figure.caption, id});
  if (!figure.table.rows.empty()) fold("The same as a table", figure.table);
  body_ += "</figure>\n";
}

void HtmlPage::begin_row() {
  body_ += "<div class=\"row\">\n";
}

void HtmlPage::end_row() {
  body_ += "</div>\n";
}

std::string HtmlPage::text(const Head& head) && {
  close_section();
  in_section_ = false;
  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
      "<meta name=\"viewport\" content=\"width=device-width\"/>"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>" +
      escaped(head.title) + "</title>\n<style>\n:root{" + draw::svg_variables(draw::Theme::light) +
      "}\n@media (prefers-color-scheme:dark){:root{" + draw::svg_variables(draw::Theme::dark) +
      "}}";
  page.append(kStyle).append(draw::svg_rules()).append("</style></head>\n<body>\n<header><h1>");
  page += escaped(head.title) + "</h1>" +
          opened("span", "stamp " + std::string(class_of(head.tone))) + escaped(head.stamp) +
          "</span><p class=\"line\">" + escaped(head.line) + "</p></header>\n";
  return page + body_ + "</body></html>\n";
}

}  // namespace cleave
