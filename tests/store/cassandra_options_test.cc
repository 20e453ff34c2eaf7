// What a scenario says to a Cassandra store: presets, and mistakes.
#include "models/store/cassandra/options.h"
#include "sim/base/section.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::models::store::cassandra {
namespace {

const Setting kNine{{"east", "west"}, {"east", "east", "east", "west", "west"}, 0_s};

Choice read_all(const Section& section, std::string& mistakes, const Setting& setting = kNine) {
  Diagnostics diagnostics;
  Choice choice = read_options(section, setting, diagnostics);
  mistakes = diagnostics.format();
  return choice;
}

TEST(CassandraOptions, have_the_defaults_of_real_releases) {
  std::string mistakes;
  const Choice four = read_all(map_of({}), mistakes);
  EXPECT_EQ(mistakes, "");
  EXPECT_EQ(four.options, Options{});
  EXPECT_EQ(four.num_tokens, 16u);
  const Choice three = read_all(map_of({{"preset", scalar("cassandra-3")}}), mistakes);
  EXPECT_EQ(mistakes, "");
  EXPECT_EQ(three.num_tokens, 256u);
  EXPECT_FALSE(three.options.persistent_hint_window);
}

TEST(CassandraOptions, schema_is_sound) {
  EXPECT_EQ(faults_of(schema()), std::vector<std::string>{});
}

struct MistakeRow {
  const char* key;
  Section value;
  const char* says;
};

TEST(CassandraOptions, say_what_is_wrong) {
  for (const MistakeRow& row : std::vector<MistakeRow>{
           {"read", scalar("each-quorum"), "each-quorum"},
           {"replication_factor", map_of({{"north", scalar("1")}}), "no replica is in 'north'"},
           {"replication_factor", map_of({{"west", scalar("3")}}), "has 2 replicas, not 3"},
           {"speculative_after", scalar("10ms"), "no effect when 'speculative_retry' is another"},
           {"max_clock_offset", scalar("1s"), "no effect when 'timestamps' is not hybrid"},
           {"phi_convict_threshold", scalar("0"), "from 1 to 100"},
           {"bugs", scalar("count-thrice"), "count-twice"},
       }) {
    std::string mistakes;
    read_all(map_of({{row.key, row.value}}), mistakes);
    EXPECT_NE(mistakes.find(row.says), std::string::npos) << row.key << ": " << mistakes;
  }
}

TEST(CassandraOptions, refuse_a_level_that_is_never_reached) {
  std::string mistakes;
  const Setting alone{{"east"}, {"east"}, 0_s};
  read_all(map_of({{"write", scalar("two")}}), mistakes, alone);
  EXPECT_NE(mistakes.find("there is 1 replica, and two is never reached"), std::string::npos)
      << mistakes;
  read_all(map_of({{"replication_factor", map_of({{"east", scalar("1")}, {"west", scalar("1")}})},
                   {"read", scalar("three")}}),
           mistakes);
  EXPECT_NE(mistakes.find("there are 2 replicas, and three is never reached"), std::string::npos)
      << mistakes;
}

}  // namespace
}  // namespace cleave::models::store::cassandra
