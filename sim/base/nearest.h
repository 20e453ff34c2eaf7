// What a misspelt word was probably meant to be, by edit distance.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cleave {

// The candidate that needs the fewest insertions, deletions, replacements and swaps of neighbours
// (optimal string alignment; case, '-' and '_' make no difference), if these are at most a third of
// the word's length, at least 1 and at most 3. Of equals the first. Before that, the only candidate
// that begins with a word of three letters or more.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> candidates);

// "write 'NEAREST'" if there is one; else "known: A, B, C" (the first 12), or "" for no candidates.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cleave
