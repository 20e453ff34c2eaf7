#include "sim/check/transactions/session_clocks.h"
#include "sim/check/transactions/session_writes.h"
#include "sim/check/transactions/weak_orders.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace cleave::transactions {

std::optional<WeakOrders> causal_orders(const Versioned& versioned, const Budget& budget) {
  WeakOrders found;
  found.edges = versioned.others;
  for (const Read& read : versioned.reads)
    if (read.write != kInitial)
      found.edges.push_back(
          {versioned.writes[read.write].operation, read.operation, read.write, 0, Kind::wr});
  const Sessions sessions = sessions_of(versioned.history, versioned.happened);
  if (SessionClocks::bytes(sessions, 1) > budget.bytes / 4) return std::nullopt;
  Arcs arcs;
  for (const Edge& edge : found.edges)
    arcs.emplace_back(edge.from, edge.to);
  const auto clocks = SessionClocks::of(sessions, 1, arcs);
  if (!clocks) return found;  // a cycle already

  const SessionWrites writers(versioned, sessions);
  for (const Read& read : versioned.reads)
    writers.for_each_session(
        read.key, [&](std::uint32_t session, std::span<const std::uint32_t> writes) {
          std::uint32_t end = clocks->before(read.operation, session);
          if (session == sessions.of[read.operation])
            end = std::min(end, sessions.places[read.operation]);
          const auto behind = writers.from(writes, end);
          if (behind == writes.begin() || *(behind - 1) == read.write) return;
          const std::uint32_t seen = *(behind - 1);
          const std::uint32_t by = versioned.writes[seen].operation;
          if (read.write == kInitial) {
            found.edges.push_back({read.operation, by, seen, kInitial, Kind::rw});
            return;
          }
          const std::uint32_t after = versioned.writes[read.write].operation;
          found.edges.push_back({by, after, read.write, seen, Kind::ww});
          found.inferred.push_back({seen, read.write, read.operation});
        });
  return found;
}

}  // namespace cleave::transactions
