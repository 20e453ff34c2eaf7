#include "sim/check/linear/support.h"

#include <algorithm>
#include <cstddef>

namespace cleave::linear {
namespace {

// When a key was overwritten by what is kept: for a moment, the latest invocation of those that had
// completed by then.
class Overwritten {
 public:
  Overwritten(const History& history, std::span<const std::uint32_t> kept) {
    for (const std::uint32_t i : kept)
      if (const Operation& o = history.operations[i]; o.ending == Ending::done)
        each_left(history, o, [&](Place place) {
          entries_.push_back({place.key, o.completed, o.invoked});
        });
    std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
      return a.key != b.key ? a.key < b.key : a.completed < b.completed;
    });
    for (std::size_t i = 1; i < entries_.size(); ++i)
      if (entries_[i - 1].key == entries_[i].key)
        entries_[i].invoked = std::max(entries_[i].invoked, entries_[i - 1].invoked);
  }
  // 0: it was not.
  std::uint64_t before(std::uint32_t key, std::uint64_t moment) const {
    const auto after = std::partition_point(entries_.begin(), entries_.end(), [&](const Entry& e) {
      return e.key != key ? e.key < key : e.completed < moment;
    });
    return after == entries_.begin() || (after - 1)->key != key ? 0 : (after - 1)->invoked;
  }

 private:
  struct Entry {
    std::uint32_t key = 0;
    std::uint64_t completed = 0;
    std::uint64_t invoked = 0;
  };
  std::vector<Entry> entries_;
};

}  // namespace

Support::Support(const History& history, std::span<const std::uint32_t> operations)
    : history_(history) {
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    auto& writers = o.ending == Ending::pending ? pending_ : writers_;
    each_left(history, o, [&](Place place) { writers.push_back({place, i, o.completed}); });
  }
  const auto sooner = [](const Writer& a, const Writer& b) {
    return a.place != b.place ? a.place < b.place : a.operation < b.operation;
  };
  std::stable_sort(writers_.begin(), writers_.end(), sooner);
  std::stable_sort(pending_.begin(), pending_.end(), sooner);
  for (std::size_t i = 1; i < writers_.size(); ++i)
    if (writers_[i].place == writers_[i - 1].place)
      writers_[i].longest = std::max(writers_[i].longest, writers_[i - 1].longest);
}

std::vector<std::uint32_t> Support::close(std::vector<std::uint32_t> kept) const {
  const Overwritten overwritten(history_, kept);
  std::vector<std::uint32_t> more = kept;
  const auto end_of = [](const std::vector<Writer>& writers, Place place, std::uint64_t moment,
                         const History& history) {
    return std::partition_point(writers.begin(), writers.end(), [&](const Writer& w) {
      return w.place != place ? w.place < place : history.operations[w.operation].invoked < moment;
    });
  };
  const auto add = [&](std::uint32_t i) {
    const auto at = std::lower_bound(kept.begin(), kept.end(), i);
    if (at != kept.end() && *at == i) return;
    kept.insert(at, i);
    more.push_back(i);
  };
  while (!more.empty()) {
    const Operation& reader = history_.operations[more.back()];
    more.pop_back();
    each_seen(history_, reader, [&](Place place) {
      bool any = false;
      std::uint64_t since = overwritten.before(place.key, reader.invoked);
      auto w = end_of(writers_, place, reader.completed, history_);
      while (w != writers_.begin() && (--w)->place == place && w->longest >= since) {
        const Operation& writer = history_.operations[w->operation];
        if (writer.completed < since) continue;
        add(w->operation);
        any = true;
        if (precedes(writer, reader)) since = std::max(since, writer.invoked);
      }
      for (auto p = end_of(pending_, place, reader.completed, history_);
           p != pending_.begin() && (--p)->place == place; any = true)
        add(p->operation);
      if (any) return;
      // Nobody it can have seen: who looks at it wants to see who wrote that at all.
      const auto after = end_of(writers_, place, reader.completed, history_);
      if (after != writers_.begin() && (after - 1)->place == place) {
        add((after - 1)->operation);
      } else if (after != writers_.end() && after->place == place) {
        add(after->operation);
      }
    });
  }
  return kept;
}

}  // namespace cleave::linear
