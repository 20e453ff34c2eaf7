// Delivered means that a device of the person has the message on its disk, and read that one has
// shown it: each was so before a sender's device said so. Whether all of the person's devices have
// it is another question (see messages_arrive.h).
#pragma once
#include "sim/check/conversation/devices.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <optional>

namespace cleave::conversation {

class TruthfulTicks : public Checker {
 public:
  struct Options {
    Watched watched;                          // who shows statuses
    std::map<NodeId, std::uint32_t> persons;  // whose each device is
  };
  explicit TruthfulTicks(Options options) : options_(std::move(options)) {}

  using Checker::on;
  void on(const Fact& fact) override;
  // `checked` counts statuses of delivered and read. Vacuous: none was shown.
  Verdict finish(const RunEnd& end) override;

 private:
  void note(const Fact& fact, MessageStatus status);

  Options options_;
  PairTable<MessageStatus> reached_;  // by message and person
  std::uint64_t checked_ = 0;
  std::optional<Fact> violation_;  // the first
};

}  // namespace cleave::conversation
