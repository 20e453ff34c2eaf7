// One mistake in a long history is found, and shown small.
#include "sim/check/history/history_builder.h"
#include "sim/check/messages/messages.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace cleave {
namespace {

Finding judge(const History& history, Model model, Level level) {
  Question question;
  question.model = model;
  question.level = level;
  return judge_messages(history, question);
}

// A hundred thousand operations and one mistake: as few show it as were planted.
History long_history(Model model) {
  testing::RandomHistory knobs;
  knobs.model = model;
  knobs.operations = 100'000;
  knobs.values = 0;
  knobs.pending = 0;
  if (model == Model::queue || model == Model::fifo_queue || model == Model::counter)
    return testing::random_history(knobs, 3);
  HistoryBuilder builder;
  std::vector<Value> list;
  for (std::int64_t i = 1; i <= 100'000; ++i) {
    const Value process = integer(i % 7);
    Operation asked;
    asked.call = i % 5'000 == 0 ? Call::read : model == Model::log ? Call::append : Call::add;
    if (asked.call != Call::read) list.push_back(asked.argument = integer(i));
    builder.invoke(process, asked);
    if (asked.call == Call::read) {
      builder.open(process)->answer = Answer::many;
      builder.open(process)->results = builder.values(list);
    }
    builder.complete(process, Ending::done);
  }
  return std::move(builder).build();
}

enum class Mistake : std::uint8_t { again, without_first, first_twice, first_two_swapped };

void plant(History& history, Mistake mistake) {
  Operation* early = nullptr;
  Operation* late = nullptr;
  for (Operation& o : history.operations) {
    const bool tells = o.answer == Answer::many ? o.results.count > 0
                                                : o.answer == Answer::one && !o.result.is_nil();
    if (o.ending != Ending::done || !tells) continue;
    if (early == nullptr && o.invoked > 1000) early = &o;
    late = &o;
  }
  Value* list = history.values.data() + late->results.first;
  if (mistake == Mistake::again) late->result = early->result;
  if (mistake == Mistake::without_first)
    late->results = {late->results.first + 1, late->results.count - 1};
  if (mistake == Mistake::first_twice) list[1] = list[0];
  if (mistake == Mistake::first_two_swapped) std::swap(list[0], list[1]);
}

struct Planted {
  const char* name;
  Model model;
  Level level;
  Mistake mistake;
  std::size_t most;
};
class PlantedMessages : public ::testing::TestWithParam<Planted> {};

TEST_P(PlantedMessages, are_shown_by_few_operations) {
  History history = long_history(GetParam().model);
  const Finding right = judge(history, GetParam().model, GetParam().level);
  ASSERT_TRUE(right.word == Word::holds || right.word == Word::undecided) << right.why;
  plant(history, GetParam().mistake);
  const Finding found = judge(history, GetParam().model, GetParam().level);
  EXPECT_EQ(found.word, Word::violated) << found.why;
  EXPECT_LE(found.witness.size(), GetParam().most) << found.why;
}

INSTANTIATE_TEST_SUITE_P(
    , PlantedMessages,
    ::testing::Values(
        Planted{"queue_twice", Model::queue, Level::exactly_once, Mistake::again, 3},
        Planted{"fifo_queue_twice", Model::fifo_queue, Level::at_most_once, Mistake::again, 3},
        Planted{"log_lost", Model::log, Level::at_least_once, Mistake::without_first, 2},
        Planted{"log_skipped", Model::log, Level::fifo_delivery, Mistake::without_first, 3},
        Planted{"log_twice", Model::log, Level::at_most_once, Mistake::first_twice, 2},
        Planted{"log_diverged", Model::log, Level::total_order, Mistake::first_two_swapped, 2},
        Planted{"set_lost", Model::set_full, Level::exactly_once, Mistake::without_first, 2},
        Planted{"set_twice", Model::set_full, Level::exactly_once, Mistake::first_twice, 2},
        Planted{"counter", Model::counter, Level::bounded, Mistake::again, 5}),
    [](const auto& planted) { return planted.param.name; });

}  // namespace
}  // namespace cleave
