#include "sim/check/transactions/weak_orders.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <tuple>

namespace cleave::transactions {
namespace {

class WeakInference {
 public:
  WeakInference(const Versioned& versioned, Level level)
      : versioned_(versioned), level_(level), finals_(versioned.order.writes) {
    // By transaction, there by key.
    std::stable_sort(finals_.begin(), finals_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    first_.assign(versioned.history.operations.size() + 1, 0);
    for (const std::uint32_t write : finals_)
      ++first_[versioned.writes[write].operation + 1];
    for (std::size_t i = 1; i < first_.size(); ++i)
      first_[i] += first_[i - 1];
  }

  WeakOrders run() {
    found_.edges = versioned_.others;
    const auto& reads = versioned_.reads;
    std::size_t begin = 0;
    for (std::uint32_t operation = 0; operation + 1 < first_.size(); ++operation) {
      std::size_t end = begin;
      while (end < reads.size() && reads[end].operation == operation)
        ++end;
      if (end > begin) visit(std::span(reads).subspan(begin, end - begin));
      begin = end;
      if (level_ == Level::read_atomic) remember(operation);
    }
    return std::move(found_);
  }

 private:
  const Versioned& versioned_;
  Level level_;
  std::vector<std::uint32_t> finals_;
  std::vector<std::uint32_t> first_;  // of each operation, in finals_
  WeakOrders found_;
  std::vector<Read> by_key_;  // of one transaction, and there by step
  struct Source {
    std::uint32_t operation = 0;
    Read first;  // that saw it
    bool operator<(const Source& o) const {
      return std::pair(operation, first.step) < std::pair(o.operation, o.first.step);
    }
  };
  std::vector<Source> sources_;
  // The last write of each process to each key, so far.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> last_;

  std::pair<std::uint32_t, std::uint32_t> rank(std::uint32_t write) const {
    return {versioned_.writes[write].operation, versioned_.writes[write].key};
  }
  std::span<const std::uint32_t> finals_of(std::uint32_t operation) const {
    return std::span(finals_).subspan(first_[operation], first_[operation + 1] - first_[operation]);
  }

  void visit(std::span<const Read> reads) {
    by_key_.assign(reads.begin(), reads.end());
    std::stable_sort(by_key_.begin(), by_key_.end(),
                     [](const Read& a, const Read& b) { return a.key < b.key; });
    sources_.clear();
    for (const Read& read : reads) {
      if (read.write == kInitial) continue;
      const std::uint32_t writer = versioned_.writes[read.write].operation;
      found_.edges.push_back({writer, read.operation, read.write, 0, Kind::wr});
      sources_.push_back({writer, read});
    }
    std::stable_sort(sources_.begin(), sources_.end());
    for (std::size_t i = 0; i < sources_.size(); ++i)
      if (i == 0 || sources_[i].operation != sources_[i - 1].operation) compare(sources_[i]);
    if (level_ != Level::read_atomic) return;
    for (const Read& read : reads) {
      const auto last = last_.find({process(read.operation), read.key});
      if (last != last_.end() && last->second != read.write) follows_session(last->second, read);
    }
  }

  std::uint32_t process(std::uint32_t operation) const {
    return versioned_.history.operations[operation].process;
  }
  void remember(std::uint32_t operation) {
    for (const std::uint32_t write : finals_of(operation))
      last_[{process(operation), versioned_.writes[write].key}] = write;
  }

  // The keys that the source wrote and that the transaction read: over whichever are fewer.
  void compare(const Source& source) {
    const auto finals = finals_of(source.operation);
    if (finals.size() <= by_key_.size()) {
      for (const std::uint32_t write : finals)
        compare(source, write);
      return;
    }
    for (std::size_t i = 0; i < by_key_.size(); ++i) {
      const std::uint32_t key = by_key_[i].key;
      if (i > 0 && by_key_[i - 1].key == key) continue;
      const auto found = std::lower_bound(
          finals.begin(), finals.end(), key,
          [&](std::uint32_t w, std::uint32_t k) { return versioned_.writes[w].key < k; });
      if (found != finals.end() && versioned_.writes[*found].key == key) compare(source, *found);
    }
  }

  void compare(const Source& source, std::uint32_t write) {
    const std::uint32_t key = versioned_.writes[write].key;
    auto read = std::lower_bound(by_key_.begin(), by_key_.end(), key,
                                 [](const Read& r, std::uint32_t k) { return r.key < k; });
    for (; read != by_key_.end() && read->key == key; ++read) {
      if (read->write == write) continue;
      if (level_ != Level::read_atomic && read->step < source.first.step) continue;
      must_precede(source, write, *read);
    }
  }

  void must_precede(const Source& source, std::uint32_t write, const Read& read) {
    const Edge seen{source.operation, read.operation, source.first.write, 0, Kind::wr};
    must_precede(seen, write, read);
  }
  void follows_session(std::uint32_t write, const Read& read) {
    const std::uint32_t writer = versioned_.writes[write].operation;
    must_precede(Edge{writer, read.operation, 0, 0, Kind::session}, write, read);
  }

  // The reader knows of the transaction by `seen`, and of the write of it all the same read
  // another.
  void must_precede(const Edge& seen, std::uint32_t write, const Read& read) {
    if (read.write == kInitial) {
      if (found_.contradiction.empty())
        found_.contradiction = {seen, {read.operation, seen.from, write, kInitial, Kind::rw}};
      return;
    }
    const std::uint32_t after = versioned_.writes[read.write].operation;
    if (after == seen.from) return;
    found_.edges.push_back({seen.from, after, read.write, write, Kind::ww});
    found_.inferred.push_back({write, read.write, read.operation});
  }
};

}  // namespace

WeakOrders weak_orders(const Versioned& versioned, Level level) {
  return WeakInference(versioned, level).run();
}

}  // namespace cleave::transactions
