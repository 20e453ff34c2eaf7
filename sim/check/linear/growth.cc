#include "sim/check/linear/monitor.h"
#include "sim/check/linear/specification.h"
#include "sim/check/linear/writers.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace cleave::linear {
namespace {

// The order of blocks of operations is known, within a block there is none. It must agree with real
// time: nothing may complete before something of an earlier block was invoked.
class Blocks {
 public:
  explicit Blocks(const History& history) : history_(history) {}

  void begin_block() {
    if (block_last_ && is_later(*block_last_)) last_ = block_last_;
    block_last_.reset();
  }
  // The operation of an earlier block that was invoked too late for this one.
  std::optional<std::uint32_t> add(std::uint32_t i) {
    const Operation& o = history_.operations[i];
    if (!block_last_ || o.invoked > history_.operations[*block_last_].invoked) block_last_ = i;
    return last_ && precedes(o, history_.operations[*last_]) ? last_ : std::nullopt;
  }

 private:
  const History& history_;
  std::optional<std::uint32_t> last_;        // of earlier blocks, the one invoked last
  std::optional<std::uint32_t> block_last_;  // of this one

  bool is_later(std::uint32_t i) const {
    return !last_ || history_.operations[i].invoked > history_.operations[*last_].invoked;
  }
};

bool is_read(const History& history, std::uint32_t i) {
  return history.operations[i].call == Call::read;
}

struct Growth {
  const History& history;
  bool is_log = false;
  Writers writers;
  std::vector<std::uint32_t> reads;  // the shorter ones first
  std::vector<std::uint32_t> order;  // places of elements in writers.all(), as they were seen
  std::vector<bool> seen;            // by that place
  std::vector<std::uint32_t> ranks;  // of the read at hand

  // Elements by their place, none twice in a set; false: one of them nobody added.
  bool rank(std::uint32_t read) {
    ranks.clear();
    for (const Value value : list_of(history, history.operations[read])) {
      const auto place = writers.find(value);
      if (!place) return false;
      ranks.push_back(static_cast<std::uint32_t>(*place));
    }
    if (is_log) return true;
    std::stable_sort(ranks.begin(), ranks.end());
    ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
    return true;
  }
  std::uint32_t adder(std::uint32_t place) const { return writers.all()[place].operation; }

  // Does the read at hand go on from what was seen so far? What is new is seen now.
  enum class Goes : std::uint8_t { on, elsewhere, twice };
  Goes take() {
    const std::size_t before = order.size();
    if (ranks.size() < before) return Goes::elsewhere;
    if (is_log && !std::equal(order.begin(), order.end(), ranks.begin())) return Goes::elsewhere;
    const auto old = static_cast<std::size_t>(
        std::count_if(ranks.begin(), ranks.end(), [&](std::uint32_t r) { return seen[r]; }));
    if (!is_log && old != before) return Goes::elsewhere;
    for (const std::uint32_t r : is_log ? std::span(ranks).subspan(before) : std::span(ranks)) {
      if (seen[r] && is_log) return Goes::twice;
      if (seen[r]) continue;
      seen[r] = true;
      order.push_back(r);
    }
    return Goes::on;
  }

  // An element that the first of two reads shows and the other one does not.
  std::optional<std::uint32_t> only_in(std::uint32_t first, std::uint32_t second) const {
    const auto list = list_of(history, history.operations[second]);
    std::vector<Value> sorted(list.begin(), list.end());
    std::stable_sort(sorted.begin(), sorted.end());
    for (const Value value : list_of(history, history.operations[first]))
      if (!std::binary_search(sorted.begin(), sorted.end(), value))
        return writers.of(value)[0].operation;
    return std::nullopt;
  }
  // Two reads that are on no chain, and the elements that show it.
  Monitored apart(std::uint32_t a, std::uint32_t b) const {
    Monitored found{Told::violated, {a, b}};
    const auto add = [&](Value value) { found.conflict.push_back(writers.of(value)[0].operation); };
    const auto first = list_of(history, history.operations[a]);
    const auto second = list_of(history, history.operations[b]);
    if (is_log) {  // where they part
      const auto [x, y] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
      add(*x);
      add(*y);
      return found;
    }
    for (const auto& element : {only_in(a, b), only_in(b, a)})
      if (element) found.conflict.push_back(*element);
    return found;
  }
  // `late` was invoked after `early` had completed, but what was read has them the other way round.
  Monitored inverted(std::uint32_t early, std::uint32_t late) const {
    Monitored found{Told::violated, {early, late}};
    if (is_read(history, early) && is_read(history, late))
      found.conflict.push_back(only_in(early, late).value_or(late));
    if (!is_read(history, early) && !is_read(history, late))
      for (const std::uint32_t read : reads) {  // the first one that shows it
        const auto list = list_of(history, history.operations[read]);
        const Value value = history.operations[late].argument;
        if (std::find(list.begin(), list.end(), value) == list.end()) continue;
        found.conflict.push_back(read);
        break;
      }
    return found;
  }
};

Monitored judge(Growth& growth) {
  Blocks blocks(growth.history);
  std::optional<Monitored> found;
  const auto block = [&](std::span<const std::uint32_t> operations) {
    blocks.begin_block();
    for (const std::uint32_t i : operations)
      if (const auto late = blocks.add(i); late && !found) found = growth.inverted(i, *late);
  };
  std::optional<std::uint32_t> before;
  for (const std::uint32_t read : growth.reads) {
    if (!growth.rank(read)) return {Told::violated, {read}};
    const std::size_t known = growth.order.size();
    switch (growth.take()) {
      case Growth::Goes::elsewhere:
        return growth.apart(*before, read);
      case Growth::Goes::twice:
        return {Told::violated, {read}};
      case Growth::Goes::on:
        break;
    }
    std::vector<std::uint32_t> adders;
    for (std::size_t i = known; i < growth.order.size(); ++i) {
      adders.push_back(growth.adder(growth.order[i]));
      if (growth.is_log) block(std::exchange(adders, {}));
    }
    if (!adders.empty()) block(adders);
    if (!before || growth.order.size() != known) blocks.begin_block();
    if (const auto late = blocks.add(read); late && !found) found = growth.inverted(read, *late);
    before = read;
  }
  std::vector<std::uint32_t> unseen;
  for (std::uint32_t place = 0; place < growth.seen.size(); ++place)
    if (!growth.seen[place] &&
        growth.history.operations[growth.adder(place)].ending == Ending::done)
      unseen.push_back(growth.adder(place));
  block(unseen);
  return found.value_or(Monitored{Told::holds});
}

}  // namespace

Monitored monitor_growth(const History& history, Model model,
                         std::span<const std::uint32_t> operations) {
  Growth growth{history, model == Model::log, Writers(history, operations), {}, {}, {}, {}};
  if (!growth.writers.are_unique()) return {};
  for (const std::uint32_t i : operations) {
    if (history.operations[i].call == Call::remove) return {};
    if (is_read(history, i)) growth.reads.push_back(i);
  }
  growth.seen.assign(growth.writers.all().size(), false);
  std::vector<std::pair<std::size_t, std::uint32_t>> sizes;
  for (const std::uint32_t read : growth.reads) {
    const bool is_known = growth.rank(read);
    sizes.push_back({is_known ? growth.ranks.size() : 0, read});
  }
  std::stable_sort(sizes.begin(), sizes.end());
  for (std::size_t i = 0; i < sizes.size(); ++i)
    growth.reads[i] = sizes[i].second;
  return judge(growth);
}

Monitored monitor_max_register(const History& history, Value init,
                               std::span<const std::uint32_t> operations) {
  struct Entry {
    Value value;
    std::uint32_t operation = 0;
  };
  std::vector<Entry> entries;
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    if (o.answer == Answer::many) return {Told::violated, {i}};
    entries.push_back({o.call == Call::read ? o.result : o.argument, i});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.value < b.value; });
  // The first to raise it to each value that was read, and who read it: lower values first.
  Blocks blocks(history);
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    std::optional<std::uint32_t> raised;
    std::optional<std::uint32_t> read;
    const Value value = entries[begin].value;
    for (; end < entries.size() && entries[end].value == value; ++end) {
      auto& first = is_read(history, entries[end].operation) ? read : raised;
      if (!first) first = entries[end].operation;
    }
    if (read && value < init) return {Told::violated, {*read}};
    if (value < init) continue;
    if (read && !raised && value != init) return {Told::violated, {*read}};
    blocks.begin_block();
    Blocks aside = blocks;  // who raises it without being read binds nobody after it
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t o = entries[i].operation;
      const bool binds = is_read(history, o) || (read && raised == o && value != init);
      if (value != init && is_read(history, o) &&
          precedes(history.operations[o], history.operations[*raised]))
        return {Told::violated, {o, *raised}};
      const auto late = (binds ? blocks : aside).add(o);
      if (!late) continue;
      Monitored found{Told::violated, {o, *late}};
      for (const Entry& other : entries)  // who read what the late one raised
        if (!is_read(history, *late) && is_read(history, other.operation) &&
            other.value == history.operations[*late].argument) {
          found.conflict.push_back(other.operation);
          break;
        }
      return found;
    }
  }
  return {Told::holds};
}

}  // namespace cleave::linear
