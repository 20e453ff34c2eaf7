// Writes JSON text piece by piece: values, and the commas between them.
#pragma once
#include "sim/base/time.h"
#include "sim/report/typography.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace cleave {

class JsonWriter {
 public:
  // Elements of an object or a list may each stand on a line of their own.
  enum class Layout : std::uint8_t { line, lines };

  JsonWriter& open(char bracket, Layout layout = Layout::line) {  // '{' or '['
    separate();
    text_ += bracket;
    levels_ += layout == Layout::lines ? 'l' : '-';
    first_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    levels_.pop_back();
    text_ += bracket;
    first_ = false;
    return *this;
  }
  JsonWriter& key(std::string_view name) {
    value(name);
    text_ += ": ";
    after_key_ = true;
    return *this;
  }
  template <std::integral T>
  JsonWriter& value(T number) {
    separate();
    if constexpr (std::same_as<T, bool>)
      text_ += number ? "true" : "false";
    else
      text_ += std::to_string(number);
    return *this;
  }
  JsonWriter& value(std::string_view text) {
    separate();
    text_ += '"';
    for (const char c : valid_utf8(text))
      add_escaped(c);
    text_ += '"';
    return *this;
  }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(Time time) { return value(time.ns); }
  JsonWriter& value(Duration duration) { return value(duration.ns); }
  template <class T>
  JsonWriter& value(const std::optional<T>& held) {
    if (held) return value(*held);
    separate();
    text_ += "null";
    return *this;
  }
  // A value that is JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
  }
  template <class T>
  JsonWriter& field(std::string_view name, const T& held) {
    return key(name).value(held);
  }

  std::string text() && { return std::move(text_); }

 private:
  void separate() {
    const bool lines = !levels_.empty() && levels_.back() == 'l';
    if (!after_key_ && !levels_.empty()) {
      if (!first_) text_ += lines ? "," : ", ";
      if (lines) text_.append("\n").append(levels_.size(), ' ');
    }
    first_ = false;
    after_key_ = false;
  }
  void add_escaped(char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text_.append(1, '\\').append(1, c);
    } else if (c == '\n') {
      text_ += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      text_.append("\\u00").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
    } else {
      text_ += c;
    }
  }

  std::string text_;
  std::string levels_;  // 'l' for one with lines, else '-'
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace cleave
