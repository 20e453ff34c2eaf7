#include "sim/check/causal/chains.h"
#include "sim/check/causal/session_guarantees.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace cleave::causal {
namespace {

constexpr std::uint32_t kNone = Registers::kInitial;

// The reads of a key by one process, in its session order.
struct Readers {
  std::uint32_t process = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;  // one behind
};

// Key by key: whoever sees a write has seen what its process read before. Of each process, the
// first read after which a version is older than what the process knew of the key.
class FollowedReads {
 public:
  FollowedReads(const Registers& registers, const CausalOrder& order)
      : registers_(registers), order_(order), own_seen_(registers.size()) {
    first_read_.resize(registers.keys() + std::size_t{1});
    for (const auto& read : registers.reads)
      ++first_read_[read.key + 1];
    std::partial_sum(first_read_.begin(), first_read_.end(), first_read_.begin());
    auto next = first_read_;
    by_key_.resize(registers.reads.size());
    for (std::uint32_t i = 0; i < registers.reads.size(); ++i)
      by_key_[next[registers.reads[i].key]++] = i;
    note_own_writes_seen();
  }

  Search find() && {
    for (std::uint32_t key = 0; key < registers_.keys() && !found_.violation; ++key) {
      group_readers(key);
      find_overtakers(key);
      for (std::uint32_t i = first_read_[key]; i < first_read_[key + 1]; ++i)
        check(key, registers_.reads[by_key_[i]]);
    }
    return std::move(found_);
  }

 private:
  // The clocks leave out what a process read of itself.
  void note_own_writes_seen() {
    for (std::uint32_t p = 0; p < registers_.processes(); ++p) {
      std::uint32_t seen = registers_.first_of[p];
      for (std::uint32_t o = registers_.first_of[p]; o < registers_.first_of[p + 1]; ++o) {
        for (const auto& read : registers_.reads_of(o)) {
          if (read.writer == kNone) continue;
          const std::uint32_t writer = registers_.writer_of(read);
          if (registers_.process_of[writer] == p) seen = std::max(seen, writer + 1);
        }
        own_seen_[o] = std::max(seen, order_.past_of(o)[p]);
      }
    }
  }
  // One behind the last of the process's writes that the operation's process has seen, or had to.
  std::uint32_t seen_by(std::uint32_t operation, std::uint32_t process) const {
    return registers_.process_of[operation] == process ? own_seen_[operation]
                                                       : order_.past_of(operation)[process];
  }

  void group_readers(std::uint32_t key) {
    readers_.clear();
    for (std::uint32_t i = first_read_[key]; i < first_read_[key + 1]; ++i) {
      const std::uint32_t process = registers_.process_of[registers_.reads[by_key_[i]].operation];
      if (readers_.empty() || readers_.back().process != process)
        readers_.push_back({process, i, i});
      readers_.back().last = i + 1;
    }
  }

  // By write to the key and group of readers: the first read of theirs that returned something
  // causally after it. Behind them a row for the initial value.
  void find_overtakers(std::uint32_t key) {
    const auto groups = registers_.groups_of(key);
    const std::uint32_t base = registers_.first_write[key];
    const std::size_t writes = registers_.writes_to(key).size();
    const std::size_t width = readers_.size();
    overtakers_.assign((writes + 1) * width, kNone);
    std::vector<std::uint32_t> next(groups.size());
    for (std::size_t q = 0; q < width; ++q) {
      for (std::size_t g = 0; g < groups.size(); ++g)
        next[g] = groups[g].first;
      for (std::uint32_t i = readers_[q].first; i < readers_[q].last; ++i) {
        const Registers::Read& read = registers_.reads[by_key_[i]];
        if (read.writer == kNone) continue;
        const std::uint32_t writer = registers_.writer_of(read);
        std::uint32_t& initial = overtakers_[writes * width + q];
        initial = std::min(initial, by_key_[i]);
        for (std::size_t g = 0; g < groups.size(); ++g) {
          const std::uint32_t past = order_.seen_of(groups[g].process, writer);
          while (next[g] < groups[g].last && registers_.writes[next[g]].operation < past)
            overtakers_[(next[g]++ - base) * width + q] = by_key_[i];
        }
      }
    }
  }

  void check(std::uint32_t key, const Registers::Read& read) {
    const std::size_t width = readers_.size();
    const bool initial = read.writer == kNone;
    const std::size_t row =
        initial ? registers_.writes_to(key).size() : read.writer - registers_.first_write[key];
    bool any = false;
    for (std::size_t q = 0; q < width; ++q) {
      const std::uint32_t seen = seen_by(read.operation, readers_[q].process);
      const std::uint32_t first = overtakers_[registers_.writes_to(key).size() * width + q];
      any = any || (first != kNone && registers_.reads[first].operation < seen);
      const std::uint32_t overtaker = overtakers_[row * width + q];
      if (overtaker == kNone || registers_.reads[overtaker].operation >= seen) continue;
      if (!found_.violation) found_.violation = violation_of(read, registers_.reads[overtaker]);
    }
    found_.checked += any ? 1 : 0;
  }

  // What was read: w ... w' -> the other's read ... this read, which returned w.
  Violation violation_of(const Registers::Read& read, const Registers::Read& overtaker) const {
    const Chains chains(registers_);
    const std::uint32_t newer = registers_.writer_of(overtaker);
    Violation found{"writes-follow-reads", {}, {}};
    const auto append = [&](const std::vector<Edge>& edges) {
      found.cycle.insert(found.cycle.end(), edges.begin(), edges.end());
    };
    if (read.writer != kNone) append(chains.between(registers_.writer_of(read), newer));
    found.cycle.push_back({newer, overtaker.operation, Link::reads_from, read.key, 0});
    append(chains.between(overtaker.operation, read.operation));
    if (read.writer == kNone)
      found.cycle.push_back({read.operation, newer, Link::returned_initial, read.key, 0});
    else
      found.cycle.push_back(
          {read.operation, registers_.writer_of(read), Link::returned_old, read.key, 0});
    return found;
  }

  const Registers& registers_;
  const CausalOrder& order_;
  std::vector<std::uint32_t> own_seen_;    // by operation: seen_by of its own process
  std::vector<std::uint32_t> first_read_;  // by key, in by_key_; one more at the end
  std::vector<std::uint32_t> by_key_;      // in `reads`
  std::vector<Readers> readers_;           // of the key at hand
  std::vector<std::uint32_t> overtakers_;  // in `reads`
  Search found_;
};

}  // namespace

Search find_write_before_read(const Registers& registers, const CausalOrder& order) {
  return FollowedReads(registers, order).find();
}

}  // namespace cleave::causal
