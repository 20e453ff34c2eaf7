// One run with everything that a picture or a window asks of it: the report's result, the trace as
// rows, and a timeline to stand at any moment of it. Made once, by the same run as `cleave run`
// makes, so its digest is that of the headless run; then only read.
#pragma once
#include "sim/engine/timeline.h"
#include "sim/engine/world.h"
#include "sim/explore/trace_index.h"
#include "sim/scenario/build.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "sim/scenario/run_result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

// What to run, as a person named it.
struct RecordingRequest {
  Loaded loaded;
  std::string configuration;  // of `compare`; empty: the scenario itself
  std::optional<std::uint64_t> seed;
  std::optional<Time> until;
  TraceBudget budget;
  bool levels = false;  // as in RunOptions
  std::function<void(const Progress&)> progress;
};

// The seed, end and configuration of a saved run are its own, unless others are asked for.
RecordingRequest request_of(Loaded loaded, std::optional<std::uint64_t> seed = {});

struct Recording {
  Loaded loaded;
  Scenario scenario;  // the configuration that was run
  RunResult result;
  TraceIndex trace;
  World start;  // before the first event: who is who, and where
  Cast cast;

  std::string_view name(NodeId id) const { return start.name(id); }
  // "replicate", or the kind of record where it is no message
  std::string_view message_name(NodeId receiver, TypeId type) const {
    return start.message_name(receiver, type);
  }
  PlaceId place(NodeId id) const { return start.host(start.host_of(id)).place; }
};

struct Recorded {
  std::shared_ptr<const Recording> recording;
  Timeline timeline;  // with keyframes over the whole run
};

// Throws what run() throws.
Recorded record(const RecordingRequest& request);

}  // namespace cleave
