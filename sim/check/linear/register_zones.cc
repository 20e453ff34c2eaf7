#include "sim/check/linear/monitor.h"
#include "sim/check/linear/writers.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace cleave::linear {
namespace {

constexpr std::uint32_t kNobody = UINT32_MAX;

// Of one value: from the first completion to the last invocation of those that wrote or read it.
// Forward if that is a stretch of time, in which the register must hold the value; else backward,
// and the value needs but one moment within the stretch the other way round. Moments count from 1;
// the initial value was written at 0.
struct Zone {
  std::uint64_t first_completed = Operation::kNever;
  std::uint64_t last_invoked = 0;
  std::uint32_t first = kNobody;  // who that was
  std::uint32_t last = kNobody;
  std::uint32_t writer = kNobody;

  bool is_forward() const { return first_completed < last_invoked; }
  void take(const Operation& o, std::uint32_t i) {
    if (o.completed != Operation::kNever && o.completed + 1 < first_completed) {
      first_completed = o.completed + 1;
      first = i;
    }
    if (o.invoked + 1 > last_invoked) {
      last_invoked = o.invoked + 1;
      last = i;
    }
  }
};

// Operations of two zones that cannot both be.
Monitored conflict_of(const Zone& a, const Zone& b) {
  Monitored found{Told::violated};
  for (const Zone& zone : {a, b})
    for (const std::uint32_t i : {zone.writer, zone.first, zone.last})
      if (i != kNobody) found.conflict.push_back(i);
  std::stable_sort(found.conflict.begin(), found.conflict.end());
  found.conflict.erase(std::unique(found.conflict.begin(), found.conflict.end()),
                       found.conflict.end());
  return found;
}

Monitored judge(const std::vector<Zone>& zones) {
  std::vector<Zone> forward;
  for (const Zone& zone : zones)
    if (zone.is_forward()) forward.push_back(zone);
  const auto sooner = [](const Zone& a, const Zone& b) {
    return a.first_completed < b.first_completed;
  };
  if (!std::is_sorted(forward.begin(), forward.end(), sooner))
    std::stable_sort(forward.begin(), forward.end(), sooner);
  for (std::size_t i = 1; i < forward.size(); ++i)
    if (forward[i].first_completed < forward[i - 1].last_invoked)
      return conflict_of(forward[i - 1], forward[i]);
  for (const Zone& zone : zones) {
    if (zone.is_forward()) continue;
    const auto after = std::partition_point(forward.begin(), forward.end(), [&](const Zone& other) {
      return other.first_completed < zone.last_invoked;
    });
    if (after != forward.begin() && zone.first_completed < (after - 1)->last_invoked)
      return conflict_of(*(after - 1), zone);
  }
  return {Told::holds};
}

}  // namespace

Monitored monitor_register(const History& history, Value init,
                           std::span<const std::uint32_t> operations) {
  for (const std::uint32_t i : operations)
    if (history.operations[i].call == Call::compare_and_set) return {};
  const Writers writers(history, operations);
  if (!writers.are_unique() || writers.find(init)) return {};

  std::vector<Zone> zones(writers.all().size() + 1);  // the last one is of the initial value
  zones.back().first_completed = 0;
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    const bool reads = o.call == Call::read;
    const Value value = reads ? o.result : o.argument;
    const auto writer = writers.find(value);
    if (!writer && (value != init || o.answer == Answer::many)) return {Told::violated, {i}};
    Zone& zone = writer ? zones[*writer] : zones.back();
    if (writer) zone.writer = writers.all()[*writer].operation;
    if (reads && writer && precedes(o, history.operations[zone.writer]))
      return {Told::violated, {i, zone.writer}};
    zone.take(o, i);
  }
  return judge(zones);
}

}  // namespace cleave::linear
