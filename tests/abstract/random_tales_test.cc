// Larger runs than can be gone through one by one, in which replicas do as they like, or nearly as
// they should.
#include "sim/base/random.h"
#include "tests/abstract/agreement.h"

#include <cstdlib>
#include <sstream>

namespace cleave::test {
namespace {

// How replicas behave.
enum class Manner : std::uint8_t {
  orderly,   // all apply the first one's log in its order, and lag behind
  failover,  // likewise, and now and then another one is the first, and what only others have goes
  unruly,    // each applies what it likes, when it likes, and may give it up again
};

class RandomTale {
 public:
  RandomTale(Manner manner, std::uint64_t seed, Tale& tale)
      : manner_(manner), random_(Random::at(seed, 7, 0, 0)), tale_(tale) {
    clients_ = 2 + below(2);
    keys_ = 1 + below(3);
    operations_ = 4 + below(14);
  }

  std::string run() {
    waiting_.assign(clients_, kIdle);
    while (asked_ < operations_) {
      const std::uint32_t client = below(clients_);
      switch (below(4)) {
        case 0:
          if (waiting_[client] == kIdle) ask(client);
          break;
        case 1:
          if (waiting_[client] != kIdle) answer(client);
          break;
        default:
          move(below(kReplicas));
      }
    }
    for (std::uint32_t client = 0; client < clients_; ++client)
      if (waiting_[client] != kIdle && !chance(20)) answer(client);
    return story_.str();
  }

 private:
  static constexpr std::uint32_t kReplicas = 3;
  static constexpr std::uint32_t kIdle = UINT32_MAX;

  std::uint32_t below(std::uint64_t n) { return static_cast<std::uint32_t>(random_.below(n)); }
  bool chance(std::uint32_t percent) { return random_.chance(percent, 100); }

  void ask(std::uint32_t client) {
    Ask ask{client, Action::read, below(keys_), 0};
    if (chance(55)) ask.action = chance(25) ? Action::compare_and_set : Action::write;
    if (ask.action == Action::compare_and_set) ask.expected = below(3);
    waiting_[client] = tale_.invoke(ask);
    ++asked_;
    story_ << waiting_[client] << ": client " << client << " " << to_string(ask.action) << " "
           << ask.key << "\n";
  }

  void answer(std::uint32_t client) {
    const std::uint32_t o = waiting_[client];
    const bool update = is_update(tale_.ask_of(o).action);
    const bool first = manner_ != Manner::unruly && update;
    const std::uint32_t replica = first ? first_ : below(kReplicas);
    // Another answer may be on its way, and get lost.
    if (!update && chance(15)) tale_.send(below(kReplicas), o);
    story_ << replica << " answers " << o << "\n";
    tale_.answer(replica, o);
    waiting_[client] = kIdle;
  }

  void move(std::uint32_t replica) {
    if (manner_ == Manner::unruly)
      be_unruly(replica);
    else if (replica == first_)
      take_up();
    else
      follow(replica);
    if (manner_ == Manner::failover && chance(4)) first_ = below(kReplicas);
  }
  void apply(std::uint32_t replica, std::uint32_t o) {
    if (!tale_.can_apply(replica, o)) return;
    story_ << replica << " applies " << o << "\n";
    tale_.apply(replica, o);
  }
  void retract(std::uint32_t replica, std::uint32_t o) {
    story_ << replica << " retracts " << o << "\n";
    tale_.retract(replica, o);
  }
  void be_unruly(std::uint32_t replica) {
    if (asked_ > 0) apply(replica, below(asked_));
    const auto& held = tale_.held(replica);
    if (!held.empty() && chance(3)) retract(replica, held[below(held.size())]);
  }
  // The first replica does what is asked, before it is answered.
  void take_up() {
    const std::uint32_t o = waiting_[below(clients_)];
    if (o != kIdle && chance(30)) apply(first_, o);
  }
  // The next of the first one's log, or back to where the logs part.
  void follow(std::uint32_t replica) {
    const auto& log = tale_.held(first_);
    const auto& own = tale_.held(replica);
    std::size_t same = 0;
    while (same < log.size() && same < own.size() && log[same] == own[same])
      ++same;
    const std::vector<std::uint32_t> gone(own.begin() + static_cast<std::ptrdiff_t>(same),
                                          own.end());
    for (const std::uint32_t o : gone)
      retract(replica, o);
    if (same < log.size()) apply(replica, log[same]);
  }

  Manner manner_;
  Random random_;
  Tale& tale_;
  std::uint32_t clients_ = 0;
  std::uint64_t keys_ = 0;
  std::uint32_t operations_ = 0;
  std::uint32_t asked_ = 0;
  std::uint32_t first_ = 0;
  std::vector<std::uint32_t> waiting_;  // by client: its operation
  std::ostringstream story_;
};

std::uint64_t seeds() {
  const char* wanted = std::getenv("CLEAVE_TEST_SEEDS");
  return wanted == nullptr ? 4'000 : std::strtoull(wanted, nullptr, 10);
}

Tallies told(Manner manner) {
  Tallies tallies;
  for (std::uint64_t seed = 1; seed <= seeds() && !testing::Test::HasFailure(); ++seed) {
    Watch watch;
    Tale tale(watch.observers());
    const std::string story = RandomTale(manner, seed, tale).run();
    watch.compare(tallies, "seed " + std::to_string(seed) + "\n" + story);
  }
  return tallies;
}

TEST(RandomTales, of_replicas_that_do_as_they_like) {
  expect_all(told(Manner::unruly), 3);
}

TEST(RandomTales, of_replicas_that_give_up_what_only_they_have) {
  expect_all(told(Manner::failover), 3);
}

TEST(RandomTales, of_replicas_that_lag_behind) {
  const Tallies tallies = told(Manner::orderly);
  for (const Level level : levels_of_runs())
    EXPECT_GE(tallies[static_cast<std::size_t>(level)].kept, 100u) << to_string(level);
}

}  // namespace
}  // namespace cleave::test
