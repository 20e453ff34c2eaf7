// The arithmetic of consistency levels, in closed form: what each asks for, and which are reached
// when some replicas are not.
#include "models/store/cassandra/level.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

namespace cleave::models::store::cassandra {
namespace {

// So many replicas in each region, numbered from the first.
ReplicaSet replicas_in(const std::vector<std::uint32_t>& regions) {
  ReplicaSet set;
  for (std::size_t region = 0; region < regions.size(); ++region) {
    set.regions.push_back(0);
    for (std::uint32_t i = 0; i < regions[region]; ++i) {
      set.regions[region] |= ReplicaMask{1} << set.nodes.size();
      set.region.push_back(static_cast<Region>(region));
      set.nodes.push_back({static_cast<std::uint32_t>(set.nodes.size())});
    }
  }
  return set;
}

struct NeededRow {
  Level level;
  std::vector<std::uint32_t> regions;
  std::uint32_t needed;
};

TEST(Levels, ask_for_as_many_replicas_as_the_arithmetic_says) {
  for (const NeededRow& row : {
           NeededRow{Level::one, {3, 3, 3}, 1},
           NeededRow{Level::two, {3, 3, 3}, 2},
           NeededRow{Level::three, {3, 3, 3}, 3},
           NeededRow{Level::quorum, {3, 3, 3}, 5},
           NeededRow{Level::quorum, {3}, 2},
           NeededRow{Level::quorum, {2}, 2},
           NeededRow{Level::quorum, {1}, 1},
           NeededRow{Level::quorum, {3, 3}, 4},
           NeededRow{Level::local_quorum, {3, 3, 3}, 2},
           NeededRow{Level::local_quorum, {2, 5}, 2},
           NeededRow{Level::each_quorum, {3, 3, 3}, 6},
           NeededRow{Level::each_quorum, {3, 1}, 3},
           NeededRow{Level::all, {3, 3, 3}, 9},
           NeededRow{Level::serial, {3, 3, 3}, 5},
           NeededRow{Level::local_serial, {3, 3, 3}, 2},
       })
    EXPECT_EQ(needed(row.level, replicas_in(row.regions), 0), row.needed)
        << to_string(row.level) << " of " << row.regions.size() << " regions";
}

// Three regions of three, of which the last is cut off from the others.
struct MatrixRow {
  Level level;
  bool inside;   // served in the region that is cut off
  bool outside;  // and in the others
};

TEST(Levels, are_reached_under_a_cut_as_the_matrix_says) {
  const ReplicaSet nine = replicas_in({3, 3, 3});
  const ReplicaMask in_the_last = nine.in(2);
  const ReplicaMask in_the_others = nine.all() & ~in_the_last;
  for (const MatrixRow& row : {
           MatrixRow{Level::one, true, true},
           MatrixRow{Level::local_quorum, true, true},
           MatrixRow{Level::quorum, false, true},
           MatrixRow{Level::each_quorum, false, false},
           MatrixRow{Level::all, false, false},
           MatrixRow{Level::serial, false, true},
           MatrixRow{Level::local_serial, true, true},
       }) {
    EXPECT_EQ(enough(row.level, nine, in_the_last, 2), row.inside) << to_string(row.level);
    EXPECT_EQ(enough(row.level, nine, in_the_others, 0), row.outside) << to_string(row.level);
  }
}

// Two quorums of one set meet, whichever they are; with one replica fewer there are two that do
// not.
TEST(Levels, of_which_two_must_meet_do) {
  for (const std::vector<std::uint32_t>& regions :
       {std::vector<std::uint32_t>{3}, {2, 2}, {3, 1}, {1, 1, 1}, {2, 2, 1}}) {
    const ReplicaSet replicas = replicas_in(regions);
    bool parted_below = false;
    for (ReplicaMask a = 0; a <= replicas.all(); ++a)
      for (ReplicaMask b = 0; b <= replicas.all(); ++b) {
        if (enough(Level::quorum, replicas, a, 0) && enough(Level::quorum, replicas, b, 0)) {
          EXPECT_NE(a & b, 0u);
        }
        const int fewer = static_cast<int>(needed(Level::quorum, replicas, 0)) - 1;
        parted_below |= (a & b) == 0 && std::popcount(a) == fewer && std::popcount(b) == fewer;
      }
    EXPECT_TRUE(parted_below);
  }
}

TEST(Levels, of_a_region_count_its_own_replicas_alone) {
  const ReplicaSet nine = replicas_in({3, 3, 3});
  EXPECT_FALSE(enough(Level::local_quorum, nine, nine.in(1) | nine.in(2), 0));
  EXPECT_TRUE(enough(Level::local_quorum, nine, nine.in(1), 1));
  EXPECT_FALSE(enough(Level::each_quorum, nine, nine.in(0) | nine.in(1), 0));
}

}  // namespace
}  // namespace cleave::models::store::cassandra
