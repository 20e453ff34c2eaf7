// Zipf's law: of n ranks, rank k (from 0) is drawn with a probability in proportion to
// 1 / (k + 1)^exponent. Exponent 0 is uniform, 0.99 is YCSB's default. By inversion, so that a
// slightly different law gives the same draw a slightly different rank. Copies share their table.
#pragma once
#include "sim/base/diff.h"
#include "sim/base/digest.h"
#include "sim/base/random.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace cleave {

struct ZipfLaw {
  std::uint32_t ranks = 1;                 // 1 to kMostRanks
  std::uint32_t exponent_thousandths = 0;  // at most 10,000
  auto operator<=>(const ZipfLaw&) const = default;
  CLEAVE_DESCRIBE(ranks, exponent_thousandths)
};

class Zipf {
 public:
  static constexpr std::uint32_t kMostRanks = 1u << 20;  // then the table takes 8 MiB

  explicit Zipf(ZipfLaw law);

  std::uint32_t draw(Random& r) const;  // a rank below law().ranks; 0 is the most popular
  ZipfLaw law() const { return law_; }
  // Probability of a rank, times 2^64; that of certainty is 2^64 - 1.
  std::uint64_t probability(std::uint32_t rank) const;

  bool operator==(const Zipf& other) const { return law_ == other.law_; }

 private:
  ZipfLaw law_;
  std::shared_ptr<const std::vector<std::uint64_t>> cumulative_;  // weights up to and with a rank
};

inline void digest(Digest& d, const Zipf& zipf) {
  digest(d, zipf.law());
}
inline void compare(Differ& d, const Zipf& left, const Zipf& right) {
  compare(d, left.law(), right.law());
}
inline void write_value(ValueText& out, const Zipf& zipf) {
  write_value(out, zipf.law());
}

}  // namespace cleave
