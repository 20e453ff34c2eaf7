#include "sim/check/causal/weak_causal.h"

#include "sim/check/causal/chains.h"
#include "sim/check/causal/shortest_cycle.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <utility>

namespace cleave::causal {
namespace {

constexpr std::size_t kMostCandidates = 64;  // violations that are compared for the smallest
constexpr std::uint64_t kMostSteps = 4'000'000;

// Reads that returned a value although a newer one was in their past, key by key.
class StaleReads {
 public:
  StaleReads(const Registers& registers, const CausalOrder& order)
      : registers_(registers), order_(order) {
    first_read_.resize(registers.keys() + std::size_t{1});
    for (const auto& read : registers.reads)
      ++first_read_[read.key + 1];
    for (std::size_t key = 0; key < registers.keys(); ++key)
      first_read_[key + 1] += first_read_[key];
    auto next = first_read_;
    by_key_.resize(registers.reads.size());
    for (std::uint32_t i = 0; i < registers.reads.size(); ++i)
      by_key_[next[registers.reads[i].key]++] = i;
  }

  // Positions in `reads`.
  std::vector<std::uint32_t> find() && {
    for (std::uint32_t key = 0; key < registers_.keys(); ++key) {
      groups_ = registers_.groups_of(key);
      if (groups_.empty() || first_read_[key] == first_read_[key + 1]) continue;
      find_successors(key);
      for (std::uint32_t i = first_read_[key]; i < first_read_[key + 1]; ++i) {
        const Registers::Read& read = registers_.reads[by_key_[i]];
        if (is_stale(read)) found_.push_back(by_key_[i]);
        if (found_.size() == kMostCandidates) return std::move(found_);
      }
    }
    return std::move(found_);
  }

 private:
  // By write to the key and group: the group's first write that is causally after it. Behind them
  // a row for the initial value: the first of each group.
  void find_successors(std::uint32_t key) {
    const auto writes = registers_.writes_to(key);
    const std::uint32_t base = registers_.first_write[key];
    const std::size_t width = groups_.size();
    successors_.assign((writes.size() + 1) * width, Chains::kFar);
    std::vector<std::uint32_t> next(width);  // by group: its first write without a successor
    for (std::size_t g = 0; g < width; ++g) {
      successors_[writes.size() * width + g] = registers_.writes[groups_[g].first].operation;
      for (std::size_t from = 0; from < width; ++from)
        next[from] = groups_[from].first;
      for (std::uint32_t w = groups_[g].first; w < groups_[g].last; ++w) {
        const std::uint32_t operation = registers_.writes[w].operation;
        const auto past = order_.past_of(operation);
        for (std::size_t from = 0; from < width; ++from) {
          const std::uint32_t seen = from == g ? operation : past[groups_[from].process];
          while (next[from] < groups_[from].last && registers_.writes[next[from]].operation < seen)
            successors_[(next[from]++ - base) * width + g] = operation;
        }
      }
    }
  }

  bool is_stale(const Registers::Read& read) const {
    const std::size_t width = groups_.size();
    const std::uint32_t base = registers_.first_write[read.key];
    const std::size_t row = read.writer == Registers::kInitial
                                ? registers_.writes_to(read.key).size()
                                : read.writer - base;
    const std::uint32_t* const successors = successors_.data() + row * width;
    const auto past = order_.past_of(read.operation);
    const std::uint32_t process = registers_.process_of[read.operation];
    for (std::size_t g = 0; g < width; ++g) {
      const std::uint32_t by = groups_[g].process;
      if (successors[g] < (by == process ? read.operation : past[by])) return true;
    }
    return false;
  }

  const Registers& registers_;
  const CausalOrder& order_;
  std::vector<std::uint32_t> first_read_;     // by key, in by_key_; one more at the end
  std::vector<std::uint32_t> by_key_;         // positions in `reads`
  std::span<const Registers::Group> groups_;  // of the key at hand
  std::vector<std::uint32_t> successors_;
  std::vector<std::uint32_t> found_;
};

// How a stale read contradicts the causal order: w ... w' ... read, and back to w; or from an
// initial value w' ... read, and back to w'. Empty: it takes `limit` operations or more.
std::vector<Edge> shortest_contradiction(const Registers& registers, const Chains& chains,
                                         const Registers::Read& read, std::size_t limit) {
  const Chains::Reach to_read = chains.to(read.operation, static_cast<std::uint32_t>(limit));
  const bool initial = read.writer == Registers::kInitial;
  Chains::Reach from_writer;
  if (!initial)
    from_writer = chains.from(registers.writer_of(read), static_cast<std::uint32_t>(limit));
  std::size_t best = limit;
  std::uint32_t newer = Chains::kFar;
  for (const Registers::Write& write : registers.writes_to(read.key)) {
    const std::uint32_t o = write.operation;
    if (o == read.operation || to_read.steps[o] == Chains::kFar) continue;
    if (!initial && (from_writer.steps[o] == Chains::kFar || from_writer.steps[o] == 0)) continue;
    const std::size_t length = to_read.steps[o] + (initial ? 0 : from_writer.steps[o]) + 1;
    if (length >= best) continue;
    best = length;
    newer = o;
  }
  std::vector<Edge> cycle;
  if (newer == Chains::kFar) return cycle;
  if (!initial) cycle = path_to(from_writer, newer);
  const auto rest = path_from(to_read, newer);
  cycle.insert(cycle.end(), rest.begin(), rest.end());
  cycle.push_back({read.operation, cycle.front().from,
                   initial ? Link::returned_initial : Link::returned_old, read.key,
                   read.operation});
  return cycle;
}

// For an operation that read several registers: that the writer of one was overwritten by a write
// that must come before the writer of another, and so on in a circle.
class JointReads {
 public:
  JointReads(const Registers& registers, const CausalOrder& order)
      : registers_(registers), order_(order) {}

  std::optional<Violation> find() {
    for (std::uint32_t o = 0; o < registers_.size(); ++o) {
      const auto reads = registers_.reads_of(o);
      if (reads.size() < 2) continue;
      std::vector<Edge> edges;
      std::vector<std::uint32_t> members;
      for (const auto& read : reads)
        if (read.writer != Registers::kInitial) members.push_back(registers_.writer_of(read));
      sort_unique(members);
      const std::vector<std::uint32_t> writers = members;
      known_.clear();
      for (const auto& read : reads)
        add_edges(read, writers, edges, members);
      if (edges.empty()) continue;
      sort_unique(members);
      auto cycle = shortest_cycle(registers_, members, std::move(edges), kMostSteps);
      if (!cycle.empty()) return explain(cycle, o);
    }
    return std::nullopt;
  }

 private:
  static void sort_unique(std::vector<std::uint32_t>& operations) {
    std::stable_sort(operations.begin(), operations.end());
    operations.erase(std::unique(operations.begin(), operations.end()), operations.end());
  }

  // What one of the writers left comes before a write that the read did not return, but that its
  // operation knew of: for it, that write came before the writer of the read.
  void add_edges(const Registers::Read& read, const std::vector<std::uint32_t>& writers,
                 std::vector<Edge>& edges, std::vector<std::uint32_t>& members) {
    if (read.writer == Registers::kInitial) return;
    const std::uint32_t returned = registers_.writer_of(read);
    for (const auto& group : registers_.groups_of(read.key)) {
      const auto newer =
          registers_.last_before(group, order_.seen_of(group.process, read.operation));
      if (!newer || *newer == returned || order_.before(*newer, returned)) continue;
      if (!known_.insert({*newer, returned}).second) continue;  // by another register
      bool any = false;
      for (const std::uint32_t older : writers) {
        if (*newer != older && !order_.before(older, *newer)) continue;
        any = true;
        if (*newer != older) edges.push_back({older, *newer, Link::reads_from, read.key, 0});
      }
      if (!any) continue;
      members.push_back(*newer);
      edges.push_back({*newer, returned, Link::conflict_for, read.key, read.operation});
    }
  }

  // Steps along the causal order stand for a chain of them.
  Violation explain(const std::vector<Edge>& cycle, std::uint32_t reader) const {
    const Chains chains(registers_);
    Violation found{"WriteCORead", {}, {reader}};
    for (const Edge& edge : cycle) {
      if (edge.link == Link::conflict_for) {
        found.cycle.push_back(edge);
        for (const Edge& seen : chains.between(edge.from, reader))
          found.others.push_back(seen.from);
        continue;
      }
      const auto chain = chains.between(edge.from, edge.to);
      found.cycle.insert(found.cycle.end(), chain.begin(), chain.end());
    }
    return found;
  }

  const Registers& registers_;
  const CausalOrder& order_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> known_;  // of one operation
};

}  // namespace

Violation cyclic_order(const Registers& registers, const CausalOrder& order) {
  const Chains chains(registers);
  std::vector<Edge> best;
  for (std::uint32_t p = 0; p < registers.processes(); ++p) {
    const std::uint32_t stuck = order.stuck_at()[p];
    if (stuck == registers.first_of[p + 1]) continue;
    const auto limit = static_cast<std::uint32_t>(best.empty() ? Chains::kFar : best.size() - 1);
    const Chains::Reach reach = chains.from(stuck, limit);
    for (const auto& read : registers.reads_of(stuck)) {
      if (read.writer == Registers::kInitial) continue;
      const std::uint32_t writer = registers.writer_of(read);
      if (reach.steps[writer] == Chains::kFar) continue;
      if (!best.empty() && reach.steps[writer] + 1 >= best.size()) continue;
      best = path_to(reach, writer);
      best.push_back({writer, stuck, Link::reads_from, read.key, 0});
    }
  }
  return {"CyclicCO", std::move(best), {}};
}

std::optional<Violation> find_weak_causal(const Registers& registers, const CausalOrder& order) {
  const std::vector<std::uint32_t> stale = StaleReads(registers, order).find();
  if (stale.empty()) return JointReads(registers, order).find();
  const Chains chains(registers);
  std::vector<Edge> best;
  const std::size_t most = std::clamp<std::size_t>(kMostSteps / registers.size(), 1, stale.size());
  for (std::size_t i = 0; i < most; ++i) {
    const std::size_t limit = best.empty() ? registers.size() + std::size_t{2} : best.size();
    auto cycle = shortest_contradiction(registers, chains, registers.reads[stale[i]], limit);
    if (!cycle.empty()) best = std::move(cycle);
  }
  const bool initial = best.back().link == Link::returned_initial;
  return Violation{initial ? "WriteCOInitRead" : "WriteCORead", std::move(best), {}};
}

}  // namespace cleave::causal
