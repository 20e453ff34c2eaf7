#include "sim/base/zipf.h"

#include "sim/base/assert.h"
#include "tests/base/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace cleave {
namespace {

std::vector<double> closed_form(ZipfLaw law) {
  std::vector<double> share(law.ranks);
  double sum = 0;
  for (std::uint32_t k = 0; k < law.ranks; ++k)
    sum += share[k] = std::pow(k + 1.0, -(law.exponent_thousandths / 1000.0));
  for (double& s : share)
    s /= sum;
  return share;
}

TEST(Zipf, probabilities_are_the_closed_form) {
  for (const ZipfLaw law : {ZipfLaw{1, 990}, ZipfLaw{2, 0}, ZipfLaw{100, 0}, ZipfLaw{100, 500},
                            ZipfLaw{1000, 990}, ZipfLaw{1000, 1000}, ZipfLaw{10'000, 2000}}) {
    const Zipf zipf(law);
    const auto share = closed_form(law);
    for (std::uint32_t k = 0; k < law.ranks; ++k)
      ASSERT_NEAR(static_cast<double>(zipf.probability(k)) / 0x1p64 / share[k], 1, 1e-4)
          << "rank " << k << " of " << law.ranks << ", exponent " << law.exponent_thousandths;
  }
}

TEST(Zipf, draws_follow_their_probabilities) {
  constexpr std::uint64_t kDraws = 1'000'000;
  for (const ZipfLaw law : {ZipfLaw{2, 1000}, ZipfLaw{100, 0}, ZipfLaw{100, 990}}) {
    const Zipf zipf(law);
    Random r = Random::at(31, 32, law.ranks, law.exponent_thousandths);
    std::vector<std::uint64_t> seen(law.ranks);
    for (std::uint64_t i = 0; i < kDraws; ++i)
      ++seen.at(zipf.draw(r));
    auto expected = closed_form(law);
    for (double& e : expected)
      e *= static_cast<double>(kDraws);
    EXPECT_LT(test::chi_square(seen, expected), test::chi_square_limit(law.ranks - 1))
        << law.ranks << " ranks, exponent " << law.exponent_thousandths;
  }
}

TEST(Zipf, a_million_ranks) {
  const Zipf zipf({Zipf::kMostRanks, 990});
  const auto share = closed_form(zipf.law());
  double top = 0;
  for (std::uint32_t k = 0; k < 1000; ++k)
    top += share[k];
  std::uint64_t in_top = 0;
  Random r = Random::at(41, 42, 43, 44);
  constexpr std::uint64_t kDraws = 200'000;
  std::uint32_t largest = 0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const std::uint32_t rank = zipf.draw(r);
    ASSERT_LT(rank, Zipf::kMostRanks);
    in_top += rank < 1000 ? 1 : 0;
    largest = std::max(largest, rank);
  }
  EXPECT_LT(test::deviations(in_top, kDraws, top), test::kManyDeviations);
  EXPECT_GT(largest, Zipf::kMostRanks / 10 * 9);
}

TEST(Zipf, one_rank_is_certain) {
  const Zipf zipf({1, 990});
  Random r{5};
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(zipf.draw(r), 0u);
  EXPECT_EQ(zipf.probability(0), UINT64_MAX);
}

// The first draw beyond the weight of a rank belongs to the next.
TEST(Zipf, ranks_begin_where_the_one_before_ends) {
  const Zipf even({2, 0});
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
  Random below = test::generator_of(kHalf - 1);
  Random at = test::generator_of(kHalf);
  EXPECT_EQ(even.draw(below), 0u);
  EXPECT_EQ(even.draw(at), 1u);
}

// By inversion, a steeper law maps the same draw to a rank that is no higher.
TEST(Zipf, a_steeper_law_gives_the_same_draw_a_rank_as_popular_or_more) {
  const Zipf gentle({1000, 900});
  const Zipf steep({1000, 1100});
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    Random a = Random::at(1, 2, 3, i);
    Random b = a;
    EXPECT_GE(gentle.draw(a), steep.draw(b)) << i;
  }
}

TEST(Zipf, is_its_law) {
  EXPECT_EQ(Zipf({10, 500}), Zipf({10, 500}));
  EXPECT_FALSE(Zipf({10, 500}) == Zipf({11, 500}));
  EXPECT_EQ(digest_of(Zipf({10, 500})), digest_of(Zipf({10, 500})));
  EXPECT_NE(digest_of(Zipf({10, 500})), digest_of(Zipf({10, 501})));
}

TEST(Zipf, refuses_what_it_cannot_hold) {
  EXPECT_THROW(Zipf({0, 500}), EngineBug);
  EXPECT_THROW(Zipf({Zipf::kMostRanks + 1, 500}), EngineBug);
  EXPECT_THROW(Zipf({10, 10'001}), EngineBug);
}

}  // namespace
}  // namespace cleave
