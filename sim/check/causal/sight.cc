#include "sim/check/causal/sight.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace cleave::causal {

Sight::Sight(const Registers& registers, std::uint32_t process, std::uint64_t& steps)
    : registers_(registers), process_(process), steps_(steps) {
  const std::uint32_t first = registers.first_of[process];
  const std::uint32_t last = registers.first_of[process + 1];
  seen_at_.assign(registers.size(), kNever);
  for (std::uint32_t o = first; o < last; ++o)
    seen_at_[o] = o + 1;
  read_until_.assign(registers.writes.size(), kNever);
  first_own_.resize(registers.keys() + std::size_t{1});
  for (std::uint32_t i = registers.first_read[first]; i < registers.first_read[last]; ++i)
    ++first_own_[registers.reads[i].key + 1];
  std::partial_sum(first_own_.begin(), first_own_.end(), first_own_.begin());
  std::vector<std::uint32_t> next(first_own_.begin(), first_own_.end() - 1);
  own_.resize(first_own_.back());
  for (std::uint32_t i = registers.first_read[first]; i < registers.first_read[last]; ++i)
    own_[next[registers.reads[i].key]++] = {registers.reads[i].operation,
                                            registers.reads[i].writer};
  for (now_ = first; now_ < last && steps_ > 0; ++now_)
    look_at(now_);
}

// What the operation read must be seen by then, with all that is before it; and of each register
// that it read, what it must have seen comes before what it read.
void Sight::look_at(std::uint32_t reader) {
  for (const auto& read : registers_.reads_of(reader))
    if (read.writer != Registers::kInitial) lower(registers_.writer_of(read), reader);
  follow();
  for (const auto& read : registers_.reads_of(reader)) {
    if (read.writer == Registers::kInitial) continue;
    read_until_[read.writer] = reader;
    put_before(read, reader, seen_at_[registers_.writer_of(read)]);
  }
  follow();
}

// Seen from then on, and with it all of its session before.
void Sight::lower(std::uint32_t operation, std::uint32_t to) {
  const std::uint32_t first = registers_.first_of[registers_.process_of[operation]];
  for (std::uint32_t o = operation + 1; o-- > first && seen_at_[o] > to;) {
    lowered_.push_back({o, seen_at_[o]});
    seen_at_[o] = to;
  }
}

void Sight::follow() {
  while (!lowered_.empty() && steps_ > 0) {
    const Lowered lowered = lowered_.back();
    lowered_.pop_back();
    if (lowered.from != kNever) --steps_;  // the first time each is in the bound of all
    const std::uint32_t at = seen_at_[lowered.operation];
    for (const auto& read : registers_.reads_of(lowered.operation))
      if (read.writer != Registers::kInitial) lower(registers_.writer_of(read), at);
    for (const std::uint32_t w : registers_.writes_of(lowered.operation)) {
      const std::uint32_t key = registers_.writes[w].key;
      if (read_until_[w] != kNever) put_before({lowered.operation, key, w}, read_until_[w], at);
      if (lowered.from != kNever) check_reads(lowered, key);
    }
  }
  if (!lowered_.empty()) steps_ = 0;
}

// Whatever the reader must have seen of the register comes before the write that it read, which is
// seen at a certain time: it is seen then, too.
void Sight::put_before(const Registers::Read& read, std::uint32_t reader, std::uint32_t at) {
  for (const auto& group : registers_.groups_of(read.key)) {
    const std::uint32_t older = last_seen(group, reader);
    if (older != kNever && older != registers_.writer_of(read)) lower(older, at);
  }
}

// Reads that did not see the write before, and now must: it comes before what they returned.
void Sight::check_reads(const Lowered& lowered, std::uint32_t key) {
  const auto end = own_.begin() + first_own_[key + 1];
  auto own = std::lower_bound(own_.begin() + first_own_[key], end, seen_at_[lowered.operation],
                              [](const Own& o, std::uint32_t at) { return o.operation < at; });
  for (; own != end && own->operation < lowered.from && own->operation <= now_; ++own) {
    steps_ -= steps_ > 0 ? 1 : 0;
    if (own->write == Registers::kInitial) continue;
    const std::uint32_t returned = registers_.writes[own->write].operation;
    if (returned != lowered.operation) lower(lowered.operation, seen_at_[returned]);
  }
}

std::uint32_t Sight::last_seen(const Registers::Group& group, std::uint32_t reader) const {
  const auto first = registers_.writes.begin() + group.first;
  const auto end = std::partition_point(
      first, registers_.writes.begin() + group.last,
      [&](const Registers::Write& write) { return seen_at_[write.operation] <= reader; });
  return end == first ? kNever : std::prev(end)->operation;
}

std::vector<Edge> Sight::edges(const CausalOrder& order) const {
  std::vector<Edge> found;
  const std::uint32_t first = registers_.first_read[registers_.first_of[process_]];
  const std::uint32_t last = registers_.first_read[registers_.first_of[process_ + 1]];
  for (std::uint32_t i = first; i < last; ++i) {
    const Registers::Read& read = registers_.reads[i];
    const bool initial = read.writer == Registers::kInitial;
    for (const auto& group : registers_.groups_of(read.key)) {
      const std::uint32_t older = last_seen(group, read.operation);
      if (older == kNever || older == read.operation) continue;
      if (initial) {
        found.push_back({read.operation, older, Link::returned_initial, read.key, read.operation});
      } else if (const std::uint32_t returned = registers_.writer_of(read);
                 older != returned && !order.before(older, returned)) {
        found.push_back({older, returned, Link::conflict_for, read.key, read.operation});
      }
    }
  }
  return found;
}

}  // namespace cleave::causal
