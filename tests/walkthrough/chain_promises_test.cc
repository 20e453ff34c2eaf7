// Holds the chain to the table of its promises, type by type: two coasts, a cut of 43 s between the
// head and the rest, clients on both sides. Its page is held to the table, too.
#include "models/catalogue.h"
#include "models/store/chain/replica.h"
#include "tests/store/engine_page.h"
#include "tests/store/two_coasts.h"

#include <gtest/gtest.h>

namespace cleave::models::store::chain {

models::Entry entry();

namespace {

std::vector<Promise> all_promises() {
  return entry().engine->promises;
}

TwoCoasts two_coasts(const Promise& promise, ObjectType type) {
  return {*entry().engine, machine_of<Replica>, promise, type};
}

class ChainPromise : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ChainPromise, is_kept_by_each_type) {
  const Promise promise = all_promises()[GetParam()];
  for (std::size_t t = 0; t < kObjectTypes; ++t) {
    const auto type = static_cast<ObjectType>(t);
    TwoCoasts run = two_coasts(promise, type);
    run.run();
    if (HasFatalFailure()) return;
    const std::string what = name_of(promise) + std::string(to_string(type));
    EXPECT_GT(run.lab.recorder.acknowledged(run.store).size(), 1000u) << what;
    ASSERT_EQ(promise.kept[t], Kept::always) << what;
    EXPECT_EQ(broken(run, type), 0u) << what;
  }
}

TEST_P(ChainPromise, blocks_updates_during_the_cut_as_it_says) {
  const Promise promise = all_promises()[GetParam()];
  TwoCoasts run = two_coasts(promise, ObjectType::reg);
  run.run();
  const auto served = run.lab.recorder.acknowledged(run.store, kCut + 100_ms, kHeal);
  EXPECT_EQ(served.empty(), promise.blocks) << name_of(promise) << served.size();
}

TEST_P(ChainPromise, has_no_stale_reads_as_it_says) {
  const Promise promise = all_promises()[GetParam()];
  TwoCoasts run = two_coasts(promise, ObjectType::max_register);
  run.run();
  EXPECT_EQ(falls(run) > 0, promise.stale_reads) << name_of(promise) << falls(run);
}

TEST(Chain, of_one_replica_is_head_and_tail) {
  support::Lab lab({"east"});
  lab.add_store("notes", {"east"}, entry().engine->build);
  const NodeId ana = lab.add_person("ana", "east", "notes");
  const OperationId wrote = lab.write(ana, "notes", "note", "one");
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(wrote), Outcome::ok);
  const OperationId read = lab.read(ana, "notes", "note");
  lab.run_for(1_s);
  EXPECT_EQ(lab.answer(read).values.at(0).bytes(), "one");
}

TEST(ChainPage, says_what_the_engine_says) {
  const std::string path = "tests/walkthrough/models/store/chain/README.md";
  for (const std::string& part : missing_on_page(*entry().engine, path))
    ADD_FAILURE() << path << " should contain\n" << part;
}

INSTANTIATE_TEST_SUITE_P(OfEachRow, ChainPromise,
                         ::testing::Range(std::size_t{0}, all_promises().size()));

}  // namespace
}  // namespace cleave::models::store::chain
