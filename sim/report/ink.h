// What a text report is set with: which characters, and whether in colour. Tones say what words
// mean; only this file knows which colours these are.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cleave {

enum class Tone : std::uint8_t {
  plain,
  strong,  // titles
  quiet,   // labels, axes
  good,
  bad,
  doubt,  // neither
  curve,
  band,  // where a fault was active
};
enum class Ink : std::uint8_t { plain, colour };
enum class Charset : std::uint8_t { utf8, ascii };

inline std::string painted(std::string_view text, Tone tone, Ink ink) {
  if (ink == Ink::plain || tone == Tone::plain || text.empty()) return std::string(text);
  std::string_view code;
  switch (tone) {
    case Tone::plain:
      break;
    case Tone::strong:
      code = "1";
      break;
    case Tone::quiet:
      code = "2";
      break;
    case Tone::good:
      code = "32";
      break;
    case Tone::bad:
      code = "1;31";
      break;
    case Tone::doubt:
      code = "33";
      break;
    case Tone::curve:
      code = "36";
      break;
    case Tone::band:
      code = "2;33";
      break;
  }
  return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
}

}  // namespace cleave
