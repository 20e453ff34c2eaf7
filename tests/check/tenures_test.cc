#include "sim/check/tenures.h"

#include "sim/trace/facts.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

constexpr StoreId kStore{0};
constexpr StoreId kOther{1};
constexpr NodeId kEast{1};
constexpr NodeId kWest{2};
constexpr NodeId kElsewhere{3};  // of the other store
constexpr NodeId kClient{7};

// Tells of what happens, second by second, and what came of it: "1 from 0 to 3, 2 from 2".
class TenuresTest : public ::testing::Test {
 protected:
  void tell(std::int64_t second, NodeId node, Purpose what) {
    tenures_.on(Fact{Time{second}, EventId{static_cast<std::uint64_t>(second) + 1}, node, what.hash,
                     node.value, 0});
  }
  void begins(std::int64_t second, NodeId node) { tell(second, node, facts::kBeganToLead); }
  void ceases(std::int64_t second, NodeId node) { tell(second, node, facts::kCeasedToLead); }
  void goes_down(std::int64_t second, NodeId node) {
    tenures_.on(NodeMark{Time{second}, EventId{1}, node, NodeMark::Phase::down});
  }
  std::string of(StoreId store) const {
    std::string text;
    for (const Tenures::Tenure& tenure : tenures_.of(store)) {
      text += (text.empty() ? "" : ", ") + std::to_string(tenure.replica.value) + " from " +
              std::to_string(tenure.from.ns);
      if (tenure.to) text += " to " + std::to_string(tenure.to->ns);
    }
    return text;
  }
  Tenures tenures_{{{kEast, kWest}, {kElsewhere}}};
};

TEST_F(TenuresTest, lasts_until_the_replica_ceases_to_lead) {
  begins(0, kEast);
  ceases(3, kEast);
  begins(4, kWest);
  EXPECT_EQ(of(kStore), "1 from 0 to 3, 2 from 4");
  EXPECT_EQ(tenures_.of(kStore)[1].began, EventId{5});
}

TEST_F(TenuresTest, overlaps_when_two_believe_that_they_lead) {
  begins(0, kEast);
  begins(2, kWest);
  ceases(3, kEast);
  EXPECT_EQ(of(kStore), "1 from 0 to 3, 2 from 2");
}

TEST_F(TenuresTest, ends_with_the_replica_that_goes_down) {
  begins(0, kEast);
  goes_down(1, kWest);
  goes_down(2, kEast);
  ceases(5, kEast);  // nobody leads: there is nothing to end
  EXPECT_EQ(of(kStore), "1 from 0 to 2");
}

TEST_F(TenuresTest, is_of_the_store_whose_replica_it_is) {
  begins(0, kElsewhere);
  begins(1, kClient);
  tell(1, kEast, Purpose("took office"));
  EXPECT_EQ(of(kStore), "");
  EXPECT_EQ(of(kOther), "3 from 0");
}

TEST_F(TenuresTest, begins_anew_when_it_is_said_again) {
  begins(0, kEast);
  begins(2, kEast);
  EXPECT_EQ(of(kStore), "1 from 0 to 2, 1 from 2");
}

TEST_F(TenuresTest, remembers_the_first_thousand) {
  for (std::int64_t i = 0; i < 1'500; ++i)
    begins(i, i % 2 == 0 ? kEast : kWest);
  EXPECT_EQ(tenures_.of(kStore).size(), Tenures::kMost);
}

}  // namespace
}  // namespace cleave
