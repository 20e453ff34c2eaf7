#include "sim/check/availability.h"

#include "sim/base/random.h"
#include "sim/check/words.h"

#include <algorithm>
#include <utility>

namespace cleave {

void OutcomeCounts::add(Outcome outcome) {
  switch (outcome) {
    case Outcome::ok:
      ++ok;
      break;
    case Outcome::refused:
      ++refused;
      break;
    case Outcome::conflict:
      ++conflict;
      break;
    case Outcome::unavailable:
      ++unavailable;
      break;
    case Outcome::unknown:
      ++unknown;
      break;
  }
}

AvailabilityTable::AvailabilityTable(std::vector<Group> groups) : groups_(std::move(groups)) {
  for (std::size_t g = 0; g < groups_.size(); ++g)
    for (const NodeId client : groups_[g].clients)
      group_of_.emplace_back(client, g);
  std::stable_sort(group_of_.begin(), group_of_.end());
  windows_.push_back(Window{Time{}, std::vector<OutcomeCounts>(groups_.size())});
}

void AvailabilityTable::on(const FaultMark& mark) {
  if (mark.at == windows_.back().from || windows_.size() == kMostWindows) return;
  windows_.push_back(Window{mark.at, std::vector<OutcomeCounts>(groups_.size())});
}

void AvailabilityTable::on(const Invoked& operation) {
  const auto at = std::lower_bound(group_of_.begin(), group_of_.end(),
                                   std::pair<NodeId, std::size_t>(operation.id.client, 0));
  if (at == group_of_.end() || at->first != operation.id.client) return;
  const Place place{windows_.size() - 1, at->second};
  ++windows_[place.window].counts[place.group].open;
  open_.put(operation.id, place);
}

void AvailabilityTable::on(const Completed& operation) {
  const auto place = open_.take(operation.id);
  if (!place) return;
  OutcomeCounts& counts = windows_[place->window].counts[place->group];
  --counts.open;
  counts.add(operation.outcome);
}

std::vector<AvailabilityTable::Row> AvailabilityTable::rows(Time end) const {
  std::vector<Row> rows;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (std::size_t w = 0; w < windows_.size(); ++w) {
      const Time to = w + 1 < windows_.size() ? windows_[w + 1].from : end;
      const OutcomeCounts& counts = windows_[w].counts[g];
      if (to <= windows_[w].from && counts.total() == 0) continue;
      rows.push_back(Row{groups_[g].name, windows_[w].from, to, counts});
    }
  }
  return rows;
}

Availability::Availability(Options options)
    : options_(std::move(options)), counting_(!options_.during.has_value()) {
  std::stable_sort(options_.clients.begin(), options_.clients.end());
}

void Availability::on(const FaultMark& mark) {
  if (options_.during == mark.fault) counting_ = mark.phase == FaultMark::Phase::begin;
}

void Availability::on(const Invoked& operation) {
  const auto& clients = options_.clients;
  if (!counting_ || operation.store != options_.store ||
      !std::binary_search(clients.begin(), clients.end(), operation.id.client))
    return;
  ++counts_.open;
  open_.put(operation.id, operation.event);
}

void Availability::on(const Completed& operation) {
  const auto invoked = open_.take(operation.id);
  if (!invoked) return;
  --counts_.open;
  counts_.add(operation.outcome);
  if (!is_served(operation.outcome) && !first_unserved_)
    first_unserved_ = Unserved{operation.id, operation.at, {*invoked, operation.event}};
}

Verdict Availability::finish(const RunEnd& end) {
  const std::uint64_t total = counts_.total();
  if (total == 0)
    return {Word::vacuous,
            options_.during ? "no operation was invoked while the fault was on"
                            : "no operation was invoked",
            0,
            std::nullopt,
            {}};
  std::string share =
      std::to_string(counts_.served()) + " of " + count_of(total, "operation") + " served";
  if (reaches(counts_.served(), total, options_.at_least))
    return {Word::holds, share, total, std::nullopt, {}};
  if (reaches(counts_.served() + counts_.open, total, options_.at_least))
    return {Word::undecided,
            share + ", " + std::to_string(counts_.open) + " still open at the end; let it go on",
            total,
            std::nullopt,
            {}};
  Verdict verdict{Word::violated, share, total, std::nullopt, {}};
  if (first_unserved_) {
    verdict.why += "; the first that was not: " + name_of(first_unserved_->operation, end) +
                   ", told so at " + in_seconds(first_unserved_->at);
    verdict.witness = first_unserved_->witness;
    // Of all that must be served one decides. Of a share, only all of them together do.
    verdict.at = options_.at_least.always ? first_unserved_->at : end.at;
    if (options_.at_least.always) verdict.event = verdict.witness.back();
  }
  return verdict;
}

// A share below 1 is kept in units of 2^-64 and may be off by almost one of them, in either
// direction; the next fraction of `total` that does not reach it is further away than that.
bool reaches(std::uint64_t served, std::uint64_t total, Probability share) {
  if (share.always) return served == total;
  if (share.below == 0) return true;
  return u128(served) << 64 > u128(share.below - 1) * total;
}

}  // namespace cleave
