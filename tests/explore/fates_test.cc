// The stories of lost writes: as many as the judge of durability counts, each with its reason.
#include "sim/explore/fates.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

Recorded recorded(const std::string& file) {
  return record(request_of(load_file(file)));
}

TEST(Fates, tell_of_every_lost_write_and_of_no_other) {
  const Recorded run = recorded("scenarios/incidents/github-2018.yaml");
  const std::vector<Fate> fates = lost_writes(*run.recording, 100'000);
  EXPECT_EQ(fates.size(), run.recording->result.stores.front().lost_acknowledged);
  for (const Fate& fate : fates) {
    EXPECT_FALSE(fate.held);
    EXPECT_TRUE(fate.acknowledged);
  }
  EXPECT_EQ(lost_writes(*run.recording, 3).size(), 3u);
}

TEST(Fates, say_who_acknowledged_who_gave_it_up_and_when) {
  const Recorded run = recorded("scenarios/incidents/github-2018.yaml");
  const std::string story = lost_writes(*run.recording).front().story;
  for (const char* part :
       {"asked for it at ", "It was told at ", "that it was done.",
        "accounts/us-east/0 took it up at ", "accounts/us-east/0 gave it up at ",
        " after split: no replica holds it any more.", "It never reached accounts/us-west/0."})
    EXPECT_NE(story.find(part), std::string::npos) << part << " is not in: " << story;
}

TEST(Fates, are_empty_where_nothing_is_lost) {
  const Recorded run = recorded("scenarios/tutorial/01-first-cut.yaml");
  EXPECT_TRUE(lost_writes(*run.recording).empty());
  const TracedOperation& first = run.recording->trace.operations().front();
  EXPECT_NE(fate_of(*run.recording, first.invoked.id).story.find("asked for it"),
            std::string::npos);
  EXPECT_EQ(fate_of(*run.recording, {NodeId{0}, 99'999'999}).story, "It was not recorded.");
}

}  // namespace
}  // namespace cleave
