// When each fault was on, and whom roles meant when it began.
#pragma once
#include "sim/engine/world.h"
#include "sim/scenario/run_result.h"
#include "sim/trace/observer.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cleave {

class FaultRecorder : public Observer {
 public:
  static constexpr std::size_t kMostSpans = 1000;  // of one fault: a flapping one has many

  // Requires: the world lives as long as this.
  FaultRecorder(const World& world, std::size_t faults) : world_(world), seen_(faults) {}

  using Observer::on;
  void on(const FaultMark& mark) override;

  // Spans that have not ended end with the run; those of faults that do not last are a moment.
  FaultResult result(FaultId id, Time end) const;

 private:
  struct Seen {
    std::vector<Span> spans;
    std::vector<std::string> chosen;
  };
  void note_roles(const Fault& fault, Seen& seen);

  const World& world_;
  std::vector<Seen> seen_;
};

}  // namespace cleave
