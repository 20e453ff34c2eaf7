// Stories of a primary-backup store: one region with the primary, one with the backup and the
// monitor, and a cut between them.
#include "models/store/primary_backup/install.h"
#include "models/store/primary_backup/replica.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave::models::store::primary_backup {
namespace {

using support::Lab;
using Names = std::vector<std::string>;

support::Build with(const Options& options, const std::string& monitor = "west") {
  return [=](World& world, const StorePlan& plan) {
    return install(world, plan, {options, monitor});
  };
}

struct PrimaryBackup : ::testing::Test {
  Lab lab{{"east", "west"}};
  Options options;
  NodeId alice, bob;

  void build(const Names& regions = {"east", "west"}) {
    lab.add_store("accounts", regions, with(options));
    alice = lab.add_person("alice", "east", "accounts");
    bob = lab.add_person("bob", "west", "accounts");
  }
  // Asks every `every` for `duration`; then nothing, until `lab` runs on.
  std::vector<OperationId> write_on(NodeId person, Duration duration, Duration every) {
    std::vector<OperationId> written;
    for (Duration t; t < duration; t += every) {
      written.push_back(lab.write(person, "accounts", "name", std::to_string(++value_)));
      lab.run_for(every);
    }
    return written;
  }
  std::size_t count(const std::vector<OperationId>& operations, Outcome outcome) const {
    return static_cast<std::size_t>(
        std::count_if(operations.begin(), operations.end(),
                      [&](OperationId id) { return lab.outcome(id) == outcome; }));
  }
  const Replica& replica(const std::string& path) {
    return lab.world.node<Replica>(lab.node(path));
  }
  void expect_converged() {
    EXPECT_TRUE(lab.converged("accounts"));
    EXPECT_FALSE(lab.world.failure()) << lab.world.failure()->what;
  }

 private:
  int value_ = 0;
};

TEST_F(PrimaryBackup, a_write_in_one_region_is_read_in_the_other) {
  build();
  const OperationId written = lab.write(alice, "accounts", "name", "Alice");
  lab.run_for(2_s);
  const OperationId read = lab.read(bob, "accounts", "name");
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
  ASSERT_EQ(lab.outcome(read), Outcome::ok);
  EXPECT_EQ(lab.answer(read).values.at(0).bytes(), "Alice");
  EXPECT_EQ(lab.with_role("accounts", "primary"), Names{"accounts/east/0"});
  expect_converged();
}

TEST_F(PrimaryBackup, without_fencing_both_sides_of_a_cut_have_a_primary) {
  build();
  lab.run_for(10_s);
  lab.cut({{"east"}, {"west"}});
  lab.run_for(29_s);
  EXPECT_EQ(lab.with_role("accounts", "primary"), Names{"accounts/east/0"});
  lab.run_for(3_s);
  EXPECT_EQ(lab.with_role("accounts", "primary"), (Names{"accounts/east/0", "accounts/west/0"}));
  const OperationId in_east = lab.write(alice, "accounts", "name", "east");
  const OperationId in_west = lab.write(bob, "accounts", "name", "west");
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(in_east), Outcome::ok);
  EXPECT_EQ(lab.outcome(in_west), Outcome::ok);
  lab.heal();
  lab.run_for(5_s);
  EXPECT_EQ(lab.with_role("accounts", "primary"), Names{"accounts/west/0"});
  EXPECT_EQ(lab.lost("accounts"), std::vector<OperationId>{in_east});
  expect_converged();
}

}  // namespace
}  // namespace cleave::models::store::primary_backup
