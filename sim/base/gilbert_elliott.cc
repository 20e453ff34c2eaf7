#include "sim/base/gilbert_elliott.h"

#include "sim/base/assert.h"
#include "sim/base/name.h"
#include "sim/base/random.h"

#include <bit>

// Let p = to_bad, r = to_good. If p + r <= 1, the chain is the same as this one: each slot is
// *renewed* with probability p + r, and then takes a fresh state, bad with probability p / (p + r);
// otherwise it keeps the state of the slot before. (From good, bad follows with (p + r) p / (p + r)
// = p; from bad, good with r.) If p + r > 1, slots that are not renewed turn over instead, with
// probability p + r - 1, and a fresh state is bad with probability (1 - r) / (2 - p - r). Renewals
// and fresh states are drawn per slot, by number, so a slot's state is found by looking back to the
// last renewal: 1 / (p + r) slots on average, 64 at a time.
namespace cleave {
namespace {

constexpr Purpose kRenewal("gilbert-elliott renewal");
constexpr Purpose kFresh("gilbert-elliott fresh state");

// 64 independent yes-or-no draws, each yes with probability threshold / 2^64: compares 64 random
// fractions with the threshold at once, from the highest binary digit down, until all are decided.
std::uint64_t mask_of_draws(Random r, std::uint64_t threshold) {
  std::uint64_t below = 0;
  std::uint64_t undecided = ~std::uint64_t{0};
  for (; threshold != 0 && undecided != 0; threshold <<= 1) {
    const std::uint64_t digits = r.bits();
    if (threshold >> 63 != 0) {
      below |= undecided & ~digits;
      undecided &= digits;
    } else {
      undecided &= ~digits;
    }
  }
  return below;
}

struct Renewals {
  std::uint64_t renewal = 0;  // threshold
  std::uint64_t bad = 0;      // threshold, of a fresh state
  bool turns_over = false;    // a slot that is not renewed takes the opposite state, not the same
};

Renewals renewals(const GilbertElliott& law) {
  const u128 p = law.to_bad;
  const u128 r = law.to_good;
  const u128 one = u128(1) << 64;
  if (p + r < one) {
    const auto sum = static_cast<std::uint64_t>(p + r);
    return {sum, threshold(law.to_bad, sum), false};
  }
  const u128 rest = 2 * one - p - r;
  const std::uint64_t renewal = rest == one ? UINT64_MAX : static_cast<std::uint64_t>(rest);
  return {renewal, static_cast<std::uint64_t>(((one - r - 1) << 64) / rest), true};
}

}  // namespace

GilbertElliott::State state_at(const GilbertElliott& law, std::uint64_t seed, std::uint64_t link,
                               std::uint64_t slot) {
  if (law.to_bad == 0) return GilbertElliott::State::good;
  const Renewals chain = renewals(law);
  constexpr std::uint64_t kMostBlocks = 16'384;  // the slowest chain gets there once in e^104 times
  std::uint64_t block = slot / 64;
  std::uint64_t past = ~std::uint64_t{0} >> (63 - slot % 64);  // this slot and those before it
  for (std::uint64_t i = 0; i < kMostBlocks; ++i) {
    const std::uint64_t renewed =
        past & mask_of_draws(Random::at(seed, kRenewal.hash, link, block), chain.renewal);
    if (renewed != 0) {
      const std::uint64_t last =
          block * 64 + static_cast<std::uint64_t>(std::bit_width(renewed)) - 1;
      const bool fresh = Random::at(seed, kFresh.hash, link, last).bits() < chain.bad;
      const bool turned = chain.turns_over && ((slot - last) & 1) != 0;
      return fresh != turned ? GilbertElliott::State::bad : GilbertElliott::State::good;
    }
    --block;  // before slot 0 the numbers wrap round: the chain has no beginning
    past = ~std::uint64_t{0};
  }
  throw_engine_bug(__FILE_NAME__, __LINE__, "Requires: forgets(law)");
}

}  // namespace cleave
