// Liveness with excuses: from a moment on a core of the system is healed, while the rest may stay
// broken for ever; soon every replica of the core holds every acknowledged update, and whatever
// else one of them holds. An update that is missing has an excuse if the information existed on no
// live host of the core any more when the core was healed (TigerBeetle's VOPR judges so). Without
// an excuse it was there, and did not come. Of a replica that left its store or never joined it
// nothing is expected, and what only it has is as good as lost when it leaves.
#pragma once
#include "sim/check/convergence.h"
#include "sim/check/holders.h"
#include "sim/check/operation_map.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

class Recovery : public Checker {
 public:
  struct Options {
    StoreId store;
    std::vector<NodeId> core;    // replicas
    std::vector<NodeId> others;  // replicas that may stay broken for ever
    Time from;                   // when the core is healed
    Duration within;
    // Updates that nobody holds, of which is remembered who held them last.
    std::size_t most_remembered = 65'536;
  };

  explicit Recovery(Options options);

  using Checker::on;
  void on(const Fact& fact) override;  // that a replica left its store, or joined it
  void on(const NodeMark& mark) override;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  void on(const ReplicaUpdate& update) override;
  // Violated: the core did not converge in time, or an acknowledged update that the core still had
  // when it was healed is held by none of it at the end. Undecided: as Convergence, or the run
  // ended before the core was healed. Vacuous: as Convergence. In each case `why` says of what is
  // missing where it went.
  Verdict finish(const RunEnd& end) override;

 private:
  struct Loss {  // who held an update last, and until when: if it crashed, when it went down
    NodeId holder;
    Time at;
    EventId event;
    enum class How : std::uint8_t { given_up, crashed, left_store } how = How::given_up;
  };
  struct Life {  // of a replica
    std::optional<Time> down, up;
  };
  struct Fate {  // of updates that are missing
    std::uint64_t updates = 0;
    OperationId first;
    bool excused = false;
    std::optional<Loss> loss;  // of the first
  };

  // By the sentence that tells of it, without how many.
  std::map<std::string, Fate> fates(const RunEnd& end);
  void note_lost(OperationId update, const RunEnd& end, std::map<std::string, Fate>& fates);
  void lose(OperationId update, const Loss& loss);
  bool belongs(NodeId replica) const;
  static std::string way_of(const Loss& loss, bool excused, const RunEnd& end);

  Options options_;
  Convergence core_;
  Holders holders_;  // in the core and outside
  OperationMap<Action> open_;
  UpdateSet acknowledged_;
  OperationMap<Loss> losses_;  // of updates that no replica of the store holds now
  std::map<NodeId, Life> lives_;
};

}  // namespace cleave
