// Tells of a run of registers in which everything about replicas is said: who applied what, and who
// answered. What clients are told follows from that, unless the test says otherwise. Whoever is to
// watch is told the same events, as a run would tell them.
#pragma once
#include "sim/trace/checker.h"
#include "sim/trace/observer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::test {

// An operation as a test asks for it.
struct Ask {
  std::uint32_t client = 0;
  Action action = Action::read;
  std::uint64_t key = 0;
  std::uint64_t expected = 0;  // version, of a compare_and_set
};

class Tale {
 public:
  static constexpr StoreId kStore{0};
  static constexpr std::uint32_t kFirstReplica = 100;

  explicit Tale(std::vector<Observer*> watching) : watching_(std::move(watching)) {}

  // The number of the operation, from 0. Each writes its number + 1.
  std::uint32_t invoke(const Ask& ask) {
    const auto number = static_cast<std::uint32_t>(asked_.size());
    const OperationId id{{ask.client}, ++count_[ask.client]};
    asked_.push_back({ask, id});
    Invoked invoked{.id = id,
                    .at = now(),
                    .event = next(),
                    .store = kStore,
                    .key = ask.key,
                    .type = ObjectType::reg,
                    .action = ask.action,
                    .argument = number + std::uint64_t{1},
                    .expected_version = ask.expected};
    for (Observer* one : watching_)
      one->on(invoked);
    return number;
  }
  void apply(std::uint32_t replica, std::uint32_t update) {
    report(ReplicaUpdate::Kind::applied, replica, update);
    held_[replica].push_back(update);
  }
  void retract(std::uint32_t replica, std::uint32_t update) {
    report(ReplicaUpdate::Kind::retracted, replica, update);
    std::erase(held_[replica], update);
  }
  const std::vector<std::uint32_t>& held(std::uint32_t replica) { return held_[replica]; }
  bool holds(std::uint32_t replica, std::uint32_t update) {
    const auto& held = held_[replica];
    return std::find(held.begin(), held.end(), update) != held.end();
  }

  // The replica answers, and the client hears it at once. An update that it does not hold it
  // applies; a compare_and_set of another version meets a conflict.
  void answer(std::uint32_t replica, std::uint32_t o) { tell(o, send(replica, o)); }
  // The two halves of it.
  Completed send(std::uint32_t replica, std::uint32_t o) {
    const Ask& ask = asked_[o].first;
    Completed completed{.id = asked_[o].second, .outcome = Outcome::ok};
    auto [version, last] = shows(replica, ask.key, o);
    const bool conflict =
        ask.action == Action::compare_and_set && !holds(replica, o) && version != ask.expected;
    if (is_update(ask.action) && !conflict) {
      if (!holds(replica, o)) apply(replica, o);
      completed.version = version + 1;
    } else {
      completed.version = version;
      if (last) completed.values = {*last};
      if (conflict) completed.outcome = Outcome::conflict;
    }
    claim(replica, o);
    return completed;
  }
  // Says that the replica answers, and nothing else.
  void claim(std::uint32_t replica, std::uint32_t o) {
    for (Observer* one : watching_)
      one->on(RequestMark{.at = now(),
                          .replica = {kFirstReplica + replica},
                          .operation = asked_[o].second,
                          .phase = RequestMark::Phase::answered});
  }
  void tell(std::uint32_t o, Completed completed) {
    completed.id = asked_[o].second;
    completed.at = now();
    completed.event = next();
    for (Observer* one : watching_)
      one->on(completed);
  }
  // Could the replica take the update up? A compare_and_set only at its version.
  bool can_apply(std::uint32_t replica, std::uint32_t o) {
    const Ask& ask = asked_[o].first;
    return is_update(ask.action) && !holds(replica, o) &&
           (ask.action != Action::compare_and_set ||
            shows(replica, ask.key, o).first == ask.expected);
  }
  const Ask& ask_of(std::uint32_t o) const { return asked_[o].first; }
  std::uint64_t events() const { return event_; }

  RunEnd end() const {
    static const DivergenceLedger kLedger;
    static const std::vector<std::string> kNames{"alice", "bob", "carol", "dave"};
    return RunEnd{now(), {event_}, kLedger, {}, kNames};
  }

 private:
  // Version and value of a register before the operation's own update, if it is there.
  std::pair<std::uint64_t, std::optional<std::uint64_t>> shows(std::uint32_t replica,
                                                               std::uint64_t key,
                                                               std::uint32_t until) {
    std::pair<std::uint64_t, std::optional<std::uint64_t>> shown;
    for (const std::uint32_t update : held_[replica]) {
      if (update == until) break;
      if (asked_[update].first.key != key) continue;
      ++shown.first;
      shown.second = update + std::uint64_t{1};
    }
    return shown;
  }
  void report(ReplicaUpdate::Kind kind, std::uint32_t replica, std::uint32_t update) {
    const ReplicaUpdate report{.kind = kind,
                               .at = now(),
                               .event = next(),
                               .store = kStore,
                               .replica = {kFirstReplica + replica},
                               .update = asked_[update].second,
                               .changed = true};
    for (Observer* one : watching_)
      one->on(report);
  }
  Time now() const { return Time{static_cast<std::int64_t>(event_) * 1'000'000}; }
  EventId next() { return {++event_}; }

  std::vector<Observer*> watching_;
  std::vector<std::pair<Ask, OperationId>> asked_;
  std::map<std::uint32_t, std::uint32_t> count_;              // operations by client
  std::map<std::uint32_t, std::vector<std::uint32_t>> held_;  // by replica, as it applied them
  std::uint64_t event_ = 0;
};

}  // namespace cleave::test
