#include "sim/draw/target.h"

#include <array>
#include <charconv>
#include <utility>

namespace cleave::draw {
namespace {

using Kind = Target::Kind;
struct Word {
  std::string_view text;
  int numbers;
};
// In the order of Kind.
constexpr std::array<Word, 12> kWords{{{"nothing", 0},
                                       {"node", 1},
                                       {"region", 1},
                                       {"link", 2},
                                       {"message", 1},
                                       {"event", 1},
                                       {"pair", 2},
                                       {"fault", 1},
                                       {"verdict", 1},
                                       {"operation", 2},
                                       {"lane", 1},
                                       {"side", 1}}};

std::optional<std::uint32_t> next_number(std::string_view& text) {
  if (text.empty() || text.front() != ' ') return std::nullopt;
  text.remove_prefix(1);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::string to_text(Target target) {
  const Word& word = kWords.at(static_cast<std::size_t>(target.kind));
  std::string text(word.text);
  if (word.numbers > 0) text += " " + std::to_string(target.a);
  if (word.numbers > 1) text += " " + std::to_string(target.b);
  return text;
}

std::optional<Target> target_of(std::string_view text) {
  const std::string_view name = text.substr(0, text.find(' '));
  text.remove_prefix(name.size());
  for (std::size_t kind = 0; kind < kWords.size(); ++kind) {
    if (kWords[kind].text != name) continue;
    Target target{static_cast<Kind>(kind), 0, 0};
    for (int i = 0; i < kWords[kind].numbers; ++i) {
      const std::optional<std::uint32_t> number = next_number(text);
      if (!number) return std::nullopt;
      (i == 0 ? target.a : target.b) = *number;
    }
    if (!text.empty()) return std::nullopt;
    return target;
  }
  return std::nullopt;
}

}  // namespace cleave::draw
