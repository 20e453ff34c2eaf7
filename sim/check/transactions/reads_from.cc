#include "sim/check/transactions/reads_from.h"

#include <cstddef>
#include <optional>

namespace cleave::transactions {
namespace {

// What a transaction knows of a key by its own steps.
struct Seen {
  std::uint32_t key = 0;
  std::optional<Value> written;
  std::optional<Value> read;  // before it wrote
};

class Reader {
 public:
  Reader(const History& history, Value init, ReadsFrom& found)
      : history_(history), init_(init), found_(found), seen_at_(history.keys.size()) {}

  void visit(std::uint32_t operation) {
    seen_.clear();
    reads_ = false;
    for_each_step(history_, history_.operations[operation], [&](std::uint32_t i, const Step& step) {
      Seen& seen = of(step.key);
      if (step.call == Call::write) seen.written = step.argument;
      if (step.call == Call::read && step.answer == Answer::one)
        read({operation, i, step.key}, step.result, seen);
    });
    found_.known += reads_ ? 1 : 0;
  }

 private:
  const History& history_;
  Value init_;
  ReadsFrom& found_;
  std::vector<Seen> seen_;              // of one transaction
  std::vector<std::uint32_t> seen_at_;  // by key: where to look in seen_, be it in vain
  bool reads_ = false;                  // does it?

  Seen& of(std::uint32_t key) {
    std::uint32_t& place = seen_at_[key];
    if (place < seen_.size() && seen_[place].key == key) return seen_[place];
    place = static_cast<std::uint32_t>(seen_.size());
    return seen_.emplace_back(Seen{key, {}, {}});
  }

  void read(Read read, Value value, Seen& seen) {
    reads_ = true;
    if (seen.written) {
      if (*seen.written != value) flaw(Flaw::internal, read, kNobody, value);
      return;
    }
    if (seen.read && *seen.read != value) flaw(Flaw::unrepeatable, read, kNobody, value);
    seen.read = value;
    const auto write = found_.writes.find(read.key, value);
    if (write) {
      by(read, *write, value);
    } else if (value == init_) {
      found_.reads.push_back(read);
    } else {
      flaw(Flaw::thin_air, read, kNobody, value);
    }
  }

  void by(Read read, std::uint32_t number, Value value) {
    const Write& write = found_.writes[number];
    const bool failed = history_.operations[write.operation].ending == Ending::failed;
    // A value that was there before all may be the one that is read, whoever wrote it again.
    if (value == init_ && failed) {
      found_.reads.push_back(read);
    } else if (value == init_ || write.is_repeated) {
      ++found_.unclear;
    } else if (failed) {
      flaw(Flaw::aborted, read, write.operation, value);
    } else if (write.operation == read.operation) {
      flaw(Flaw::future, read, write.operation, value);
    } else {
      if (!write.is_final) flaw(Flaw::intermediate, read, write.operation, value);
      read.write = number;
      found_.reads.push_back(read);
    }
  }

  void flaw(Flaw flaw, const Read& read, std::uint32_t other, Value value) {
    found_.flaws.push_back({flaw, read.operation, read.step, other, value});
  }
};

}  // namespace

ReadsFrom reads_from(const History& history, Value init) {
  ReadsFrom found{Writes(history, Call::write), {}, {}, {}, {}, 0, 0};
  const auto& operations = history.operations;
  found.first.reserve(operations.size() + 1);
  found.happened.resize(operations.size());
  Reader reader(history, init, found);
  for (std::uint32_t i = 0; i < operations.size(); ++i) {
    found.first.push_back(static_cast<std::uint32_t>(found.reads.size()));
    found.happened[i] = operations[i].ending == Ending::done;
    if (found.happened[i]) reader.visit(i);
  }
  found.first.push_back(static_cast<std::uint32_t>(found.reads.size()));
  for (const Read& read : found.reads)
    if (read.write != kInitial) found.happened[found.writes[read.write].operation] = true;
  return found;
}

}  // namespace cleave::transactions
