#include "tests/support/promises.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace cleave::testing {
namespace {

struct Piece {  // that came out, or that a list shows
  Value value;
  const Operation* by = nullptr;
  std::size_t place = 0;
};

class Promise {
 public:
  Promise(const History& history, const Question& question) : history_(history), q_(question) {
    for (const Operation& o : history.operations) {
      if (o.ending == Ending::failed) continue;
      const bool takes = o.call == Call::dequeue || o.call == Call::drain;
      const bool known = o.ending == Ending::done && o.answer != Answer::none;
      if (o.call == Call::enqueue || o.call == Call::append || o.call == Call::add)
        sent_.push_back(&o);
      if (o.call == Call::remove) removed_.push_back(o.argument);
      if (o.call == Call::read && known) reads_.push_back(&o);
      if (takes && !known) takers_.push_back(&o);
      if (takes && known) {
        const auto list = list_of(o);
        for (std::size_t i = 0; i < list.size(); ++i)
          came_.push_back({list[i], &o, i});
        if (o.call == Call::drain || list.empty()) empties_.push_back(&o);
      }
    }
  }

  bool is_broken() {
    const bool queue = q_.model == Model::queue || q_.model == Model::fifo_queue;
    if (q_.model == Model::unique_ids) return gives_twice();
    if (q_.model == Model::counter) return is_out_of_bounds();
    if (queue ? from_nowhere() : shows_from_nowhere()) return true;
    switch (q_.level) {
      case Level::exactly_once:
        return queue ? too_often() || loses() : shows_too_often() || misses();
      case Level::at_least_once:
        return queue ? loses() : misses();
      case Level::at_most_once:
        return queue ? too_often() : shows_too_often();
      case Level::fifo_delivery:
        return queue ? overtakes() : shows_disorder();
      default:
        return diverges();
    }
  }

 private:
  const History& history_;
  const Question& q_;
  std::vector<const Operation*> sent_;
  std::vector<const Operation*> reads_;
  std::vector<const Operation*> takers_;
  std::vector<const Operation*> empties_;
  std::vector<Value> removed_;
  std::vector<Piece> came_;

  std::vector<Value> list_of(const Operation& o) const {
    const auto many = history_.results_of(o);
    if (o.answer == Answer::many) return {many.begin(), many.end()};
    return o.result.is_nil() ? std::vector<Value>{} : std::vector<Value>{o.result};
  }

  // Is there a way to give each of the first its own of the second? By trying all.
  template <class A, class B, class Fits>
  static bool all_find_one(const std::vector<A>& first, const std::vector<B>& second, Fits fits,
                           std::vector<bool> used = {}, std::size_t at = 0) {
    used.resize(second.size());
    if (at == first.size()) return true;
    for (std::size_t i = 0; i < second.size(); ++i) {
      if (used[i] || !fits(first[at], second[i])) continue;
      used[i] = true;
      if (all_find_one(first, second, fits, used, at + 1)) return true;
      used[i] = false;
    }
    return false;
  }

  static bool is_of(const Piece& piece, const Operation* sent) {
    return piece.value == sent->argument && sent->invoked < piece.by->completed;
  }
  bool from_nowhere() const {
    return std::any_of(came_.begin(), came_.end(), [&](const Piece& piece) {
      return std::none_of(sent_.begin(), sent_.end(),
                          [&](const Operation* sent) { return is_of(piece, sent); });
    });
  }
  bool too_often() const { return !all_find_one(came_, sent_, is_of); }

  // Somebody found nothing, and what had been put in by then went nowhere.
  bool loses() const {
    for (const Operation* empty : empties_) {
      std::vector<const Operation*> gone;
      for (const Operation* sent : sent_)
        if (sent->ending == Ending::done && precedes(*sent, *empty)) gone.push_back(sent);
      std::vector<Piece> ways = came_;
      for (const Operation* taker : takers_)
        for (std::size_t i = 0; i < (taker->call == Call::drain ? gone.size() : 1); ++i)
          if (taker->invoked < empty->completed) ways.push_back({{}, taker, 0});
      const auto fits = [](const Operation* sent, const Piece& way) {
        return way.value.is_nil() || way.value == sent->argument;
      };
      if (!all_find_one(gone, ways, fits)) return true;
    }
    return false;
  }

  bool is_single(const Operation* sent) const {
    return std::count_if(sent_.begin(), sent_.end(), [&](const Operation* other) {
             return other->argument == sent->argument;
           }) == 1;
  }
  template <class Visit>
  bool any_pair_of_one_sender(Visit visit) const {
    for (const Operation* a : sent_)
      for (const Operation* b : sent_)
        if (a->process == b->process && precedes(*a, *b) && is_single(a) && is_single(b) &&
            visit(a->argument, b->argument))
          return true;
    return false;
  }
  bool overtakes() const {
    return any_pair_of_one_sender([&](Value a, Value b) {
      const bool a_came =
          std::any_of(came_.begin(), came_.end(), [&](const Piece& p) { return p.value == a; });
      if (!a_came && !takers_.empty()) return false;
      return std::any_of(came_.begin(), came_.end(), [&](const Piece& late) {
        return late.value == b && std::all_of(came_.begin(), came_.end(), [&](const Piece& p) {
                 const bool in_one = p.by == late.by && late.place < p.place;
                 return p.value != a || in_one || precedes(*late.by, *p.by);
               });
      });
    });
  }

  // Of lists.
  std::size_t shown(const Operation* read, Value value) const {
    const auto list = list_of(*read);
    return static_cast<std::size_t>(std::count(list.begin(), list.end(), value));
  }
  std::size_t sent_by(const Operation* read, Value value) const {
    return static_cast<std::size_t>(
        std::count_if(sent_.begin(), sent_.end(), [&](const Operation* sent) {
          return sent->argument == value && sent->invoked < read->completed;
        }));
  }
  template <class Visit>
  bool any_shown(Visit visit) const {
    for (const Operation* read : reads_)
      for (const Value value : list_of(*read))
        if (visit(read, value)) return true;
    return false;
  }
  bool shows_from_nowhere() const {
    return any_shown([&](auto read, Value value) { return sent_by(read, value) == 0; });
  }
  bool shows_too_often() const {
    return any_shown([&](auto read, Value value) {
      const std::size_t most = q_.model == Model::log ? sent_by(read, value) : 1;
      return shown(read, value) > most;
    });
  }
  bool misses() const {
    for (const Operation* sent : sent_)
      for (std::size_t n = 1; n <= (q_.model == Model::log ? sent_.size() : 1); ++n)
        if (std::find(removed_.begin(), removed_.end(), sent->argument) == removed_.end() &&
            misses(sent->argument, n))
          return true;
    return false;
  }
  // So many of one value were there, or should have been, and then are not any more.
  bool misses(Value value, std::size_t n) const {
    std::size_t all = 0;
    for (const Operation* sent : sent_)
      all += sent->argument == value ? 1 : 0;
    if (n > all) return false;
    for (const Operation* missing : reads_) {
      std::size_t acknowledged = 0;
      for (const Operation* sent : sent_)
        acknowledged +=
            sent->argument == value && sent->ending == Ending::done && precedes(*sent, *missing)
                ? 1
                : 0;
      bool known = acknowledged >= n;
      bool later = false;
      for (const Operation* read : reads_) {
        if (shown(read, value) < n) continue;
        known |= precedes(*read, *missing);
        later |= !precedes(*read, *missing);
      }
      if (known && !later && shown(missing, value) < n) return true;
    }
    return false;
  }
  bool shows_disorder() const {
    return any_pair_of_one_sender([&](Value a, Value b) {
      return std::any_of(reads_.begin(), reads_.end(), [&](const Operation* read) {
        const auto list = list_of(*read);
        return std::find(list.begin(), list.end(), b) < std::find(list.begin(), list.end(), a);
      });
    });
  }
  bool diverges() const {
    for (const Operation* a : reads_)
      for (const Operation* b : reads_) {
        const auto x = list_of(*a);
        const auto y = list_of(*b);
        for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i)
          if (x[i] != y[i]) return true;
      }
    return false;
  }

  bool gives_twice() const {
    for (const Operation& a : history_.operations)
      for (const Operation& b : history_.operations)
        if (&a != &b && a.ending == Ending::done && b.ending == Ending::done &&
            a.answer == Answer::one && b.answer == Answer::one && a.result == b.result)
          return true;
    return false;
  }
  bool is_out_of_bounds() const {
    return std::any_of(reads_.begin(), reads_.end(), [&](const Operation* read) {
      std::int64_t least = q_.init.is_nil() ? 0 : q_.init.code;
      std::int64_t most = least;
      for (const Operation* sent : sent_) {
        const std::int64_t amount = sent->argument.code;
        const bool sure = precedes(*sent, *read);
        if (sent->invoked > read->completed) continue;
        least += sure || amount < 0 ? amount : 0;
        most += sure || amount > 0 ? amount : 0;
      }
      return read->result.code < least || read->result.code > most;
    });
  }
};

}  // namespace

bool breaks_promise(const History& history, const Question& question) {
  return Promise(history, question).is_broken();
}

}  // namespace cleave::testing
