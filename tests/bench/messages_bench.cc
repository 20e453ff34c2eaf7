// Judging what is promised of messages, by operation: of a queue whose elements all come out once.
#include "sim/check/messages/messages.h"
#include "tests/support/random_history.h"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace cleave::bench {
namespace {

void judge(benchmark::State& state, Model model, Level level) {
  testing::RandomHistory knobs;
  knobs.model = model;
  knobs.processes = 20;
  knobs.operations = static_cast<std::uint32_t>(state.range(0));
  knobs.values = 0;
  knobs.pending = 0;
  const History history = testing::random_history(knobs, 1);
  Question question;
  question.model = knobs.model;
  question.level = level;
  for (auto _ : state) {
    const Finding finding = judge_messages(history, question);
    if (finding.word == Word::violated || finding.checked == 0) {
      state.SkipWithError(("not right: " + finding.why).c_str());
      return;
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void messages_queue(benchmark::State& state) {
  judge(state, Model::queue, Level::exactly_once);
}
BENCHMARK(messages_queue)->Arg(10'000)->Arg(100'000)->Arg(1'000'000);

void messages_fifo(benchmark::State& state) {
  judge(state, Model::fifo_queue, Level::fifo_delivery);
}
BENCHMARK(messages_fifo)->Arg(1'000'000);

}  // namespace
}  // namespace cleave::bench
