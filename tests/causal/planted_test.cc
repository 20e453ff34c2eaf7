// In a long history that is consistent but for one read, what is shown is as small as what was
// planted there.
#include "sim/base/random.h"
#include "sim/check/causal/causal.h"
#include "sim/check/history/history_builder.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

constexpr std::uint32_t kOperations = 100'000;
constexpr std::uint32_t kProcesses = 8;

// Reads and writes of 50 atomic registers, with something among them.
class Long {
 public:
  History with(const std::function<void(Long&)>& plant) && {
    while (builder_.size() < kOperations) {
      if (builder_.size() == kOperations / 2) plant(*this);
      const auto key = static_cast<std::uint32_t>(random_.below(50));
      const auto process = static_cast<std::uint32_t>(random_.below(kProcesses));
      if (random_.below(2) == 0)
        write(process, key, values_[key] = ++last_);
      else
        read(process, key, values_[key]);
    }
    return std::move(builder_).build();
  }

  void write(std::uint32_t process, std::uint32_t key, std::int64_t value) {
    Operation o;
    o.call = Call::write;
    o.argument = integer(value);
    act(process, key, o);
  }
  void read(std::uint32_t process, std::uint32_t key, std::int64_t value) {
    Operation o;
    o.answer = Answer::one;
    if (value != 0) o.result = integer(value);
    act(process, key, o);
  }

 private:
  void act(std::uint32_t process, std::uint32_t key, Operation o) {
    o.key = builder_.key(builder_.names().intern("x" + std::to_string(key)));
    builder_.invoke(integer(process), o);
    builder_.complete(integer(process), Ending::done);
  }

  HistoryBuilder builder_;
  Random random_ = Random::at(7, 0, 0, 0);
  std::vector<std::int64_t> values_ = std::vector<std::int64_t>(50);
  std::int64_t last_ = 1000;
};

struct Planted {
  const char* name;
  Level level;
  std::size_t operations;  // of the witness
  void (*plant)(Long& history);
};

// Registers from 50 and processes from 100 are in what is planted alone.
void stale_read(Long& h) {
  h.write(100, 50, 1);
  h.write(100, 50, 2);
  h.read(101, 50, 2);
  h.read(101, 50, 1);
}
void stale_through_a_third(Long& h) {
  h.write(100, 50, 1);
  h.read(101, 50, 1);
  h.write(101, 51, 1);
  h.read(102, 51, 1);
  h.read(102, 50, 0);
}
void from_the_future(Long& h) {
  h.read(100, 50, 1);
  h.write(100, 51, 1);
  h.read(101, 51, 1);
  h.write(101, 50, 1);
}
void comes_back(Long& h) {
  h.write(100, 50, 1);
  h.write(101, 50, 2);
  h.read(101, 50, 1);
  h.read(101, 50, 2);
}
void against_the_order_of_arrival(Long& h) {
  h.write(100, 52, 1);
  h.write(100, 50, 1);
  h.write(100, 51, 1);
  h.write(101, 50, 2);
  h.read(101, 52, 0);
  h.read(101, 51, 1);
  h.read(101, 50, 2);
}
void readers_disagree(Long& h) {
  h.write(100, 50, 1);
  h.write(101, 50, 2);
  for (const std::int64_t value : {1, 2})
    h.read(102, 50, value);
  for (const std::int64_t value : {2, 1})
    h.read(103, 50, value);
}
void amid_the_others(Long& h) {
  h.write(0, 50, 1);
  h.write(0, 50, 2);
  h.read(1, 50, 2);
  h.read(1, 50, 1);
}

class PlantedViolation : public ::testing::TestWithParam<Planted> {};

TEST_P(PlantedViolation, is_shown_as_small_as_it_is) {
  const History history = Long().with(GetParam().plant);
  const Finding finding = judge_causal(history, {Model::reg, GetParam().level, {}, {}});
  ASSERT_EQ(finding.word, Word::violated);
  std::string witness;
  for (const std::uint32_t operation : finding.witness)
    witness += to_text(history, history.operations[operation]) + "\n";
  EXPECT_EQ(finding.witness.size(), GetParam().operations) << witness << finding.why;
}

INSTANTIATE_TEST_SUITE_P(
    , PlantedViolation,
    ::testing::Values(Planted{"stale_read", Level::causal, 4, stale_read},
                      Planted{"stale_read_pram", Level::pram, 4, stale_read},
                      Planted{"stale_read_sessions", Level::monotonic_reads, 4, stale_read},
                      Planted{"stale_through_a_third", Level::causal, 5, stale_through_a_third},
                      Planted{"stale_wfr", Level::writes_follow_reads, 5, stale_through_a_third},
                      Planted{"from_the_future", Level::causal, 4, from_the_future},
                      Planted{"comes_back_ccv", Level::causal_convergence, 4, comes_back},
                      Planted{"comes_back_cm", Level::causal_memory, 4, comes_back},
                      Planted{"comes_back_pram", Level::pram, 4, comes_back},
                      Planted{"arrival_cm", Level::causal_memory, 7, against_the_order_of_arrival},
                      Planted{"readers_disagree", Level::causal_convergence, 6, readers_disagree},
                      Planted{"amid_the_others", Level::causal, 4, amid_the_others},
                      Planted{"amid_the_others_ccv", Level::causal_convergence, 4, amid_the_others},
                      Planted{"amid_the_others_cm", Level::causal_memory, 4, amid_the_others}),
    [](const auto& planted) { return planted.param.name; });

}  // namespace
}  // namespace cleave
