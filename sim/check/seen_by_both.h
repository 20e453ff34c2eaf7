// A consistency level looked at in two ways at once: by what clients saw (consistency.h) and by
// what replicas showed (seen_by_replicas.h). What replicas kept, clients cannot have seen broken:
// where the two say so, one of the judges, or what the simulation tells them, is wrong.
#pragma once
#include "sim/check/consistency.h"
#include "sim/check/seen_by_replicas.h"
#include "sim/trace/checker.h"

#include <utility>

namespace cleave {

// The verdict of clients; and that it fits the other one, or does not.
//   clients    replicas   verdict
//   violated   holds      a bug in Cleave: undecided, and is_cleave_bug; also of vacuous
//   holds      violated   holds, and `why` says what no client could see
//   undecided  holds      holds: it is proven
Verdict agree(Verdict by_clients, const Verdict& by_replicas);

class SeenByBoth : public Checker {
 public:
  SeenByBoth(Consistency by_clients, SeenByReplicas by_replicas)
      : by_clients_(std::move(by_clients)), by_replicas_(std::move(by_replicas)) {}

  using Checker::on;
  void on(const Invoked& operation) override {
    by_clients_.on(operation);
    by_replicas_.on(operation);
  }
  void on(const Completed& operation) override {
    by_clients_.on(operation);
    by_replicas_.on(operation);
  }
  void on(const ReplicaUpdate& update) override { by_replicas_.on(update); }
  void on(const RequestMark& request) override { by_replicas_.on(request); }
  Verdict finish(const RunEnd& end) override {
    return agree(by_clients_.finish(end), by_replicas_.finish(end));
  }

 private:
  Consistency by_clients_;
  SeenByReplicas by_replicas_;
};

}  // namespace cleave
