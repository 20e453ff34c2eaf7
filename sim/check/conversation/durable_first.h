// A device acknowledges a message, whose copy in the mailbox may then be forgotten, only when it is
// on its own disk; and what it has acknowledged is still there after a crash.
#pragma once
#include "sim/check/conversation/devices.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace cleave::conversation {

class DurableFirst : public Checker {
 public:
  explicit DurableFirst(Watched watched) : watched_(std::move(watched)) {}

  using Checker::on;
  void on(const Fact& fact) override;
  void on(const NodeMark& mark) override { lives_.note(mark); }
  // `checked` counts acknowledgements. Vacuous: there was none. Of a device that is down at the end
  // nobody knows what its disk has.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Violation {
    Fact acknowledged;
    bool lost = false;  // it was durable once
  };

  Watched watched_;
  Lives lives_;
  PairTable<std::uint32_t> stored_;  // by message and device: the last life in which it was stated
  std::map<std::pair<NodeId, std::uint64_t>, Fact> acknowledged_;  // by message: the first time
  std::uint64_t checked_ = 0;
  std::optional<Violation> violation_;  // the first
};

}  // namespace cleave::conversation
