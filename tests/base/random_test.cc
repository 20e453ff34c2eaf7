#include "sim/base/random.h"

#include "sim/base/digest.h"
#include "sim/base/distribution.h"
#include "sim/base/gilbert_elliott.h"
#include "sim/base/name.h"
#include "sim/base/zipf.h"
#include "tests/base/statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

// One draw of each kind, while compiling.
constexpr std::uint64_t draw_some() {
  Random r = Random::at(1, name_hash("a purpose"), 2, 3);
  Digest d;
  d.add(r.bits());
  d.add(r.below(6));
  d.add(r.chance(1, 3) ? 1 : 0);
  d.add(exponential(r, 1'000'000));
  constexpr std::array<std::uint64_t, 3> kKnots{10, 20, 1000};
  d.add(quantile(r, kKnots));
  return d.value;
}

TEST(Random, draws_the_same_while_compiling_and_while_running) {
  constexpr std::uint64_t kCompiled = draw_some();
  EXPECT_EQ(kCompiled, draw_some());
  EXPECT_EQ(kCompiled, 4664703301046534030u) << "the golden draws have changed";
}

TEST(Random, draws_the_golden_bits) {
  Digest d;
  const auto table = quantile_table(LogNormalLaw{20'000'000, 300});
  const Zipf zipf({1000, 990});
  constexpr GilbertElliott kBursts{threshold(1, 50), threshold(1, 5), 0, threshold(1, 2)};
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    Random r = Random::at(42, name_hash("golden"), i % 1000, i);
    d.add(r.bits());
    d.add(r.below(i + 1));
    d.add(exponential(r, 1'000'000));
    d.add(quantile(r, table));
    d.add(zipf.draw(r));
    d.add(static_cast<std::uint64_t>(state_at(kBursts, 42, i % 10, i / 10)));
  }
  EXPECT_EQ(d.value, 7904137716081685661u) << "the golden draws have changed";
}

TEST(Random, below_is_unbiased) {
  for (const std::uint64_t n : {2ull, 3ull, 6ull, 10ull, 100ull, 1000ull}) {
    Random r = Random::at(1, 2, 3, n);
    std::vector<std::uint64_t> seen(n);
    constexpr std::uint64_t kDraws = 300'000;
    for (std::uint64_t i = 0; i < kDraws; ++i)
      ++seen.at(r.below(n));
    const std::vector<double> expected(n, static_cast<double>(kDraws) / static_cast<double>(n));
    EXPECT_LT(test::chi_square(seen, expected), test::chi_square_limit(n - 1)) << "below " << n;
  }
}

// With n = 3 * 2^62, taking the high half of bits * n without rejection gives one value in three
// twice as often as the others: the bias that no small n shows.
TEST(Random, below_is_unbiased_where_rejection_matters) {
  constexpr std::uint64_t kThird = std::uint64_t{1} << 62;
  Random r = Random::at(1, 2, 3, 4);
  std::vector<std::uint64_t> residues(3);
  constexpr std::uint64_t kDraws = 300'000;
  for (std::uint64_t i = 0; i < kDraws; ++i)
    ++residues[r.below(3 * kThird) % 3];
  EXPECT_LT(test::chi_square(residues, std::vector<double>(3, kDraws / 3.0)),
            test::chi_square_limit(2));
}

TEST(Random, below_one_is_zero_and_below_the_largest_is_in_range) {
  Random r{9};
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(r.below(1), 0u);
    EXPECT_LT(r.below(UINT64_MAX), UINT64_MAX);
  }
}

TEST(Random, chance_has_its_probability) {
  struct Case {
    std::uint64_t numerator, denominator;
  };
  for (const auto& [numerator, denominator] :
       {Case{1, 2}, Case{1, 1000}, Case{999, 1000}, Case{2, 3}, Case{1, UINT64_MAX}}) {
    Random r = Random::at(5, 6, numerator, denominator);
    std::uint64_t yes = 0;
    constexpr std::uint64_t kDraws = 1'000'000;
    for (std::uint64_t i = 0; i < kDraws; ++i)
      yes += r.chance(numerator, denominator) ? 1 : 0;
    const double share = static_cast<double>(numerator) / static_cast<double>(denominator);
    EXPECT_LT(test::deviations(yes, kDraws, share), test::kManyDeviations)
        << numerator << "/" << denominator;
  }
  Random r{1};
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(r.chance(0, 7));
    EXPECT_TRUE(r.chance(7, 7));
  }
}

TEST(Random, threshold_is_the_probability_times_two_to_the_64) {
  static_assert(threshold(0, 5) == 0);
  static_assert(threshold(1, 2) == std::uint64_t{1} << 63);
  static_assert(threshold(1, 3) == 0x5555555555555555);
  static_assert(threshold(5, 5) == UINT64_MAX && threshold(6, 5) == UINT64_MAX);
  static_assert(threshold(UINT64_MAX - 1, UINT64_MAX) == UINT64_MAX - 1);
}

// Each of the 256 bits of the four arguments, flipped alone, turns over half of the 64 bits drawn.
TEST(Random, every_bit_of_every_argument_matters) {
  constexpr int kBases = 2000;
  std::vector<std::uint64_t> flips_of_input(256);
  std::vector<std::uint64_t> flips_of_output(64);
  for (std::uint64_t base = 0; base < kBases; ++base) {
    // Small numbers, as runs have them: the hard case of a hash.
    const std::array<std::uint64_t, 4> arguments{base % 7, name_hash("loss"), base % 50, base};
    const std::uint64_t before =
        Random::at(arguments[0], arguments[1], arguments[2], arguments[3]).bits();
    for (std::size_t bit = 0; bit < 256; ++bit) {
      auto flipped = arguments;
      flipped[bit / 64] ^= std::uint64_t{1} << (bit % 64);
      const std::uint64_t changed =
          before ^ Random::at(flipped[0], flipped[1], flipped[2], flipped[3]).bits();
      flips_of_input[bit] += static_cast<std::uint64_t>(std::popcount(changed));
      for (std::size_t i = 0; i < 64; ++i)
        flips_of_output[i] += changed >> i & 1;
    }
  }
  for (std::size_t bit = 0; bit < 256; ++bit)
    EXPECT_LT(test::deviations(flips_of_input[bit], kBases * 64, 0.5), 4.5) << "input " << bit;
  for (std::size_t i = 0; i < 64; ++i)
    EXPECT_LT(test::deviations(flips_of_output[i], kBases * 256, 0.5), 4.5) << "output " << i;
}

TEST(Random, exchanged_arguments_draw_differently) {
  const std::uint64_t usual = Random::at(1, 2, 3, 4).bits();
  EXPECT_NE(usual, Random::at(2, 1, 3, 4).bits());
  EXPECT_NE(usual, Random::at(1, 2, 4, 3).bits());
  EXPECT_NE(usual, Random::at(3, 4, 1, 2).bits());
  EXPECT_NE(usual, Random::at(1, 3, 2, 4).bits());
}

// Draws of neighbours in one argument are as independent as draws in a row.
TEST(Random, neighbouring_entities_and_indices_are_uncorrelated) {
  constexpr std::uint64_t kSide = 512;
  std::vector<std::uint64_t> seen(256);
  for (std::uint64_t entity = 0; entity < kSide; ++entity)
    for (std::uint64_t index = 0; index < kSide; ++index) {
      const std::uint64_t here = Random::at(1, 2, entity, index).bits() >> 60;
      const std::uint64_t next = Random::at(1, 2, entity, index + 1).bits() >> 60;
      const std::uint64_t beside = Random::at(1, 2, entity + 1, index).bits() >> 60;
      ++seen[here * 16 + (next ^ beside)];
    }
  const std::vector<double> expected(256, kSide * kSide / 256.0);
  EXPECT_LT(test::chi_square(seen, expected), test::chi_square_limit(255));
}

TEST(Random, a_million_small_tuples_give_distinct_generators) {
  std::vector<std::uint64_t> states;
  for (std::uint64_t seed = 0; seed < 10; ++seed)
    for (const std::uint64_t purpose : {name_hash("loss"), name_hash("jitter")})
      for (std::uint64_t entity = 0; entity < 100; ++entity)
        for (std::uint64_t index = 0; index < 500; ++index)
          states.push_back(Random::at(seed, purpose, entity, index).state);
  std::stable_sort(states.begin(), states.end());
  EXPECT_EQ(std::adjacent_find(states.begin(), states.end()), states.end());
}

TEST(Random, draws_the_bits_of_splitmix64) {
  Random r{0};
  EXPECT_EQ(r.bits(), 0xe220a8397b1dcdafu);  // the generator's published first output
  Random chosen = test::generator_of(12'345);
  EXPECT_EQ(chosen.bits(), 12'345u);
}

TEST(Names, purposes_and_paths_do_not_collide) {
  std::map<std::uint64_t, std::string> seen;
  const auto add = [&seen](const std::string& name) {
    const auto [other, fresh] = seen.emplace(name_hash(name), name);
    EXPECT_TRUE(fresh) << name << " and " << other->second;
  };
  for (const std::string_view what :
       {"loss", "jitter", "duplicate", "reorder", "arrival", "key", "think", "backoff", "crash",
        "gilbert-elliott renewal", "gilbert-elliott fresh state", ""})
    add(std::string(what));
  for (const std::string_view region : {"us-east", "us-west", "eu-west", "user", "device"})
    for (int i = 0; i < 40'000; ++i)
      add(std::string(region) + "/" + std::to_string(i));
}

TEST(Names, bytes_above_127_hash_as_unsigned) {
  // By hand: one step of FNV-1a for 0xe9, then mix with the length.
  constexpr std::uint64_t kStep = (0xcbf29ce484222325ull ^ 0xe9) * 0x100000001b3ull;
  EXPECT_EQ(name_hash("\xe9"), mix(kStep, 1));
}

TEST(Names, purpose_is_its_name) {
  constexpr Purpose kLoss("loss");
  static_assert(kLoss.hash == name_hash("loss"));
  EXPECT_EQ(kLoss.text, "loss");
}

}  // namespace
}  // namespace cleave
