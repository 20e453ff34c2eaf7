#include "sim/exchange/text_reader.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace cleave::exchange {

std::uint64_t TextReader::continuations(const char* from, const char* to) {
  return static_cast<std::uint64_t>(
      std::count_if(from, to, [](char c) { return !begins_character(c); }));
}

bool TextReader::fill(const char* keep_from) {
  const auto kept = static_cast<std::size_t>(end_ - keep_from);
  const auto passed = static_cast<std::size_t>(at_ - keep_from);
  base_ += static_cast<std::uint64_t>(keep_from - buffer_.data());
  std::memmove(buffer_.data(), keep_from, kept);
  at_ = buffer_.data() + passed;
  end_ = buffer_.data() + kept;
  if (kept == buffer_.size()) {
    if (kept >= kLongestToken)
      fail({"one word or string is longer than 64 MiB", "a history", "is this the right file?"});
    buffer_.resize(buffer_.size() * 2);
    at_ = buffer_.data() + passed;
  }
  const std::size_t got = read_(buffer_.data() + kept, buffer_.size() - kept);
  end_ = buffer_.data() + kept + got;
  return got > 0;
}

void TextReader::skip_line() {
  while (peek() != kEnd && *at_ != '\n')
    take_while([](char c) { return c != '\n'; });
}

void TextReader::fail_here(std::string expected) {
  const Place here = place();
  std::string text = found();
  fail(here, {std::move(text), std::move(expected), ""});
}

std::string TextReader::found() {
  constexpr std::size_t kShown = 40;
  constexpr std::string_view kEnds = " ,\r\n()[]{}\"";
  if (peek() == kEnd) return "the text ends";
  if (peek() == '\n') return "the line ends";
  std::string word(1, *at_++);
  while (peek() != kEnd && word.size() < kShown && kEnds.find(*at_) == kEnds.npos)
    word += *at_++;
  return "found " + in_quotes(word);
}

}  // namespace cleave::exchange
