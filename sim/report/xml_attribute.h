// One attribute of an XML element: of a JUnit report.
#pragma once
#include "sim/report/typography.h"

#include <string>
#include <string_view>

namespace cleave {

// As an attribute's value. XML 1.0 cannot hold most control characters, not even escaped.
inline std::string xml_attribute(std::string_view name, std::string_view value) {
  std::string text = " " + std::string(name) + "=\"";
  for (const char c : valid_utf8(value)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      text += "&amp;";
    else if (c == '<')
      text += "&lt;";
    else if (c == '>')
      text += "&gt;";
    else if (c == '"')
      text += "&quot;";
    else if (c == '\n')
      text += "&#10;";
    else
      text += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return text + "\"";
}

}  // namespace cleave
