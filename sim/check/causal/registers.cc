#include "sim/check/causal/registers.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>

namespace cleave::causal {
namespace {

constexpr std::uint32_t kNobody = Accesses::kNobody;

// Turns the counts in 1..n into the first place of each and one behind the last.
void accumulate(std::vector<std::uint32_t>& counts) {
  std::partial_sum(counts.begin(), counts.end(), counts.begin());
}

// Writes in any order into the order by key, then by operation: counting sort over operations that
// come in ascending order.
void sort_writes(Registers& registers, std::vector<Registers::Write>&& unsorted,
                 std::vector<std::uint32_t>& place_of) {
  auto& first = registers.first_write;
  for (const auto& write : unsorted)
    ++first[write.key + 1];
  accumulate(first);
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  registers.writes.resize(unsorted.size());
  place_of.resize(unsorted.size());
  for (std::size_t i = 0; i < unsorted.size(); ++i) {
    place_of[i] = next[unsorted[i].key]++;
    registers.writes[place_of[i]] = unsorted[i];
  }
}

void index_writes(Registers& registers) {
  for (std::uint32_t key = 0; key < registers.keys(); ++key) {
    registers.first_group.push_back(static_cast<std::uint32_t>(registers.groups.size()));
    for (std::uint32_t w = registers.first_write[key]; w < registers.first_write[key + 1]; ++w) {
      const std::uint32_t process = registers.process_of[registers.writes[w].operation];
      const bool is_new =
          w == registers.first_write[key] || registers.groups.back().process != process;
      if (is_new) registers.groups.push_back({process, w, w});
      registers.groups.back().last = w + 1;
    }
  }
  registers.first_group.push_back(static_cast<std::uint32_t>(registers.groups.size()));
  registers.first_own.resize(registers.size() + std::size_t{1});
  for (const auto& write : registers.writes)
    ++registers.first_own[write.operation + 1];
  accumulate(registers.first_own);
  std::vector<std::uint32_t> next(registers.first_own.begin(), registers.first_own.end() - 1);
  registers.own_writes.resize(registers.writes.size());
  for (std::uint32_t w = 0; w < registers.writes.size(); ++w)
    registers.own_writes[next[registers.writes[w].operation]++] = w;
}

class Settler {
 public:
  Settler(const History& history, const Accesses& accesses, Doubt doubt)
      : history_(history), accesses_(accesses), doubt_(doubt) {}

  Settled settle() && {
    choose();
    find_what_happened();
    lay_out_writes();
    return std::move(settled_);
  }

 private:
  struct Choice {
    std::uint32_t writer = kNobody;  // in Accesses::writes
    bool says_something = true;
  };

  // Whether a read of one operation may have seen a write of the other at all.
  bool may_see(std::uint32_t reader, std::uint32_t writer) const {
    const auto& operations = history_.operations;
    return reader != writer &&
           !(operations[reader].process == operations[writer].process && writer > reader);
  }

  void choose() {
    choices_.resize(accesses_.reads.size());
    for (std::size_t i = 0; i < accesses_.reads.size(); ++i)
      choices_[i] = choose_for(accesses_.reads[i]);
  }

  Choice choose_for(const Accesses::Read& read) {
    const std::uint64_t answered = history_.operations[read.operation].completed;
    std::uint32_t best = kNobody;  // the first found was invoked last
    std::uint32_t own_future = kNobody;
    std::uint64_t found = read.perhaps_initial ? 1 : 0;
    for (std::uint32_t w = read.last; w != kNobody; w = accesses_.writes[w].same_before) {
      const std::uint32_t writer = accesses_.writes[w].operation;
      if (!may_see(read.operation, writer)) {
        if (writer != read.operation) own_future = w;
        continue;
      }
      ++found;
      const bool in_time = history_.operations[writer].invoked < answered;
      if (best == kNobody ||
          (in_time && history_.operations[accesses_.writes[best].operation].invoked > answered))
        best = w;
      if (found > 1 && in_time) break;
    }
    if (found == 0) return {own_future, true};
    if (found == 1) return {best, true};
    if (settled_.doubtful++ == 0) settled_.first_doubtful = read.operation;
    return {best, doubt_ == Doubt::guess};
  }

  bool is_thin_air(std::size_t read) const {
    return choices_[read].says_something && choices_[read].writer == kNobody &&
           !accesses_.reads[read].perhaps_initial;
  }

  // Done operations, and those whose writes were seen by what happened.
  void find_what_happened() {
    happened_.resize(history_.operations.size());
    std::vector<std::uint32_t> pending;  // that happened, but were not looked at yet
    const auto see = [&](std::size_t read) {
      if (is_thin_air(read) && !settled_.thin_air) explain(accesses_.reads[read]);
      const Choice& choice = choices_[read];
      if (!choice.says_something || choice.writer == kNobody) return;
      const std::uint32_t writer = accesses_.writes[choice.writer].operation;
      if (happened_[writer] || history_.operations[writer].ending == Ending::done) return;
      happened_[writer] = true;
      seen_by_.emplace(writer, accesses_.reads[read].operation);
      pending.push_back(writer);
    };
    const auto& reads = accesses_.reads;
    for (std::size_t i = 0; i < reads.size(); ++i)
      if (history_.operations[reads[i].operation].ending == Ending::done) see(i);
    for (const Accesses::Write& write : accesses_.writes)
      if (history_.operations[write.operation].ending == Ending::done)
        happened_[write.operation] = true;
    while (!pending.empty()) {
      const std::uint32_t operation = pending.back();
      pending.pop_back();
      const auto first = std::partition_point(
          reads.begin(), reads.end(), [&](const auto& r) { return r.operation < operation; });
      for (auto r = first; r != reads.end() && r->operation == operation; ++r)
        see(static_cast<std::size_t>(r - reads.begin()));
    }
    for (const Accesses::Read& read : reads)
      if (history_.operations[read.operation].ending == Ending::done)
        happened_[read.operation] = true;
  }

  void explain(const Accesses::Read& read) {
    ThinAir found{read.operation, std::nullopt, "", {}};
    for (auto seer = seen_by_.find(read.operation); seer != seen_by_.end();
         seer = seen_by_.find(seer->second))
      found.seen_by.push_back(seer->second);
    for (const Accesses::Write& write : accesses_.writes)
      if (!write.visible && write.key == read.key && write.value == read.value)
        found.writer = write.operation;
    const Value name = history_.keys[read.key];
    found.what = (name.is_nil() ? "" : to_text(name, history_.names) + " = ") +
                 to_text(read.value, history_.names);
    settled_.thin_air = std::move(found);
  }

  // Numbers what happened process by process.
  void number_operations() {
    Registers& registers = settled_.registers;
    std::vector<std::uint32_t> count(history_.processes.size() + 1);
    for (std::size_t i = 0; i < happened_.size(); ++i)
      if (happened_[i]) ++count[history_.operations[i].process + 1];
    std::vector<std::uint32_t> dense(history_.processes.size());
    for (std::size_t p = 0; p < dense.size(); ++p) {
      dense[p] = static_cast<std::uint32_t>(registers.first_of.size());
      if (count[p + 1] > 0) registers.first_of.push_back(count[p]);
      count[p + 1] += count[p];
    }
    registers.first_of.push_back(count.back());
    registers.sources.resize(count.back());
    registers.process_of.resize(count.back());
    registers.pending.resize(count.back());
    number_.assign(happened_.size(), kNobody);
    for (std::uint32_t i = 0; i < happened_.size(); ++i) {
      if (!happened_[i]) continue;
      const std::uint32_t process = history_.operations[i].process;
      number_[i] = count[process]++;
      registers.sources[number_[i]] = i;
      registers.process_of[number_[i]] = dense[process];
      registers.pending[number_[i]] = history_.operations[i].ending == Ending::pending ? 1 : 0;
    }
  }

  void lay_out_writes() {
    number_operations();
    Registers& registers = settled_.registers;
    registers.first_write.resize(history_.keys.size() + 1);
    std::vector<std::uint32_t> first_access(registers.size() + std::size_t{1});
    for (const auto& write : accesses_.writes)
      if (is_kept(write)) ++first_access[number_[write.operation] + 1];
    accumulate(first_access);
    std::vector<Registers::Write> by_operation(first_access.back());
    std::vector<std::uint32_t> moved(accesses_.writes.size(), kNobody);  // into by_operation
    for (std::size_t i = 0; i < accesses_.writes.size(); ++i) {
      const auto& write = accesses_.writes[i];
      if (!is_kept(write)) continue;
      moved[i] = first_access[number_[write.operation]]++;
      by_operation[moved[i]] = {number_[write.operation], write.key};
    }
    std::vector<std::uint32_t> place_of;
    sort_writes(registers, std::move(by_operation), place_of);
    index_writes(registers);
    for (std::uint32_t& place : moved)
      if (place != kNobody) place = place_of[place];
    lay_out_reads(moved);
  }

  // By write of the accesses its place in Registers::writes.
  void lay_out_reads(const std::vector<std::uint32_t>& place_of) {
    Registers& registers = settled_.registers;
    registers.first_read.resize(registers.size() + std::size_t{1});
    const auto is_seen = [&](std::size_t i) {
      return happened_[accesses_.reads[i].operation] && choices_[i].says_something;
    };
    for (std::size_t i = 0; i < choices_.size(); ++i)
      if (is_seen(i)) ++registers.first_read[number_[accesses_.reads[i].operation] + 1];
    accumulate(registers.first_read);
    registers.reads.resize(registers.first_read.back());
    std::vector<std::uint32_t> next(registers.first_read.begin(), registers.first_read.end() - 1);
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      if (!is_seen(i)) continue;
      const std::uint32_t reader = number_[accesses_.reads[i].operation];
      const std::uint32_t writer = choices_[i].writer;
      registers.reads[next[reader]++] = {
          reader, accesses_.reads[i].key,
          writer == kNobody ? Registers::kInitial : place_of[writer]};
    }
  }

  bool is_kept(const Accesses::Write& write) const {
    return write.visible && happened_[write.operation];
  }

  const History& history_;
  const Accesses& accesses_;
  Doubt doubt_;
  Settled settled_;
  std::vector<Choice> choices_;                     // by read
  std::vector<char> happened_;                      // by operation of the History
  std::vector<std::uint32_t> number_;               // likewise: in Registers
  std::map<std::uint32_t, std::uint32_t> seen_by_;  // by pending operation: one that saw it
};

}  // namespace

std::optional<std::uint32_t> Registers::last_before(const Group& group,
                                                    std::uint32_t operation) const {
  const auto first = writes.begin() + group.first;
  const auto found = std::lower_bound(
      first, writes.begin() + group.last, operation,
      [](const Write& write, std::uint32_t before) { return write.operation < before; });
  if (found == first) return std::nullopt;
  return std::prev(found)->operation;
}

Settled settle(const History& history, const Accesses& accesses, Doubt doubt) {
  return Settler(history, accesses, doubt).settle();
}

Registers with_reads_of(const Registers& whole, std::uint32_t process) {
  Registers part = whole;
  part.reads.assign(whole.reads.begin() + whole.first_read[whole.first_of[process]],
                    whole.reads.begin() + whole.first_read[whole.first_of[process + 1]]);
  const std::uint32_t left_out = whole.first_read[whole.first_of[process]];
  const auto count = static_cast<std::uint32_t>(part.reads.size());
  for (std::uint32_t& first : part.first_read)
    first = std::clamp(first, left_out, left_out + count) - left_out;
  return part;
}

namespace {

// Of some operations of a whole: numbers their parts anew.
class Restriction {
 public:
  Restriction(const Registers& whole, std::span<const std::uint32_t> operations)
      : whole_(whole), operations_(operations), number_(whole.size(), kNobody) {}

  Registers restrict() && {
    keep_operations();
    keep_writes();
    find_what_happened();
    keep_reads();
    return std::move(part_);
  }

 private:
  void keep_operations() {
    std::uint32_t before = kNobody;
    for (const std::uint32_t operation : operations_) {
      number_[operation] = part_.size();
      if (part_.first_of.empty() || whole_.process_of[operation] != before)
        part_.first_of.push_back(part_.size());
      before = whole_.process_of[operation];
      part_.process_of.push_back(static_cast<std::uint32_t>(part_.first_of.size()) - 1);
      part_.pending.push_back(whole_.pending[operation]);
      part_.sources.push_back(whole_.sources[operation]);
    }
    part_.first_of.push_back(part_.size());
  }

  void keep_writes() {
    place_.assign(whole_.writes.size(), kNobody);
    part_.first_write.push_back(0);
    for (std::uint32_t key = 0; key < whole_.keys(); ++key) {
      for (std::uint32_t w = whole_.first_write[key]; w < whole_.first_write[key + 1]; ++w) {
        if (number_[whole_.writes[w].operation] == kNobody) continue;
        place_[w] = static_cast<std::uint32_t>(part_.writes.size());
        part_.writes.push_back({number_[whole_.writes[w].operation], key});
      }
      part_.first_write.push_back(static_cast<std::uint32_t>(part_.writes.size()));
    }
    index_writes(part_);
  }

  // Done operations, and what they saw, and so on.
  void find_what_happened() {
    happened_.resize(operations_.size());
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < operations_.size(); ++i) {
      if (part_.pending[i]) continue;
      happened_[i] = true;
      found.push_back(i);
    }
    while (!found.empty()) {
      const std::uint32_t operation = operations_[found.back()];
      found.pop_back();
      for (const Registers::Read& read : whole_.reads_of(operation)) {
        if (read.writer == Registers::kInitial) continue;
        const std::uint32_t writer = number_[whole_.writer_of(read)];
        if (writer == kNobody || happened_[writer]) continue;
        happened_[writer] = true;
        found.push_back(writer);
      }
    }
  }

  void keep_reads() {
    part_.first_read.push_back(0);
    for (const std::uint32_t operation : operations_) {
      for (Registers::Read read : whole_.reads_of(operation)) {
        const bool initial = read.writer == Registers::kInitial;
        if (!initial) read.writer = place_[read.writer];
        if (!happened_[number_[operation]] || (!initial && read.writer == kNobody)) continue;
        read.operation = number_[operation];
        part_.reads.push_back(read);
      }
      part_.first_read.push_back(static_cast<std::uint32_t>(part_.reads.size()));
    }
  }

  const Registers& whole_;
  std::span<const std::uint32_t> operations_;
  Registers part_;
  std::vector<std::uint32_t> number_;  // by operation of the whole
  std::vector<std::uint32_t> place_;   // by write of the whole
  std::vector<char> happened_;         // by operation of the part
};

}  // namespace

Registers restrict_to(const Registers& whole, std::span<const std::uint32_t> operations) {
  return Restriction(whole, operations).restrict();
}

}  // namespace cleave::causal
