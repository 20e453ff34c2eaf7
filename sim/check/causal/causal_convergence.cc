#include "sim/check/causal/causal_convergence.h"

#include "sim/check/causal/chains.h"
#include "sim/check/causal/components.h"
#include "sim/check/causal/shortest_cycle.h"

#include <algorithm>
#include <cstddef>
#include <span>

namespace cleave::causal {
namespace {

constexpr std::uint64_t kMostSteps = 4'000'000;

// The conflict relation, without what the causal order says already: from the last write of each
// process that a read knew of, to the one that it returned.
class Conflicts {
 public:
  Conflicts(const Registers& registers, const CausalOrder& order)
      : registers_(registers), order_(order) {
    for (std::uint32_t g = 0; g < registers.groups.size(); ++g)
      start_.push_back({registers.groups[g].first, Registers::kInitial});
    at_ = start_;
  }

  std::vector<Edge> find() && {
    for (std::uint32_t p = 0; p < registers_.processes(); ++p) {
      at_ = start_;
      const std::uint32_t first = registers_.first_read[registers_.first_of[p]];
      const std::uint32_t last = registers_.first_read[registers_.first_of[p + 1]];
      for (std::uint32_t i = first; i < last; ++i)
        add_edges(registers_.reads[i]);
    }
    return std::move(edges_);
  }

 private:
  // Where a reader stands in a group of writes: they come into its past in their order.
  struct Cursor {
    std::uint32_t next = 0;                        // in `writes`: the first not in its past
    std::uint32_t returned = Registers::kInitial;  // by the read that the last edge is of
  };

  void add_edges(const Registers::Read& read) {
    if (read.writer == Registers::kInitial) return;
    const std::uint32_t returned = registers_.writer_of(read);
    const auto past = order_.past_of(read.operation);
    const std::uint32_t process = registers_.process_of[read.operation];
    const auto returned_past = order_.past_of(returned);
    const std::uint32_t returned_by = registers_.process_of[returned];
    for (std::uint32_t g = registers_.first_group[read.key];
         g < registers_.first_group[read.key + 1]; ++g) {
      const Registers::Group& group = registers_.groups[g];
      Cursor& cursor = at_[g];
      const std::uint32_t seen = group.process == process ? read.operation : past[group.process];
      bool moved = false;
      while (cursor.next < group.last && registers_.writes[cursor.next].operation < seen) {
        ++cursor.next;
        moved = true;
      }
      if (cursor.next == group.first || (!moved && cursor.returned == read.writer)) continue;
      const std::uint32_t known = registers_.writes[cursor.next - 1].operation;
      const bool follows =
          group.process == returned_by ? known <= returned : known < returned_past[group.process];
      if (follows) continue;
      cursor.returned = read.writer;
      edges_.push_back({known, returned, Link::conflict, read.key, read.operation});
    }
  }

  const Registers& registers_;
  const CausalOrder& order_;
  std::vector<Cursor> start_;  // by group
  std::vector<Cursor> at_;
  std::vector<Edge> edges_;
};

}  // namespace

std::optional<Violation> find_cyclic_conflict(const Registers& registers,
                                              const CausalOrder& order) {
  const std::vector<Edge> conflicts = Conflicts(registers, order).find();
  if (conflicts.empty()) return std::nullopt;
  const auto members = smallest_component(registers, conflicts);
  if (members.empty()) return std::nullopt;
  auto cycle = shortest_cycle(registers, members, edges_within(registers, conflicts, members),
                              std::max<std::uint64_t>(kMostSteps, registers.size()));
  Violation found{"CyclicCF", std::move(cycle), {}};
  const Chains chains(registers);
  for (const Edge& edge : found.cycle)
    if (edge.link == Link::conflict)
      for (const Edge& seen : chains.between(edge.from, edge.reader))
        found.others.push_back(seen.from);
  return found;
}

}  // namespace cleave::causal
