#include "sim/explore/losses.h"

#include "sim/explore/fates.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cleave {
namespace {

TEST(Losses, add_up_to_what_the_run_counts) {
  const Recording& recording = draw::github();
  std::set<OperationId> updates;
  for (const Loss& loss : losses(recording))
    updates.insert(loss.updates.begin(), loss.updates.end());
  EXPECT_EQ(updates.size(), recording.result.stores[0].lost_acknowledged);
  std::set<OperationId> one_by_one;
  for (const Fate& fate : lost_writes(recording, 1'000'000))
    one_by_one.insert(fate.operation);
  EXPECT_EQ(updates, one_by_one);
}

TEST(Losses, are_one_event_of_the_old_primary) {
  const Recording& recording = draw::github();
  const std::vector<Loss> found = losses(recording);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(recording.name(*found[0].holder), "accounts/us-east/0");
  EXPECT_GE(found[0].at, draw::seconds(63));
  EXPECT_LT(found[0].last, found[0].at);
  EXPECT_LT(found[0].first, found[0].last);
  const std::string text = sentence(recording, found[0]);
  for (const char* part :
       {"4,309 updates of accounts were acknowledged from ",
        "Their last holder, accounts/us-east/0, gave them up at ", " after split.",
        "Why: accounts/us-west/0 began to lead at 40.", ", during split, without them.",
        "Both led at once, for accounts/us-east/0 did not know, and acknowledged writes until 63."})
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

TEST(Losses, do_not_blame_a_primary_that_had_stopped_by_itself) {
  RecordingRequest request = request_of(load_file("scenarios/incidents/github-2018.yaml"));
  request.configuration = "fenced";
  const auto fenced = record(request).recording;
  const std::vector<Loss> found = losses(*fenced);
  ASSERT_FALSE(found.empty());
  const std::string text = sentence(*fenced, found[0]);
  EXPECT_NE(text.find("Why: accounts/us-west/0 began to lead at 40."), std::string::npos) << text;
  EXPECT_EQ(text.find("Both led at once"), std::string::npos) << text;
}

TEST(Losses, are_none_where_nothing_is_lost) {
  EXPECT_TRUE(losses(draw::tutorial()).empty());
}

TEST(Losses, speak_of_one_update_as_of_one) {
  Loss loss;
  loss.updates = {OperationId{NodeId{5}, 1}};
  loss.first = loss.last = draw::seconds(2);
  EXPECT_EQ(sentence(draw::tutorial(), loss),
            "1 update of notes was acknowledged at 2 s. No replica ever held it.");
}

}  // namespace
}  // namespace cleave
