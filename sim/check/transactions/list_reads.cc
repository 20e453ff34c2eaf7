#include "sim/check/transactions/list_reads.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

namespace cleave::transactions {
namespace {

// The list that a step shows; none if it does not.
std::optional<std::span<const Value>> list_of(const History& history, const Step& step) {
  if (step.call != Call::read) return std::nullopt;
  if (step.answer == Answer::many) return history.results_of(step);
  if (step.answer == Answer::one && step.result.is_nil()) return std::span<const Value>{};
  return std::nullopt;
}

// The longest list of a key, and who read it.
struct Longest {
  std::span<const Value> list;
  std::uint32_t operation = kNobody;
  std::uint32_t step = 0;
};

// What a transaction knows of a key by its own steps.
struct Seen {
  std::uint32_t key = 0;
  std::uint32_t appended = 0;            // by itself, before
  std::optional<std::uint32_t> first{};  // of these, in Writes::all()
  std::optional<std::uint32_t> next{};   // that it will append, likewise
  std::optional<std::size_t> read{};     // how many elements others had put there
};

class ListReader {
 public:
  ListReader(const History& history, const Writes& appends, ListReads& found)
      : history_(history),
        appends_(appends),
        found_(found),
        longest_(history.keys.size()),
        versions_(history.keys.size()),
        is_unclear_(history.keys.size()),
        seen_at_(history.keys.size()) {}

  void run() {
    const auto& operations = history_.operations;
    found_.happened.resize(operations.size());
    for (std::uint32_t i = 0; i < operations.size(); ++i) {
      found_.happened[i] = operations[i].ending == Ending::done;
      if (found_.happened[i]) measure(i);
    }
    places_.resize(appends_.all().size());
    for (std::uint32_t key = 0; key < longest_.size(); ++key)
      trace(key);
    for (std::uint32_t i = 0; i < operations.size(); ++i)
      if (operations[i].ending == Ending::done) visit(i);
    settle();
  }

 private:
  const History& history_;
  const Writes& appends_;
  ListReads& found_;
  std::vector<Longest> longest_;
  std::vector<std::vector<std::uint32_t>> versions_;  // of each key: appends, as the longest shows
  std::vector<bool> is_unclear_;
  std::vector<std::uint32_t> places_;   // of each append in the longest list, from 1; 0: nowhere
  std::vector<Seen> seen_;              // of one transaction
  std::vector<std::uint32_t> seen_at_;  // by key: where to look in seen_, be it in vain

  void measure(std::uint32_t operation) {
    bool reads = false;
    for_each_step(history_, history_.operations[operation], [&](std::uint32_t i, const Step& step) {
      const auto list = list_of(history_, step);
      if (!list) return;
      reads = true;
      Longest& longest = longest_[step.key];
      if (longest.operation == kNobody || list->size() > longest.list.size())
        longest = {*list, operation, i};
    });
    found_.known += reads ? 1 : 0;
  }

  bool failed(std::uint32_t append) const {
    return history_.operations[appends_[append].operation].ending == Ending::failed;
  }

  // Does the list not show, before it, what the same transaction appended earlier?
  bool misses_earlier(std::uint32_t append) const {
    const auto before = appends_[append].before;
    return before && places_[*before] == 0;
  }

  // Versions end where the list makes no sense any more.
  void trace(std::uint32_t key) {
    const Longest& longest = longest_[key];
    std::optional<FlawedRead> aborted;
    for (const Value value : longest.list) {
      const auto append = appends_.find(key, value);
      const auto flaw = [&](Flaw what, std::uint32_t other) {
        return FlawedRead{what, longest.operation, longest.step, other, value};
      };
      if (!append) {
        found_.flaws.push_back(flaw(Flaw::thin_air, kNobody));
        break;
      }
      if (appends_[*append].is_repeated) {
        is_unclear_[key] = true;
        break;
      }
      if (places_[*append] != 0) {
        found_.flaws.push_back(flaw(Flaw::duplicate_elements, appends_[*append].operation));
        break;
      }
      if (misses_earlier(*append))
        found_.flaws.push_back(flaw(Flaw::reordered, appends_[*append].operation));
      versions_[key].push_back(*append);
      places_[*append] = static_cast<std::uint32_t>(versions_[key].size());
      if (!failed(*append)) {
        found_.happened[appends_[*append].operation] = true;
        if (aborted) aborted->flaw = Flaw::dirty_update;
      } else if (!aborted) {
        aborted = flaw(Flaw::aborted, appends_[*append].operation);
      }
    }
    if (aborted) found_.flaws.push_back(*aborted);
    if (is_unclear_[key]) ++found_.unclear;
  }

  Seen& of(std::uint32_t key) {
    std::uint32_t& place = seen_at_[key];
    if (place < seen_.size() && seen_[place].key == key) return seen_[place];
    place = static_cast<std::uint32_t>(seen_.size());
    return seen_.emplace_back(Seen{key});
  }

  void visit(std::uint32_t operation) {
    seen_.clear();
    std::uint32_t append = appends_.first(operation);
    for (std::uint32_t own = appends_.first(operation + 1); own-- > append;)
      if (!appends_[own].before) of(appends_[own].key).next = own;
    for_each_step(history_, history_.operations[operation], [&](std::uint32_t i, const Step& step) {
      if (step.call == Call::append) {
        Seen& seen = of(step.key);
        if (seen.appended++ == 0) seen.first = append;
        seen.next = appends_[append++].next;
      } else if (const auto list = list_of(history_, step)) {
        read({operation, i, step.key}, *list);
      }
    });
  }

  void flaw(Flaw flaw, const Read& read, std::uint32_t other, Value value) {
    found_.flaws.push_back({flaw, read.operation, read.step, other, value});
  }

  void read(const Read& read, std::span<const Value> list) {
    Seen& seen = of(read.key);
    const Longest& longest = longest_[read.key];
    if (!std::equal(list.begin(), list.end(), longest.list.begin()))
      flaw(Flaw::incompatible_order, read, longest.operation, {});
    if (!ends_with_own(list, seen)) {
      flaw(Flaw::internal, read, kNobody, {});
      return;
    }
    if (const auto later = shown_too_early(list, seen)) {
      flaw(Flaw::future, read, kNobody, appends_[*later].value);
      return;
    }
    const std::size_t others = list.size() - seen.appended;
    if (seen.read && *seen.read != others) flaw(Flaw::unrepeatable, read, kNobody, {});
    seen.read = others;
    of_others(read, list.first(others));
  }

  // Does the list end with what the transaction itself appended so far?
  bool ends_with_own(std::span<const Value> list, const Seen& seen) const {
    if (list.size() < seen.appended) return false;
    auto own = seen.first;
    for (std::size_t at = list.size() - seen.appended; own && at < list.size(); ++at) {
      if (appends_[*own].value != list[at]) return false;
      own = appends_[*own].next;
    }
    return true;
  }

  // An append of the transaction itself that comes after the read, and that it shows all the same.
  std::optional<std::uint32_t> shown_too_early(std::span<const Value> list,
                                               const Seen& seen) const {
    for (auto own = seen.next; own; own = appends_[*own].next)
      if (places_[*own] != 0 && places_[*own] <= list.size()) return own;
    return std::nullopt;
  }

  void of_others(Read read, std::span<const Value> list) {
    if (list.empty()) {
      found_.reads.push_back(read);
      return;
    }
    const auto last = appends_.find(read.key, list.back());
    if (!last || appends_[*last].is_repeated || failed(*last)) return;  // told already
    if (!appends_[*last].is_final)
      flaw(Flaw::intermediate, read, appends_[*last].operation, list.back());
    read.write = *last;
    if (places_[*last] != 0) found_.reads.push_back(read);
  }

  // Appends that somebody saw, then those that nobody did.
  void settle() {
    for (std::uint32_t i = 0; i < appends_.all().size(); ++i) {
      const Write& append = appends_[i];
      if (places_[i] == 0 && found_.happened[append.operation]) versions_[append.key].push_back(i);
    }
    for (std::uint32_t key = 0; key < versions_.size(); ++key) {
      found_.order.first.push_back(static_cast<std::uint32_t>(found_.order.writes.size()));
      std::uint32_t settled = 0;
      if (!is_unclear_[key])
        for (const std::uint32_t append : versions_[key]) {
          if (failed(append)) continue;
          settled += places_[append] != 0 ? 1 : 0;
          found_.order.writes.push_back(append);
        }
      found_.settled.push_back(settled);
    }
    found_.order.first.push_back(static_cast<std::uint32_t>(found_.order.writes.size()));
    if (found_.unclear == 0) return;
    std::erase_if(found_.reads, [&](const Read& read) { return is_unclear_[read.key]; });
  }
};

}  // namespace

ListReads list_reads(const History& history, const Writes& appends) {
  ListReads found;
  ListReader(history, appends, found).run();
  return found;
}

}  // namespace cleave::transactions
