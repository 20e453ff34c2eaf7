// A history cut into parts that can be judged by themselves: linearizability is local (Herlihy and
// Wing 1990, theorem 1), so objects part; those that one transaction touches stay together.
#pragma once
#include "sim/check/history/question.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cleave::linear {

struct Parts {
  // Those that may have happened and constrain something or change something, by part, each part
  // in the order of the history.
  std::vector<std::uint32_t> operations;
  std::vector<std::size_t> ends;

  std::size_t size() const { return ends.size(); }
  std::span<const std::uint32_t> at(std::size_t part) const {
    const std::size_t begin = part == 0 ? 0 : ends[part - 1];
    return std::span(operations).subspan(begin, ends[part] - begin);
  }
};

Parts parts_of(const History& history, Model model);
// One part, for what is not local: sequential consistency.
Parts whole(const History& history);

// How many were answered with something that can be wrong; what one drain took counts once.
std::uint64_t answers_of(const History& history, std::span<const std::uint32_t> operations);

// Was it answered, and can the answer be wrong?
bool says_something(const History& history, const Operation& operation);

}  // namespace cleave::linear
