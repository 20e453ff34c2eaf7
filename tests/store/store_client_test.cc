// A client of replicas that do as they are told: which it asks, how often, and how it ends.
#include "tests/store/scripted_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace cleave::models::store {
namespace {

TEST_F(StoreClientTest, asks_once_when_all_is_well) {
  build({{{ok}}});
  const OperationId id = write();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(id), Outcome::ok);
  EXPECT_EQ(asked(0), 1u);
  EXPECT_EQ(took(id), 40_ms) << "the handshake, the question, the answer";
}

// How an operation ends, as a function of what its attempts met with.
struct Ending {
  const char* name;
  std::vector<Says> script;
  Outcome of_write, of_read;
};
class Endings : public StoreClientTest, public ::testing::WithParamInterface<Ending> {};

TEST_P(Endings, are_never_worse_or_better_than_known) {
  patience = {.deadline = 5_s, .answer_within = 1_s, .retries = 2, .backoff = 10_ms};
  build({GetParam().script});
  const OperationId written = write();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(written), GetParam().of_write);
  EXPECT_LE(asked(0), 3u);
  for (const Request& request : replica(0).asked)
    EXPECT_EQ(request.id, written) << "a retry is the same operation";

  lab.world.node_setup<Scripted>(replicas[0]).asked.clear();
  const OperationId seen = read();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(seen), GetParam().of_read);
}

INSTANTIATE_TEST_SUITE_P(
    OfAttempts, Endings,
    ::testing::Values(
        Ending{"answered", {{ok}}, Outcome::ok, Outcome::ok},
        Ending{"silent", {{nothing}}, Outcome::unknown, Outcome::unavailable},
        Ending{"late", {{ok, 0, 1500_ms}, {nothing}}, Outcome::ok, Outcome::ok},
        Ending{"answered_on_retry", {{nothing}, {ok}}, Outcome::ok, Outcome::ok},
        Ending{"nobody_there", {{no_leader}}, Outcome::unavailable, Outcome::unavailable},
        Ending{
            "silent_then_nobody", {{nothing}, {no_leader}}, Outcome::unknown, Outcome::unavailable},
        Ending{
            "nobody_then_silent", {{no_leader}, {nothing}}, Outcome::unknown, Outcome::unavailable},
        Ending{"refused", {{disk_full}}, Outcome::refused, Outcome::refused},
        Ending{"silent_then_refused", {{nothing}, {disk_full}}, Outcome::unknown, Outcome::refused},
        Ending{"superseded", {{superseded}}, Outcome::unknown, Outcome::unavailable},
        Ending{"superseded_then_nobody",
               {{superseded}, {no_leader}},
               Outcome::unknown,
               Outcome::unavailable},
        Ending{"superseded_then_answered", {{superseded}, {ok}}, Outcome::ok, Outcome::ok}),
    [](const auto& test) { return test.param.name; });

TEST_F(StoreClientTest, gives_up_at_the_deadline_and_not_before) {
  patience = {.deadline = 3_s, .answer_within = 10_s};
  build({{{nothing}}});
  const OperationId id = write();
  lab.run_for(20_s);
  EXPECT_EQ(took(id), 3_s);
  EXPECT_EQ(asked(0), 1u);
}

TEST_F(StoreClientTest, gives_up_by_its_own_clock) {
  patience = {.deadline = 4_s, .answer_within = 10_s};
  build({{{nothing}}});
  lab.world.host_setup(lab.world.host_of(alice)).clock.set_drift(lab.world.now(), -500'000'000);
  const OperationId id = write();
  lab.run_for(20_s);
  EXPECT_EQ(took(id), 8_s) << "its clock goes at half the speed";
}

TEST_F(StoreClientTest, does_not_give_up_early_when_its_clock_slows_down_meanwhile) {
  patience = {.deadline = 4_s, .answer_within = 10_s};
  build({{{nothing}}});
  const OperationId id = write();
  lab.run_for(1_s);
  lab.world.host_setup(lab.world.host_of(alice)).clock.set_drift(lab.world.now(), -500'000'000);
  lab.run_for(20_s);
  EXPECT_EQ(took(id), 7_s) << "one second, and three that take twice as long";
}

TEST_F(StoreClientTest, forgets_a_leader_that_does_not_answer) {
  patience = {.deadline = 20_s, .answer_within = 1_s, .backoff = 10_ms};
  build({{{redirect, 1}, {ok}}, {{nothing}}});
  const OperationId id = write();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(id), Outcome::ok);
  EXPECT_EQ(asked(1), 1u);
}

TEST_F(StoreClientTest, waits_longer_before_each_retry_up_to_a_limit) {
  patience = {.deadline = 1000_s, .answer_within = 1_s, .backoff = 1_s, .most_backoff = 4_s};
  build({{{no_leader}}});
  write();
  lab.run_for(2000_s);
  const std::vector<Time>& at = replica(0).at;
  ASSERT_GT(at.size(), 100u);
  Duration most;
  std::int64_t total = 0;
  for (std::size_t i = 1; i < at.size(); ++i) {
    const Duration pause = at[i] - at[i - 1] - 20_ms;  // the answer, the next question
    if (i == 1) {
      EXPECT_LE(pause, 1_s);
    }
    most = std::max(most, pause);
    total += pause.ns;
  }
  EXPECT_LE(most, 4_s);
  EXPECT_GE(most, 3_s) << "of hundreds of draws one comes near the limit";
  const std::int64_t mean = total / static_cast<std::int64_t>(at.size() - 1);
  EXPECT_NEAR(static_cast<double>(mean), 2e9, 2e8) << "uniform between nothing and the limit";
}

TEST_F(StoreClientTest, follows_a_redirect_at_once_and_remembers_the_leader) {
  build({{{redirect, 1}}, {{ok}}});
  const OperationId first = write();
  lab.run_for(1_s);
  EXPECT_EQ(took(first), 80_ms) << "two handshakes, two questions, two answers";
  write();
  lab.run_for(1_s);
  EXPECT_EQ(asked(0), 1u);
  EXPECT_EQ(asked(1), 2u);
}

TEST_F(StoreClientTest, does_not_run_in_circles) {
  patience = {
      .deadline = 60_s, .answer_within = 10_s, .retries = 1, .backoff = 30_s, .most_backoff = 30_s};
  build({{{redirect, 1}}, {{redirect, 0}}});
  const OperationId id = write();
  lab.run_for(100_s);
  EXPECT_EQ(lab.outcome(id), Outcome::unavailable);
  EXPECT_EQ(asked(0) + asked(1), 2 * (Caller::kMostRedirects + 1)) << "twice, once for the retry";
}

TEST_F(StoreClientTest, does_not_follow_a_redirect_of_an_attempt_that_it_gave_up) {
  patience = {.deadline = 20_s, .answer_within = 1_s, .retries = 1, .backoff = 10_ms};
  build({{{redirect, 2, 1500_ms}}, {{nothing}}, {{ok}}});
  write();
  lab.run_for(20_s);
  EXPECT_EQ(asked(0), 1u);
  EXPECT_EQ(asked(1), 1u);
  EXPECT_EQ(asked(2), 0u);
}

TEST_F(StoreClientTest, nearest_goes_on_to_the_next_replica_after_a_failure_and_stays) {
  patience = {.deadline = 20_s, .answer_within = 1_s, .backoff = 10_ms};
  build({{{nothing}}, {{nothing}}, {{ok}}}, Routing::nearest, ReadsAt::any);
  const OperationId first = read();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(first), Outcome::ok);
  const OperationId second = read();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(second), Outcome::ok);
  EXPECT_EQ(asked(0), 1u);
  EXPECT_EQ(asked(1), 1u);
  EXPECT_EQ(asked(2), 2u);
}

TEST_F(StoreClientTest, pinned_asks_no_other_replica) {
  patience = {.deadline = 20_s, .answer_within = 1_s, .retries = 3, .backoff = 10_ms};
  build({{{nothing}}, {{ok}}}, Routing::pinned);
  const OperationId id = write();
  lab.run_for(20_s);
  EXPECT_EQ(lab.outcome(id), Outcome::unknown);
  EXPECT_EQ(asked(0), 4u);
  EXPECT_EQ(asked(1), 0u);
}

TEST_F(StoreClientTest, roaming_asks_all_of_them) {
  build({{{ok}}, {{ok}}, {{ok}}}, Routing::roaming);
  for (int i = 0; i < 60; ++i)
    write();
  lab.run_for(5_s);
  for (const std::size_t i : {0u, 1u, 2u})
    EXPECT_GT(asked(i), 8u) << "replica " << i;
}

TEST_F(StoreClientTest, reads_at_any_replica_do_not_go_to_the_leader) {
  build({{{redirect, 1}, {ok}}, {{ok}}}, Routing::nearest, ReadsAt::any);
  write();
  lab.run_for(1_s);
  read();
  lab.run_for(1_s);
  EXPECT_EQ(asked(0), 2u);
  EXPECT_EQ(asked(1), 1u);
  lab.read(alice, "s", "x", Consistency::strong);
  lab.run_for(1_s);
  EXPECT_EQ(asked(1), 2u) << "but one that must be strong does";
}

TEST_F(StoreClientTest, goes_on_as_a_new_process_after_an_unknown_outcome) {
  patience = {.deadline = 1_s, .answer_within = 1_s};
  build({{{ok}, {nothing}, {ok}, {no_leader}, {ok}}});
  const OperationId served = write();
  lab.run_for(5_s);
  const OperationId unknown = write();
  lab.run_for(5_s);
  const OperationId next = write();
  lab.run_for(5_s);
  ASSERT_EQ(lab.outcome(unknown), Outcome::unknown);
  EXPECT_EQ(process(served), process(unknown)) << "one after the other";
  EXPECT_GT(process(next), process(unknown));
  const OperationId at_once = write();
  const OperationId meanwhile = write();
  lab.run_for(5_s);
  EXPECT_NE(process(at_once), process(meanwhile)) << "a process does one thing at a time";
}

TEST_F(StoreClientTest, tells_which_operations_are_settled) {
  patience = {.deadline = 5_s, .answer_within = 5_s};
  build({{{ok}, {nothing}, {ok}}});
  for (int i = 0; i < 4; ++i) {
    write();
    lab.run_for(100_ms);
  }
  lab.run_for(10_s);
  write();
  lab.run_for(1_s);
  std::vector<std::uint32_t> settled;
  for (const Request& request : replica(0).asked)
    settled.push_back(request.settled);
  EXPECT_EQ(settled, (std::vector<std::uint32_t>{1, 2, 2, 2, 5}));
}

TEST_F(StoreClientTest, tries_again_when_the_connection_breaks) {
  patience = {.deadline = 60_s, .answer_within = 60_s, .backoff = 10_ms};
  build({{{nothing}, {ok}}});
  const OperationId id = write();
  lab.run_for(1_s);
  lab.crash("s/there/0");
  lab.restart("s/there/0");
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(id), std::nullopt) << "half-open: the client said nothing since";
  write();  // meets a replica that knows of no such connection
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(id), Outcome::ok);
}

TEST_F(StoreClientTest, never_uses_an_operation_number_twice) {
  build({{{ok}}});
  write();
  lab.run_for(1_s);
  lab.crash("alice");
  lab.restart("alice");
  lab.run_for(1_s);
  write();
  lab.run_for(1_s);
  ASSERT_EQ(asked(0), 2u);
  EXPECT_EQ(replica(0).asked[0].id, (OperationId{alice, 1}));
  EXPECT_EQ(replica(0).asked[1].id, (OperationId{alice, Caller::kCallsPerIncarnation + 1}));
}

TEST_F(StoreClientTest, is_a_model_bug_to_ask_an_object_for_what_it_cannot_do) {
  EXPECT_THROW(make(ObjectName({}, ObjectType::set, "x"), Action::write), ModelBug);
}

}  // namespace
}  // namespace cleave::models::store
