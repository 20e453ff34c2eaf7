#include "sim/check/messages/total_order.h"

#include "sim/check/linear/specification.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cleave::messages {

std::optional<Finding> find_divergence(const Object& log, Tally& tally) {
  const auto list = [&](std::uint32_t i) { return linear::list_of(log.history, log.at(i)); };
  std::optional<std::uint32_t> longest;
  for (const std::uint32_t i : log.operations)
    if (log.at(i).call == Call::read && log.at(i).ending == Ending::done)
      if (!longest || list(i).size() > list(*longest).size()) longest = i;
  for (const std::uint32_t i : log.operations) {
    if (log.at(i).call != Call::read || log.at(i).ending != Ending::done || i == longest) continue;
    const auto shorter = list(i);
    const auto whole = list(*longest);
    const auto [a, b] = std::mismatch(shorter.begin(), shorter.end(), whole.begin());
    tally.checked += shorter.size();
    if (a == shorter.end()) continue;
    const auto position = std::to_string(a - shorter.begin() + 1);
    return violation(log, "diverged-reads", {i, *longest},
                     "position " + position + " holds " + log.name(i < *longest ? *a : *b) +
                         " and " + log.name(i < *longest ? *b : *a));
  }
  return std::nullopt;
}

}  // namespace cleave::messages
