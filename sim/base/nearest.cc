#include "sim/base/nearest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kLongestWord = 64;  // longer ones have no near neighbours
constexpr std::size_t kMostListed = 12;
constexpr std::size_t kShortestBeginning = 3;  // of a word that was cut short

constexpr char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '_' ? '-' : c;
}

// Rows of the dynamic programme, of which the last three are kept. Requires: both at most
// kLongestWord long.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kLongestWord + 1>;
  Row before{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = folded(a[i - 1]) == folded(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
                           folded(a[i - 2]) == folded(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(last, row);
  }
  return last[b.size()];
}

// The candidate that `word` is the beginning of, if it is one alone.
std::optional<std::string_view> only_continuation(std::string_view word,
                                                  std::span<const std::string_view> candidates) {
  std::optional<std::string_view> found;
  if (word.size() < kShortestBeginning) return found;
  for (const std::string_view candidate : candidates) {
    if (!candidate.starts_with(word)) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kLongestWord) return std::nullopt;
  if (const auto whole = only_continuation(word, candidates)) return whole;
  const std::size_t most = std::clamp<std::size_t>(word.size() / 3, 1, 3);
  std::optional<std::string_view> best;
  std::size_t best_distance = most + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestWord || candidate.size() > word.size() + most ||
        word.size() > candidate.size() + most)
      continue;
    const std::size_t d = distance(word, candidate);
    if (d >= best_distance || d >= std::max(word.size(), candidate.size())) continue;
    best = candidate;
    best_distance = d;
  }
  return best;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  if (const auto best = nearest(word, candidates)) return "write '" + std::string(*best) + "'";
  if (candidates.empty()) return {};
  std::string known = "known: ";
  for (std::size_t i = 0; i < candidates.size() && i < kMostListed; ++i)
    known += (i == 0 ? "" : ", ") + std::string(candidates[i]);
  return candidates.size() > kMostListed ? known + ", ..." : known;
}

}  // namespace cleave
