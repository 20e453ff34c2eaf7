#include "sim/scenario/curve_recorder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cleave {
namespace {

constexpr Time after(Duration d) {
  return Time{} + d;
}

class Curve : public testing::Test {
 protected:
  void distance(Duration at, std::uint64_t distance) {
    ReplicaUpdate update;
    update.at = after(at);
    update.distance = distance;
    recorder.on(update);
  }
  void begins(Duration at) { mark(at, FaultMark::Phase::begin); }
  void ends(Duration at) { mark(at, FaultMark::Phase::end); }
  void mark(Duration at, FaultMark::Phase phase) {
    FaultMark mark;
    mark.at = after(at);
    mark.phase = phase;
    recorder.on(mark);
  }
  CurveRecorder recorder{1};
};

TEST_F(Curve, of_a_store_that_nobody_wrote_to_is_flat) {
  const DivergenceCurve curve = recorder.curve({0}, after(3_ms));
  EXPECT_EQ(curve.highest, (std::vector<std::uint64_t>{0, 0, 0, 0}));
  EXPECT_EQ(curve.peak, 0u);
  EXPECT_FALSE(curve.diverged);
  EXPECT_FALSE(curve.converged);
}

TEST_F(Curve, keeps_the_highest_of_each_slice_and_carries_the_last_on) {
  distance(1_ms, 3);
  distance(1_ms + 500_us, 7);
  distance(1_ms + 900_us, 2);
  distance(4_ms, 1);
  const DivergenceCurve curve = recorder.curve({0}, after(6_ms));
  EXPECT_EQ(curve.slice, 1_ms);
  EXPECT_EQ(curve.highest, (std::vector<std::uint64_t>{0, 7, 2, 2, 2, 1, 1}));
  EXPECT_EQ(curve.peak, 7u);
  EXPECT_EQ(curve.peak_at, after(1_ms + 500_us));
  EXPECT_EQ(curve.at_end, 1u);
}

TEST_F(Curve, marks_when_it_left_the_calm_before_the_fault_and_when_it_was_back) {
  distance(1_s, 4);
  distance(2_s, 0);
  begins(10_s);
  distance(11_s, 4);  // as in the calm
  distance(12_s, 5);
  distance(13_s, 900);
  ends(20_s);
  distance(21_s, 30);
  distance(22_s, 4);
  distance(30_s, 9);  // load, not a fault
  const DivergenceCurve curve = recorder.curve({0}, after(40_s));
  EXPECT_EQ(curve.calm, 4u);
  EXPECT_EQ(curve.diverged, after(12_s));
  EXPECT_EQ(curve.converged, after(22_s));
  EXPECT_EQ(curve.at_end, 9u);
}

TEST_F(Curve, is_not_back_together_when_a_second_fault_drives_it_apart_again) {
  begins(1_s);
  distance(2_s, 5);
  ends(3_s);
  distance(4_s, 0);
  begins(5_s);
  distance(6_s, 1);
  ends(7_s);
  const DivergenceCurve curve = recorder.curve({0}, after(8_s));
  EXPECT_EQ(curve.diverged, after(2_s));
  EXPECT_FALSE(curve.converged);
}

TEST_F(Curve, of_a_long_run_stays_small_and_keeps_every_peak) {
  for (int i = 1; i <= 100'000; ++i)
    distance(1_s * i, i == 77'777 ? 1'000'000u : static_cast<unsigned>(i % 10));
  const DivergenceCurve curve = recorder.curve({0}, after(100'000_s));
  EXPECT_LE(curve.highest.size(), CurveRecorder::kMostSlices);
  EXPECT_GT(curve.highest.size(), CurveRecorder::kMostSlices / 2);
  const auto slice = static_cast<std::size_t>(after(77'777_s).ns / curve.slice.ns);
  EXPECT_EQ(curve.highest[slice], 1'000'000u);
  EXPECT_EQ(std::count(curve.highest.begin(), curve.highest.end(), 9),
            static_cast<std::ptrdiff_t>(curve.highest.size()) - 1);  // all but the peak
}

}  // namespace
}  // namespace cleave
