#include "sim/trace/update_set.h"

#include "sim/base/assert.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace cleave {
namespace {

using Intervals = std::vector<IntervalSet::Interval>;

constexpr std::uint32_t kNoMore = std::numeric_limits<std::uint32_t>::max();

// Of two ascending lists: the total length of what both cover.
std::uint64_t overlap(const Intervals& a, const Intervals& b) {
  std::uint64_t total = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t begin = std::max(a[i].begin, b[j].begin);
    const std::uint32_t end = std::min(a[i].end, b[j].end);
    if (begin < end) total += end - begin;
    if (a[i].end < b[j].end)
      ++i;
    else
      ++j;
  }
  return total;
}

// Calls visit(n) for each n in a and not in b, ascending.
template <class F>
void for_each_missing(const Intervals& a, const Intervals& b, F&& visit) {
  std::size_t j = 0;
  for (const auto& [begin, end] : a) {
    for (std::uint32_t n = begin; n < end;) {
      while (j < b.size() && b[j].end <= n)
        ++j;
      const std::uint32_t hole = j < b.size() ? std::min(b[j].begin, end) : end;
      for (; n < hole; ++n)
        visit(n);
      if (n < end) n = b[j].end;  // maybe beyond this interval, which ends the loop
    }
  }
}

}  // namespace

std::size_t IntervalSet::after(std::uint32_t n) const {
  const auto above = std::upper_bound(
      intervals_.begin(), intervals_.end(), n,
      [](std::uint32_t value, const Interval& interval) { return value < interval.begin; });
  return static_cast<std::size_t>(above - intervals_.begin());
}

bool IntervalSet::contains(std::uint32_t n) const {
  if (intervals_.empty() || n >= intervals_.back().end) return false;
  if (n >= intervals_.back().begin) return true;
  const std::size_t next = after(n);
  return next > 0 && n < intervals_[next - 1].end;
}

bool IntervalSet::insert(std::uint32_t n) {
  CLEAVE_CHECK(n > 0 && n < kNoMore, "operation numbers lie between 1 and 2^32 - 2");
  if (!intervals_.empty() && n == intervals_.back().end) {  // the client's next operation
    ++intervals_.back().end;
    ++size_;
    return true;
  }
  const std::size_t next = after(n);
  const bool has_previous = next > 0;
  if (has_previous && n < intervals_[next - 1].end) return false;
  const bool joins_previous = has_previous && intervals_[next - 1].end == n;
  const bool joins_next = next < intervals_.size() && intervals_[next].begin == n + 1;
  const auto at = intervals_.begin() + static_cast<std::ptrdiff_t>(next);
  if (joins_previous && joins_next) {
    intervals_[next - 1].end = intervals_[next].end;
    intervals_.erase(at);
  } else if (joins_previous) {
    ++intervals_[next - 1].end;
  } else if (joins_next) {
    --intervals_[next].begin;
  } else {
    intervals_.insert(at, Interval{n, n + 1});
  }
  ++size_;
  return true;
}

bool IntervalSet::erase(std::uint32_t n) {
  if (!contains(n)) return false;
  const std::size_t i = after(n) - 1;
  const Interval whole = intervals_[i];
  const auto at = intervals_.begin() + static_cast<std::ptrdiff_t>(i);
  if (whole.begin + 1 == whole.end) {
    intervals_.erase(at);
  } else if (n == whole.begin) {
    ++intervals_[i].begin;
  } else if (n + 1 == whole.end) {
    --intervals_[i].end;
  } else {
    intervals_[i].end = n;
    intervals_.insert(at + 1, Interval{n + 1, whole.end});
  }
  --size_;
  return true;
}

void IntervalSet::unite(const IntervalSet& other) {
  std::vector<Interval> merged;
  merged.reserve(intervals_.size() + other.intervals_.size());
  std::merge(intervals_.begin(), intervals_.end(), other.intervals_.begin(), other.intervals_.end(),
             std::back_inserter(merged));
  intervals_.clear();
  size_ = 0;
  for (const Interval& next : merged) {
    if (intervals_.empty() || next.begin > intervals_.back().end) {
      intervals_.push_back(next);
      size_ += next.end - next.begin;
    } else if (next.end > intervals_.back().end) {
      size_ += next.end - intervals_.back().end;
      intervals_.back().end = next.end;
    }
  }
}

void IntervalSet::check() const {
  std::uint64_t total = 0;
  std::uint32_t previous_end = 0;
  for (const auto& [begin, end] : intervals_) {
    CLEAVE_CHECK(begin > 0 && begin < end, "an interval holds at least one positive number");
    CLEAVE_CHECK(begin > previous_end, "intervals ascend and do not touch");
    previous_end = end;
    total += end - begin;
  }
  CLEAVE_CHECK(total == size_, "the size of a set is the sum of its intervals");
}

std::size_t UpdateSet::place(NodeId client) const {
  const auto at =
      std::lower_bound(clients_.begin(), clients_.end(), client,
                       [](const OfClient& entry, NodeId wanted) { return entry.client < wanted; });
  return static_cast<std::size_t>(at - clients_.begin());
}

const IntervalSet& UpdateSet::of(NodeId client) const {
  static const IntervalSet kNone;
  const std::size_t i = place(client);
  return i < clients_.size() && clients_[i].client == client ? clients_[i].updates : kNone;
}

bool UpdateSet::contains(OperationId update) const {
  return of(update.client).contains(update.index);
}

bool UpdateSet::contains(OperationId update, std::size_t guess) const {
  if (guess < clients_.size() && clients_[guess].client == update.client)
    return clients_[guess].updates.contains(update.index);
  return contains(update);
}

bool UpdateSet::insert(OperationId update) {
  const std::size_t i = place(update.client);
  if (i == clients_.size() || clients_[i].client != update.client)
    clients_.insert(clients_.begin() + static_cast<std::ptrdiff_t>(i), OfClient{update.client, {}});
  if (!clients_[i].updates.insert(update.index)) return false;
  ++size_;
  return true;
}

bool UpdateSet::erase(OperationId update) {
  const std::size_t i = place(update.client);
  if (i == clients_.size() || clients_[i].client != update.client) return false;
  if (!clients_[i].updates.erase(update.index)) return false;
  if (clients_[i].updates.empty())
    clients_.erase(clients_.begin() + static_cast<std::ptrdiff_t>(i));
  --size_;
  return true;
}

void UpdateSet::unite(const UpdateSet& other) {
  for (const OfClient& entry : other.clients_) {
    const std::size_t i = place(entry.client);
    if (i == clients_.size() || clients_[i].client != entry.client)
      clients_.insert(clients_.begin() + static_cast<std::ptrdiff_t>(i),
                      OfClient{entry.client, {}});
    size_ -= clients_[i].updates.size();
    clients_[i].updates.unite(entry.updates);
    size_ += clients_[i].updates.size();
  }
}

std::size_t UpdateSet::intervals() const {
  std::size_t total = 0;
  for (const OfClient& entry : clients_)
    total += entry.updates.intervals().size();
  return total;
}

void UpdateSet::check() const {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    CLEAVE_CHECK(i == 0 || clients_[i - 1].client < clients_[i].client, "clients ascend");
    CLEAVE_CHECK(!clients_[i].updates.empty(), "a client without updates is not listed");
    clients_[i].updates.check();
    total += clients_[i].updates.size();
  }
  CLEAVE_CHECK(total == size_, "the size of a set is the sum of its clients");
}

std::uint64_t intersection_size(const UpdateSet& a, const UpdateSet& b) {
  std::uint64_t total = 0;
  for (const auto& [client, updates] : a.by_client())
    total += overlap(updates.intervals(), b.of(client).intervals());
  return total;
}

std::uint64_t symmetric_difference(const UpdateSet& a, const UpdateSet& b) {
  return a.size() + b.size() - 2 * intersection_size(a, b);
}

std::vector<OperationId> difference(const UpdateSet& a, const UpdateSet& b) {
  std::vector<OperationId> missing;
  for (const auto& entry : a.by_client()) {
    const NodeId client = entry.client;
    for_each_missing(entry.updates.intervals(), b.of(client).intervals(),
                     [&missing, client](std::uint32_t n) {
                       missing.push_back(OperationId{client, n});
                     });
  }
  return missing;
}

}  // namespace cleave
