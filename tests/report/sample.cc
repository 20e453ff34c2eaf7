#include "tests/report/sample.h"

#include <algorithm>

namespace cleave::sample {
namespace {

Time at_ms(std::int64_t ms) {
  return Time{} + Duration{1'000'000} * ms;
}

Selector region(std::string name) {
  return {Selector::By::region, std::move(name), ""};
}

// Calm until 20 s, growing until 63 s, back at 71.4 s, at rest from 120 s on.
DivergenceCurve two_coasts_curve() {
  DivergenceCurve curve;
  curve.slice = Duration{128'000'000};
  for (std::int64_t ms = 0; ms <= 180'000; ms += 128) {
    std::int64_t distance = 9;
    if (ms >= 20'000) distance = 9 + (ms - 20'000) * 200 / 1000;
    if (ms >= 63'000) distance = std::max<std::int64_t>(9, 8604 - (ms - 63'000) * 8604 / 8400);
    if (ms >= 120'000) distance = 0;
    curve.highest.push_back(static_cast<std::uint64_t>(distance));
  }
  curve.peak = 8604;
  curve.peak_at = at_ms(63'000);
  curve.calm = 9;
  curve.diverged = at_ms(20'050);
  curve.converged = at_ms(71'400);
  return curve;
}

FaultResult split() {
  FaultResult split;
  split.fault.name = "split";
  split.fault.verb = Verb::cut;
  split.fault.at = at_ms(20'000);
  split.fault.lasts = Duration{43'000'000'000};
  split.fault.groups = {{region("us-east")}, {region("us-west"), region("eu-west")}};
  split.fault.line = 31;
  split.effect.begun = 1;
  split.effect.dropped = 41'203;
  split.effect.delayed = 312;
  split.active = {{at_ms(20'000), at_ms(63'000)}};
  return split;
}

ExpectationResult expectation(std::string name, Property property, Word expected) {
  ExpectationResult result;
  result.name = std::move(name);
  result.property = property;
  result.expected = expected;
  result.verdict.word = expected;
  return result;
}

std::vector<AvailabilityRow> availability() {
  const Span before{at_ms(0), at_ms(20'000)};
  const Span during{at_ms(20'000), at_ms(63'000)};
  const Span after{at_ms(63'000), at_ms(180'000)};
  return {{"east", before, 2000, 0, 0, 0, 0},      {"east", during, 4301, 0, 0, 0, 0},
          {"east", after, 5688, 0, 0, 3, 9},       {"west", before, 2000, 0, 0, 0, 0},
          {"west", during, 2288, 0, 0, 1702, 310}, {"west", after, 5700, 0, 0, 0, 0}};
}

}  // namespace

RunResult two_coasts() {
  RunResult run;
  run.scenario = "Two coasts, 43 seconds apart";
  run.file = "scenarios/incidents/github-2018.yaml";
  run.seed = 42;
  run.behaviour = 1;
  run.simulated = at_ms(180'000);
  run.events = 184'220;
  run.digest = {0x0123456789abcdef, 0xfedcba9876543210};

  StoreResult accounts;
  accounts.name = "accounts";
  accounts.engine = "primary-backup";
  accounts.replicas = {{"us-east", 1}, {"us-west", 1}};
  accounts.tenures = {
      {NodeId{0}, "accounts/us-east/0", {at_ms(0), at_ms(63'120)}, EventId{12}},
      {NodeId{1}, "accounts/us-west/0", {at_ms(40'021), at_ms(180'000)}, EventId{40'900}}};
  accounts.silences = {{at_ms(20'004), at_ms(40'093)}};
  accounts.curve = two_coasts_curve();
  accounts.acknowledged = 21'977;
  accounts.lost_acknowledged = 4301;
  run.stores = {accounts};
  run.clients = {{"east", {{"us-east", 20}}}, {"west", {{"us-west", 20}}}};
  run.faults = {split()};
  run.availability = availability();
  run.latency = {{"write accounts", 21'977, Duration{1'180'000}, Duration{74'300'000},
                  Duration{1'204'000'000}}};

  ExpectationResult lost =
      expectation("lost-acknowledged-writes accounts", Property::safety, Word::violated);
  lost.verdict.why =
      "4,301 writes that us-east acknowledged while it was cut off are held by no replica; the "
      "first was user-31 = 77 by east/3";
  lost.verdict.checked = 21'977;
  lost.verdict.at = Time{20'004'182'733};
  lost.verdict.witness = {{18'402}, {18'399}, {91'210}};
  lost.verdict.event = EventId{91'210};
  ExpectationResult converges =
      expectation("converges accounts within 30s after split", Property::liveness, Word::holds);
  converges.verdict.why = "the last update from before 63 s reached both replicas at 71.4 s";
  converges.verdict.checked = 21'977;
  run.expectations = {lost, converges};
  return run;
}

RunResult trouble() {
  RunResult run = two_coasts();
  run.scenario = "Everything that can go wrong";
  run.file = "it's all here/trouble.yaml";
  run.settings = {"run_for=90s", "stores.accounts.options.fencing=off"};
  run.seed = 18'446'744'073'709'551'615u;
  run.cut_short = true;
  run.status = Status::digest_differs;
  run.expected_digest = Hash128{1, 2};
  run.stores.push_back(run.stores[0]);
  StoreResult& mailbox = run.stores[1];
  mailbox.name = "mailbox";
  mailbox.lost_acknowledged = 0;
  for (std::uint64_t& distance : mailbox.curve.highest)
    distance *= 7;
  mailbox.curve.peak *= 7;
  mailbox.curve.converged.reset();
  mailbox.curve.at_end = 312;

  FaultResult flap = split();
  flap.fault.name = "flap-west";
  flap.active.clear();
  for (std::int64_t ms = 30'000; ms < 170'000; ms += 20'000)
    flap.active.push_back({at_ms(ms), at_ms(ms + 10'000)});
  FaultResult crash = split();
  crash.fault.name = "crash-primary";
  crash.fault.verb = Verb::crash;
  crash.fault.groups = {{{Selector::By::role, "primary", "accounts"}}};
  crash.effect = {};
  crash.effect.hosts = 1;
  crash.effect.state_lost = 12;
  crash.chosen = {"primary of accounts: accounts/us-east/0"};
  crash.active = {{at_ms(100'000), at_ms(100'000)}};
  FaultResult inert = split();
  inert.fault.name = "too-late";
  inert.effect = {};
  inert.active.clear();
  inert.inert = true;
  inert.why_inert = "it would begin after the end of the run";
  run.faults.insert(run.faults.end(), {flap, crash, inert});

  run.expectations[0].expected = Word::holds;
  run.expectations[1].verdict.word = Word::undecided;
  run.expectations[1].verdict.why = "the run ended 4 s before the bound did";
  run.expectations.push_back(expectation("fifo mailbox", Property::safety, Word::holds));
  run.expectations[2].verdict.word = Word::vacuous;
  run.expectations[2].verdict.why = "no client appended twice <to> one \"log\" & read it";
  run.failure = RunFailure{"store.cc:31: a backup acknowledges what it holds",
                           "mailbox/us-west/0",
                           {17'000},
                           Time{19'000'000'001}};
  return run;
}

RunResult calm() {
  RunResult run;
  run.expected_digest = Hash128{};
  run.scenario = "A quiet afternoon";
  run.simulated = at_ms(1'500);
  run.events = 1;
  StoreResult store;
  store.name = "notes";
  store.engine = "primary-backup";
  store.replicas = {{"here", 1}};
  store.curve.highest.assign(1501, 0);
  run.stores = {store};
  return run;
}

std::vector<RunResult> comparison() {
  std::vector<RunResult> runs(3, two_coasts());
  runs[1].configuration = "semi-sync";
  runs[1].stores[0].lost_acknowledged = 0;
  runs[1].status = Status::safety;
  runs[1].expectations[0].verdict.word = Word::holds;
  runs[1].expectations[0].verdict.why = "every acknowledged write is on a replica";
  runs[2].configuration = "fenced";
  runs[2].stores.push_back(runs[2].stores[0]);
  runs[2].stores[0].lost_acknowledged = 212;
  runs[2].stores[1].lost_acknowledged = 0;
  runs[2].stores[1].curve.converged.reset();
  runs[2].availability[1] = {"east", runs[2].availability[1].window, 212, 0, 0, 4089, 0};
  return runs;
}

}  // namespace cleave::sample
