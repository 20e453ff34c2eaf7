// A judge: watches a run and gives a verdict at its end. Judges never throw, never run out of
// memory, and know no protocol.
#pragma once
#include "sim/base/time.h"
#include "sim/trace/divergence_ledger.h"
#include "sim/trace/observer.h"
#include "sim/trace/verdict.h"

namespace cleave {

// What a judge may ask when the run is over.
struct RunEnd {
  Time at;
  EventId event;
  const DivergenceLedger& ledger;
};

class Checker : public Observer {
 public:
  virtual Verdict finish(const RunEnd& end) = 0;
};

}  // namespace cleave
