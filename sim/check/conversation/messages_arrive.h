// Every message comes to every device that it is for, in time, and is shown there (validity and
// agreement of reliable broadcast), or is acknowledged, so that no mailbox keeps it: unless its
// sender was told that it was not sent. And what devices say became of it comes back to its sender.
#pragma once
#include "sim/check/conversation/deadlines.h"
#include "sim/check/conversation/devices.h"

#include <cstdint>
#include <map>

namespace cleave::conversation {

class MessagesArrive : public Checker {
 public:
  enum class Until : std::uint8_t { shown, acknowledged };

  MessagesArrive(Watched watched, Deadlines::Options options, Until until = Until::shown)
      : watched_(std::move(watched)), deadlines_(options), until_(until) {}

  using Checker::on;
  void on(const Fact& fact) override;
  void on(const FaultMark& mark) override { deadlines_.note(mark); }
  // `checked` counts pairs of a message and a device.
  Verdict finish(const RunEnd& end) override;

 private:
  Watched watched_;
  Deadlines deadlines_;
  Until until_;
};

// What a device says became of a message comes to the device that sent it, in time.
class ReceiptsArrive : public Checker {
 public:
  struct Options {
    Watched watched;                          // who sends receipts
    std::map<NodeId, std::uint32_t> persons;  // whose each device is
    Deadlines::Options deadlines;
  };
  explicit ReceiptsArrive(Options options)
      : options_(std::move(options)), deadlines_(options_.deadlines) {}

  using Checker::on;
  void on(const Fact& fact) override;
  void on(const FaultMark& mark) override { deadlines_.note(mark); }
  // `checked` counts what one person's devices said of one message, by status.
  Verdict finish(const RunEnd& end) override;

 private:
  Options options_;
  Deadlines deadlines_;
};

}  // namespace cleave::conversation
