// At the end all devices of a conversation show the same messages in the same order: those that
// were sent long enough before, and that their senders did not give up. Devices that are down then
// show nothing, and are left out.
#pragma once
#include "sim/check/conversation/devices.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave::conversation {

class SameView : public Checker {
 public:
  struct Options {
    Watched watched;
    Duration within;  // messages younger than that at the end may be under way
  };
  explicit SameView(Options options) : options_(std::move(options)) {}

  using Checker::on;
  void on(const Fact& fact) override;
  void on(const NodeMark& mark) override { lives_.note(mark); }
  // `checked` counts comparisons of two lists. Vacuous: no conversation has two devices.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Sent {
    std::uint64_t conversation = 0;
    Time at;
    bool given_up = false;
  };
  struct Thread {
    std::vector<std::uint64_t> list;
    std::uint32_t life = 0;
  };
  struct View {  // what is compared
    NodeId device;
    std::vector<std::uint64_t> list;
  };
  void show(const Fact& fact);
  std::vector<View> views_of(std::uint64_t conversation, const RunEnd& end);
  static std::string difference(const View& one, const View& other, const RunEnd& end);

  Options options_;
  Lives lives_;
  PairTable<Sent> sent_;                                // by message and 0
  std::map<std::uint64_t, std::set<NodeId>> audience_;  // of each conversation
  std::map<std::pair<std::uint64_t, NodeId>, Thread> threads_;
  std::optional<Fact> last_;  // shown
};

}  // namespace cleave::conversation
