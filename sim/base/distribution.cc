#include "sim/base/distribution.h"

#include "sim/base/assert.h"

#include <algorithm>

namespace cleave {
namespace {

constexpr std::size_t kFewestKnots = 3;
constexpr std::size_t kMostKnots = (std::size_t{1} << 20) + 1;
constexpr std::uint32_t kLargestSigmaThousandths = 3000;

// i / n in Q64. Requires: 0 <= i < n.
std::uint64_t fraction_q64(std::uint64_t i, std::uint64_t n) {
  return static_cast<std::uint64_t>((u128(i) << 64) / n);
}

// knots - 1 intervals, with quantile_of(p) at the end of each but the last.
template <class Quantile>
std::vector<std::uint64_t> inner_knots(std::size_t knots, Quantile&& quantile_of) {
  CLEAVE_CHECK(knots >= kFewestKnots && knots <= kMostKnots, "a table has 3 to 2^20 + 1 knots");
  std::vector<std::uint64_t> table(knots);
  for (std::size_t i = 1; i + 1 < knots; ++i)
    table[i] = quantile_of(fraction_q64(i, knots - 1));
  return table;
}

// The straight interval from the outermost inner knot whose middle is the quantile of its middle.
std::uint64_t end_beyond(std::uint64_t inner, std::uint64_t middle) {
  return middle < inner - middle ? 0 : 2 * middle - inner;
}

// Ends the table where its mean, the area under its straight pieces, becomes the given one.
void end_for_mean(std::vector<std::uint64_t>& table, std::uint64_t mean) {
  u128 twice_sum = table.front();
  for (std::size_t i = 1; i + 1 < table.size(); ++i)
    twice_sum += u128(2) * table[i];
  const u128 wanted = u128(2) * mean * (table.size() - 1);
  const std::uint64_t inner = table[table.size() - 2];
  table.back() =
      wanted > twice_sum + inner ? static_cast<std::uint64_t>(wanted - twice_sum) : inner;
}

}  // namespace

std::vector<std::uint64_t> quantile_table(const UniformLaw& law) {
  CLEAVE_CHECK(law.low <= law.high, "a range ends no lower than it begins");
  return {law.low, law.high};
}

std::vector<std::uint64_t> quantile_table(const ExponentialLaw& law, std::size_t knots) {
  auto table = inner_knots(knots, [&law](std::uint64_t p) {
    const u128 e = u128(neg_log2_q32(0 - p)) * kLn2Q32;
    return static_cast<std::uint64_t>((e >> 32) * law.mean >> 32);
  });
  end_for_mean(table, law.mean);
  return table;
}

std::vector<std::uint64_t> quantile_table(const NormalLaw& law, std::size_t knots) {
  const auto quantile_of = [&law](std::uint64_t p) {
    const i128 above = (i128(normal_quantile_q32(p)) * law.deviation + (i128(1) << 31)) >> 32;
    return static_cast<std::uint64_t>(std::max(i128(law.mean) + above, i128(0)));
  };
  auto table = inner_knots(knots, quantile_of);
  const std::uint64_t half_step = fraction_q64(1, 2 * (knots - 1));
  table.front() = end_beyond(table[1], quantile_of(half_step));
  const std::uint64_t last = quantile_of(0 - half_step);
  table.back() = 2 * last - table[knots - 2];
  return table;
}

std::vector<std::uint64_t> quantile_table(const LogNormalLaw& law, std::size_t knots) {
  CLEAVE_CHECK(law.sigma_thousandths <= kLargestSigmaThousandths, "sigma is at most 3");
  const i128 sigma = law.sigma_thousandths;
  const auto quantile_of = [&law, sigma](std::uint64_t p) {
    const i128 exponent = i128(normal_quantile_q32(p)) * sigma * kLog2OfEQ32 / 1000;
    return scale_by_exp2(law.median, static_cast<std::int64_t>(exponent >> 32));
  };
  auto table = inner_knots(knots, quantile_of);
  table.front() = end_beyond(table[1], quantile_of(fraction_q64(1, 2 * (knots - 1))));
  const i128 half_variance_q32 = sigma * sigma * kLog2OfEQ32 / 2'000'000;
  end_for_mean(table, scale_by_exp2(law.median, static_cast<std::int64_t>(half_variance_q32)));
  return table;
}

}  // namespace cleave
