#include "sim/check/messages/visibility.h"

#include "sim/check/linear/specification.h"
#include "sim/check/words.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace cleave::messages {
namespace {

bool is_read(const Object& object, std::uint32_t i) {
  const Operation& o = object.at(i);
  return o.call == Call::read && o.ending == Ending::done && o.answer != Answer::none;
}

// Values that occur in a read, and how often: of a list the n-th of one value is what was put in
// n-th; a set has each once.
template <class Visit>
void each_shown(const Object& object, std::uint32_t read, std::vector<Value>& scratch,
                Visit visit) {
  const auto list = linear::list_of(object.history, object.at(read));
  scratch.assign(list.begin(), list.end());
  std::stable_sort(scratch.begin(), scratch.end());
  for (std::size_t begin = 0, end = 0; begin < scratch.size(); begin = end) {
    while (end < scratch.size() && scratch[end] == scratch[begin])
      ++end;
    visit(scratch[begin], end - begin);
  }
}

// How an element fared, element n of Object::sent.all(): the n-th of its value.
struct Fate {
  std::uint64_t known = Operation::kNever;  // when it must be there from
  std::uint32_t known_by = 0;               // who was told so
  std::optional<std::uint32_t> told;        // whose acknowledgement says so, be it later
  std::uint64_t last_shown = 0;             // the latest completion of those that show it; 0: none
  std::uint32_t next = 0;                   // one behind the last read that shows it
  std::uint32_t missing = 0;                // one behind the last read that does not; 0: none
  bool counts = true;                       // nobody may have removed it
};

class Fates {
 public:
  explicit Fates(const Object& object) : object_(object), fates_(object.sent.all().size()) {
    for (const std::uint32_t i : object.operations)
      if (is_read(object, i)) reads_.push_back(i);
    acknowledge();
    look();
    for (const std::uint32_t i : object.operations)
      if (const Operation& o = object.at(i); o.call == Call::remove)
        if (const auto place = object.sent.find(o.argument)) fates_[*place].counts = false;
  }

  std::optional<Finding> find(Tally& tally) {
    std::uint64_t unread = 0;
    std::optional<std::uint32_t> first_unread;
    std::optional<std::size_t> lost;
    for (std::size_t n = 0; n < fates_.size(); ++n) {
      const Fate& fate = fates_[n];
      if (!fate.counts || fate.known == Operation::kNever) continue;
      const bool acknowledged = !is_read(object_, fate.known_by);
      ++tally.checked;
      if (const Operation* missed = missed_by(fate);
          missed != nullptr && missed->invoked > fate.known) {
        if (fate.last_shown < missed->invoked) {
          if (!lost || fates_[*lost].known > fate.known) lost = n;
          continue;
        }
        tally.delays.push_back(missed->invoked - fate.known);
      } else if (fate.last_shown == 0) {
        ++unread;
        if (!first_unread) first_unread = fate.known_by;
        continue;
      }
      ++(acknowledged ? tally.arrived : tally.unacknowledged);
    }
    if (lost) return tell(*lost);
    if (unread > 0 && tally.unknown.empty())
      tally.unknown = count_of(unread, "acknowledged element") +
                      " was never to be seen, as that of " + object_.name(*first_unread) +
                      ": end the test with a read";
    return std::nullopt;
  }

 private:
  const Object& object_;
  std::vector<std::uint32_t> reads_;  // in the order in which they were invoked
  std::vector<Fate> fates_;
  std::vector<Value> scratch_;

  // The n-th of a value must be there when so many were acknowledged.
  void acknowledge() {
    const auto all = object_.sent.all();
    std::vector<std::uint32_t> done;
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
      done.clear();
      for (; end < all.size() && all[end].value == all[begin].value; ++end)
        if (object_.at(all[end].operation).ending == Ending::done)
          done.push_back(all[end].operation);
      std::stable_sort(done.begin(), done.end(), [&](std::uint32_t a, std::uint32_t b) {
        return object_.at(a).completed < object_.at(b).completed;
      });
      const std::size_t count = object_.model == Model::log ? done.size() : done.empty() ? 0 : 1;
      for (std::size_t n = 0; n < count; ++n) {
        fates_[begin + n].told = done[n];
        know(fates_[begin + n], done[n]);
      }
    }
  }
  void know(Fate& fate, std::uint32_t operation) const {
    const std::uint64_t when = object_.at(operation).completed;
    if (when >= fate.known) return;
    fate.known = when;
    fate.known_by = operation;
  }

  void look() {
    for (std::uint32_t r = 0; r < reads_.size(); ++r)
      each_shown(object_, reads_[r], scratch_, [&](Value value, std::size_t count) {
        const auto sent = object_.sent.of(value);
        if (sent.empty()) return;
        const std::size_t place = *object_.sent.find(value);
        const std::size_t most = object_.model == Model::log ? sent.size() : 1;
        for (std::size_t n = 0; n < std::min(count, most); ++n)
          show(fates_[place + n], r);
      });
    for (Fate& fate : fates_)
      if (fate.next < reads_.size()) fate.missing = static_cast<std::uint32_t>(reads_.size());
  }
  void show(Fate& fate, std::uint32_t r) {
    if (r > fate.next) fate.missing = r;
    fate.next = r + 1;
    know(fate, reads_[r]);
    fate.last_shown = std::max(fate.last_shown, object_.at(reads_[r]).completed);
  }
  const Operation* missed_by(const Fate& fate) const {
    return fate.missing == 0 ? nullptr : &object_.at(reads_[fate.missing - 1]);
  }

  Finding tell(std::size_t n) const {
    const Fate& fate = fates_[n];
    const Value value = object_.sent.all()[n].value;
    const std::uint32_t missing = reads_[fate.missing - 1];
    std::vector<std::uint32_t> witness{missing};
    if (fate.told && precedes(object_.at(*fate.told), object_.at(missing))) {
      for (const auto& entry : object_.sent.of(value))  // as many as were acknowledged by then
        if (object_.at(entry.operation).completed <= object_.at(*fate.told).completed)
          witness.push_back(entry.operation);
      if (object_.model != Model::log) witness = {*fate.told, missing};
    } else {
      witness.push_back(fate.known_by);
      const auto sent = object_.sent.of(value);  // all that it may be about
      const std::size_t place = n - *object_.sent.find(value);
      for (std::size_t i = 0; i < sent.size(); ++i)
        if (i <= place ||
            object_.at(sent[i].operation).invoked < object_.at(fate.known_by).completed)
          witness.push_back(sent[i].operation);
    }
    return violation(object_, "lost-element", witness,
                     object_.name(value) + " is missing, and no later read shows it");
  }
};

}  // namespace

std::optional<Finding> find_thin_air(const Object& object) {
  for (const std::uint32_t i : object.operations) {
    if (!is_read(object, i)) continue;
    for (const Value value : linear::list_of(object.history, object.at(i))) {
      const auto sent = object.sent.of(value);
      if (sent.empty())
        return violation(object, "thin-air-read", {i},
                         "nobody " + object.put() + " " + object.name(value));
      if (!precedes(object.at(i), object.at(sent.front().operation))) continue;
      std::vector<std::uint32_t> witness{i};
      for (const auto& entry : sent)
        witness.push_back(entry.operation);
      return violation(object, "future-read", witness,
                       object.name(value) + " was there before anybody " + object.put() + " it");
    }
  }
  return std::nullopt;
}

std::optional<Finding> find_repetition(const Object& object, Tally& tally) {
  std::vector<Value> scratch;
  std::optional<Finding> found;
  for (const std::uint32_t i : object.operations) {
    if (!is_read(object, i)) continue;
    each_shown(object, i, scratch, [&](Value value, std::size_t count) {
      ++tally.checked;
      if (count == 1 || found) return;
      std::vector<std::uint32_t> witness{i};
      for (const auto& entry : object.sent.of(value))
        if (!precedes(object.at(i), object.at(entry.operation))) witness.push_back(entry.operation);
      const std::size_t put = witness.size() - 1;
      if (object.model == Model::log && count <= put) return;
      found =
          violation(object, "duplicate-element", witness,
                    object.name(value) + " is there " + std::to_string(count) + " times, and was " +
                        object.put() + " " + (put == 1 ? "once" : std::to_string(put) + " times"));
    });
    if (found) break;
  }
  return found;
}

std::optional<Finding> find_loss(const Object& object, Tally& tally) {
  return Fates(object).find(tally);
}

}  // namespace cleave::messages
