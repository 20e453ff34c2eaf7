// Stories of what broke first: what they say is compared with the run that they tell of, and three
// of them byte by byte. To change those on purpose: run this test with CLEAVE_WRITE_GOLDEN=1 and
// look at what git says.
#include "sim/explore/explanation.h"

#include "sim/report/explanation_text.h"
#include "sim/report/typography.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>
#include <string>
#include <vector>

namespace cleave {
namespace {

std::shared_ptr<const Recording> recorded(const std::string& file,
                                          const std::vector<std::string>& settings = {},
                                          const std::string& configuration = "") {
  RecordingRequest request = request_of(load_file(file, settings));
  request.configuration = configuration;
  return record(request).recording;
}

std::vector<std::string> sentences_of(const Explanation& story) {
  std::vector<std::string> all = story.setting;
  for (const auto* part : {&story.course, &story.witness, &story.ending})
    all.insert(all.end(), part->begin(), part->end());
  return all;
}

std::string joined(const Explanation& story) {
  std::string text;
  for (const std::string& sentence : sentences_of(story))
    text += sentence + "\n";
  return text;
}

// Every "at 20.004 s (event 12,345)": how many there were.
std::size_t expect_times_of_events(const Recording& recording, const std::string& text) {
  const std::regex moment("[Aa]t ([0-9.]+ s) \\(event ([0-9,]+)\\)");
  std::size_t found = 0;
  for (std::sregex_iterator i(text.begin(), text.end(), moment), end; i != end; ++i, ++found) {
    std::string digits = (*i)[2];
    std::erase(digits, ',');
    const std::size_t event = std::stoul(digits);
    const auto events = recording.trace.events();
    if (event == 0 || event > events.size()) {
      ADD_FAILURE() << "no such event: " << i->str();
      continue;
    }
    EXPECT_EQ((*i)[1], exact(events[event - 1].at)) << i->str();
  }
  return found;
}

void expect_golden(const std::string& name, const Recording& recording) {
  TextOptions options;
  RunResult result = recording.result;
  const std::string text = explanation_text(explain(recording), result, options);
  const std::string path = "tests/explore/golden/" + name;
  if (std::getenv("CLEAVE_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text) << "in " << path;
  const Explanation story = explain(recording);
  EXPECT_GE(expect_times_of_events(recording, joined(story)), 5u) << text;
  EXPECT_LE(sentences_of(story).size(), 20u) << text;
  for (std::size_t line = 0, next = 0; line < text.size(); line = next + 1) {
    next = text.find('\n', line);
    if (text.compare(line, 7, "cleave ") != 0) {
      EXPECT_LE(columns_of(text.substr(line, next - line)), 80u) << text.substr(line, next - line);
    }
  }
}

const std::vector<std::string> kStale{"stores.status.options.reads=local",
                                      "expect=[{fresh-reads: status}]"};

TEST(Explanation, is_told_as_ever) {
  expect_golden("github_2018.txt", draw::github());
  expect_golden("first_cut.txt", draw::tutorial());
  expect_golden("stale_read.txt", *recorded("scenarios/raft/leases.yaml", kStale));
}

TEST(Explanation, of_a_lost_write_is_that_of_the_verdicts_witness) {
  const Recording& recording = draw::github();
  const Explanation story = explain(recording);
  const ExpectationResult& lost = recording.result.expectations[0];
  EXPECT_EQ(story.broke, lost.name);
  EXPECT_EQ(story.at, lost.verdict.at);
  ASSERT_EQ(lost.verdict.witness.size(), 2u);
  std::string witness;
  for (const std::string& sentence : story.witness)
    witness += sentence + "\n";
  for (const EventId event : lost.verdict.witness)
    EXPECT_NE(witness.find("(event " + grouped(event.value) + ")"), std::string::npos) << witness;
  EXPECT_NE(witness.find(grouped(recording.result.stores[0].lost_acknowledged) + " updates"),
            std::string::npos)
      << witness;
}

TEST(Explanation, of_a_stale_read_counts_versions) {
  const auto recording = recorded("scenarios/raft/leases.yaml", kStale);
  const std::vector<EventId>& witness = recording->result.expectations[0].verdict.witness;
  ASSERT_EQ(witness.size(), 3u);
  std::uint64_t known = 0;
  std::uint64_t read = 0;
  for (const TracedOperation& operation : recording->trace.operations()) {
    if (!operation.completed) continue;
    if (operation.completed->event == witness[0]) known = operation.completed->version;
    if (operation.completed->event == witness[2]) read = operation.completed->version;
  }
  const std::string text = joined(explain(*recording));
  EXPECT_NE(text.find("was told of version " + grouped(known) + " of user-"), std::string::npos);
  EXPECT_NE(text.find("was told version " + grouped(read) + " by status/"), std::string::npos);
  EXPECT_NE(text.find(counted(known - read, "version", "versions") + " behind"), std::string::npos);
}

TEST(Explanation, of_an_operation_that_was_not_served_follows_its_request) {
  const Explanation story = explain(draw::tutorial());
  const std::string text = joined(story);
  for (const char* part : {"west/2 asked notes to write note-", "west/2 gave up waiting",
                           "The request reached notes/us-east/0 only at ", "Yet it was done: at "})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Explanation, of_replicas_that_stay_apart_says_who_lacks_what) {
  const auto recording = recorded("scenarios/raft/leases.yaml", {}, "local");
  const Explanation story = explain(*recording);
  EXPECT_EQ(story.broke, "converges status within 10s");
  const std::string text = joined(story);
  EXPECT_NE(text.find("status/eu-central/0 still did not have it"), std::string::npos) << text;
  EXPECT_GE(expect_times_of_events(*recording, text), 5u);
}

TEST(Explanation, of_an_engines_own_promise_tells_its_events) {
  const auto recording = recorded("scenarios/raft/deaf-leader.yaml",
                                  {"seed=3", "stores.kv.options.bugs=[vote-twice]"});
  const Explanation story = explain(*recording);
  ASSERT_EQ(story.broke, "kv: Raft's invariants");
  EXPECT_FALSE(story.witness.empty());
  EXPECT_GE(expect_times_of_events(*recording, joined(story)), 1u);
  EXPECT_NE(joined(story).find("The engine promises of itself"), std::string::npos);
}

TEST(Explanation, says_of_a_run_in_which_nothing_broke_what_held) {
  const auto recording = draw::recording_of(draw::crash_scenario());
  const Explanation story = explain(*recording);
  EXPECT_EQ(story.broke, "");
  EXPECT_TRUE(story.witness.empty());
  const std::string text = joined(story);
  EXPECT_NE(text.find("Nothing was violated in 8 s and "), std::string::npos) << text;
  EXPECT_NE(text.find("\"lost-acknowledged-writes notes\" held: all "), std::string::npos) << text;
}

TEST(Explanation, names_what_else_broke) {
  const auto recording = draw::recording_of(draw::crowded_scenario());
  const std::string text = joined(explain(*recording));
  EXPECT_NE(text.find("Also violated in this run: \"available notes to "), std::string::npos)
      << text;
}

TEST(Explanation, counts_what_it_leaves_out_of_a_fault_that_flaps) {
  std::string flapping = draw::crash_scenario();
  const std::string outage = "crash: notes/us-west/0}";
  flapping.replace(flapping.find("for: 2s, " + outage), 9 + outage.size(),
                   "for: 5s, flap: 250ms, cut: [us-east, us-west]}");
  const std::string wish = "- {lost-acknowledged-writes: notes}";
  flapping.replace(flapping.find(wish), wish.size(), "- {converges: notes, within: 1ms}");
  flapping.replace(flapping.find("to: 7s"), 6, "from: 6s, to: 7s");
  const auto recording = draw::recording_of(flapping);
  const std::string text = joined(explain(*recording));
  const Time end = *explain(*recording).at;
  std::uint64_t turns = 0;  // of the fault, that the story has room for or not
  for (const Span& span : recording->result.faults[0].active)
    turns += span.from > end ? 0 : span.to > end ? 1 : 2;
  ASSERT_GT(turns, 7u);
  // One sentence says who led.
  EXPECT_NE(text.find("faults began or ended " + std::to_string(turns - 7) + " times."),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("notes/us-east/0 led notes from the start."), std::string::npos) << text;
}

TEST(Explanation, is_the_same_text_twice) {
  const auto a = recorded("scenarios/raft/leases.yaml", kStale);
  const auto b = recorded("scenarios/raft/leases.yaml", kStale);
  EXPECT_EQ(joined(explain(*a)), joined(explain(*b)));
}

TEST(Words, of_lists_and_counts) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b"}), "a and b");
  EXPECT_EQ(listed({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(times(1), "once");
  EXPECT_EQ(times(2), "twice");
  EXPECT_EQ(times(1'200), "1,200 times");
  EXPECT_EQ(sentence_of("at noon"), "At noon");
  EXPECT_EQ(sentence_of(""), "");
}

}  // namespace
}  // namespace cleave
