#include "sim/report/phrases.h"

#include "tests/report/sample.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

Time at_s(std::int64_t s) {
  return Time{} + Duration{1'000'000'000} * s;
}

FaultResult fault(std::string name, std::int64_t from, std::int64_t to) {
  FaultResult result;
  result.fault.name = std::move(name);
  result.active = {{at_s(from), at_s(to)}};
  return result;
}

TEST(Phrases, name_windows_by_the_faults_around_them) {
  RunResult run;
  EXPECT_EQ(window_name(run, {at_s(0), at_s(9)}), "all along");
  run.faults = {fault("split", 10, 20), fault("crash", 40, 50), fault("slow", 45, 60)};
  EXPECT_EQ(window_name(run, {at_s(0), at_s(10)}), "before split");
  EXPECT_EQ(window_name(run, {at_s(10), at_s(20)}), "during split");
  EXPECT_EQ(window_name(run, {at_s(20), at_s(40)}), "between split and crash");
  EXPECT_EQ(window_name(run, {at_s(45), at_s(50)}), "during crash, slow");
  EXPECT_EQ(window_name(run, {at_s(60), at_s(90)}), "after slow");
  // In whichever order the scenario has them.
  run.faults = {fault("late", 40, 50), fault("early", 10, 20)};
  EXPECT_EQ(window_name(run, {at_s(0), at_s(10)}), "before early");
}

TEST(Phrases, say_what_a_fault_did_and_count_each_thing_once) {
  FaultResult split;
  split.effect.begun = 3;
  split.effect.dropped = 1'000;
  split.effect.delayed = 1;
  split.effect.hosts = 1;
  EXPECT_EQ(effect(split), "3 times, dropped 1,000 packets, delayed 1, touched 1 host");
  split.why_inert = "nobody sent anything";
  EXPECT_EQ(effect(split), "did nothing, as it may: nobody sent anything");
  split.inert = true;
  EXPECT_EQ(effect(split), "did nothing: nobody sent anything");
}

TEST(Phrases, say_what_a_fault_is_in_the_words_of_the_scenario) {
  Fault fault;
  const Selector east{Selector::By::region, "us-east", ""};
  const Selector leader{Selector::By::role, "primary", "accounts"};
  const Selector rest{Selector::By::rest, "", ""};
  fault.groups = {{east, leader}, {rest}};
  EXPECT_EQ(deed(fault), "cut us-east, primary of accounts | rest");
  fault.verb = Verb::cut_one_way;
  EXPECT_EQ(deed(fault), "cut_one_way us-east, primary of accounts -> rest");
  fault.verb = Verb::delay;
  fault.duration = Duration{200'000'000};
  EXPECT_EQ(deed(fault), "delay us-east, primary of accounts | rest 200 ms");
  fault.groups = {{rest}};
  fault.verb = Verb::loss;
  fault.probability = UINT64_MAX / 10 * 3;
  EXPECT_EQ(deed(fault), "loss rest 30 %");
  fault.probability = 1;
  EXPECT_EQ(deed(fault), "loss rest 0.1 %");
}

TEST(Phrases, tell_when_a_store_was_together_again) {
  RunResult run = sample::two_coasts();
  StoreResult& store = run.stores[0];
  EXPECT_EQ(ending(run, store), "together again at 71.4 s, 8.4 s after split");
  run.faults.clear();
  EXPECT_EQ(ending(run, store), "together again at 71.4 s");
  store.curve.converged.reset();
  store.curve.at_end = 312;
  EXPECT_EQ(ending(run, store), "still 312 apart");
  store.curve.diverged.reset();
  EXPECT_EQ(ending(run, store), "");
}

TEST(Phrases, tell_who_led_beside_whom) {
  StoreResult store;
  const auto led = [&](std::uint32_t node, std::int64_t from, std::int64_t to) {
    store.tenures.push_back(
        {NodeId{node}, "accounts/" + std::to_string(node), {at_s(from), at_s(to)}, EventId{1}});
  };
  led(0, 0, 10);
  led(1, 10, 40);  // as soon as the other was done
  led(0, 20, 25);
  led(0, 30, 60);
  EXPECT_EQ(beside_whom(store, store.tenures[0]), "");
  EXPECT_EQ(beside_whom(store, store.tenures[1]), "");
  EXPECT_EQ(beside_whom(store, store.tenures[2]), "beside accounts/1 for 5 s");
  EXPECT_EQ(beside_whom(store, store.tenures[3]), "beside accounts/1 for 10 s");
}

TEST(Phrases, find_what_broke_first_among_verdicts_and_assertions) {
  RunResult run = sample::calm();
  EXPECT_FALSE(first_break(run));
  run = sample::two_coasts();
  EXPECT_EQ(first_break(run)->at, Time{20'004'182'733});
  EXPECT_EQ(first_break(run)->event, EventId{91'210}) << "that of the time, not a witness's";
  run.expectations.push_back(run.expectations[0]);
  run.expectations[2].verdict.at = at_s(5);
  run.expectations[2].name = "earlier";
  EXPECT_EQ(first_break(run)->what, "earlier");
  EXPECT_TRUE(first_break(run)->stated);
  run.expectations[0].expected = Word::holds;
  EXPECT_EQ(first_break(run)->what, "lost-acknowledged-writes accounts") << "nobody stated it";
  EXPECT_FALSE(first_break(run)->stated);
  run.expectations[2].verdict.word = Word::undecided;
  EXPECT_EQ(first_break(run)->what, "lost-acknowledged-writes accounts");
  run.failure = RunFailure{"must hold", "n", {7}, at_s(1)};
  EXPECT_EQ(first_break(run)->what, "model assertion in n");
  run.failure->kind = RunFailure::Kind::zero_delay_loop;
  EXPECT_EQ(first_break(run)->what, "loop without delay at n");
}

TEST(Phrases, quote_commands_for_a_shell) {
  RunResult run;
  run.file = "a/b-1.yaml";
  run.seed = 7;
  EXPECT_EQ(replay_command(run, "cleave", std::nullopt), "cleave run a/b-1.yaml --seed 7");
  run.file = "my runs/it's $HOME.yaml";
  run.settings = {"stores.a.options.x={y: 1}"};
  EXPECT_EQ(replay_command(run, "./bin/cleave", std::nullopt),
            "./bin/cleave run 'my runs/it'\\''s $HOME.yaml' --seed 7 "
            "--set 'stores.a.options.x={y: 1}'");
}

TEST(Phrases, replay_until_the_millisecond_after) {
  RunResult run;
  run.file = "a.yaml";
  EXPECT_EQ(replay_command(run, "cleave", Time{20'004'182'733}),
            "cleave run a.yaml --seed 0 --until 20.005s");
  EXPECT_EQ(replay_command(run, "cleave", Time{20'000'000'000}),
            "cleave run a.yaml --seed 0 --until 20s");
}

}  // namespace
}  // namespace cleave
