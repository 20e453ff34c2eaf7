// Runs as histories: each line of a story is an event.
#include "sim/check/history/history_recorder.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using test::kAlice;
using test::kBob;
using test::kChat;
using test::kNews;
using test::kOtherStore;
using test::kStore;

class Recorded {
 public:
  explicit Recorded(ObjectType type, HistoryRecorder::Options options = {})
      : type_(type), recorder_(with(std::move(options), type)) {}

  // As Story does, of the type in question.
  OperationId invoke(NodeId client, Action action, std::uint64_t argument = 0,
                     std::uint64_t position = 0, std::uint64_t object = kChat) {
    Invoked operation;
    operation.id = {client, ++operations_};
    operation.event = {++event_};
    operation.store = kStore;
    operation.key = object;
    operation.type = type_;
    operation.action = action;
    operation.argument = argument;
    operation.expected_version = position;
    recorder_.on(operation);
    return operation.id;
  }
  void complete(OperationId id, Outcome outcome, std::vector<std::uint64_t> values = {},
                std::uint64_t version = 0) {
    recorder_.on(Completed{id, {}, {++event_}, outcome, version, std::move(values)});
  }
  void told(NodeId client, Action action, std::uint64_t argument, Outcome outcome,
            std::vector<std::uint64_t> values = {}, std::uint64_t version = 0,
            std::uint64_t position = 0) {
    complete(invoke(client, action, argument, position), outcome, std::move(values), version);
  }
  HistoryRecorder& recorder() { return recorder_; }

  // One line an operation.
  std::vector<std::string> lines() {
    const History history = std::move(recorder_).build();
    EXPECT_EQ(check_history(history), std::nullopt);
    std::vector<std::string> lines;
    for (const Operation& operation : history.operations)
      lines.push_back(to_text(history, operation));
    return lines;
  }

 private:
  static HistoryRecorder::Options with(HistoryRecorder::Options options, ObjectType type) {
    options.store = kStore;
    options.type = type;
    return options;
  }
  ObjectType type_;
  HistoryRecorder recorder_;
  std::uint32_t operations_ = 0;
  std::uint64_t event_ = 0;
};

using Lines = std::vector<std::string>;

TEST(HistoryRecorder, numbers_values_and_calls_objects_by_their_names) {
  Recorded run(ObjectType::reg, {.names = {{kChat, "chat"}}});
  run.told(kAlice, Action::read, 0, Outcome::ok);
  run.told(kAlice, Action::write, 0xfeedull << 48, Outcome::ok, {}, 1);
  run.told(kBob, Action::read, 0, Outcome::ok, {0xfeedull << 48}, 1);
  run.complete(run.invoke(kBob, Action::write, 7, 0, kNews), Outcome::ok, {}, 1);
  EXPECT_EQ(run.lines(), (Lines{"process 3 read chat = nil", "process 3 wrote 1 to chat",
                                "process 4 read chat = 1", "process 4 wrote 2 to 2"}));
}

TEST(HistoryRecorder, keeps_the_numbers_of_events) {
  Recorded run(ObjectType::reg);
  run.told(kAlice, Action::write, 5, Outcome::ok);
  run.told(kAlice, Action::write, 6, Outcome::ok);
  const History history = std::move(run.recorder()).build();
  EXPECT_EQ(history.operations.at(1).invoked_at, 3u);
  EXPECT_EQ(history.operations.at(1).completed_at, 4u);
}

TEST(HistoryRecorder, tells_what_failed_from_what_may_have_happened) {
  Recorded run(ObjectType::reg);
  run.told(kAlice, Action::write, 5, Outcome::refused);
  run.told(kAlice, Action::write, 6, Outcome::unavailable);
  run.told(kAlice, Action::write, 7, Outcome::unknown);
  run.invoke(kAlice, Action::write, 8);
  EXPECT_EQ(run.lines(),
            (Lines{"process 3 wrote 1 to 1, which failed", "process 3 wrote 2 to 1, which failed",
                   "process 3 wrote 3 to 1, which was never answered",
                   "process 3 wrote 4 to 1, which was never answered"}));
}

TEST(HistoryRecorder, makes_a_process_of_each_operation_that_a_client_has_under_way) {
  Recorded run(ObjectType::reg);
  const OperationId one = run.invoke(kAlice, Action::write, 5);
  const OperationId two = run.invoke(kAlice, Action::write, 6);
  run.complete(one, Outcome::ok);
  const OperationId three = run.invoke(kAlice, Action::write, 7);
  run.complete(two, Outcome::ok);
  run.complete(three, Outcome::ok);
  EXPECT_EQ(run.lines(), (Lines{"process 3 wrote 1 to 1", "process 3.1 wrote 2 to 1",
                                "process 3 wrote 3 to 1"}));
}

TEST(HistoryRecorder, knows_by_its_version_what_a_compare_and_set_expected) {
  Recorded run(ObjectType::reg);
  run.told(kAlice, Action::compare_and_set, 5, Outcome::ok, {}, 1, 0);
  run.told(kAlice, Action::compare_and_set, 6, Outcome::ok, {}, 2, 1);
  run.told(kBob, Action::compare_and_set, 7, Outcome::conflict, {6}, 2, 1);
  run.told(kBob, Action::compare_and_set, 7, Outcome::ok, {}, 3, 2);
  EXPECT_EQ(run.lines(), (Lines{"process 3 set 1 from nil to 1", "process 3 set 1 from 1 to 2",
                                "process 4 read 1 = 2", "process 4 set 1 from 2 to 3"}));
}

TEST(HistoryRecorder, takes_a_compare_and_set_for_a_write_where_it_does_not_know) {
  Recorded run(ObjectType::reg);
  run.told(kAlice, Action::compare_and_set, 5, Outcome::ok, {}, 9, 8);
  run.told(kBob, Action::write, 6, Outcome::ok, {}, 9);  // another side of a cut
  run.told(kAlice, Action::compare_and_set, 7, Outcome::ok, {}, 10, 9);
  EXPECT_EQ(run.lines(),
            (Lines{"process 3 wrote 1 to 1", "process 4 wrote 2 to 1", "process 3 wrote 3 to 1"}));
}

TEST(HistoryRecorder, reads_numbers_as_they_are) {
  Recorded counter(ObjectType::counter);
  counter.told(kAlice, Action::add, static_cast<std::uint64_t>(-2), Outcome::ok, {98}, 1);
  counter.told(kAlice, Action::reserve, 3, Outcome::refused);
  counter.told(kBob, Action::read, 0, Outcome::ok, {static_cast<std::uint64_t>(-2)}, 1);
  EXPECT_EQ(counter.lines(),
            (Lines{"process 3 added -2 to 1", "process 3 added 3 to 1, which failed",
                   "process 4 read 1 = -2"}));
  Recorded highest(ObjectType::max_register);
  highest.told(kBob, Action::read, 0, Outcome::ok, {0}, 0);  // nobody has raised it
  highest.told(kAlice, Action::raise, 70, Outcome::ok, {70}, 70);
  highest.told(kBob, Action::read, 0, Outcome::ok, {70}, 70);
  EXPECT_EQ(highest.lines(),
            (Lines{"process 4 read 1 = nil", "process 3 raised 1 to 70", "process 4 read 1 = 70"}));
}

TEST(HistoryRecorder, reads_sets_and_pools) {
  Recorded set(ObjectType::set);
  set.told(kAlice, Action::add, 50, Outcome::ok);
  set.told(kAlice, Action::add, 60, Outcome::ok);
  set.told(kAlice, Action::remove, 60, Outcome::ok);
  set.told(kBob, Action::read, 0, Outcome::ok, {50, 60});
  EXPECT_EQ(set.lines(), (Lines{"process 3 added 1 to 1", "process 3 added 2 to 1",
                                "process 3 removed 2 from 1", "process 4 read 1 = [1 2]"}));
  Recorded pool(ObjectType::pool);
  pool.told(kAlice, Action::put, 50, Outcome::ok);
  pool.told(kBob, Action::take, 0, Outcome::ok, {50});
  pool.told(kBob, Action::take, 0, Outcome::refused);
  EXPECT_EQ(pool.lines(), (Lines{"process 3 enqueued 1 in 1", "process 4 dequeued 1 = 1",
                                 "process 4 dequeued 1 = ?, which failed"}));
}

TEST(HistoryRecorder, puts_a_log_together_from_what_a_client_reads_of_it_bit_by_bit) {
  Recorded run(ObjectType::log);
  const auto read = [&run](std::vector<std::uint64_t> values, std::uint64_t last,
                           std::uint64_t from, NodeId client = kAlice) {
    run.told(client, Action::read_from, 0, Outcome::ok, std::move(values), last, from);
  };
  run.told(kAlice, Action::append, 50, Outcome::ok, {}, 1);
  read({50}, 1, 0);
  read({60, 70}, 3, 2);
  read({80}, 5, 4);  // and one more, for which there was no room
  read({90}, 5, 5);
  read({50, 60}, 2, 1);      // an old state
  read({50, 66, 70}, 3, 1);  // another history
  read({90}, 4, 4);          // goes on from that
  read({60}, 2, 2, kBob);    // what came before it he has not seen
  read({}, 0, 1, kBob);
  EXPECT_EQ(run.lines(), (Lines{"process 3 appended 1 to 1", "process 3 read 1 = [1]",
                                "process 3 read 1 = [1 2 3]", "process 3 read 1 = ?",
                                "process 3 read 1 = [1 2 3 4 5]", "process 3 read 1 = [1 2]",
                                "process 3 read 1 = [1 6 3]", "process 3 read 1 = [1 6 3 5]",
                                "process 4 read 1 = ?", "process 4 read 1 = []"}));
}

TEST(HistoryRecorder, leaves_out_other_stores_and_other_types) {
  HistoryRecorder recorder({.store = kStore, .type = ObjectType::reg});
  test::Story story(recorder);
  story.told(kAlice, Outcome::ok, {.argument = 5, .store = kOtherStore});
  HistoryRecorder sets({.store = kStore, .type = ObjectType::set});
  test::Story other(sets);
  other.told(kAlice, Outcome::ok, {.argument = 5});
  EXPECT_EQ(recorder.size() + sets.size(), 0u);
}

TEST(HistoryRecorder, records_no_queue_for_no_model_has_it) {
  Recorded run(ObjectType::queue);
  run.told(kAlice, Action::append, 50, Outcome::ok, {}, 1);
  EXPECT_EQ(run.recorder().size(), 0u);
  EXPECT_EQ(model_of(ObjectType::queue), std::nullopt);
}

TEST(HistoryRecorder, stops_where_it_is_full_and_says_so) {
  Recorded run(ObjectType::reg, {.most_operations = 2});
  const OperationId open = run.invoke(kAlice, Action::write, 5);
  run.told(kBob, Action::write, 6, Outcome::ok);
  EXPECT_FALSE(run.recorder().is_cut_short());
  const OperationId over = run.invoke(kBob, Action::write, 7);
  run.complete(open, Outcome::ok);
  run.complete(over, Outcome::ok);
  EXPECT_TRUE(run.recorder().is_cut_short());
  EXPECT_EQ(run.lines(),
            (Lines{"process 3 wrote 1 to 1, which was never answered", "process 4 wrote 2 to 1"}));

  Recorded sets(ObjectType::set, {.most_values = 3});
  for (int i = 0; i < 5; ++i)
    sets.told(kAlice, Action::read, 0, Outcome::ok, {50, 60});
  EXPECT_EQ(sets.lines().size(), 2u);
}

}  // namespace
}  // namespace cleave
