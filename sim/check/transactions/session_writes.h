// The writes of each key by the sessions that made them, and there in the order of the session.
#pragma once
#include "sim/check/transactions/session_clocks.h"
#include "sim/check/transactions/version_order.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cleave::transactions {

class SessionWrites {
 public:
  SessionWrites(const Versioned& versioned, const Sessions& sessions)
      : order_(versioned.order), places_(versioned.writes.all().size()) {
    const auto at = [&](std::uint32_t write) {
      const std::uint32_t operation = versioned.writes[write].operation;
      return std::pair(sessions.of[operation], sessions.places[operation]);
    };
    for (std::uint32_t key = 0; key + 1 < order_.first.size(); ++key)
      std::stable_sort(order_.writes.begin() + order_.first[key],
                       order_.writes.begin() + order_.first[key + 1],
                       [&](std::uint32_t a, std::uint32_t b) { return at(a) < at(b); });
    for (const std::uint32_t write : order_.writes)
      places_[write] = at(write);
  }

  // Calls visit(session, writes) for each session that wrote the key.
  template <class Visit>
  void for_each_session(std::uint32_t key, Visit visit) const {
    const auto all = order_.of(key);
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
      while (end < all.size() && session(all[end]) == session(all[begin]))
        ++end;
      visit(session(all[begin]), all.subspan(begin, end - begin));
    }
  }
  std::uint32_t session(std::uint32_t write) const { return places_[write].first; }
  std::uint32_t place(std::uint32_t write) const { return places_[write].second; }

  // The first of a session's writes at that place or behind it.
  std::span<const std::uint32_t>::iterator from(std::span<const std::uint32_t> writes,
                                                std::uint32_t place) const {
    return std::lower_bound(
        writes.begin(), writes.end(), place,
        [&](std::uint32_t write, std::uint32_t bound) { return this->place(write) < bound; });
  }

 private:
  VersionOrder order_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places_;
};

}  // namespace cleave::transactions
