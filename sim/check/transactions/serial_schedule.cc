#include "sim/check/transactions/serial_schedule.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace cleave::transactions {
namespace {

// Operations, the one that was answered first in front.
using Ready = std::pair<std::uint64_t, std::uint32_t>;
using Queue = std::priority_queue<Ready, std::vector<Ready>, std::greater<>>;

constexpr std::uint32_t kUnplaced = 0xffff'ffff;

// A transaction that waits for a reader of the version that it would overwrite, which waits in turn
// for the next one.
struct Wait {
  std::uint32_t operation = 0;
  std::uint32_t version = kInitial;
};

class SerialSchedule {
 public:
  SerialSchedule(const Versioned& versioned, const std::vector<Edge>& edges, Work& work)
      : versioned_(versioned),
        nodes_(static_cast<std::uint32_t>(versioned.history.operations.size())),
        work_(work),
        graph_(nodes_, edges),
        before_(nodes_),
        learned_(nodes_),
        ranks_(nodes_, kUnplaced),
        reads_(distinct_reads(versioned)),
        first_read_(std::size_t{nodes_} + 1),
        first_write_(std::size_t{nodes_} + 1),
        current_(versioned.history.keys.size(), kInitial),
        unread_(versioned.writes.all().size()),
        unread_initial_(versioned.history.keys.size()),
        waiting_(versioned.history.keys.size()),
        writes_(versioned.order.writes) {
    for (const Edge& edge : edges)
      ++before_[edge.to];
    std::stable_sort(writes_.begin(), writes_.end());  // their numbers follow their operations
    for (const std::uint32_t write : writes_)
      ++first_write_[versioned.writes[write].operation + 1];
    for (const Read& read : reads_) {
      ++first_read_[read.operation + 1];
      ++unread(read.key, read.write);
    }
    for (std::uint32_t i = 0; i < nodes_; ++i) {
      first_read_[i + 1] += first_read_[i];
      first_write_[i + 1] += first_write_[i];
    }
    find_readers();
  }

  std::vector<std::uint32_t> run() {
    for (std::uint32_t i = 0; i < nodes_; ++i)
      if (before_[i] == 0) ready_.push(ready(i));
    while (order_.size() < nodes_) {
      if (!ready_.empty()) {
        const std::uint32_t operation = ready_.top().second;
        ready_.pop();
        if (ranks_[operation] == kUnplaced && before_[operation] == 0) try_to_place(operation);
      } else if (blocked_.empty()) {
        break;  // the edges are cyclic
      } else if (!learn()) {
        place(blocked_.begin()->second);  // it cannot be helped
      }
    }
    auto next = static_cast<std::uint32_t>(order_.size());
    for (std::uint32_t& rank : ranks_)
      if (rank == kUnplaced) rank = next++;
    return std::move(ranks_);
  }

 private:
  const Versioned& versioned_;
  std::uint32_t nodes_;
  Work& work_;
  DependencyGraph graph_;
  std::vector<std::uint32_t> before_;                // edges from what is not placed yet
  std::vector<std::vector<std::uint32_t>> learned_;  // more edges
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> ranks_;
  std::vector<Read> reads_;  // by operation, each version once
  std::vector<std::uint32_t> first_read_;
  std::vector<std::uint32_t> first_write_;
  std::vector<std::uint32_t> current_;  // of each key: the write that stands
  std::vector<std::uint32_t> unread_;   // of each write: transactions that have yet to read it
  std::vector<std::uint32_t> unread_initial_;
  std::vector<std::vector<std::uint32_t>> waiting_;  // for a key's version to be read
  std::vector<std::uint32_t> writes_;                // by operation
  std::vector<std::uint32_t> readers_;               // indices of reads, by version
  Queue ready_;
  std::set<Ready> blocked_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> overwritten_;  // keys and what stood there
  std::vector<std::vector<std::uint32_t>> predecessors_;              // once they are asked for

  static std::vector<Read> distinct_reads(const Versioned& versioned) {
    std::vector<Read> reads = versioned.reads;
    const auto rank = [](const Read& r) { return std::tuple(r.operation, r.key, r.write); };
    std::stable_sort(reads.begin(), reads.end(),
                     [&](const Read& a, const Read& b) { return rank(a) < rank(b); });
    reads.erase(std::unique(reads.begin(), reads.end(),
                            [&](const Read& a, const Read& b) { return rank(a) == rank(b); }),
                reads.end());
    return reads;
  }

  static std::pair<std::uint32_t, std::uint32_t> version(const Read& read) {
    return {read.write, read.write == kInitial ? read.key : 0};
  }
  void find_readers() {
    for (std::uint32_t i = 0; i < reads_.size(); ++i)
      readers_.push_back(i);
    std::stable_sort(readers_.begin(), readers_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return version(reads_[a]) < version(reads_[b]);
    });
  }

  std::uint32_t& unread(std::uint32_t key, std::uint32_t write) {
    return write == kInitial ? unread_initial_[key] : unread_[write];
  }
  std::span<const Read> reads_of(std::uint32_t operation) const {
    return std::span(reads_).subspan(first_read_[operation],
                                     first_read_[operation + 1] - first_read_[operation]);
  }
  std::span<const std::uint32_t> writes_of(std::uint32_t operation) const {
    return std::span(writes_).subspan(first_write_[operation],
                                      first_write_[operation + 1] - first_write_[operation]);
  }
  Ready ready(std::uint32_t operation) const {
    return {moment(versioned_.history.operations[operation]), operation};
  }

  // The first key whose standing version somebody else has yet to read.
  std::optional<std::uint32_t> unread_key(std::uint32_t operation) {
    for (const std::uint32_t write : writes_of(operation)) {
      const std::uint32_t key = versioned_.writes[write].key;
      const auto reads = reads_of(operation);
      const bool own = std::any_of(reads.begin(), reads.end(), [&](const Read& read) {
        return read.key == key && read.write == current_[key];
      });
      if (unread(key, current_[key]) > (own ? 1u : 0u)) return key;
    }
    return std::nullopt;
  }

  void try_to_place(std::uint32_t operation) {
    if (const auto key = unread_key(operation)) {
      waiting_[*key].push_back(operation);
      blocked_.insert(ready(operation));
    } else {
      place(operation);
    }
  }

  // Calls visit(operation) for all that must come later.
  template <class Visit>
  void for_each_successor(std::uint32_t operation, Visit visit) const {
    for (const Edge& edge : graph_.from(operation))
      visit(edge.to);
    for (const std::uint32_t next : learned_[operation])
      visit(next);
  }

  void place(std::uint32_t operation) {
    blocked_.erase(ready(operation));
    ranks_[operation] = static_cast<std::uint32_t>(order_.size());
    order_.push_back(operation);
    for (const Read& read : reads_of(operation)) {
      const std::uint32_t left = --unread(read.key, read.write);
      if (left <= 1 && read.write == current_[read.key]) wake(read.key);
    }
    for (const std::uint32_t write : writes_of(operation)) {
      const std::uint32_t key = versioned_.writes[write].key;
      overwritten_.emplace_back(key, std::exchange(current_[key], write));
      wake(key);
    }
    for_each_successor(operation, [&](std::uint32_t next) {
      if (--before_[next] == 0) ready_.push(ready(next));
    });
  }

  // Whoever waited for the key looks again.
  void wake(std::uint32_t key) {
    for (const std::uint32_t operation : waiting_[key])
      if (ranks_[operation] == kUnplaced) {
        blocked_.erase(ready(operation));
        ready_.push(ready(operation));
      }
    waiting_[key].clear();
  }

  void take_back() {
    const std::uint32_t operation = order_.back();
    order_.pop_back();
    ranks_[operation] = kUnplaced;
    for_each_successor(operation, [&](std::uint32_t next) { ++before_[next]; });
    for (std::size_t i = writes_of(operation).size(); i > 0; --i) {
      current_[overwritten_.back().first] = overwritten_.back().second;
      overwritten_.pop_back();
    }
    for (const Read& read : reads_of(operation))
      ++unread(read.key, read.write);
    ready_.push(ready(operation));
  }

  // Everything waits: finds a circle of waits, and puts one of its versions behind the write that
  // waits for it. False: none can be.
  bool learn() {
    const std::vector<Wait> circle = circle_of_waits();
    const Wait* best = nullptr;
    for (const Wait& wait : circle) {
      if (wait.version == kInitial || leads_to(writer(wait), wait.operation)) continue;
      if (best == nullptr || lateness(wait) < lateness(*best)) best = &wait;
    }
    if (best == nullptr || work_.is_over()) return false;
    const std::uint32_t late = writer(*best);
    learned_[best->operation].push_back(late);
    predecessors_[late].push_back(best->operation);
    ++before_[late];
    const std::uint32_t rank = ranks_[late];
    work_.spend(order_.size() - rank);
    while (order_.size() > rank)
      take_back();
    for (const auto& [time, operation] : blocked_)
      ready_.push({time, operation});
    blocked_.clear();
    return true;
  }

  std::uint32_t writer(const Wait& wait) const { return versioned_.writes[wait.version].operation; }
  // How much earlier the version was written than the write that waits was answered.
  std::uint64_t lateness(const Wait& wait) const {
    const auto& operations = versioned_.history.operations;
    const std::uint64_t late = moment(operations[wait.operation]);
    return late - std::min(late, moment(operations[writer(wait)]));
  }

  std::vector<Wait> circle_of_waits() {
    std::vector<Wait> waits;
    std::vector<std::uint32_t> at(1, blocked_.begin()->second);
    for (;;) {
      const std::uint32_t operation = at.back();
      const std::optional<std::uint32_t> key = unread_key(operation);
      if (!key) return {};
      waits.push_back({operation, current_[*key]});
      const std::uint32_t next = blocked_ancestor(unplaced_reader(*key, operation));
      work_.spend(1);
      const auto again = std::find(at.begin(), at.end(), next);
      if (again != at.end()) {
        waits.erase(waits.begin(), waits.begin() + (again - at.begin()));
        return waits;
      }
      at.push_back(next);
    }
  }

  std::uint32_t unplaced_reader(std::uint32_t key, std::uint32_t but) const {
    const Read wanted{0, 0, key, current_[key]};
    auto at = std::lower_bound(
        readers_.begin(), readers_.end(), wanted,
        [&](std::uint32_t i, const Read& read) { return version(reads_[i]) < version(read); });
    while (reads_[*at].operation == but || ranks_[reads_[*at].operation] != kUnplaced)
      ++at;
    return reads_[*at].operation;
  }

  // What keeps a transaction that is not placed, in the end: one that could be, but for what it
  // would overwrite.
  std::uint32_t blocked_ancestor(std::uint32_t operation) {
    if (predecessors_.empty()) find_predecessors();
    for (std::uint32_t steps = 0; before_[operation] > 0 && steps < nodes_; ++steps) {
      std::uint32_t next = operation;
      for (const std::uint32_t from : predecessors_[operation])
        if (ranks_[from] == kUnplaced) next = from;
      if (next == operation) break;
      operation = next;
    }
    return operation;
  }
  void find_predecessors() {
    predecessors_.resize(nodes_);
    for (const Edge& edge : graph_.edges())
      predecessors_[edge.to].push_back(edge.from);
  }

  // Is there a way along edges? All that is on it is placed already, behind its beginning.
  bool leads_to(std::uint32_t from, std::uint32_t to) {
    std::vector<std::uint32_t> reached(1, from);
    std::set<std::uint32_t> seen{from};
    bool found = false;
    for (std::size_t at = 0; at < reached.size() && !found; ++at)
      for_each_successor(reached[at], [&](std::uint32_t next) {
        work_.spend(1);
        found = found || next == to;
        if (ranks_[next] != kUnplaced && seen.insert(next).second) reached.push_back(next);
      });
    return found;
  }
};

}  // namespace

std::uint64_t moment(const Operation& operation) {
  return operation.ending == Ending::done ? operation.completed : operation.invoked;
}

std::vector<std::uint32_t> serial_schedule(const Versioned& versioned,
                                           const std::vector<Edge>& edges, Work& work) {
  return SerialSchedule(versioned, edges, work).run();
}

}  // namespace cleave::transactions
