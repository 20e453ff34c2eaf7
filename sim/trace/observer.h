// Those who watch a run as it happens: judges, reports, the window. The World keeps no history;
// it tells whoever the caller of step() brought along, and remembers nobody.
#pragma once
#include "sim/base/id.h"
#include "sim/trace/divergence_ledger.h"
#include "sim/trace/facts.h"
#include "sim/trace/history.h"
#include "sim/trace/probe.h"
#include "sim/trace/record.h"
#include "sim/trace/requests.h"

namespace cleave {

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void on(const Record& /*record*/, EventId /*event*/) {}
  virtual void on(const Fact& /*fact*/) {}
  virtual void on(const FaultMark& /*mark*/) {}
  virtual void on(const NodeMark& /*mark*/) {}
  virtual void on(const Invoked& /*operation*/) {}
  virtual void on(const Completed& /*operation*/) {}
  virtual void on(const ReplicaUpdate& /*update*/) {}
  virtual void on(const Reached& /*probe*/) {}
  virtual void on(const RequestMark& /*request*/) {}
};

}  // namespace cleave
