#include "sim/base/gilbert_elliott.h"

#include "sim/base/assert.h"
#include "sim/base/random.h"
#include "tests/base/statistics.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

struct Case {
  std::string_view name;
  double to_bad, to_good;
};
constexpr std::array<Case, 8> kCases{{{"rare long bursts", 0.001, 0.02},
                                      {"usual", 0.02, 0.2},
                                      {"mostly bad", 0.3, 0.05},
                                      {"independent slots", 0.25, 0.75},
                                      {"bursts of one", 0.4, 1.0},
                                      {"turning over", 0.9, 0.8},
                                      {"slow", 0.0002, 0.0008},
                                      {"never good again", 0.1, 0.0}}};

GilbertElliott law_of(const Case& c) {
  const auto to_threshold = [](double p) {
    return threshold(static_cast<std::uint64_t>(std::llround(p * 1e6)), 1'000'000);
  };
  return {to_threshold(c.to_bad), to_threshold(c.to_good), 0, UINT64_MAX};
}

std::vector<bool> bad_slots(const GilbertElliott& law, std::uint64_t link, std::uint64_t slots) {
  std::vector<bool> bad(slots);
  for (std::uint64_t slot = 0; slot < slots; ++slot)
    bad[slot] = state_at(law, 77, link, slot) == GilbertElliott::State::bad;
  return bad;
}

struct Transitions {
  std::uint64_t from_good = 0, to_bad = 0, from_bad = 0, to_good = 0;
  void add(bool before, bool after) {
    ++(before ? from_bad : from_good);
    if (before && !after) ++to_good;
    if (!before && after) ++to_bad;
  }
};

void expect_transitions(const Transitions& seen, const Case& c, const std::string& where) {
  const auto near = [&](std::uint64_t yes, std::uint64_t of, double p) {
    if (p == 0 || p == 1 || of == 0)
      EXPECT_EQ(yes, p == 1 ? of : 0) << c.name << where;
    else
      EXPECT_LT(test::deviations(yes, of, p), test::kManyDeviations) << c.name << where;
  };
  near(seen.to_bad, seen.from_good, c.to_bad);
  near(seen.to_good, seen.from_bad, c.to_good);
}

TEST(GilbertElliott, share_of_bad_slots_is_the_stationary_one) {
  constexpr std::uint64_t kSlots = 400'000;
  for (const Case& c : kCases) {
    std::uint64_t bad = 0;
    for (const bool b : bad_slots(law_of(c), 1, kSlots))
      bad += b ? 1 : 0;
    const double share = c.to_bad / (c.to_bad + c.to_good);
    const double memory = 1 - c.to_bad - c.to_good;  // correlation of neighbouring slots
    const double deviation =
        std::sqrt(share * (1 - share) * (1 + memory) / (1 - memory) / static_cast<double>(kSlots));
    EXPECT_NEAR(static_cast<double>(bad) / kSlots, share, 3.3 * deviation) << c.name;
  }
}

TEST(GilbertElliott, slots_follow_each_other_as_a_markov_chain) {
  constexpr std::uint64_t kSlots = 400'000;
  for (const Case& c : kCases) {
    const auto bad = bad_slots(law_of(c), 2, kSlots);
    Transitions all;
    Transitions after_bad;  // given that the slot before the last was bad: it must not matter
    for (std::uint64_t i = 2; i < kSlots; ++i) {
      all.add(bad[i - 1], bad[i]);
      if (bad[i - 2]) after_bad.add(bad[i - 1], bad[i]);
    }
    expect_transitions(all, c, "");
    expect_transitions(after_bad, c, ", two slots after a bad one");
  }
}

// Slots are drawn in blocks of 64; nothing may show at their borders.
TEST(GilbertElliott, blocks_leave_no_seam) {
  for (const Case& c : kCases) {
    const GilbertElliott law = law_of(c);
    Transitions seen;
    for (std::uint64_t border = 64; border < std::uint64_t{64} * 50'000; border += 64)
      seen.add(state_at(law, 78, 3, border - 1) == GilbertElliott::State::bad,
               state_at(law, 78, 3, border) == GilbertElliott::State::bad);
    expect_transitions(seen, c, ", at block borders");
  }
}

TEST(GilbertElliott, mean_burst_and_mean_loss_are_the_closed_forms) {
  // 2% of good slots turn bad, bursts last 5 slots, half of the packets in them are lost, and one
  // in 1000 of the others: 1/11 * 0.5 + 10/11 * 0.001.
  const GilbertElliott law{threshold(1, 50), threshold(1, 5), threshold(1, 1000), threshold(1, 2)};
  constexpr std::uint64_t kSlots = 2'000'000;
  const auto bad = bad_slots(law, 4, kSlots);
  std::uint64_t bursts = 0;
  std::uint64_t bad_in_all = 0;
  std::uint64_t lost = 0;
  for (std::uint64_t i = 1; i < kSlots; ++i) {
    bursts += bad[i] && !bad[i - 1] ? 1 : 0;
    bad_in_all += bad[i] ? 1 : 0;
    const auto state = bad[i] ? GilbertElliott::State::bad : GilbertElliott::State::good;
    lost += Random::at(77, 5, 6, i).bits() < law.loss_in(state) ? 1 : 0;
  }
  const double burst = static_cast<double>(bad_in_all) / static_cast<double>(bursts);
  EXPECT_NEAR(burst, 5, 3.3 * std::sqrt(20.0 / static_cast<double>(bursts)));  // var (1 - r) / r^2
  EXPECT_NEAR(static_cast<double>(lost) / kSlots, 0.5 / 11 + 0.001 * 10 / 11, 0.0007);
}

TEST(GilbertElliott, bursts_are_geometric) {
  const auto bad = bad_slots(law_of({"", 0.02, 0.2}), 5, 2'000'000);
  std::vector<std::uint64_t> seen(30);
  std::uint64_t length = 0;
  std::uint64_t bursts = 0;
  for (const bool b : bad) {
    if (b) {
      ++length;
    } else if (length > 0) {
      ++seen[std::min<std::uint64_t>(length, 30) - 1];
      ++bursts;
      length = 0;
    }
  }
  std::vector<double> expected(30);
  for (std::size_t i = 0; i < 29; ++i)
    expected[i] = static_cast<double>(bursts) * 0.2 * std::pow(0.8, static_cast<double>(i));
  expected[29] = static_cast<double>(bursts) * std::pow(0.8, 29);
  EXPECT_LT(test::chi_square(seen, expected), test::chi_square_limit(29));
}

TEST(GilbertElliott, a_slot_has_one_state_in_whatever_order_slots_are_asked) {
  const GilbertElliott law = law_of({"", 0.01, 0.05});
  const auto forward = bad_slots(law, 6, 10'000);
  Random r{1};
  for (int i = 0; i < 10'000; ++i) {
    const std::uint64_t slot = r.below(10'000);
    ASSERT_EQ(state_at(law, 77, 6, slot) == GilbertElliott::State::bad, forward[slot]) << slot;
  }
}

// How often two links are in one state, and how often both change at once.
void expect_independent(const std::vector<bool>& a, const std::vector<bool>& b) {
  std::uint64_t same = 0;
  std::uint64_t both_change = 0;
  for (std::uint64_t i = 1; i < a.size(); ++i) {
    same += a[i] == b[i] ? 1 : 0;
    both_change += a[i] != a[i - 1] && b[i] != b[i - 1] ? 1 : 0;
  }
  const auto n = static_cast<double>(a.size() - 1);
  // Neighbouring slots are alike with correlation 0.8, so agreement has (1 + 0.64) / (1 - 0.64)
  // times the variance of independent slots.
  EXPECT_NEAR(static_cast<double>(same) / n, 0.5, 3.3 * std::sqrt(0.25 / n * 1.64 / 0.36));
  EXPECT_LT(test::deviations(both_change, a.size() - 1, 0.1 * 0.1), test::kManyDeviations);
}

TEST(GilbertElliott, links_and_seeds_are_independent) {
  const GilbertElliott law = law_of({"", 0.1, 0.1});
  const auto here = bad_slots(law, 7, 200'000);
  expect_independent(here, bad_slots(law, 8, 200'000));
  std::vector<bool> elsewhere(200'000);
  for (std::uint64_t i = 0; i < elsewhere.size(); ++i)
    elsewhere[i] = state_at(law, 78, 7, i) == GilbertElliott::State::bad;
  expect_independent(here, elsewhere);
}

TEST(GilbertElliott, a_link_that_never_turns_bad_is_good) {
  for (std::uint64_t slot = 0; slot < 1000; ++slot)
    EXPECT_EQ(state_at({}, 1, 2, slot), GilbertElliott::State::good);
}

TEST(GilbertElliott, the_last_slot_has_a_state) {
  EXPECT_NO_THROW(state_at(law_of(kCases[0]), 1, 2, UINT64_MAX));
  EXPECT_NO_THROW(state_at(law_of(kCases[0]), 1, 2, 0));
}

TEST(GilbertElliott, says_which_chains_are_too_slow) {
  static_assert(forgets({}));
  static_assert(forgets({threshold(1, 20'000), threshold(1, 10'000), 0, 0}));
  static_assert(!forgets({threshold(1, 20'000), threshold(1, 30'000), 0, 0}));
  static_assert(!forgets({1, 1, 0, 0}));
  static_assert(forgets({UINT64_MAX, UINT64_MAX / 2, 0, 0}));
  static_assert(!forgets({UINT64_MAX, UINT64_MAX, 0, 0}));
  EXPECT_THROW(state_at({1, 1, 0, 0}, 1, 2, 3), EngineBug);
}

}  // namespace
}  // namespace cleave
