#include "sim/network/latency_tables.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

constexpr const char* kUsual[] = {"us-east",      "eu-west",      "eu-central",
                                  "ap-northeast", "ap-southeast", "sa-east"};

TEST(LatencyTables, are_two) {
  ASSERT_EQ(latency_tables().size(), 2u);
  EXPECT_EQ(find_latency_table("aws-2017"), &latency_tables()[0]);
  EXPECT_EQ(find_latency_table("ibm-2024"), &latency_tables()[1]);
  EXPECT_EQ(find_latency_table("aws"), nullptr);
}

TEST(LatencyTables, say_what_was_published) {
  struct Case {
    const char* table;
    const char* a;
    const char* b;
    std::int64_t ms;
  };
  for (const Case& c : std::vector<Case>{
           {"aws-2017", "us-east", "us-west", 87},       {"aws-2017", "us-east", "us-west-1", 73},
           {"aws-2017", "us-west", "california", 19},    {"aws-2017", "us-east", "eu-west", 81},
           {"aws-2017", "ireland", "frankfurt", 20},     {"aws-2017", "tokyo", "seoul", 31},
           {"aws-2017", "tokyo", "singapore", 74},       {"aws-2017", "seoul", "ap-southeast", 71},
           {"aws-2017", "singapore", "sydney", 175},     {"aws-2017", "sydney", "sa-east-1", 323},
           {"aws-2017", "eu-central", "singapore", 326}, {"aws-2017", "oregon", "sao-paulo", 183},
           {"ibm-2024", "us-south", "toronto", 34},      {"ibm-2024", "washington", "eu-west", 76},
           {"ibm-2024", "us-east", "sa-east", 118},      {"ibm-2024", "frankfurt", "london", 13},
           {"ibm-2024", "london", "sydney", 261},        {"ibm-2024", "osaka", "jp-tok", 9},
           {"ibm-2024", "au-syd", "ap-northeast", 115},  {"ibm-2024", "tokyo", "br-sao", 284}}) {
    const auto found = round_trip(*find_latency_table(c.table), c.a, c.b);
    ASSERT_TRUE(found) << c.a << " " << c.b;
    EXPECT_EQ(found->rtt, Duration{c.ms * 1'000'000}) << c.a << " " << c.b;
    EXPECT_EQ(found->origin, RoundTrip::Origin::published);
  }
}

TEST(LatencyTables, estimate_the_rest_from_the_distance) {
  const auto aws = round_trip(*find_latency_table("aws-2017"), "us-west-1", "eu-west-1");
  EXPECT_EQ(aws->origin, RoundTrip::Origin::estimated);
  EXPECT_EQ(aws->rtt, 19'700_us + Duration{15'700} * 8193);
  const auto ibm = round_trip(*find_latency_table("ibm-2024"), "eu-es", "eu-gb");
  EXPECT_EQ(ibm->origin, RoundTrip::Origin::estimated);
  EXPECT_EQ(ibm->rtt, 14'300_us + Duration{15'600} * 1263);
}

TEST(LatencyTables, know_every_pair_both_ways) {
  for (const LatencyTable& table : latency_tables()) {
    SCOPED_TRACE(table.name);
    EXPECT_FALSE(table.source.empty());
    ASSERT_EQ(table.regions.size(), table.rtt_ms.size());
    ASSERT_EQ(table.regions.size(), table.distance_km.size());
    int published = 0;
    for (std::size_t i = 0; i < table.regions.size(); ++i)
      for (std::size_t j = 0; j < table.regions.size(); ++j) {
        const auto there = round_trip(table, table.regions[i].name, table.regions[j].name);
        ASSERT_EQ(there.has_value(), i != j);
        EXPECT_TRUE(i > j || table.rtt_ms[j][i] == 0) << "only above the diagonal";
        if (i == j) continue;
        const auto back = round_trip(table, table.regions[j].name, table.regions[i].name);
        EXPECT_EQ(there->rtt, back->rtt);
        EXPECT_GT(there->rtt, 5_ms);
        EXPECT_LT(there->rtt, 400_ms);
        const std::int64_t km = table.distance_km[std::min(i, j)][std::max(i, j)];
        EXPECT_GT(there->rtt.ns, km * 10'000) << "faster than light in fibre";
        published += there->origin == RoundTrip::Origin::published ? 1 : 0;
      }
    EXPECT_EQ(published, 2 * (table.name == "aws-2017" ? 36 : 32));
  }
}

TEST(LatencyTables, names_are_distinct_and_found) {
  for (const LatencyTable& table : latency_tables()) {
    SCOPED_TRACE(table.name);
    std::vector<std::string_view> names = known_regions(table);
    for (const std::string_view name : names)
      EXPECT_TRUE(find_region(table, name)) << name;
    std::stable_sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    for (const char* usual : kUsual)
      EXPECT_TRUE(find_region(table, usual)) << usual;
    EXPECT_FALSE(find_region(table, "us-est"));
    EXPECT_FALSE(find_region(table, ""));
    EXPECT_FALSE(round_trip(table, "us-est", "us-east"));
    EXPECT_FALSE(round_trip(table, "us-east", "us-east"));
  }
  EXPECT_EQ(find_region(*find_latency_table("aws-2017"), "us-west"),
            find_region(*find_latency_table("aws-2017"), "us-west-2"));
  EXPECT_FALSE(find_region(*find_latency_table("ibm-2024"), "us-west"));
}

}  // namespace
}  // namespace cleave
