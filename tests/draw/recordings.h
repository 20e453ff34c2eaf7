// Runs that pictures are tried on; each is made once in a process.
#pragma once
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <memory>
#include <string>

namespace cleave::draw {

inline std::shared_ptr<const Recording> recording_of(const std::string& text,
                                                     TraceBudget budget = {}) {
  RecordingRequest request = request_of(load_text("test.yaml", text));
  request.budget = budget;
  return record(request).recording;
}

inline const Recording& tutorial() {
  static const auto recording =
      record(request_of(load_file("scenarios/tutorial/01-first-cut.yaml"))).recording;
  return *recording;
}

inline const Recording& github() {
  static const auto recording =
      record(request_of(load_file("scenarios/incidents/github-2018.yaml"))).recording;
  return *recording;
}

// Local reads of Raft during a cut: not linearizable, and two sides in the ledger.
inline const Recording& stale_read() {
  static const auto recording =
      record(request_of(load_file("scenarios/cap/stale-read.yaml"))).recording;
  return *recording;
}

// Two replicas, one of them down from 2 s to 4 s; four writers in each of two regions, and a cut
// that cannot be seen from outside of the backup's region.
inline std::string crash_scenario() {
  return R"(cleave: 1
name: A crash
run_for: 8s
topology: {latency: aws-2017, regions: [us-east, us-west]}
stores:
  notes:
    engine: primary-backup
    replicas: {us-east: 1, us-west: 1}
    options: {acknowledge: async, reads: any, promote_after: 30s}
clients:
  east: {count: 4, region: us-east}
workload:
  - {to: 7s, every: 50ms, by: [east], do: write, on: notes, key: "note-{0..9}", deadline: 2s}
faults:
  - {name: outage, at: 2s, for: 2s, crash: notes/us-west/0}
expect:
  - {lost-acknowledged-writes: notes}
)";
}

// Faults that overlap, five replicas in three regions, and two claims that are violated at nearly
// the same time.
inline std::string crowded_scenario() {
  return R"(cleave: 1
name: Crowded
run_for: 12s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west]}
stores:
  notes:
    engine: primary-backup
    replicas: {us-east: 2, us-west: 2, eu-west: 1}
    options: {acknowledge: async, reads: any, promote_after: 30s}
clients:
  east: {count: 10, region: us-east}
  west: {count: 10, region: us-west}
  eu: {count: 10, region: eu-west}
workload:
  - {to: 10s, every: 20ms, by: [east, west, eu], do: write, on: notes, key: "n{0..9}", deadline: 1s}
faults:
  - {name: split, at: 2s, for: 4s, cut: [us-east, rest]}
  - {name: slow, at: 3s, for: 5s, delay: [us-east, us-west], by: 50ms}
  - {name: outage, at: 7s, for: 1s, crash: notes/us-west/1}
expect:
  - {available: notes, group: west, during: split, verdict: violated}
  - {available: notes, group: eu, during: split, verdict: violated}
)";
}

// Nothing goes wrong, nothing is claimed, and there is but one replica.
inline std::string calm_scenario() {
  return R"(cleave: 1
name: Calm
run_for: 2s
topology: {latency: aws-2017, regions: [us-east]}
stores:
  notes: {engine: primary-backup, replicas: {us-east: 1}}
clients:
  east: {count: 2, region: us-east}
workload:
  - {to: 500ms, every: 20ms, by: [east], do: write, on: notes, key: "note-{0..9}", deadline: 1s}
)";
}

inline View view_of(const Recording& recording) {
  View view;
  view.to = recording.result.simulated;
  return view;
}

inline View window_of(Time from, Time to) {
  View view;
  view.at = from;
  view.from = from;
  view.to = to;
  return view;
}

constexpr Time seconds(std::int64_t count) {
  return Time{count * 1'000'000'000};
}
constexpr Time millis(std::int64_t count) {
  return Time{count * 1'000'000};
}

}  // namespace cleave::draw
