#include "sim/check/causal/accesses.h"

#include "sim/base/random.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

namespace cleave::causal {
namespace {

// The last write of each key and value: a hash table with linear probing, never visited in order.
class LastWrites {
 public:
  explicit LastWrites(const std::vector<Accesses::Write>& writes) : writes_(writes) {
    std::size_t size = 16;
    while (size < writes.size() * 2)
      size *= 2;
    slots_.assign(size, Accesses::kNobody);
  }
  // In `writes`; kNobody where there is none.
  std::uint32_t& at(std::uint32_t key, Value value) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot =
        static_cast<std::size_t>(mix(key, static_cast<std::uint64_t>(value.code))) & mask;
    while (slots_[slot] != Accesses::kNobody) {
      const Accesses::Write& there = writes_[slots_[slot]];
      if (there.key == key && there.value == value) break;
      slot = (slot + 1) & mask;
    }
    return slots_[slot];
  }

 private:
  const std::vector<Accesses::Write>& writes_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
};

class Collector {
 public:
  Collector(const History& history, const Question& question)
      : history_(history),
        question_(question),
        update_(question.model == Model::max_register ? Call::raise : Call::write),
        last_write_(history.keys.size()),
        last_read_(history.keys.size()) {}

  Accesses collect() && {
    found_.reads.reserve(history_.operations.size() + history_.steps.size());
    found_.writes.reserve(history_.operations.size() + history_.steps.size());
    for (std::uint32_t i = 0; i < history_.operations.size(); ++i) {
      const Operation& operation = history_.operations[i];
      first_read_ = found_.reads.size();
      first_write_ = found_.writes.size();
      if (operation.call == Call::transaction) {
        for (const Step& step : history_.steps_of(operation))
          take(i, step);
      } else if (operation.call == Call::compare_and_set) {
        read(i, operation.key, operation.expected);
        write(i, operation.key, operation.argument);
      } else {
        take(i, operation);
      }
      if (operation.ending == Ending::failed) forget_failed();
      if (!found_.refusal.empty()) break;
    }
    find_candidates();
    return std::move(found_);
  }

 private:
  // Of an operation or a step.
  template <class T>
  void take(std::uint32_t operation, const T& asked) {
    if (asked.call == update_)
      write(operation, asked.key, asked.argument);
    else if (asked.call != Call::read || asked.answer == Answer::many)
      found_.refusal = to_text(history_, history_.operations[operation]) +
                       ", and this level is asked of registers: single values that are read and "
                       "written";
    else if (asked.answer == Answer::one)
      read(operation, asked.key, asked.result);
  }

  void read(std::uint32_t operation, std::uint32_t key, Value value) {
    if (const std::size_t i = last_write_[key]; is_own_write(i, key)) {
      const bool happened = history_.operations[operation].ending == Ending::done;
      if (happened && found_.writes[i].value != value && !found_.torn) found_.torn = operation;
      return;
    }
    const std::size_t last = last_read_[key];
    for (std::size_t i = last; is_own_read(i, key); i = read_before_[i])
      if (found_.reads[i].value == value) return;
    read_before_.resize(found_.reads.size() + 1);
    read_before_.back() = is_own_read(last, key) ? last : kNowhere;
    last_read_[key] = found_.reads.size();
    found_.reads.push_back({operation, key, value, Accesses::kNobody, is_initial(value)});
  }

  void write(std::uint32_t operation, std::uint32_t key, Value value) {
    const std::size_t before = std::exchange(last_write_[key], found_.writes.size());
    if (is_own_write(before, key)) found_.writes[before].visible = false;
    found_.writes.push_back({operation, key, value, Accesses::kNobody, true});
  }

  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

  // Of the operation at hand.
  bool is_own_write(std::size_t i, std::uint32_t key) const {
    return i >= first_write_ && i < found_.writes.size() && found_.writes[i].key == key;
  }
  bool is_own_read(std::size_t i, std::uint32_t key) const {
    return i >= first_read_ && i < found_.reads.size() && found_.reads[i].key == key;
  }

  // A key of a kv that nobody wrote reads as the empty text.
  bool is_initial(Value value) const {
    if (value == question_.init) return true;
    const bool is_text = !value.is_nil() && !value.is_integer();
    return question_.model == Model::kv && question_.init.is_nil() && is_text &&
           history_.names.text_of(value).empty();
  }

  void forget_failed() {
    found_.reads.resize(first_read_);
    for (std::size_t i = first_write_; i < found_.writes.size(); ++i)
      found_.writes[i].visible = false;
  }

  void find_candidates() {
    LastWrites last(found_.writes);
    for (std::uint32_t i = 0; i < found_.writes.size(); ++i) {
      Accesses::Write& written = found_.writes[i];
      if (!written.visible) continue;
      std::uint32_t& slot = last.at(written.key, written.value);
      written.same_before = slot;
      slot = i;
    }
    for (Accesses::Read& asked : found_.reads)
      asked.last = last.at(asked.key, asked.value);
  }

  const History& history_;
  const Question& question_;
  Call update_;
  Accesses found_;
  std::size_t first_read_ = 0;  // of the operation at hand
  std::size_t first_write_ = 0;
  std::vector<std::size_t> last_write_;   // by key: where to look, be it in vain
  std::vector<std::size_t> last_read_;    // likewise
  std::vector<std::size_t> read_before_;  // by read: the one before of its key, or kNowhere
};

}  // namespace

Accesses accesses_of(const History& history, const Question& question) {
  return Collector(history, question).collect();
}

}  // namespace cleave::causal
