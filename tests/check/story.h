// Tells a judge a made-up run, line by line: what clients did and were told, what replicas
// reported, what failed. Every line is an event of its own, numbered from 1.
#pragma once
#include "sim/trace/checker.h"
#include "sim/trace/facts.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cleave::test {

constexpr StoreId kStore{0};
constexpr StoreId kOtherStore{1};
constexpr NodeId kEast{0};
constexpr NodeId kWest{1};
constexpr NodeId kEurope{2};
constexpr NodeId kAlice{3};
constexpr NodeId kBob{4};
constexpr NodeId kCarol{5};
constexpr FaultId kSplit{7};
constexpr FaultId kOtherFault{8};
constexpr std::uint64_t kChat = 100;  // an object
constexpr std::uint64_t kNews = 101;

constexpr Time at_ms(std::int64_t ms) {
  return Time{ms * 1'000'000};
}

// What a client asks for.
struct What {
  Action action = Action::write;
  std::uint64_t object = kChat;
  std::uint64_t argument = 0;
  std::uint64_t position = 0;
  StoreId store = kStore;
  std::uint32_t process = 0;
};

class Story {
 public:
  explicit Story(Observer& observer, std::vector<NodeId> replicas = {kEast, kWest, kEurope})
      : observer_(observer) {
    for (const NodeId replica : replicas) {
      ledger_.declare(kStore, replica);
      ledger_.declare(kOtherStore, replica);
    }
  }

  Story& at(std::int64_t ms) {
    now_ = at_ms(ms);
    return *this;
  }
  std::uint64_t event() const { return event_; }  // of the last line

  OperationId invoke(NodeId client, const What& what = {}) {
    Invoked operation;
    operation.id = {client, ++operations_[client]};
    operation.process = what.process;
    operation.at = now_;
    operation.event = next();
    operation.store = what.store;
    operation.key = what.object;
    operation.action = what.action;
    operation.argument = what.argument;
    operation.expected_version = what.position;
    observer_.on(operation);
    return operation.id;
  }
  void complete(OperationId id, Outcome outcome, std::vector<std::uint64_t> values = {},
                std::uint64_t version = 0) {
    Completed operation;
    operation.id = id;
    operation.at = now_;
    operation.event = next();
    operation.outcome = outcome;
    operation.version = version;
    operation.values = std::move(values);
    observer_.on(operation);
  }
  // Invoked and completed at once.
  OperationId told(NodeId client, Outcome outcome, const What& what = {}) {
    const OperationId id = invoke(client, what);
    complete(id, outcome);
    return id;
  }
  OperationId append(NodeId client, std::uint64_t value, std::uint64_t object = kChat) {
    return told(client, Outcome::ok, {Action::append, object, value});
  }
  void read(NodeId client, std::uint64_t position, std::vector<std::uint64_t> values,
            std::uint64_t object = kChat) {
    complete(invoke(client, {Action::read_from, object, 0, position}), Outcome::ok,
             std::move(values));
  }

  void applied(NodeId replica, OperationId update, StoreId store = kStore) {
    tell(ledger_.applied(store, replica, update));
  }
  void retracted(NodeId replica, OperationId update, StoreId store = kStore) {
    tell(ledger_.retracted(store, replica, update));
  }
  void installed(NodeId replica, const std::vector<OperationId>& updates) {
    const EventId number = next();
    for (ReplicaUpdate report : ledger_.installed(kStore, replica, updates))
      tell(report, number);
  }
  void fault_begins(FaultId fault = kSplit) { mark(fault, FaultMark::Phase::begin); }
  void fault_ends(FaultId fault = kSplit) { mark(fault, FaultMark::Phase::end); }
  void goes_down(NodeId node) { observer_.on(NodeMark{now_, next(), node, NodeMark::Phase::down}); }
  void comes_up(NodeId node) { observer_.on(NodeMark{now_, next(), node, NodeMark::Phase::up}); }
  void fact(NodeId node, std::uint64_t name, std::uint64_t subject) {
    observer_.on(Fact{now_, next(), node, name, subject, 0});
  }
  // As another replica tells of it.
  void joins(NodeId replica, StoreId store = kStore) {
    belongs(facts::kJoinedStore, replica, store);
  }
  void leaves(NodeId replica, StoreId store = kStore) {
    belongs(facts::kLeftStore, replica, store);
  }

  // The end of the run at the present time.
  RunEnd end(std::span<const ReplicaState> states = {}) const {
    static const std::vector<std::string> kNames{"east", "west", "europe", "alice", "bob", "carol"};
    return RunEnd{now_, {event_}, ledger_, states, kNames};
  }
  DivergenceLedger& ledger() { return ledger_; }

 private:
  EventId next() { return {++event_}; }
  void tell(ReplicaUpdate report) { tell(report, next()); }
  void tell(ReplicaUpdate report, EventId event) {
    report.at = now_;
    report.event = event;
    observer_.on(report);
  }
  void belongs(Purpose fact, NodeId replica, StoreId store) {
    observer_.on(Fact{now_, next(), kEast, fact.hash, replica.value, store.value});
  }
  void mark(FaultId fault, FaultMark::Phase phase) {
    observer_.on(FaultMark{now_, next(), fault, phase});
  }

  Observer& observer_;
  DivergenceLedger ledger_;
  std::map<NodeId, std::uint32_t> operations_;
  Time now_;
  std::uint64_t event_ = 0;
};

inline std::vector<std::uint64_t> numbers(const std::vector<EventId>& events) {
  std::vector<std::uint64_t> numbers;
  for (const EventId event : events)
    numbers.push_back(event.value);
  return numbers;
}

}  // namespace cleave::test
