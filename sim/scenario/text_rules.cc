#include "sim/scenario/text_rules.h"

#include "sim/base/utf8.h"

#include <string_view>

namespace cleave {
namespace {

constexpr std::string_view kIndicators = "[]{},:?-&*!'\"|>";

}  // namespace

std::optional<Diagnostic> refuse_text(const Places& places) {
  const std::string_view text = places.text();
  if (text.size() > kMostTextBytes)
    return Diagnostic{places.whole(),
                      {"the text is larger than 1 MiB", "a smaller one", "split the scenario"},
                      {}};
  const auto at = [&](std::size_t i, const char* found, const char* expected, const char* advice) {
    return Diagnostic{places.at(i), {found, expected, advice}, {}};
  };
  if (text.starts_with("\xef\xbb\xbf"))
    return at(0, "a byte order mark", "plain UTF-8", "save the file as UTF-8 without it");
  std::size_t indicators = 0;
  for (std::size_t i = 0; i < text.size(); i += utf8_length(text, i)) {
    if (utf8_length(text, i) == 0)
      return at(i, "bytes that are not UTF-8", "UTF-8", "save the file as UTF-8");
    const bool line_end =
        text[i] == '\n' || (text[i] == '\r' && text.substr(i).starts_with("\r\n"));
    if (text[i] == '\t')
      return at(i, "a tab character", "spaces", "indent with spaces; write \"\\t\" in a text");
    if (is_control(text, i) && !line_end)
      return at(i, "a control character", "printable text", "remove it");
    if (text[i] == '%' && (i == 0 || text[i - 1] == '\n'))
      return at(i, "a YAML directive", "a scenario without directives", "remove the line");
    if (kIndicators.find(text[i]) != std::string_view::npos && ++indicators > kMostIndicators)
      return at(i, "more than 400000 brackets, commas, colons, dashes, quotes and the like",
                "a scenario that a person can read", "shorten it");
  }
  return std::nullopt;
}

}  // namespace cleave
