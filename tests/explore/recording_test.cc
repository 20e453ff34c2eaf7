#include "sim/explore/recording.h"

#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace cleave {
namespace {

TEST(Recording, is_the_run_that_the_command_line_makes) {
  for (const char* file :
       {"scenarios/tutorial/01-first-cut.yaml", "scenarios/incidents/github-2018.yaml"}) {
    const Loaded loaded = load_file(file);
    const RunResult headless = run(loaded.configurations.front().scenario);
    const Recorded recorded = record(request_of(loaded));
    const RunResult& result = recorded.recording->result;
    EXPECT_EQ(result.digest, headless.digest) << file;
    EXPECT_EQ(result.events, headless.events) << file;
    EXPECT_EQ(result.file, file);
  }
}

TEST(Recording, takes_the_seed_that_is_asked_for) {
  const Loaded loaded = load_file("scenarios/tutorial/01-first-cut.yaml");
  RunOptions options;
  options.seed = 7;
  EXPECT_EQ(record(request_of(loaded, 7)).recording->result.digest,
            run(loaded.configurations.front().scenario, options).digest);
  EXPECT_NE(draw::tutorial().result.digest, record(request_of(loaded, 7)).recording->result.digest);
}

TEST(Recording, stops_where_it_is_told_to) {
  RecordingRequest request = request_of(load_file("scenarios/tutorial/01-first-cut.yaml"));
  request.until = draw::seconds(12);
  const Recorded recorded = record(request);
  EXPECT_EQ(recorded.recording->result.simulated, draw::seconds(12));
  EXPECT_TRUE(recorded.recording->result.cut_short);
}

TEST(Recording, repeats_a_saved_run_as_it_was) {
  RecordingRequest request = request_of(load_file("scenarios/incidents/github-2018.yaml"), 9);
  request.configuration = "fenced";
  request.until = draw::seconds(30);
  const Recorded first = record(request);
  const std::string saved = to_yaml(saved_run_of(first.recording->result, request.loaded));
  const Recorded again = record(request_of(load_text("saved.yaml", saved)));
  const RunResult& result = again.recording->result;
  EXPECT_EQ(result.digest, first.recording->result.digest);
  EXPECT_EQ(result.configuration, "fenced");
  EXPECT_EQ(result.expected_digest, result.digest);
  const Recorded other = record(request_of(load_text("saved.yaml", saved), 10));
  EXPECT_EQ(other.recording->result.expected_digest, std::nullopt) << "another seed, another run";
}

// Standing anywhere gives the World that a fresh run has there.
TEST(Recording, has_a_timeline_over_the_whole_run) {
  Recorded recorded = record(request_of(load_file("scenarios/tutorial/01-first-cut.yaml")));
  EXPECT_GT(recorded.timeline.keyframes(), 2u);
  recorded.timeline.seek(EventId{recorded.recording->result.events});
  EXPECT_EQ(recorded.timeline.world().digest(), recorded.recording->result.digest);
  World fresh = recorded.recording->start;
  fresh.run_until(draw::seconds(15));
  recorded.timeline.seek(draw::seconds(15));
  EXPECT_EQ(recorded.timeline.world().digest(), fresh.digest());
}

TEST(TraceIndex, has_a_row_for_every_event_in_order_of_time) {
  const TraceIndex& trace = draw::tutorial().trace;
  EXPECT_EQ(trace.events().size(), draw::tutorial().result.events);
  EXPECT_TRUE(std::is_sorted(trace.events().begin(), trace.events().end(),
                             [](const auto& a, const auto& b) { return a.at < b.at; }));
  EXPECT_EQ(trace.left_out(), 0u);
}

TEST(TraceIndex, knows_of_messages_when_they_were_sent_and_when_they_ended) {
  const TraceIndex& trace = draw::tutorial().trace;
  std::set<RecordKind> ends;
  ASSERT_GT(trace.messages().size(), 1'000u);
  for (const TracedMessage& message : trace.messages()) {
    EXPECT_LE(message.sent, message.ended);
    ASSERT_GE(message.event.value, 1u);
    EXPECT_EQ(trace.events()[message.event.value - 1].at, message.ended);
    if (message.cause.value > 0) {
      EXPECT_EQ(trace.events()[message.cause.value - 1].at, message.sent);
    }
    ends.insert(message.end);
  }
  EXPECT_TRUE(ends.contains(RecordKind::delivered));
  EXPECT_TRUE(ends.contains(RecordKind::cut));
}

// The span may hold others; those that were under way are all in it.
TEST(TraceIndex, finds_the_messages_that_a_look_at_all_of_them_finds) {
  const TraceIndex& trace = draw::github().trace;
  const std::uint64_t seed = 20'181'021;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::int64_t end = draw::github().result.simulated.ns;
  const auto under_way = [](std::span<const TracedMessage> messages, Time from, Time to) {
    std::vector<const TracedMessage*> found;
    for (const TracedMessage& message : messages)
      if (message.sent <= to && message.ended >= from) found.push_back(&message);
    return found;
  };
  for (int i = 0; i < 200; ++i) {
    const Time from{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(end))};
    const Time to = from + Duration{static_cast<std::int64_t>(random() % 2'000'000'000) *
                                    static_cast<std::int64_t>(random() % 2)};
    EXPECT_EQ(under_way(trace.messages_around(from, to), from, to),
              under_way(trace.messages(), from, to))
        << from.ns << " to " << to.ns;
    const auto within = [&](Time t) { return t >= from && t <= to; };
    const auto ends =
        std::count_if(trace.messages().begin(), trace.messages().end(),
                      [&](const TracedMessage& m) { return within(m.sent) || within(m.ended); });
    EXPECT_EQ(trace.messages_within(from, to), static_cast<std::size_t>(ends));
  }
  EXPECT_TRUE(trace.messages_around(Time{end + 1}, Time{end + 2}).empty());
}

TEST(TraceIndex, finds_events_and_operations) {
  const TraceIndex& trace = draw::tutorial().trace;
  for (const int ms : {0, 1, 9'999, 10'000, 39'999}) {
    const std::size_t first = trace.first_event_from(draw::millis(ms));
    if (first < trace.events().size()) {
      EXPECT_GE(trace.events()[first].at, draw::millis(ms));
    }
    if (first > 0) {
      EXPECT_LT(trace.events()[first - 1].at, draw::millis(ms));
    }
  }
  EXPECT_EQ(trace.first_event_from(kForever), trace.events().size());
  for (const TracedOperation& operation : trace.operations())
    EXPECT_EQ(trace.find(operation.invoked.id), &operation);
  EXPECT_EQ(trace.find({NodeId{0}, 12'345'678}), nullptr);
}

TEST(TraceIndex, counts_acknowledged_updates_as_the_report_does) {
  for (const Recording* recording : {&draw::tutorial(), &draw::github()}) {
    const auto operations = recording->trace.operations();
    EXPECT_EQ(static_cast<std::uint64_t>(
                  std::count_if(operations.begin(), operations.end(),
                                [](const TracedOperation& o) { return o.acknowledged(); })),
              recording->result.stores[0].acknowledged);
  }
}

// What replicas took up and gave up adds up to what the ledger says they hold.
TEST(TraceIndex, has_every_change_of_what_replicas_hold) {
  const Recording& recording = draw::github();
  World world = recording.start;
  world.run_until(draw::seconds(60));
  std::map<NodeId, std::int64_t> held;
  for (const TracedUpdate& update : recording.trace.updates())
    if (update.at <= draw::seconds(60)) held[update.replica] += update.taken_up ? 1 : -1;
  for (const NodeId replica : recording.cast.replicas[0])
    EXPECT_EQ(static_cast<std::uint64_t>(held[replica]),
              world.ledger().held(StoreId{0}, replica).size())
        << recording.name(replica);
}

TEST(TraceIndex, keeps_to_its_budget_and_counts_what_it_leaves_out) {
  RecordingRequest request = request_of(load_file("scenarios/tutorial/01-first-cut.yaml"));
  request.budget.bytes = 100'000;
  const Recorded recorded = record(request);
  const TraceIndex& trace = recorded.recording->trace;
  EXPECT_GT(trace.left_out(), 1'000u);
  EXPECT_LT(trace.bytes(), 400'000u) << "vectors may have grown to twice their size just before";
  EXPECT_EQ(recorded.recording->result.digest, draw::tutorial().result.digest)
      << "who watches changes nothing";
  // What is there is the beginning of the run, without a hole.
  const auto all = draw::tutorial().trace.events();
  ASSERT_GT(trace.events().size(), 100u);
  for (std::size_t i = 0; i < trace.events().size(); ++i)
    EXPECT_EQ(trace.events()[i].at, all[i].at) << "event " << i + 1;
}

}  // namespace
}  // namespace cleave
