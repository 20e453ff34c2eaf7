#include "sim/base/diff.h"

#include <algorithm>

namespace cleave {

std::string to_text(const Diff& diff) {
  if (diff.empty()) return "no difference\n";
  std::string text;
  for (const auto& [path, left, right] : diff.shown)
    text += (path.empty() ? "the value" : path) + ": " + left + " -> " + right + "\n";
  if (diff.more > 0) text += "and " + std::to_string(diff.more) + " more\n";
  return text;
}

bool Differ::takes_one_more() {
  if (diff_.shown.size() < most_) return true;
  ++diff_.more;
  return false;
}

void Differ::show(std::string left, std::string right) {
  constexpr std::size_t kPathBytes = 200;
  ValueText path(kPathBytes);
  for (const Step& step : steps_)
    step.print(path, step);
  diff_.shown.push_back({path.text(), std::move(left), std::move(right)});
}

// Long texts are shown from shortly before their first difference on.
void compare(Differ& d, std::string_view left, std::string_view right) {
  constexpr std::size_t kLong = 60;
  constexpr std::size_t kBefore = 10;
  if (left == right) return;
  if (left.size() <= kLong && right.size() <= kLong) return d.differs(left, right);
  const std::size_t common = std::min(left.size(), right.size());
  const auto first = static_cast<std::size_t>(
      std::mismatch(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(common), right.begin())
          .first -
      left.begin());
  const std::size_t from = first - std::min(first, kBefore);
  const auto text = [from](std::string_view whole) {
    return "from byte " + std::to_string(from) + ": " + value_text(whole.substr(from));
  };
  d.differs_as_text(text(left), text(right));
}

}  // namespace cleave
