#include "sim/check/fresh_reads.h"

#include "sim/check/words.h"

#include <string>

namespace cleave {
bool tells_version(const Invoked& operation) {
  return operation.type != ObjectType::map && operation.action != Action::acknowledge;
}

void FreshReads::on(const Invoked& operation) {
  if (violation_ || operation.store != options_.store || !tells_version(operation)) return;
  const auto newest = newest_.find(operation.key);
  open_.put(operation.id, {operation, newest == newest_.end() ? Known{} : newest->second});
}

void FreshReads::on(const Completed& operation) {
  const std::optional<Open> open = open_.take(operation.id);
  if (!open || violation_ || operation.outcome != Outcome::ok) return;
  if (!is_update(open->invoked.action) && open->known.version > 0) {
    ++checked_;
    if (operation.version < open->known.version)
      violation_ = Violation{*open, operation.at, operation.event, operation.version};
  }
  if (operation.version == 0) return;
  const auto newest = newest_.find(open->invoked.key);
  if (newest == newest_.end() && newest_.size() >= options_.most_objects) {
    forgetful_ = true;
    return;
  }
  Known& known = newest_[open->invoked.key];
  if (operation.version > known.version) known = {operation.version, operation.id, operation.event};
}

Verdict FreshReads::finish(const RunEnd& end) {
  if (violation_) {
    const Known& known = violation_->read.known;
    Verdict verdict{Word::violated, "", checked_, violation_->at, {}, violation_->completed};
    verdict.witness = {known.told, violation_->read.invoked.event, violation_->completed};
    verdict.why = "stale read: " + name_of(violation_->read.invoked.id, end) +
                  " returned version " + std::to_string(violation_->version) + ", but " +
                  name_of(known.by, end) + " had been told version " +
                  std::to_string(known.version) + " before it was invoked";
    return verdict;
  }
  if (forgetful_)
    return {Word::undecided,
            "more than " + count_of(options_.most_objects, "object") + "; use fewer keys",
            checked_,
            std::nullopt,
            {}};
  if (checked_ == 0)
    return {Word::vacuous, "no object was read of which a version was known", 0, std::nullopt, {}};
  return {Word::holds,
          count_of(checked_, "read") + " of what was known or newer",
          checked_,
          std::nullopt,
          {}};
}

}  // namespace cleave
