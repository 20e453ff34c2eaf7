// What a partition costs whom, as counts and never as a score: for each time between beginnings and
// ends of faults, each side of the network, each store, and reads and updates apart. A side is a
// strongly connected component of who reaches whom (sim/network/sides.h). An operation counts where
// its client was, and when it was invoked.
// Availability comes in three forms: as clients see it (availability.h); as Gilbert and Lynch
// (2002) define it, of what reached replicas that are up; and sticky (Bailis et al. 2013), of
// clients that reach the replica they stay with. Staleness is what versions show (fresh_reads.h).
#pragma once
#include "sim/check/availability.h"
#include "sim/check/latency.h"
#include "sim/check/operation_map.h"
#include "sim/network/reach.h"
#include "sim/trace/observer.h"
#include "sim/trace/update_set.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace cleave {

class CapLedger : public Observer {
 public:
  // Of windows, of cells, of sides of a window: whatever would exceed the first two stays in the
  // window before it; sides beyond the third are one.
  static constexpr std::size_t kMostWindows = 256;
  static constexpr std::size_t kMostCells = 1'024;
  static constexpr std::size_t kMostSides = 32;
  // Versions of objects of which is remembered when somebody was told first: of one object, and of
  // all. How late a read is that is more versions behind is never said too high.
  static constexpr std::size_t kMostVersions = 1'024;
  static constexpr std::size_t kMostTold = 1u << 20;

  enum class Kind : std::uint8_t { reads, updates };
  // Operations of clients that fulfil some condition, and how many of them were served.
  struct Share {
    std::uint64_t operations = 0;
    std::uint64_t served = 0;
  };
  // Requests that reached a replica while it was up and their clients waited: each operation counts
  // once. One that was passed on is answered if the operation was served. What the replica's crash
  // cut short is not counted.
  struct Requests {
    NodeId replica;
    std::uint64_t received = 0;
    std::uint64_t answered = 0;
  };
  struct Row {
    Time from, to;                 // half-open
    std::size_t sides = 1;         // that the network had
    std::vector<NodeId> clients;   // on this side
    std::vector<NodeId> replicas;  // of the store, on this side
    StoreId store;
    Kind kind = Kind::reads;
    OutcomeCounts outcomes;
    std::optional<Duration> p50, p99;  // of those served
    Share reaching;  // of clients that reached some replica of the store that was up, both ways
    Share sticky;    // of clients that reached the nearest replica, and it was up
    std::vector<Requests> requests;  // by replica
    // of reads:
    std::uint64_t compared = 0;     // with a version that somebody had been told before
    std::uint64_t stale = 0;        // of these, older than that
    std::uint64_t most_behind = 0;  // versions
    Duration most_late;  // from when somebody was told the next version to the invocation
    // of updates:
    std::uint64_t acknowledged = 0;
    std::uint64_t lost = 0;          // of these, held by no replica at the end
    std::uint64_t unknown_held = 0;  // of unknown outcome, or none, and held by one at the end
  };

  struct Options {
    std::function<const Reach&()> reach;                   // as it is now
    std::vector<std::vector<NodeId>> replicas;             // of each store
    std::vector<NodeId> clients;                           // others are not counted
    std::map<std::pair<NodeId, StoreId>, NodeId> nearest;  // replica of a client
  };

  explicit CapLedger(Options options);

  using Observer::on;
  void on(const FaultMark& mark) override;
  void on(const NodeMark& mark) override;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  void on(const RequestMark& request) override;
  // By window, side, store and kind; what saw neither operation nor request is left out. `held`:
  // of each store, the updates that it holds at the end. Requires: no event after `end`.
  std::vector<Row> rows(Time end, const std::vector<UpdateSet>& held) const;

 private:
  struct Told {  // the first time that a client was told so new a version
    std::uint64_t version = 0;
    Time at;
  };
  struct Window {
    Time from;
    std::vector<std::vector<NodeId>> sides;  // clients and replicas; empty: not known yet
    std::vector<std::size_t> side_of;        // by node
  };
  using CellKey = std::tuple<std::size_t, std::size_t, StoreId, Kind>;  // window, side, ...
  struct Cell {
    CellKey key;
    OutcomeCounts outcomes;
    LatencyHistogram latency;
    Share reaching, sticky;
    std::vector<Requests> requests;
    std::uint64_t compared = 0, stale = 0, most_behind = 0;
    Duration most_late;
    UpdateSet acknowledged, unknown;
  };
  struct Contact {  // a replica that was asked
    NodeId replica;
    std::size_t cell = 0;
    std::uint64_t crashes = 0;  // of the replica, when it was asked
    RequestMark::Phase phase = RequestMark::Phase::received;
  };
  struct Open {
    std::size_t cell = 0;
    Time at;
    StoreId store;
    std::uint64_t key = 0;
    Kind kind = Kind::reads;
    bool tells_version = true;
    std::uint64_t known = 0;  // version, when it was invoked
    bool reaching = false, sticky = false;
    std::vector<Contact> contacts;
  };
  using Object = std::pair<StoreId, std::uint64_t>;

  Window& window();  // with its sides
  std::size_t cell_of(NodeId node, StoreId store, Kind kind);
  bool reaches(NodeId client, NodeId replica) const;  // both ways, and it is up
  Requests& requests_of(const Contact& contact);
  void settle(const Open& open, bool served);
  void compare(const Open& open, std::uint64_t version);
  void note_told(const Object& object, std::uint64_t version, Time at);
  Row row_of(const Cell& cell, Time end, const std::vector<UpdateSet>& held) const;

  Options options_;
  std::vector<bool> concerned_;         // by node: a client or a replica; and as is:
  std::vector<bool> is_client_;         // by node
  std::vector<bool> down_;              // by node
  std::vector<std::uint64_t> crashes_;  // by node
  std::vector<Window> windows_;
  std::map<CellKey, std::size_t> cell_rows_;
  std::vector<Cell> cells_;
  OperationMap<Open> open_;
  std::map<Object, std::vector<Told>> told_;  // by version
  std::size_t told_count_ = 0;
};

}  // namespace cleave
