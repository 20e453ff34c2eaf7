#include "sim/base/value_text.h"

#include <algorithm>

namespace cleave {

void ValueText::add(std::string_view text) {
  constexpr std::string_view kCut = "...";
  if (full_) return;
  if (text_.size() + text.size() <= limit_) {
    text_ += text;
    return;
  }
  full_ = true;
  text_ += text;
  text_.resize(limit_ - std::min(limit_, kCut.size()));
  while (!text_.empty() && (static_cast<unsigned char>(text_.back()) & 0xc0u) == 0x80)
    text_.pop_back();  // not within a character
  if (!text_.empty() && static_cast<unsigned char>(text_.back()) >= 0xc0) text_.pop_back();
  text_ += kCut;
}

void ValueText::add_quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  add("\"");
  for (const char c : text) {
    if (full_) return;
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      add(std::string{'\\', c});
    else if (c == '\n')
      add("\\n");
    else if (byte < 0x20 || byte == 0x7f)
      add(std::string{'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]});
    else
      add(std::string_view(&c, 1));
  }
  add("\"");
}

void write_value(ValueText& out, Time v) {
  out.add(v == kForever ? "forever" : to_text(Duration{v.ns}));
}

void write_value(ValueText& out, const Blob& v) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digest;
  for (int shift = 60; shift >= 0; shift -= 4)
    digest += kDigits[v.digest() >> shift & 15];
  out.add("blob(" + digest + ", schema " + std::to_string(v.schema()) + " version " +
          std::to_string(v.version()) + ", " + std::to_string(v.bytes().size()) + " bytes)");
}

}  // namespace cleave
