#include "sim/check/fifo.h"

#include "sim/check/words.h"

#include <utility>

namespace cleave {

void Fifo::on(const Invoked& operation) {
  if (operation.store != options_.store) return;
  if (operation.action == Action::append) begin_append(operation);
  if (operation.action == Action::append || operation.action == Action::read_from)
    open_.put(operation.id, operation);
}

void Fifo::on(const Completed& operation) {
  const auto invoked = open_.take(operation.id);
  if (!invoked) return;
  if (invoked->action == Action::append)
    end_append(*invoked, operation);
  else if (operation.outcome == Outcome::ok && !violation_)
    check_read(*invoked, operation);
}

void Fifo::begin_append(const Invoked& append) {
  if (Append* known = appends_.find(append.key, append.argument)) {
    known->state = Append::State::ambiguous;
    if (!repeated_) repeated_ = append.id;
  } else if (appends_.size() < options_.most_appends) {
    Append entry;
    entry.id = append.id;
    entry.invoked = append.event;
    appends_.insert(append.key, append.argument, entry);
  } else {
    forgetful_ = true;
  }
}

void Fifo::end_append(const Invoked& append, const Completed& completed) {
  Append* entry = appends_.find(append.key, append.argument);
  if (entry == nullptr || entry->state != Append::State::pending) return;
  if (completed.outcome == Outcome::unknown) return;
  const bool done = completed.outcome == Outcome::ok;
  entry->state = done ? Append::State::done : Append::State::failed;
  entry->completed = completed.event;
}

std::optional<Fifo::Violation> Fifo::check_value(Append* entry, Progress& progress) {
  if (entry == nullptr) {
    if (forgetful_) return std::nullopt;
    return Violation{Anomaly::out_of_nothing, {}, std::nullopt, std::nullopt, {}, {}};
  }
  if (entry->state == Append::State::ambiguous) return std::nullopt;
  if (entry->state == Append::State::failed)
    return Violation{Anomaly::out_of_nothing, {}, entry->id, std::nullopt, {}, {entry->completed}};
  const bool read_before = std::exchange(entry->last_read, reads_) == reads_;
  const auto [at, first] =
      progress.newest.try_emplace(entry->id.client, Seen{entry->id, entry->invoked});
  Seen& newest = at->second;
  if (!first) ++checked_;
  if (read_before || (!first && newest.id == entry->id))
    return Violation{Anomaly::twice, {}, entry->id, std::nullopt, {}, {entry->invoked}};
  if (!first && entry->state == Append::State::done && entry->completed <= newest.invoked)
    return Violation{Anomaly::order, {}, entry->id,
                     newest.id,      {}, {entry->invoked, newest.invoked}};
  if (newest.id < entry->id) newest = Seen{entry->id, entry->invoked};
  return std::nullopt;
}

void Fifo::check_read(const Invoked& read, const Completed& completed) {
  ++reads_;
  const Reader reader{read.id.client, read.key};
  Progress progress;
  if (const auto before = readers_.find(reader); before != readers_.end()) {
    pairs_ -= before->second.newest.size();
    if (before->second.process == read.process && before->second.next <= read.expected_version)
      progress = std::move(before->second);
    readers_.erase(before);
  }
  progress.process = read.process;
  progress.next = read.expected_version + completed.values.size();
  for (const std::uint64_t value : completed.values) {
    violation_ = check_value(appends_.find(read.key, value), progress);
    if (!violation_) continue;
    violation_->reader = read.id.client;
    violation_->at = completed.at;
    violation_->witness.push_back(completed.event);
    return;
  }
  if (pairs_ + progress.newest.size() > options_.most_pairs) return;
  pairs_ += progress.newest.size();
  readers_.emplace(reader, std::move(progress));
}

Verdict Fifo::finish(const RunEnd& end) {
  if (violation_) {
    Verdict verdict{Word::violated,
                    "",
                    checked_,
                    violation_->at,
                    violation_->witness,
                    violation_->witness.back()};
    verdict.why = name_of(violation_->reader, end) + " read ";
    verdict.why += violation_->entry ? name_of(*violation_->entry, end) : "an entry";
    if (violation_->anomaly == Anomaly::order)
      verdict.why += " after " + name_of(*violation_->after, end) + ", which was appended later";
    else if (violation_->anomaly == Anomaly::twice)
      verdict.why += " twice";
    else if (violation_->entry)
      verdict.why += ", whose client was told that it was not appended";
    else
      verdict.why += " that nobody appended";
    return verdict;
  }
  if (repeated_)
    return {Word::undecided,
            name_of(*repeated_, end) +
                " appended a value that had been appended before; make values unique",
            checked_,
            std::nullopt,
            {}};
  if (forgetful_)
    return {Word::undecided,
            "more than " + count_of(options_.most_appends, "append") + "; shorten the run",
            checked_,
            std::nullopt,
            {}};
  if (checked_ == 0)
    return {
        Word::vacuous, "no two entries of one client were read by one reader", 0, std::nullopt, {}};
  return {Word::holds,
          count_of(checked_, "pair") + " of entries read in order",
          checked_,
          std::nullopt,
          {}};
}

}  // namespace cleave
