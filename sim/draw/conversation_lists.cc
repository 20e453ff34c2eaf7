#include "sim/draw/conversation_lists.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <compare>
#include <map>

namespace cleave::draw {
namespace {

// The places of messages that both have, as the second has them, in the order of the first.
std::vector<std::size_t> places_in(const std::vector<Bubble>& one,
                                   const std::vector<Bubble>& other) {
  std::map<MessageNumber, std::size_t> places;
  for (std::size_t i = 0; i < other.size(); ++i)
    places.emplace(other[i].message, i);
  std::vector<std::size_t> found;
  for (const Bubble& bubble : one)
    if (const auto place = places.find(bubble.message); place != places.end())
      found.push_back(place->second);
  return found;
}

// Another order weighs more than what one of them lacks.
struct Difference {
  std::size_t out_of_order = 0;
  std::size_t lacking = 0;  // messages that only one of them has
  auto operator<=>(const Difference&) const = default;
  static Difference greatest() { return {SIZE_MAX, SIZE_MAX}; }
};

Difference difference(const std::vector<Bubble>& one, const std::vector<Bubble>& other) {
  const std::size_t both = places_in(one, other).size();
  return {out_of_order(one, other), one.size() + other.size() - 2 * both};
}

}  // namespace

std::size_t out_of_order(const std::vector<Bubble>& one, const std::vector<Bubble>& other) {
  const std::vector<std::size_t> places = places_in(one, other);
  std::vector<std::size_t> ends;  // of the longest rising part of each length: its least last place
  for (const std::size_t place : places) {
    const auto at = std::lower_bound(ends.begin(), ends.end(), place);
    if (at == ends.end())
      ends.push_back(place);
    else
      *at = place;
  }
  return places.size() - ends.size();
}

std::vector<std::uint32_t> shown_devices(const MessagingCast& cast, const Threads& threads,
                                         std::uint32_t conversation, std::size_t most) {
  std::vector<std::uint32_t> all, left, chosen;  // left: one of each person first
  for (const std::uint32_t person : cast.conversations[conversation].members) {
    const auto& devices = cast.people[person].devices;
    all.insert(all.end(), devices.begin(), devices.end());
    if (!devices.empty()) left.push_back(devices.front());
  }
  for (const std::uint32_t device : all)
    if (std::find(left.begin(), left.end(), device) == left.end()) left.push_back(device);
  const auto list = [&](std::uint32_t device) -> const std::vector<Bubble>& {
    return threads.list(cast.devices[device].node, conversation);
  };
  // Of those that are left, how far the list is from all that were chosen.
  std::vector<Difference> nearest(left.size(), Difference::greatest());
  while (chosen.size() < most && !left.empty()) {
    const auto farthest = std::max_element(nearest.begin(), nearest.end());
    const auto place = farthest - nearest.begin();
    const std::uint32_t next = left[static_cast<std::size_t>(place)];
    chosen.push_back(next);
    left.erase(left.begin() + place);
    nearest.erase(farthest);
    for (std::size_t i = 0; i < left.size(); ++i)
      nearest[i] = std::min(nearest[i], difference(list(next), list(left[i])));
  }
  std::stable_sort(chosen.begin(), chosen.end(), [&all](std::uint32_t a, std::uint32_t b) {
    return std::find(all.begin(), all.end(), a) < std::find(all.begin(), all.end(), b);
  });
  return chosen;
}

std::string agreement(const MessagingCast& cast, const Threads& threads,
                      std::uint32_t conversation) {
  const std::vector<std::uint32_t> devices =
      shown_devices(cast, threads, conversation, cast.devices.size());
  std::size_t crossed = 0;
  for (const std::uint32_t device : devices)
    crossed =
        std::max(crossed, out_of_order(threads.list(cast.devices[devices[0]].node, conversation),
                                       threads.list(cast.devices[device].node, conversation)));
  if (crossed > 0) return counted(crossed, "message", "messages") + " in different order";
  const auto missing = static_cast<std::uint64_t>(std::count_if(
      threads.messages().begin(), threads.messages().end(), [&](const MessageStory& story) {
        return story.conversation == conversation && !story.given_up && !story.is_everywhere();
      }));
  if (missing > 0) return counted(missing, "message", "messages") + " not everywhere";
  return "the same on all " + counted(devices.size(), "device", "devices");
}

}  // namespace cleave::draw
