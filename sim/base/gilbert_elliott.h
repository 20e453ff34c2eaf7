// Loss in bursts: a link that is good or bad by time slots, as a two-state Markov chain, and loses
// packets by the state it is in (Gilbert 1960, Elliott 1963). The state of a slot is a pure
// function of (seed, link, slot), however the slots are visited, and the chain is exact: nothing is
// restarted or approximated at block borders.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/random.h"

#include <compare>
#include <cstdint>

namespace cleave {

// Probabilities as thresholds: see threshold() in random.h.
struct GilbertElliott {
  std::uint64_t to_bad = 0;   // from good, per slot: the mean good spell lasts 1/to_bad slots
  std::uint64_t to_good = 0;  // from bad, per slot: the mean burst lasts 1/to_good slots
  std::uint64_t lost_in_good = 0, lost_in_bad = 0;  // per packet
  auto operator<=>(const GilbertElliott&) const = default;
  CLEAVE_DESCRIBE(to_bad, to_good, lost_in_good, lost_in_bad)

  enum class State : std::uint8_t { good, bad };
  // The threshold below which a packet's own draw says that it is lost.
  constexpr std::uint64_t loss_in(State state) const {
    return state == State::bad ? lost_in_bad : lost_in_good;
  }
};

// Whether the chain forgets fast enough for state_at(): to_bad + to_good is at least 1/10,000
// (choose longer slots otherwise) and at most 2 - 1/10,000 (else it just alternates), or to_bad is
// 0.
constexpr bool forgets(const GilbertElliott& law) {
  constexpr u128 kSlowest = (u128(1) << 64) / 10'000;
  const u128 sum = u128(law.to_bad) + law.to_good;
  return law.to_bad == 0 || (sum >= kSlowest && sum + kSlowest <= u128(2) << 64);
}

// The state of a link in a slot. Looks back 1 / (to_bad + to_good) slots on average, 64 at a time.
// Requires: forgets(law).
GilbertElliott::State state_at(const GilbertElliott& law, std::uint64_t seed, std::uint64_t link,
                               std::uint64_t slot);

}  // namespace cleave
