#include "sim/base/zipf.h"

#include "sim/base/assert.h"
#include "sim/base/fixed_point.h"

#include <algorithm>

namespace cleave {

Zipf::Zipf(ZipfLaw law) : law_(law) {
  constexpr std::uint64_t kWeightOfFirst = std::uint64_t{1} << 43;  // a sum of 2^20 fits 64 bits
  constexpr std::uint64_t kLog2OfTwoTo64Q32 = std::uint64_t{64} << 32;
  CLEAVE_CHECK(law.ranks > 0 && law.ranks <= kMostRanks, "Zipf's law has 1 to 2^20 ranks");
  CLEAVE_CHECK(law.exponent_thousandths <= 10'000, "the exponent of Zipf's law is at most 10");
  std::vector<std::uint64_t> cumulative(law.ranks);
  std::uint64_t sum = 0;
  for (std::uint64_t k = 0; k < law.ranks; ++k) {
    const std::uint64_t log2_q32 = kLog2OfTwoTo64Q32 - neg_log2_q32(k + 1);
    const std::uint64_t exponent_q32 = log2_q32 * law.exponent_thousandths / 1000;
    sum += scale_by_exp2(kWeightOfFirst, -static_cast<std::int64_t>(exponent_q32));
    cumulative[k] = sum;
  }
  cumulative_ = std::make_shared<const std::vector<std::uint64_t>>(std::move(cumulative));
}

std::uint32_t Zipf::draw(Random& r) const {
  const std::uint64_t u = r.below(cumulative_->back());
  const auto rank = std::upper_bound(cumulative_->begin(), cumulative_->end(), u);
  return static_cast<std::uint32_t>(rank - cumulative_->begin());
}

std::uint64_t Zipf::probability(std::uint32_t rank) const {
  const std::uint64_t before = rank == 0 ? 0 : (*cumulative_)[rank - 1];
  return threshold((*cumulative_)[rank] - before, cumulative_->back());
}

}  // namespace cleave
