// A text read in blocks, so that its length does not matter: the place in it, and what stands
// there. Whatever is wrong with it is thrown as Malformed, caught by read_history() alone.
#pragma once
#include "sim/base/diagnostics.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::exchange {

// Puts the next bytes of a text, at most so many, in a place; how many there were. 0: the end.
using ReadBlock = std::function<std::size_t(char* into, std::size_t at_most)>;

struct Place {
  std::uint64_t line = 1;
  std::uint64_t column = 1;  // in characters
};

struct Malformed {
  Place place;
  Mistake mistake;
};

class TextReader {
 public:
  static constexpr int kEnd = -1;
  static constexpr std::size_t kBlock = std::size_t{1} << 18;
  static constexpr std::size_t kLongestToken = std::size_t{1} << 26;

  // Requires: block > 0.
  explicit TextReader(ReadBlock read, std::size_t block = kBlock)
      : read_(std::move(read)), buffer_(block) {
    at_ = end_ = buffer_.data();
  }
  TextReader(const TextReader&) = delete;
  TextReader& operator=(const TextReader&) = delete;

  // The byte that stands here; kEnd: none.
  int peek() {
    if (at_ == end_ && !fill(at_)) return kEnd;
    return static_cast<unsigned char>(*at_);
  }
  // Requires: there is a byte here.
  void advance() {
    if (*at_ == '\n') new_line_after();
    if (!begins_character(*at_)) ++continued_;
    ++at_;
  }
  // Passes by the character if it stands here.
  bool accept(char c) {
    if (peek() != static_cast<unsigned char>(c)) return false;
    advance();
    return true;
  }
  // The bytes from here on that are wanted, none of them a newline. Valid until the next call of
  // anything.
  template <class Wanted>
  std::string_view take_while(Wanted wanted) {
    std::size_t length = 0;
    while (true) {
      const char* from = at_;
      char bits = 0;
      for (; at_ != end_ && wanted(*at_); ++at_)
        bits = static_cast<char>(bits | *at_);
      if (bits < 0) continued_ += continuations(from, at_);
      length += static_cast<std::size_t>(at_ - from);
      if (at_ != end_ || !fill(at_ - length)) return {at_ - length, length};
    }
  }
  // Passes by bytes of ASCII, which may be newlines.
  template <class Blank>
  void skip_while(Blank blank) {
    while (true) {
      for (; at_ != end_ && blank(*at_); ++at_)
        if (*at_ == '\n') new_line_after();
      if (at_ != end_ || !fill(at_)) return;
    }
  }
  void skip_line();  // to the newline, and not past it

  Place place() const { return {line_, offset() - line_start_ - continued_ + 1}; }
  [[noreturn]] void fail(Place place, Mistake mistake) const {
    throw Malformed{place, std::move(mistake)};
  }
  [[noreturn]] void fail(Mistake mistake) const { fail(place(), std::move(mistake)); }
  // Something else stands here than what was expected.
  [[noreturn]] void fail_here(std::string expected);

 private:
  std::uint64_t offset() const { return base_ + static_cast<std::uint64_t>(at_ - buffer_.data()); }
  void new_line_after() {  // what stands here
    ++line_;
    line_start_ = offset() + 1;
    continued_ = 0;
  }
  static bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }
  static std::uint64_t continuations(const char* from, const char* to);
  std::string found();
  // Gets more, and keeps what stands from there on. False: there is no more.
  bool fill(const char* keep_from);

  ReadBlock read_;
  std::vector<char> buffer_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t base_ = 0;  // offset of the buffer's first byte
  std::uint64_t line_ = 1;
  std::uint64_t line_start_ = 0;
  std::uint64_t continued_ = 0;  // bytes of the line so far that begin no character (UTF-8)
};

}  // namespace cleave::exchange
