// What a device shows of how far its message has come towards a person never goes back: accepted,
// delivered, read. A status is a max-register, and whoever keeps it as a last write loses to
// receipts that overtake each other.
#pragma once
#include "sim/check/conversation/devices.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <optional>

namespace cleave::conversation {

class TicksRise : public Checker {
 public:
  explicit TicksRise(Watched watched) : watched_(std::move(watched)) {}

  using Checker::on;
  void on(const Fact& fact) override;
  // `checked` counts the statuses that followed on another one. Vacuous: none did.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Shown {
    MessageStatus status = MessageStatus::none;
    EventId event;
  };
  struct Violation {
    Fact fact;
    Shown before;
  };

  Watched watched_;
  PairTable<Shown> shown_;  // by message, and device with person
  std::uint64_t checked_ = 0;
  std::optional<Violation> violation_;  // the first
};

}  // namespace cleave::conversation
