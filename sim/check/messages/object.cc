#include "sim/check/messages/object.h"

#include <algorithm>
#include <cstddef>

namespace cleave::messages {

Finding violation(const Object& object, std::string anomaly, std::vector<std::uint32_t> witness,
                  const std::string& verdict) {
  constexpr std::size_t kNamed = 8;
  constexpr std::size_t kShown = 1000;
  std::stable_sort(witness.begin(), witness.end());
  witness.erase(std::unique(witness.begin(), witness.end()), witness.end());
  Finding found;
  found.word = Word::violated;
  found.anomaly = std::move(anomaly);
  for (std::size_t i = 0; i < std::min(witness.size(), kNamed); ++i) {
    const bool then = i > 0 && precedes(object.at(witness[i - 1]), object.at(witness[i]));
    found.why += (i == 0 ? "" : then ? ", then " : ", meanwhile ") + object.name(witness[i]);
  }
  if (witness.size() > kNamed)
    found.why += ", and " + std::to_string(witness.size() - kNamed) + " more";
  found.why += ": " + verdict;
  for (std::size_t i = 1; i < std::min(witness.size(), kNamed); ++i)
    if (precedes(object.at(witness[i - 1]), object.at(witness[i])))
      found.because.push_back({witness[i - 1], witness[i],
                               object.name(witness[i - 1]) + " before " + object.name(witness[i])});
  witness.resize(std::min(witness.size(), kShown));
  found.witness = std::move(witness);
  return found;
}

}  // namespace cleave::messages
