// Reads a text as a history, for tests of the formats.
#pragma once
#include "sim/exchange/read_history.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::exchange {

// So many bytes at a time.
inline ReadBlock blocks_of(std::string text, std::size_t block = 1 << 20) {
  return [text = std::move(text), at = std::size_t{0}, block](char* into,
                                                              std::size_t at_most) mutable {
    const std::size_t count = std::min({at_most, block, text.size() - at});
    std::memcpy(into, text.data() + at, count);
    at += count;
    return count;
  };
}

// Each operation as a person would say it, or what is wrong: "7:3: found ...; expected ...".
inline std::vector<std::string> read_lines(const std::string& text, const ReadOptions& options,
                                           std::size_t block = 1 << 20) {
  Diagnostics diagnostics;
  const auto read = read_history(blocks_of(text, block), "h", options, diagnostics);
  if (!read) {
    std::string message = diagnostics.format();
    for (const std::string_view cut : {"h:", "error: "})
      if (const auto at = message.find(cut); at != message.npos) message.erase(at, cut.size());
    while (message.ends_with('\n'))
      message.pop_back();
    return {message};
  }
  std::vector<std::string> lines;
  if (const auto broken = check_history(read->history))
    lines.push_back("operation " + std::to_string(*broken) + " breaks the rules of a history");
  for (const Operation& operation : read->history.operations)
    lines.push_back(to_text(read->history, operation));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace cleave::exchange
