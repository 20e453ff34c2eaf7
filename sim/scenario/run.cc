#include "sim/scenario/run.h"

#include "sim/base/assert.h"
#include "sim/base/quantity.h"
#include "sim/check/availability.h"
#include "sim/check/durability.h"
#include "sim/check/latency.h"
#include "sim/check/orders.h"
#include "sim/check/silence.h"
#include "sim/check/tenures.h"
#include "sim/scenario/behaviour.h"
#include "sim/scenario/cap_rows.h"
#include "sim/scenario/consistency_rows.h"
#include "sim/scenario/curve_recorder.h"
#include "sim/scenario/fault_recorder.h"
#include "sim/scenario/inert.h"
#include "sim/scenario/inspections.h"
#include "sim/scenario/probe_counter.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

namespace cleave {
namespace {

constexpr std::uint64_t kVisitsPerProgress = 16;

// Tells several observers; of the single events only who asked for them, as judges do not.
class FanOut : public Observer {
 public:
  void add(Observer* observer) { all_.push_back(observer); }
  void add_for_events(Observer* observer) {
    add(observer);
    of_events_ = observer;
  }
  using Observer::on;
  void on(const Record& record, EventId event) override {
    if (of_events_) of_events_->on(record, event);
  }
  void on(const Fact& fact) override { tell(fact); }
  void on(const FaultMark& mark) override { tell(mark); }
  void on(const NodeMark& mark) override { tell(mark); }
  void on(const Invoked& operation) override { tell(operation); }
  void on(const Completed& operation) override { tell(operation); }
  void on(const ReplicaUpdate& update) override { tell(update); }
  void on(const Reached& probe) override { tell(probe); }
  void on(const RequestMark& request) override { tell(request); }

 private:
  template <class What>
  void tell(const What& what) {
    for (Observer* observer : all_)
      observer->on(what);
  }
  std::vector<Observer*> all_;
  Observer* of_events_ = nullptr;
};

std::vector<AvailabilityTable::Group> groups_of(const Scenario& scenario, const Cast& cast) {
  std::vector<AvailabilityTable::Group> groups;
  for (std::size_t i = 0; i < scenario.clients.size(); ++i)
    groups.push_back({scenario.clients[i].name, cast.clients[i]});
  return groups;
}

// One run under way.
class Runner {
 public:
  Runner(const Scenario& scenario, const RunOptions& options)
      : scenario_(scenario),
        options_(options),
        built_(build(scenario, options.seed.value_or(scenario.seed))),
        until_(std::min(scenario.run_for, options.until.value_or(scenario.run_for))),
        curves_(scenario.stores.size()),
        availability_(groups_of(scenario, built_.cast)),
        tenures_(built_.cast.replicas),
        faults_(built_.world, scenario.faults.size()),
        inspections_(scenario, built_.cast),
        cap_(make_cap_ledger(scenario, built_)) {
    if (cap_) observers_.add(cap_.get());
    if (options.levels) observers_.add((consistency_ = make_consistency_table(scenario)).get());
    for (Observer* measure : std::initializer_list<Observer*>{
             &curves_, &latency_, &availability_, &tenures_, &silences_, &faults_, &probes_})
      observers_.add(measure);
    if (scenario.messaging) observers_.add(&messages_);
    for (std::uint32_t i = 0; i < scenario.stores.size(); ++i) {
      durability_.push_back(
          std::make_unique<Durability>(Durability::Options{StoreId{i}, built_.cast.replicas[i]}));
      observers_.add(durability_.back().get());
    }
    for (std::uint32_t i = 0; i < scenario.stores.size(); ++i) {
      orders_.push_back(std::make_unique<Orders>(
          Orders::Options{built_.cast.replicas[i], scenario.stores[i].orders}));
      if (!scenario.stores[i].orders.empty()) observers_.add(orders_.back().get());
    }
    for (const Expectation& expectation : scenario.expect) {
      judges_.push_back(make_judge(expectation.claim, scenario, built_));
      if (judges_.back()) observers_.add(judges_.back().get());
    }
    if (options.observer) observers_.add_for_events(options.observer);
  }

  RunResult run() {
    World& world = built_.world;
    try {
      std::uint64_t visits = 0;
      while (run_some() == kEventsPerVisit) {
        if (options_.visit) options_.visit(world);
        if (options_.progress && ++visits % kVisitsPerProgress == 0)
          options_.progress({world.now(), until_, world.event().value});
      }
      if (!world.failure()) world.run_until(until_, &observers_);
    } catch (const EngineBug& bug) {
      throw EngineBug(std::string(bug.what()) + " (seed " + std::to_string(world.seed()) +
                      ", event " + std::to_string(world.event().value) + ")");
    }
    return result();
  }

 private:
  // Up to kEventsPerVisit events; how many there were.
  std::uint64_t run_some() {
    if (!inspections_.any()) return built_.world.run(kEventsPerVisit, until_, &observers_);
    std::uint64_t events = 0;
    for (; events < kEventsPerVisit && built_.world.step(until_, &observers_); ++events)
      inspections_.after_event(built_.world);
    return events;
  }

  RunResult result();
  void add_cast(RunResult& result);
  void add_measures(RunResult& result, const RunEnd& end);
  void add_faults(RunResult& result);
  void add_verdicts(RunResult& result, const RunEnd& end);
  void add_orders(RunResult& result, const RunEnd& end);
  Verdict judge(const Claim& claim, Checker* judge, const RunEnd& end) const;

  const Scenario& scenario_;
  const RunOptions& options_;
  Built built_;
  Time until_;
  FanOut observers_;
  CurveRecorder curves_;
  LatencyMeasure latency_;
  AvailabilityTable availability_;
  Tenures tenures_;
  FaultRecorder faults_;
  SilenceTable silences_;
  MessageLog messages_;
  ProbeCounter probes_;
  Inspections inspections_;
  std::unique_ptr<CapLedger> cap_;                       // null: nothing can split the network
  std::unique_ptr<ConsistencyTable> consistency_;        // null: not asked for
  std::vector<std::unique_ptr<Durability>> durability_;  // of each store, for the report
  std::vector<std::unique_ptr<Orders>> orders_;          // given to each store
  std::vector<std::unique_ptr<Checker>> judges_;         // of each expectation
};

RunResult Runner::result() {
  const World& world = built_.world;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < world.node_count(); ++i)
    names.emplace_back(world.name(NodeId{i}));
  std::vector<ReplicaState> states;
  for (std::uint32_t s = 0; s < built_.cast.replicas.size(); ++s)
    for (const NodeId replica : built_.cast.replicas[s])
      states.push_back(
          {StoreId{s}, replica, world.replicated_state(replica), world.is_up(replica)});
  const RunEnd end{world.now(), world.event(), world.ledger(), states, names};

  RunResult result;
  result.scenario = scenario_.name;
  result.seed = world.seed();
  result.behaviour = kBehaviour;
  result.simulated = world.now();
  result.cut_short = until_ < scenario_.run_for;
  result.events = world.event().value;
  result.digest = world.digest();
  for (std::uint64_t i = 0; i < world.trace().trail().size(); ++i)
    result.trail.push_back(world.trace().trail()[i]);
  if (const auto& failure = world.failure())
    result.failure = RunFailure{
        failure->what, std::string(world.name(failure->node)), failure->event, failure->at,
        failure->kind == Failure::Kind::zero_delay_loop ? RunFailure::Kind::zero_delay_loop
                                                        : RunFailure::Kind::model_assertion};
  add_cast(result);
  add_measures(result, end);
  add_faults(result);
  add_verdicts(result, end);
  result.probes = probes_.results(scenario_);
  result.status = status_of(result);
  return result;
}

void Runner::add_cast(RunResult& result) {
  for (const StoreSpec& store : scenario_.stores) {
    StoreResult r;
    r.name = store.name;
    r.engine = store.engine;
    for (const ReplicasSpec& replicas : store.replicas)
      r.replicas.push_back({replicas.region, replicas.count});
    result.stores.push_back(std::move(r));
  }
  for (const ClientsSpec& clients : scenario_.clients)
    result.clients.push_back({clients.name, {{clients.region, clients.count}}});
}

void Runner::add_measures(RunResult& result, const RunEnd& end) {
  for (std::uint32_t i = 0; i < result.stores.size(); ++i) {
    result.stores[i].curve = curves_.curve(StoreId{i}, end.at);
    durability_[i]->finish(end);
    result.stores[i].acknowledged = durability_[i]->measure().acknowledged;
    result.stores[i].lost_acknowledged = durability_[i]->measure().lost;
    for (const Tenures::Tenure& tenure : tenures_.of(StoreId{i}))
      result.stores[i].tenures.push_back({tenure.replica,
                                          std::string(built_.world.name(tenure.replica)),
                                          {tenure.from, tenure.to.value_or(end.at)},
                                          tenure.began});
    for (const SilenceTable::Silence& silence : silences_.silences(StoreId{i}, end.at))
      result.stores[i].silences.push_back({silence.from, silence.to});
  }
  for (const AvailabilityTable::Row& row : availability_.rows(end.at)) {
    const OutcomeCounts& c = row.counts;
    // What was never answered may or may not have happened, as what timed out.
    result.availability.push_back({row.group,
                                   {row.from, row.to},
                                   c.ok,
                                   c.refused,
                                   c.conflict,
                                   c.unavailable,
                                   c.unknown + c.open});
  }
  for (const auto& [key, histogram] : latency_.histograms()) {
    if (histogram.count() == 0) continue;
    result.latency.push_back(
        {std::string(to_string(key.second)) + " " + scenario_.stores[key.first.value].name,
         histogram.count(), histogram.quantile(50, 100), histogram.quantile(99, 100),
         histogram.quantile(999, 1000)});
  }
  result.messages = messages_.events();
  result.conversations =
      conversation_results(result.messages, built_.cast.messaging,
                           [this](NodeId device) { return built_.world.is_up(device); });
  if (consistency_)
    result.consistency = name_rows(std::move(*consistency_).rows(result.events), scenario_);
  if (!cap_) return;
  std::vector<UpdateSet> held;
  for (const auto& durability : durability_)
    held.push_back(durability->held());
  result.cap = name_rows(cap_->rows(end.at, held), scenario_, built_);
}

void Runner::add_faults(RunResult& result) {
  for (std::uint32_t i = 0; i < scenario_.faults.size(); ++i) {
    FaultResult fault = faults_.result(FaultId{i}, result.simulated);
    const bool over = !fault.active.empty() && fault.active.back().to < result.simulated;
    // Of a run that was cut short, only what was over can be said to have done nothing.
    if (!result.cut_short || over) {
      fault.why_inert = why_inert(fault.fault, fault.effect);
      fault.inert = !fault.why_inert.empty() && !fault.fault.may_be_inert;
    }
    result.faults.push_back(std::move(fault));
  }
}

Verdict Runner::judge(const Claim& claim, Checker* judge, const RunEnd& end) const {
  if (judge) return judge->finish(end);
  const FaultId id{std::get<WithoutEffect>(claim).fault};
  const std::string why = why_inert(built_.world.fault(id), built_.world.effect(id));
  Verdict verdict;
  verdict.checked = built_.world.effect(id).begun;
  if (verdict.checked == 0)
    verdict.word = Word::vacuous;
  else
    verdict.word = why.empty() ? Word::violated : Word::holds;
  verdict.why = why.empty() ? "it had an effect" : why;
  return verdict;
}

void Runner::add_verdicts(RunResult& result, const RunEnd& end) {
  for (std::size_t i = 0; i < scenario_.expect.size(); ++i) {
    const Expectation& expectation = scenario_.expect[i];
    ExpectationResult r;
    r.name = expectation.name;
    r.property = property_of(expectation.claim);
    r.expected = expectation.expected;
    r.verdict = judge(expectation.claim, judges_[i].get(), end);
    if (result.cut_short && is_of_the_end(expectation.claim) && r.verdict.word == Word::violated)
      r.verdict = {
          Word::undecided, "the run was stopped before its end", r.verdict.checked, {}, {}};
    r.line = expectation.line;
    result.expectations.push_back(std::move(r));
  }
  for (ExpectationResult& inspected : inspections_.results())
    result.expectations.push_back(std::move(inspected));
  add_orders(result, end);
}

// Of a run that was cut short, nothing can be said of those that are not done yet.
void Runner::add_orders(RunResult& result, const RunEnd& end) {
  for (std::size_t s = 0; s < orders_.size(); ++s) {
    Orders& orders = *orders_[s];
    if (scenario_.stores[s].orders.empty() || (result.cut_short && !orders.all_done())) continue;
    ExpectationResult r;
    r.name = scenario_.stores[s].name + ": orders";
    r.property = Property::liveness;
    r.verdict = orders.finish(end);
    r.line = orders.line();
    r.stated_by = ExpectationResult::StatedBy::order;
    result.expectations.push_back(std::move(r));
  }
}

// What an expectation that is not as stated makes of the whole.
Status status_of(const ExpectationResult& result) {
  if (result.verdict.is_cleave_bug) return Status::cleave_bug;
  if (result.as_stated()) return Status::as_stated;
  if (result.verdict.word == Word::undecided) return Status::undecided;
  if (result.verdict.word == Word::vacuous) return Status::without_effect;
  // A negative control that does not break is as bad as a claim that does.
  if (result.expected == Word::violated) return Status::safety;
  return result.property == Property::safety ? Status::safety : Status::liveness;
}

}  // namespace

Status status_of(const RunResult& result) {
  Status status = result.failure ? Status::safety : Status::as_stated;
  // Whoever stops a run at a violation wants to see that: what had no time yet does not hide it.
  const bool stopped_at_violation =
      result.cut_short &&
      std::any_of(result.expectations.begin(), result.expectations.end(),
                  [](const auto& e) { return e.verdict.word == Word::violated; });
  for (const ExpectationResult& expectation : result.expectations) {
    const Status one = status_of(expectation);
    const bool open = one == Status::undecided || one == Status::without_effect;
    if (!(open && stopped_at_violation)) status = first_of(status, one);
  }
  for (const FaultResult& fault : result.faults)
    if (fault.inert) status = first_of(status, Status::without_effect);
  return status;
}

RunResult run(const Scenario& scenario, const RunOptions& options) {
  return Runner(scenario, options).run();
}

}  // namespace cleave
