#include "sim/check/messages/unique_ids.h"

#include <algorithm>
#include <vector>

namespace cleave::messages {

std::optional<Finding> find_second_giving(const Object& ids, Tally& tally) {
  struct Given {
    Value id;
    std::uint32_t operation = 0;
  };
  std::vector<Given> given;
  for (const std::uint32_t i : ids.operations)
    if (const Operation& o = ids.at(i); o.ending == Ending::done && o.answer == Answer::one)
      given.push_back({o.result, i});
  std::stable_sort(given.begin(), given.end(),
                   [](const Given& a, const Given& b) { return a.id < b.id; });
  if (given.size() > 1) tally.checked += given.size();
  std::optional<std::size_t> second;
  for (std::size_t i = 1; i < given.size(); ++i)
    if (given[i].id == given[i - 1].id &&
        (!second || given[i].operation < given[*second].operation))
      second = i;
  if (!second) return std::nullopt;
  return violation(ids, "duplicate-id", {given[*second - 1].operation, given[*second].operation},
                   ids.name(given[*second].id) + " was given twice");
}

}  // namespace cleave::messages
