// Which updates somebody holds: each client's operation numbers as intervals, so that memory grows
// with gaps and not with history. Sorted vectors: the common update is the client's next one, and
// appends to the last interval.
// Invariants: (1) intervals are not empty, hold no 0, ascend and do not touch; (2) size is the sum
// of their lengths; (3) clients ascend and each holds at least one update.
#pragma once
#include "sim/base/id.h"
#include "sim/trace/history.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave {

// A set of positive numbers below 2^32 - 1.
class IntervalSet {
 public:
  struct Interval {  // half-open: begin is in it, end is not
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    auto operator<=>(const Interval&) const = default;
    CLEAVE_DESCRIBE(begin, end)
  };

  bool contains(std::uint32_t n) const;
  bool insert(std::uint32_t n);  // false: it was there. Requires: 0 < n < 2^32 - 1
  bool erase(std::uint32_t n);   // false: it was not
  void unite(const IntervalSet& other);
  std::uint64_t size() const { return size_; }
  bool empty() const { return intervals_.empty(); }
  const std::vector<Interval>& intervals() const { return intervals_; }
  bool operator==(const IntervalSet&) const = default;
  void check() const;

 private:
  std::size_t after(std::uint32_t n) const;  // the first interval that begins above n
  std::vector<Interval> intervals_;
  std::uint64_t size_ = 0;
};

class UpdateSet {
 public:
  struct OfClient {
    NodeId client;
    IntervalSet updates;
    bool operator==(const OfClient&) const = default;
  };

  bool contains(OperationId update) const;
  // The same, looking first at place `guess` of by_client(): sets of one store list the same
  // clients.
  bool contains(OperationId update, std::size_t guess) const;
  bool insert(OperationId update);  // false: it was there. Requires: a real operation, not "none"
  bool erase(OperationId update);   // false: it was not
  void unite(const UpdateSet& other);
  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const std::vector<OfClient>& by_client() const { return clients_; }
  const IntervalSet& of(NodeId client) const;
  std::size_t place(NodeId client) const;  // in by_client(), or where it would be
  std::size_t intervals() const;           // what memory is proportional to
  bool operator==(const UpdateSet&) const = default;
  void check() const;

 private:
  std::vector<OfClient> clients_;
  std::uint64_t size_ = 0;
};

// In time proportional to the intervals of both, as unite() is, and to the result of a list.
std::uint64_t intersection_size(const UpdateSet& a, const UpdateSet& b);
std::uint64_t symmetric_difference(const UpdateSet& a, const UpdateSet& b);   // its size
std::vector<OperationId> difference(const UpdateSet& a, const UpdateSet& b);  // in a and not in b

}  // namespace cleave
