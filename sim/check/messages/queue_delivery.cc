#include "sim/check/messages/queue_delivery.h"

#include "sim/check/linear/specification.h"
#include "sim/check/words.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace cleave::messages {
namespace {

std::span<const Receipt> of(const std::vector<Receipt>& receipts, Value value) {
  const auto [begin, end] =
      std::equal_range(receipts.begin(), receipts.end(), Receipt{value, 0, 0},
                       [](const Receipt& a, const Receipt& b) { return a.value < b.value; });
  return {begin, end};
}

// Calls visit(those of one value) for every value.
template <class T, class Visit>
void each_value(std::span<const T> all, Visit visit) {
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].value == all[begin].value)
      ++end;
    visit(all.subspan(begin, end - begin));
  }
}

std::string times(std::size_t count) {
  return count == 1 ? "once" : std::to_string(count) + " times";
}

Finding excess_of(const Object& queue, std::span<const Receipt> receipts,
                  std::span<const linear::Writers::Entry> sent) {
  const Value value = receipts.front().value;
  const std::uint64_t when = queue.at(receipts.back().operation).completed;
  std::vector<std::uint32_t> witness;
  for (const Receipt& receipt : receipts)
    witness.push_back(receipt.operation);
  if (sent.empty())
    return violation(queue, "thin-air-dequeue", witness, "nobody enqueued " + queue.name(value));
  if (receipts.size() == 1) {
    for (const auto& entry : sent)
      witness.push_back(entry.operation);
    return violation(queue, "future-read", witness,
                     queue.name(value) + " came out before anybody enqueued it");
  }
  std::size_t before = 0;
  for (; before < sent.size() && queue.at(sent[before].operation).invoked < when; ++before)
    witness.push_back(sent[before].operation);
  return violation(queue, "double-dequeue", witness,
                   queue.name(value) + " came out " + times(receipts.size()) +
                       ", and was enqueued " + times(before) + " by then");
}

// Who took nobody knows what.
bool takes_unknown(const Operation& o) {
  if (o.call != Call::dequeue && o.call != Call::drain) return false;
  return o.ending == Ending::pending || o.answer == Answer::none;
}
bool finds_empty(const Operation& o) {
  if (o.ending != Ending::done || o.answer == Answer::none) return false;
  return o.call == Call::drain || (o.call == Call::dequeue && o.result.is_nil());
}

class Losses {
 public:
  Losses(const Object& queue, const std::vector<Receipt>& receipts)
      : queue_(queue), receipts_(receipts) {
    for (const std::uint32_t i : queue.operations) {
      const Operation& o = queue.at(i);
      if (takes_unknown(o)) takers_.push_back(i);
      if (finds_empty(o)) empties_.push_back(i);
      if (o.call == Call::enqueue && o.ending == Ending::done) sent_.push_back(i);
    }
    std::stable_sort(sent_.begin(), sent_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return queue.at(a).completed < queue.at(b).completed;
    });
    owed_.resize(queue.sent.all().size());
  }

  std::optional<Finding> find(Tally& tally) {
    for (const std::uint32_t empty : empties_) {
      for (; next_ < sent_.size() && precedes(queue_.at(sent_[next_]), queue_.at(empty)); ++next_)
        owe(sent_[next_]);
      if (lost_ > most_taken_before(empty)) return tell(empty);
    }
    const std::uint64_t lost = lost_;
    for (; next_ < sent_.size(); ++next_)
      owe(sent_[next_]);
    tally.checked += sent_.size();
    tally.arrived += sent_.size() - lost_;
    if (tally.unknown.empty()) tally.unknown = unknown(lost);
    return std::nullopt;
  }

 private:
  const Object& queue_;
  const std::vector<Receipt>& receipts_;
  std::vector<std::uint32_t> takers_;   // in the order of invocation, as all of these
  std::vector<std::uint32_t> empties_;  // who found nothing
  std::vector<std::uint32_t> sent_;     // and were told so, in the order of that
  std::size_t next_ = 0;                // of these
  std::vector<std::uint32_t> owed_;     // by the first place of a value in Object::sent.all()
  std::vector<std::uint32_t> missing_;  // those that made it more than ever came
  std::uint64_t lost_ = 0;

  void owe(std::uint32_t sent) {
    const Value value = queue_.at(sent).argument;
    if (++owed_[*queue_.sent.find(value)] <= of(receipts_, value).size()) return;
    ++lost_;
    missing_.push_back(sent);
  }
  // Who asked only after somebody found nothing took nothing that should have been gone by then.
  std::span<const std::uint32_t> takers_before(std::uint32_t empty) const {
    const auto end = std::partition_point(takers_.begin(), takers_.end(), [&](std::uint32_t i) {
      return queue_.at(i).invoked < queue_.at(empty).completed;
    });
    return {takers_.begin(), end};
  }
  std::uint64_t most_taken_before(std::uint32_t empty) {
    const auto takers = takers_before(empty);
    for (; drains_from_ < takers.size(); ++drains_from_)
      if (queue_.at(takers[drains_from_]).call == Call::drain) return UINT64_MAX;
    return takers.size();
  }
  std::size_t drains_from_ = 0;  // no taker before this one is a drain

  Finding tell(std::uint32_t empty) const {
    const auto takers = takers_before(empty);
    std::vector<std::uint32_t> witness(takers.begin(), takers.end());
    witness.push_back(empty);
    for (std::size_t n = 0; n <= takers.size(); ++n) {
      const Value value = queue_.at(missing_[n]).argument;
      for (const auto& entry : queue_.sent.of(value))
        if (precedes(queue_.at(entry.operation), queue_.at(empty)))
          witness.push_back(entry.operation);
      for (const Receipt& receipt : of(receipts_, value))
        witness.push_back(receipt.operation);
    }
    return violation(queue_, "lost-element", witness,
                     takers.empty()
                         ? queue_.name(queue_.at(missing_[0]).argument) + " never came out"
                         : "not all of this can have come out");
  }

  std::string unknown(std::uint64_t lost) const {
    if (lost > 0)
      return count_of(lost, "acknowledged element") + " never came out, but " +
             queue_.name(takers_.front()) + ", and may have taken one";
    if (lost_ > 0)
      return count_of(lost_, "acknowledged element") + " never came out, as that of " +
             queue_.name(missing_.front()) +
             ", and nobody found the queue empty later: end the test with a drain";
    return "";
  }
};

}  // namespace

std::vector<Receipt> receipts_of(const Object& queue) {
  std::vector<Receipt> receipts;
  for (const std::uint32_t i : queue.operations) {
    const Operation& o = queue.at(i);
    if (o.ending != Ending::done || (o.call != Call::dequeue && o.call != Call::drain)) continue;
    std::uint32_t place = 0;
    for (const Value value : linear::list_of(queue.history, o))
      receipts.push_back({value, i, place++});
  }
  std::stable_sort(receipts.begin(), receipts.end(), [&](const Receipt& a, const Receipt& b) {
    if (a.value != b.value) return a.value < b.value;
    return queue.at(a.operation).completed < queue.at(b.operation).completed;
  });
  return receipts;
}

std::optional<Finding> find_excess(const Object& queue, const std::vector<Receipt>& receipts,
                                   Times times, Tally& tally) {
  std::optional<std::uint64_t> first;
  std::span<const Receipt> excess;
  each_value(std::span(receipts), [&](std::span<const Receipt> all) {
    tally.checked += all.size();
    const auto sent = queue.sent.of(all.front().value);
    const std::size_t most = times == Times::once ? all.size() : 1;
    for (std::size_t k = 0; k < most; ++k) {
      const std::uint64_t when = queue.at(all[k].operation).completed;
      if (k < sent.size() && queue.at(sent[k].operation).invoked < when) continue;
      if (first && *first <= when) return;
      first = when;
      excess = all.first(k + 1);
      return;
    }
  });
  if (!first) return std::nullopt;
  return excess_of(queue, excess, queue.sent.of(excess.front().value));
}

std::optional<Finding> find_loss(const Object& queue, const std::vector<Receipt>& receipts,
                                 Tally& tally) {
  each_value(queue.sent.all(), [&](std::span<const linear::Writers::Entry> sent) {
    const std::size_t came = of(receipts, sent.front().value).size();
    const auto done = static_cast<std::size_t>(
        std::count_if(sent.begin(), sent.end(), [&](const linear::Writers::Entry& entry) {
          return queue.at(entry.operation).ending == Ending::done;
        }));
    tally.repeated += came - std::min(came, sent.size());
    tally.unacknowledged += std::min(came, sent.size()) - std::min(came, done);
  });
  return Losses(queue, receipts).find(tally);
}

}  // namespace cleave::messages
