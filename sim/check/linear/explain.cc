#include "sim/check/linear/explain.h"

#include "sim/check/linear/places.h"
#include "sim/check/linear/specification.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace cleave::linear {
namespace {

class Explanation {
 public:
  Explanation(const History& history, const Question& question,
              std::span<const std::uint32_t> operations, std::optional<std::string_view> from)
      : history_(history),
        question_(question),
        operations_(operations),
        has_past_(from.has_value()) {}

  std::string anomaly() const {
    for (const std::uint32_t i : operations_)
      if (shows_twice(at(i))) return "duplicate-element";
    if (operations_.size() == 1 && !has_past_) return alone(at(operations_[0]));
    for (const std::uint32_t i : operations_)
      if (sees_the_future(i)) return "future-read";
    switch (question_.model) {
      case Model::mutex:
        return count(Call::acquire) > count(Call::release) ? "double-acquire" : "double-release";
      case Model::queue:
      case Model::fifo_queue:
        return of_queue();
      case Model::counter:
        return "impossible-total";
      case Model::set:
      case Model::set_full:
      case Model::log:
        return of_list();
      default:
        return of_register();
    }
  }

  std::string why() const {
    if (operations_.size() == 1 && !has_past_) return name(operations_[0]) + ", " + alone_why();
    constexpr std::size_t kNamed = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(operations_.size(), kNamed); ++i) {
      if (i > 0)
        text += comes_before(operations_[i - 1], operations_[i]) ? ", then " : ", meanwhile ";
      text += name(operations_[i]);
    }
    if (operations_.size() > kNamed)
      text += ", and " + std::to_string(operations_.size() - kNamed) + " more";
    return text + ": no order explains this";
  }

  std::vector<Because> because() const {
    std::vector<Because> reasons;
    for (const std::uint32_t b : operations_)
      if (const auto a = source(b); a && *a != b)
        reasons.push_back({*a, b, name(b) + ", so " + name(*a) + " before"});
    for (const std::uint32_t a : operations_)
      for (const std::uint32_t b : operations_)
        if (comes_before(a, b) && is_next(a, b))
          reasons.push_back({a, b, name(a) + " before " + name(b)});
    if (reasons.size() > kReasons) reasons.resize(kReasons);
    return reasons;
  }

 private:
  static constexpr std::size_t kReasons = 64;
  static constexpr std::size_t kFew = 4;  // in more, two that found the same need not be the point

  const History& history_;
  const Question& question_;
  std::span<const std::uint32_t> operations_;
  bool has_past_;  // the object was not as at first

  const Operation& at(std::uint32_t i) const { return history_.operations[i]; }
  std::string name(std::uint32_t i) const { return to_text(history_, at(i)); }

  bool comes_before(std::uint32_t a, std::uint32_t b) const {
    if (question_.level == Level::sequential) return at(a).process == at(b).process && a < b;
    return precedes(at(a), at(b));
  }
  bool is_next(std::uint32_t a, std::uint32_t b) const {
    return std::none_of(operations_.begin(), operations_.end(),
                        [&](std::uint32_t c) { return comes_before(a, c) && comes_before(c, b); });
  }
  std::ptrdiff_t count(Call call) const {
    return std::count_if(operations_.begin(), operations_.end(),
                         [&](std::uint32_t i) { return at(i).call == call; });
  }
  bool shows(std::uint32_t reader, Place place) const {
    bool found = false;
    each_seen(history_, at(reader), [&](Place seen) { found |= seen == place; });
    return found;
  }
  bool is_from(std::uint32_t writer, Place place) const {
    const Call call = at(writer).call;
    return call != Call::dequeue && call != Call::remove && leaves(history_, at(writer), place);
  }
  // The only one that left something that it saw.
  std::optional<std::uint32_t> source(std::uint32_t reader) const {
    std::optional<std::uint32_t> only;
    for (const std::uint32_t i : operations_) {
      bool is_source = false;
      if (i != reader)
        each_seen(history_, at(reader), [&](Place place) { is_source |= is_from(i, place); });
      if (is_source && only) return std::nullopt;
      if (is_source) only = i;
    }
    return only;
  }
  bool shows_twice(const Operation& o) const {
    const bool never = question_.model == Model::set_full ||
                       (question_.model == Model::log && operations_.size() == 1);
    if (!never || o.answer != Answer::many) return false;
    const auto list = list_of(history_, o);
    std::vector<Value> sorted(list.begin(), list.end());
    std::stable_sort(sorted.begin(), sorted.end());
    return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
  }
  bool sees_the_future(std::uint32_t reader) const {
    const auto from = source(reader);
    return from && comes_before(reader, *from);
  }

  std::string alone(const Operation& o) const {
    if (o.call == Call::release) return "double-release";
    if (o.call == Call::dequeue || o.call == Call::drain) return "thin-air-dequeue";
    return question_.model == Model::counter ? "impossible-total" : "thin-air-read";
  }
  std::string alone_why() const {
    const Operation& o = at(operations_[0]);
    if (shows_twice(o)) return "which shows an element twice that was added once";
    if (o.call == Call::release) return "though nobody can have held it";
    if (question_.model == Model::counter) return "which no choice of the additions gives";
    if (o.call == Call::compare_and_set) return "though nobody can have written what it found";
    return "though nobody can have put that there";
  }

  std::string of_queue() const {
    bool is_drained = false;
    std::vector<Value> taken;
    for (const std::uint32_t i : operations_) {
      if (at(i).answer == Answer::none || at(i).call == Call::enqueue) continue;
      if (at(i).call == Call::dequeue && at(i).result.is_nil()) return "false-empty";
      is_drained |= at(i).call == Call::drain;
      const auto list = list_of(history_, at(i));
      taken.insert(taken.end(), list.begin(), list.end());
    }
    std::stable_sort(taken.begin(), taken.end());
    const auto has = [&](std::uint32_t i) {
      return std::binary_search(taken.begin(), taken.end(), at(i).argument);
    };
    if (is_drained && std::any_of(operations_.begin(), operations_.end(), [&](std::uint32_t i) {
          return at(i).call == Call::enqueue && at(i).ending == Ending::done && !has(i);
        }))
      return "false-empty";
    if (std::adjacent_find(taken.begin(), taken.end()) != taken.end()) return "double-dequeue";
    return question_.model == Model::fifo_queue ? "out-of-order-dequeue" : "impossible-dequeue";
  }

  // Of a set or a log.
  std::string of_list() const {
    bool shown = false;
    for (const std::uint32_t read : operations_)
      for (const std::uint32_t add : operations_)
        shown |= at(read).call == Call::read && at(add).call != Call::read &&
                 shows(read, {at(add).key, at(add).argument});
    if (count(Call::remove) > 0) return "stale-read";
    if (!shown) return "lost-element";
    const std::ptrdiff_t reads = count(Call::read);
    const bool in_turn = reads == 2 && reads_in_turn();
    return reads == 1 ? "reordered-elements" : in_turn ? "stale-read" : "diverged-reads";
  }
  bool reads_in_turn() const {
    for (const std::uint32_t a : operations_)
      for (const std::uint32_t b : operations_)
        if (at(a).call == Call::read && at(b).call == Call::read && comes_before(a, b)) return true;
    return false;
  }

  std::string of_register() const {
    // Two that found the same value and replaced it.
    for (const std::uint32_t a : operations_)
      for (const std::uint32_t b : operations_)
        if (a < b && at(a).call == Call::compare_and_set && at(b).call == Call::compare_and_set &&
            at(a).expected == at(b).expected && at(a).key == at(b).key)
          return operations_.size() <= kFew ? "lost-update" : "non-linearizable";
    for (const std::uint32_t i : operations_)
      if (at(i).call == Call::read || is_pure(history_, at(i))) return "stale-read";
    return "non-linearizable";
  }
};

}  // namespace

void explain(const History& history, const Question& question,
             std::span<const std::uint32_t> operations, std::optional<std::string_view> from,
             Finding& finding) {
  constexpr std::size_t kShown = 1000;
  const auto shown = operations.first(std::min(operations.size(), kShown));
  const Explanation explanation(history, question, shown, from);
  finding.word = Word::violated;
  finding.anomaly = explanation.anomaly();
  finding.why = (from ? "it was " + std::string(*from) + ", then " : "") + explanation.why();
  finding.witness.assign(shown.begin(), shown.end());
  finding.because = shown.size() <= 64 ? explanation.because() : std::vector<Because>{};
}

}  // namespace cleave::linear
