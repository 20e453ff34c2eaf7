// No device shows a message twice, or one that nobody sent (at-most-once delivery and integrity of
// reliable broadcast: Hadzilacos and Toueg 1994).
#pragma once
#include "sim/check/conversation/devices.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <optional>

namespace cleave::conversation {

class ShownOnce : public Checker {
 public:
  explicit ShownOnce(Watched watched) : watched_(std::move(watched)) {}

  using Checker::on;
  void on(const Fact& fact) override;
  void on(const NodeMark& mark) override { lives_.note(mark); }
  // `checked` counts what was shown. Vacuous: nothing was.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Shown {
    std::uint32_t life = 0;  // of the device: how many it had ended
    EventId event;
  };
  struct Violation {
    MessageNumber message;
    NodeId device;
    Time at;
    EventId event;
    std::optional<EventId> before;  // when it was shown first; none: it was never sent
  };
  void show(const Fact& fact);

  Watched watched_;
  Lives lives_;
  PairTable<EventId> sent_;  // by message and 0
  PairTable<Shown> shown_;   // by message and device
  std::uint64_t checked_ = 0;
  std::optional<Violation> violation_;  // the first
};

}  // namespace cleave::conversation
