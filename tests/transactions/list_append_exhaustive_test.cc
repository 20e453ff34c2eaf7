// Every history of two transactions of up to two steps on two keys, with every list that its
// appends can make, one after the other and at once, against the axioms.
#include "sim/check/transactions/transactions.h"
#include "tests/transactions/axioms.h"
#include "tests/transactions/random_transactions.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace cleave {
namespace {

using testing::Axioms;

// A step of the two transactions: 0 and 1 append to a key, 2 and 3 read it.
using Shape = std::vector<int>;

std::vector<Shape> shapes() {
  std::vector<Shape> all;
  for (int a = 0; a < 4; ++a) {
    all.push_back({a});
    for (int b = 0; b < 4; ++b)
      all.push_back({a, b});
  }
  return all;
}

// All lists of some of the elements, each once.
void add_lists(std::vector<Value>& list, const std::vector<Value>& elements,
               std::vector<std::vector<Value>>& all) {
  all.push_back(list);
  for (const Value element : elements) {
    if (std::find(list.begin(), list.end(), element) != list.end()) continue;
    list.push_back(element);
    add_lists(list, elements, all);
    list.pop_back();
  }
}

class Everything {
 public:
  Everything(const Shape& first, const Shape& second, int overlap) : overlap_(overlap) {
    std::array<std::vector<Value>, 2> elements;
    std::int64_t value = 0;
    for (const Shape* shape : {&first, &second})
      for (const int kind : *shape) {
        Step step;
        step.key = static_cast<std::uint32_t>(kind % 2) + 1;
        if (kind < 2) {
          step.call = Call::append;
          step.argument = integer(++value);
          elements.at(step.key - 1).push_back(step.argument);
        }
        steps_.push_back(step);
      }
    split_ = first.size();
    for (std::size_t key = 0; key < 2; ++key) {
      std::vector<Value> list;
      add_lists(list, elements.at(key), lists_.at(key));
    }
  }

  // Calls check(history) for each choice of what is read.
  template <class Check>
  void run(std::size_t at, std::vector<std::vector<Value>>& read, Check check) {
    if (at == steps_.size()) return check(history(read));
    if (steps_[at].call != Call::read) return run(at + 1, read, check);
    for (const auto& list : lists_.at(steps_[at].key - 1)) {
      read.push_back(list);
      run(at + 1, read, check);
      read.pop_back();
    }
  }

 private:
  std::vector<Step> steps_;
  std::size_t split_ = 0;
  int overlap_;  // 0: at once; 1: one process; 2: two, one after the other
  std::array<std::vector<std::vector<Value>>, 2> lists_;

  History history(const std::vector<std::vector<Value>>& read) const {
    HistoryBuilder builder;
    builder.key(builder.names().intern("x"));
    builder.key(builder.names().intern("y"));
    std::vector<Step> steps = steps_;
    std::size_t next = 0;
    for (Step& step : steps)
      if (step.call == Call::read) {
        step.answer = Answer::many;
        step.results = builder.values(read[next++]);
      }
    const std::span all(steps);
    const Value second = integer(overlap_ == 1 ? 0 : 1);
    const auto invoke = [&](Value process, std::span<const Step> part) {
      Operation asked;
      asked.call = Call::transaction;
      asked.steps = builder.steps(part);
      builder.invoke(process, asked);
    };
    invoke(integer(0), all.first(split_));
    if (overlap_ != 0) builder.complete(integer(0), Ending::done);
    invoke(second, all.subspan(split_));
    if (overlap_ == 0) builder.complete(integer(0), Ending::done);
    builder.complete(second, Ending::done);
    return std::move(builder).build();
  }
};

TEST(ListAppend, agrees_with_the_axioms_on_all_small_histories) {
  std::map<std::pair<Level, Word>, std::uint64_t> counts;
  std::uint64_t histories = 0;
  const auto check = [&](const History& history) {
    ++histories;
    for (const Level level :
         {Level::strict_serializable, Level::strong_session_serializable, Level::serializable,
          Level::strong_session_snapshot_isolation, Level::snapshot_isolation,
          Level::parallel_snapshot_isolation, Level::repeatable_read, Level::read_atomic,
          Level::monotonic_atomic_view, Level::read_committed, Level::read_uncommitted}) {
      const Word word = judge_transactions(history, {Model::list_append, level, {}, {}}).word;
      ++counts[{level, word}];
      if (word == Word::vacuous) continue;
      const bool permitted = Axioms(history, level, Axioms::Sessions::if_named).permit();
      ASSERT_EQ(to_string(word), permitted ? "holds" : "violated") << to_string(level) << "\n"
                                                                   << testing::drawn(history);
    }
  };
  for (const Shape& first : shapes())
    for (const Shape& second : shapes())
      for (int overlap = 0; overlap < 3; ++overlap) {
        std::vector<std::vector<Value>> read;
        Everything(first, second, overlap).run(0, read, check);
        if (HasFatalFailure()) return;
      }
  EXPECT_EQ(histories, 4368u);
  for (const Level level : {Level::serializable, Level::read_uncommitted}) {
    EXPECT_GT((counts[{level, Word::holds}]), 100u);
    EXPECT_GT((counts[{level, Word::violated}]), 100u);
  }
}

}  // namespace
}  // namespace cleave
