#include "sim/check/transactions/snapshot_schedule.h"

#include "sim/check/transactions/serial_schedule.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <queue>
#include <set>
#include <span>
#include <utility>

namespace cleave::transactions {
namespace {

// Operations, the one that was answered first in front.
using Ready = std::pair<std::uint64_t, std::uint32_t>;
using Queue = std::priority_queue<Ready, std::vector<Ready>, std::greater<>>;

// Targets of arcs, by their beginning.
struct Lists {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> targets;

  explicit Lists(std::uint32_t nodes, const Arcs& arcs)
      : first(std::size_t{nodes} + 1), targets(arcs.size()) {
    for (const auto& arc : arcs)
      ++first[arc.first + 1];
    for (std::uint32_t i = 0; i < nodes; ++i)
      first[i + 1] += first[i];
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const auto& arc : arcs)
      targets[next[arc.first]++] = arc.second;
  }
  std::span<const std::uint32_t> of(std::uint32_t node) const {
    return std::span(targets).subspan(first[node], first[node + 1] - first[node]);
  }
};

class Scheduler {
 public:
  Scheduler(const Versioned& versioned, const Rule& rule, const std::vector<Edge>& edges)
      : versioned_(versioned),
        nodes_(static_cast<std::uint32_t>(versioned.history.operations.size())),
        state_(nodes_),
        to_begin_(nodes_),
        to_commit_(nodes_),
        current_(versioned.history.keys.size(), kInitial),
        unread_(versioned.writes.all().size()),
        unread_initial_(versioned.history.keys.size()),
        marks_(versioned.writes.all().size(), kNobody),
        marks_initial_(versioned.history.keys.size(), kNobody),
        waiting_(versioned.history.keys.size()),
        ranks_(nodes_),
        first_read_(std::size_t{nodes_} + 1),
        from_commit_(nodes_, arcs_from_commit(rule, edges)),
        from_begin_(nodes_, arcs_from_begin(rule, edges)) {
    for (const Read& read : versioned.reads) {
      if (is_first(read, read.operation)) ++unread(read.key, read.write);
      ++first_read_[read.operation + 1];
    }
    for (std::uint32_t i = 0; i < nodes_; ++i)
      first_read_[i + 1] += first_read_[i];
    for (const std::uint32_t write : versioned.order.writes)
      writes_.push_back({versioned.writes[write].operation, write});
    std::stable_sort(writes_.begin(), writes_.end());
  }

  std::vector<std::uint32_t> run() {
    for (std::uint32_t i = 0; i < nodes_; ++i)
      offer(i);
    while (committed_ < nodes_) {
      if (!commits_.empty()) {
        const std::uint32_t operation = commits_.top().second;
        commits_.pop();
        try_to_commit(operation);
      } else if (!begins_.empty()) {
        const std::uint32_t operation = begins_.begin()->second;
        begin(operation);
        offer(operation);
      } else if (!blocked_.empty()) {
        commit(blocked_.begin()->second);  // it cannot be helped
      } else {
        break;  // edges were cyclic
      }
    }
    return std::move(ranks_);
  }

 private:
  enum class State : std::uint8_t { waits, begun, committed };

  const Versioned& versioned_;
  std::uint32_t nodes_;
  std::vector<State> state_;
  std::vector<std::uint32_t> to_begin_;   // edges that still keep it from that
  std::vector<std::uint32_t> to_commit_;  // beside its own beginning
  std::vector<std::uint32_t> current_;    // of each key: the write that stands
  std::vector<std::uint32_t> unread_;     // of each write: transactions that have yet to read it
  std::vector<std::uint32_t> unread_initial_;
  std::vector<std::uint64_t> marks_;  // of each write: who read it last
  std::vector<std::uint64_t> marks_initial_;
  std::vector<std::vector<std::uint32_t>> waiting_;  // for a key's version to be read
  std::vector<std::uint32_t> ranks_;
  std::vector<std::uint32_t> first_read_;                        // of each operation
  std::vector<std::pair<std::uint32_t, std::uint32_t>> writes_;  // by operation
  Lists from_commit_;
  Lists from_begin_;
  Queue commits_;           // nothing but unread versions may keep these
  std::set<Ready> begins_;  // may begin
  std::set<Ready> blocked_;
  std::uint32_t committed_ = 0;

  // Fills to_begin_ and to_commit_, too. Anti-dependencies only keep a commit behind a beginning.
  Arcs arcs_from_commit(const Rule& rule, const std::vector<Edge>& edges) {
    Arcs arcs;
    for (const Edge& edge : edges) {
      if (edge.kind == Kind::rw || !rule.kinds.has(edge.kind)) continue;
      arcs.emplace_back(edge.from, edge.to);
      ++to_begin_[edge.to];
    }
    return arcs;
  }
  Arcs arcs_from_begin(const Rule& rule, const std::vector<Edge>& edges) {
    Arcs arcs;
    for (const Edge& edge : edges) {
      if (edge.kind != Kind::rw || !rule.kinds.has(Kind::rw)) continue;
      arcs.emplace_back(edge.from, edge.to);
      ++to_commit_[edge.to];
    }
    return arcs;
  }

  std::uint32_t& unread(std::uint32_t key, std::uint32_t write) {
    return write == kInitial ? unread_initial_[key] : unread_[write];
  }
  // Of one transaction's reads of one version only the first counts.
  bool is_first(const Read& read, std::uint64_t mark) {
    std::uint64_t& last = read.write == kInitial ? marks_initial_[read.key] : marks_[read.write];
    return std::exchange(last, mark) != mark;
  }
  std::span<const Read> reads_of(std::uint32_t operation) const {
    return std::span(versioned_.reads)
        .subspan(first_read_[operation], first_read_[operation + 1] - first_read_[operation]);
  }
  Ready ready(std::uint32_t operation) const {
    return {moment(versioned_.history.operations[operation]), operation};
  }

  void offer(std::uint32_t operation) {
    if (state_[operation] == State::committed || to_begin_[operation] > 0) return;
    if (to_commit_[operation] == 0) commits_.push(ready(operation));
    if (state_[operation] == State::waits) begins_.insert(ready(operation));
  }

  void try_to_commit(std::uint32_t operation) {
    if (state_[operation] == State::committed) return;
    const auto [begin, end] = writes_of(operation);
    for (auto write = begin; write != end; ++write) {
      const std::uint32_t key = versioned_.writes[write->second].key;
      const std::uint32_t own = has_yet_to_read(operation, key) ? 1 : 0;
      if (unread(key, current_[key]) == own) continue;
      waiting_[key].push_back(operation);
      blocked_.insert(ready(operation));
      return;
    }
    commit(operation);
  }

  // Is it one of those that have yet to read what stands in the key?
  bool has_yet_to_read(std::uint32_t operation, std::uint32_t key) const {
    if (state_[operation] != State::waits) return false;
    const auto reads = reads_of(operation);
    return std::any_of(reads.begin(), reads.end(), [&](const Read& read) {
      return read.key == key && read.write == current_[key];
    });
  }

  using Iterator = std::vector<std::pair<std::uint32_t, std::uint32_t>>::const_iterator;
  std::pair<Iterator, Iterator> writes_of(std::uint32_t operation) const {
    return {std::lower_bound(writes_.begin(), writes_.end(), std::pair(operation, 0u)),
            std::lower_bound(writes_.begin(), writes_.end(), std::pair(operation + 1, 0u))};
  }

  void begin(std::uint32_t operation) {
    if (state_[operation] != State::waits) return;
    state_[operation] = State::begun;
    begins_.erase(ready(operation));
    for (const Read& read : reads_of(operation)) {
      if (!is_first(read, std::uint64_t{nodes_} + operation)) continue;
      const std::uint32_t left = --unread(read.key, read.write);
      if (left <= 1 && read.write == current_[read.key]) wake(read.key);
    }
    for (const std::uint32_t next : from_begin_.of(operation))
      if (--to_commit_[next] == 0) offer(next);
  }

  void commit(std::uint32_t operation) {
    begin(operation);
    state_[operation] = State::committed;
    blocked_.erase(ready(operation));
    ranks_[operation] = committed_++;
    const auto [first, end] = writes_of(operation);
    for (auto write = first; write != end; ++write) {
      const std::uint32_t key = versioned_.writes[write->second].key;
      current_[key] = write->second;
      wake(key);
    }
    for (const std::uint32_t next : from_commit_.of(operation))
      if (--to_begin_[next] == 0) offer(next);
  }

  // Whoever waited for the key looks again.
  void wake(std::uint32_t key) {
    for (const std::uint32_t operation : waiting_[key])
      if (state_[operation] != State::committed) {
        blocked_.erase(ready(operation));
        commits_.push(ready(operation));
      }
    waiting_[key].clear();
  }
};

}  // namespace

std::vector<std::uint32_t> snapshot_schedule(const Versioned& versioned, const Rule& rule,
                                             const std::vector<Edge>& edges) {
  return Scheduler(versioned, rule, edges).run();
}

}  // namespace cleave::transactions
