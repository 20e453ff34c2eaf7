#include "sim/check/messages/sender_order.h"

#include "sim/check/linear/specification.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave::messages {
namespace {

// What each process sent, one after the other.
class Senders {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  explicit Senders(const Object& object) : object_(object) {
    const auto all = object.sent.all();
    std::vector<std::uint32_t> in_order;  // places in all
    for (std::uint32_t n = 0; n < all.size(); ++n) {
      const bool single = (n == 0 || all[n - 1].value != all[n].value) &&
                          (n + 1 == all.size() || all[n + 1].value != all[n].value);
      if (single)
        in_order.push_back(n);
      else if (!ambiguous_)
        ambiguous_ = n;
    }
    std::stable_sort(in_order.begin(), in_order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return all[a].operation < all[b].operation;
    });
    before_.assign(all.size(), kNone);
    std::map<std::uint32_t, std::uint32_t> last;  // by process
    for (const std::uint32_t n : in_order) {
      const auto [at, is_first] = last.try_emplace(object.at(all[n].operation).process, n);
      if (!is_first) before_[n] = std::exchange(at->second, n);
    }
    in_order_ = std::move(in_order);
  }

  // Place in Object::sent.all(); kNone: nobody's, or one of several.
  std::uint32_t place_of(Value value) const {
    const auto sent = object_.sent.of(value);
    return sent.size() == 1 ? static_cast<std::uint32_t>(*object_.sent.find(value)) : kNone;
  }
  // What its sender sent before it; kNone: nothing.
  std::uint32_t before(std::uint32_t place) const { return before_[place]; }
  const std::vector<std::uint32_t>& in_order() const { return in_order_; }
  std::uint32_t operation(std::uint32_t place) const { return object_.sent.all()[place].operation; }
  std::string name(std::uint32_t place) const {
    return object_.name(object_.sent.all()[place].value);
  }
  void tell_ambiguous(Tally& tally) const {
    if (!ambiguous_ || !tally.unknown.empty()) return;
    tally.unknown = object_.name(object_.sent.all()[*ambiguous_].value) + " was " + object_.put() +
                    " more than once, so that nobody can tell which one came: make values unique";
  }

 private:
  const Object& object_;
  std::vector<std::uint32_t> before_;
  std::vector<std::uint32_t> in_order_;
  std::optional<std::uint32_t> ambiguous_;
};

Finding disorder(const Object& object, const Senders& senders, std::uint32_t earlier,
                 std::uint32_t later, std::vector<std::uint32_t> seen_by, bool never) {
  seen_by.push_back(senders.operation(earlier));
  seen_by.push_back(senders.operation(later));
  return violation(object, never ? "skipped-element" : "reordered-elements", std::move(seen_by),
                   senders.name(later) + " came " + (never ? "without " : "before ") +
                       senders.name(earlier) + ", which its sender had sent before");
}

}  // namespace

std::optional<Finding> find_disorder(const Object& log, Tally& tally) {
  const Senders senders(log);
  std::vector<std::uint32_t> seen(log.sent.all().size(),
                                  0);  // the last list that showed it, from 1
  std::uint32_t list = 0;
  for (const std::uint32_t i : log.operations) {
    const Operation& o = log.at(i);
    if (o.call != Call::read || o.ending != Ending::done) continue;
    ++list;
    const auto shown = linear::list_of(log.history, o);
    for (const Value value : shown) {
      const std::uint32_t place = senders.place_of(value);
      if (place == Senders::kNone || seen[place] == list) continue;
      seen[place] = list;
      const std::uint32_t before = senders.before(place);
      if (before == Senders::kNone) continue;
      ++tally.checked;
      if (seen[before] == list) continue;
      const Value missed = log.sent.all()[before].value;
      const bool never = std::find(shown.begin(), shown.end(), missed) == shown.end();
      return disorder(log, senders, before, place, {i}, never);
    }
  }
  senders.tell_ambiguous(tally);
  return std::nullopt;
}

namespace {

// Of all that took an element: the first invocation, that of another one, the first completion.
struct Exit {
  std::uint64_t begins = Operation::kNever;
  std::uint64_t begins_next = Operation::kNever;
  std::uint64_t ends = Operation::kNever;
  std::uint32_t first_begun = 0;
  std::uint32_t first_ended = 0;
  bool came = false;
};

std::vector<Exit> exits_of(const Object& queue, const std::vector<Receipt>& receipts) {
  std::vector<Exit> exits(queue.sent.all().size());
  for (const Receipt& receipt : receipts) {
    const auto place = queue.sent.find(receipt.value);
    if (!place) continue;
    Exit& exit = exits[*place];
    const Operation& o = queue.at(receipt.operation);
    exit.came = true;
    if (o.invoked < exit.begins) {
      exit.begins_next = std::exchange(exit.begins, o.invoked);
      exit.first_begun = receipt.operation;
    } else if (o.invoked > exit.begins) {
      exit.begins_next = std::min(exit.begins_next, o.invoked);
    }
    if (o.completed >= exit.ends) continue;
    exit.ends = o.completed;
    exit.first_ended = receipt.operation;
  }
  return exits;
}

bool is_answered(const Object& queue) {
  return std::none_of(queue.operations.begin(), queue.operations.end(), [&](std::uint32_t i) {
    const Operation& o = queue.at(i);
    const bool takes = o.call == Call::dequeue || o.call == Call::drain;
    return takes && (o.ending == Ending::pending || o.answer == Answer::none);
  });
}

// What one drain took, in its order.
std::optional<Finding> find_overtaking_in(const Object& queue, const Senders& senders,
                                          const std::vector<Exit>& exits, std::uint32_t drain) {
  std::map<std::uint32_t, std::uint32_t> last;  // by process, of its elements the one sent last
  std::set<std::uint32_t> seen;                 // what comes once more says nothing
  const std::uint64_t ends = queue.at(drain).completed;
  for (const Value value : linear::list_of(queue.history, queue.at(drain))) {
    const std::uint32_t place = senders.place_of(value);
    if (place == Senders::kNone || !seen.insert(place).second) continue;
    const std::uint32_t sent = senders.operation(place);
    const auto [at, is_first] = last.try_emplace(queue.at(sent).process, place);
    const bool late = !is_first && sent < senders.operation(at->second);
    const bool nowhere_else = exits[place].first_begun == drain && exits[place].begins_next > ends;
    if (late && nowhere_else) return disorder(queue, senders, place, at->second, {drain}, false);
    if (!late) at->second = place;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> find_overtaking(const Object& queue, const std::vector<Receipt>& receipts,
                                       Tally& tally) {
  const Senders senders(queue);
  const std::vector<Exit> exits = exits_of(queue, receipts);
  for (const std::uint32_t i : queue.operations)
    if (queue.at(i).call == Call::drain && queue.at(i).ending == Ending::done)
      if (auto found = find_overtaking_in(queue, senders, exits, i)) return found;
  const bool all_told = is_answered(queue);
  std::map<std::uint32_t, std::uint32_t> last;  // by process, its element that came out last
  for (const std::uint32_t place : senders.in_order()) {
    const Exit& exit = exits[place];
    const bool came = exit.came;
    if (!came && !all_told) continue;
    const auto [at, is_first] = last.try_emplace(queue.at(senders.operation(place)).process, place);
    if (is_first) continue;
    const Exit& other = exits[at->second];
    if (came) ++tally.checked;
    if (came && exit.ends < other.begins) {
      std::vector<std::uint32_t> takers{exit.first_ended};
      if (other.came) takers.push_back(other.first_begun);
      return disorder(queue, senders, at->second, place, takers, !other.came);
    }
    if (exit.begins >= other.begins) at->second = place;
  }
  senders.tell_ambiguous(tally);
  return std::nullopt;
}

}  // namespace cleave::messages
