// From positions in a text to Marks.
#pragma once
#include "sim/base/mark.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cleave {

// Looks up in time that does not grow with the length of a line: characters are counted once, up to
// the beginning of each block of bytes.
class Places {
 public:
  explicit Places(std::shared_ptr<const Source> source) : source_(std::move(source)) {
    const std::string& text = source_->text;
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (i % kBlock == 0) characters_.push_back(count);
      if (begins_character(text[i])) ++count;
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
    characters_.push_back(count);
  }

  Mark at(std::size_t position) const {
    position = std::min(position, source_->text.size());
    const auto next_line = std::upper_bound(lines_.begin(), lines_.end(), position);
    const std::size_t line_start = *(next_line - 1);
    return {source_, static_cast<std::uint32_t>(next_line - lines_.begin()),
            characters_before(position) - characters_before(line_start) + 1};
  }
  Mark whole() const { return {source_, 0, 0}; }
  const std::string& text() const { return source_->text; }

 private:
  static constexpr std::size_t kBlock = 256;
  static bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

  std::uint32_t characters_before(std::size_t position) const {
    std::uint32_t count = characters_[position / kBlock];
    for (std::size_t i = position / kBlock * kBlock; i < position; ++i)
      if (begins_character(source_->text[i])) ++count;
    return count;
  }

  std::shared_ptr<const Source> source_;
  std::vector<std::size_t> lines_{0};  // where each begins
  std::vector<std::uint32_t> characters_;
};

}  // namespace cleave
