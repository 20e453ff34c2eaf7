// When events happened, for judges that have their numbers: kept only for those that matter.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace cleave {

class EventTimes {
 public:
  // Requires: no event that was noted has a higher number. Noting one again changes nothing.
  void note(EventId event, Time at) {
    if (times_.empty() || times_.back().first != event) times_.emplace_back(event, at);
  }
  // Of one that was noted. Of another: of the next one, and the start if there is none.
  Time of(EventId event) const {
    const auto found =
        std::lower_bound(times_.begin(), times_.end(), event,
                         [](const auto& noted, EventId wanted) { return noted.first < wanted; });
    return found == times_.end() ? Time{} : found->second;
  }

 private:
  std::vector<std::pair<EventId, Time>> times_;  // ascending
};

}  // namespace cleave
