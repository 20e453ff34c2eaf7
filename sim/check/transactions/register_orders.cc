#include "sim/check/transactions/register_orders.h"

#include "sim/check/transactions/session_clocks.h"
#include "sim/check/transactions/session_writes.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <tuple>

namespace cleave::transactions {
namespace {

class Inference {
 public:
  Inference(const Versioned& versioned, Level level, std::vector<Edge>& edges, Work& work)
      : versioned_(versioned),
        rule_(rule_of(level)),
        parts_(rule_.shape == Shape::no_adjacent_rw ? 2 : 1),
        edges_(edges),
        work_(work),
        sessions_(sessions_of(versioned.history, versioned.happened)),
        writers_(versioned, sessions_) {}

  std::vector<Inferred> run(const Budget& budget) {
    const std::uint64_t room = budget.bytes / 4;
    if (SessionClocks::bytes(sessions_, parts_) > room) return {};
    for (std::size_t before = edges_.size() + 1; before != edges_.size();) {
      const auto clocks = SessionClocks::of(sessions_, parts_, arcs());
      if (!clocks || !work_.spend(edges_.size() + versioned_.reads.size())) break;
      before = edges_.size();
      for (const Read& read : versioned_.reads) {
        if (edges_.size() * sizeof(Edge) > room) break;
        infer(read, *clocks);
      }
    }
    return std::move(inferred_);
  }

 private:
  const Versioned& versioned_;
  Rule rule_;
  std::uint32_t parts_;
  std::vector<Edge>& edges_;
  Work& work_;
  Sessions sessions_;
  SessionWrites writers_;
  std::vector<Inferred> inferred_;

  std::uint32_t begin(std::uint32_t operation) const { return operation * parts_; }
  std::uint32_t commit(std::uint32_t operation) const { return operation * parts_ + parts_ - 1; }
  std::uint32_t by(std::uint32_t write) const { return versioned_.writes[write].operation; }

  Arcs arcs() const {
    Arcs arcs;
    for (const Edge& edge : edges_) {
      if (!rule_.kinds.has(edge.kind)) continue;
      if (edge.kind == Kind::rw)
        arcs.emplace_back(begin(edge.from), commit(edge.to));
      else
        arcs.emplace_back(commit(edge.from), begin(edge.to));
    }
    if (parts_ == 2)
      for (std::uint32_t i = 0; i < versioned_.history.operations.size(); ++i)
        arcs.emplace_back(begin(i), commit(i));
    return arcs;
  }

  void infer(const Read& read, const SessionClocks& clocks) {
    writers_.for_each_session(read.key,
                              [&](std::uint32_t session, std::span<const std::uint32_t> writes) {
                                work_.spend(1);
                                if (read.write != kInitial) visible(read, session, writes, clocks);
                                missed(read, session, writes, clocks);
                              });
  }

  // The last write of the session that led to the read came before the one that was read.
  void visible(const Read& read, std::uint32_t session, std::span<const std::uint32_t> writes,
               const SessionClocks& clocks) {
    std::uint32_t end = clocks.before(begin(read.operation), session);
    if (session == sessions_.of[read.operation])
      end = std::min(end, sessions_.places[read.operation]);
    const auto behind = writers_.from(writes, end);
    if (behind == writes.begin()) return;
    const std::uint32_t seen = *(behind - 1);
    if (seen == read.write) return;
    if (clocks.before(begin(by(read.write)), session) > writers_.place(seen)) return;
    add(seen, read.write, read.operation);
  }

  // The first write of the session behind the one that was read, which the read did not see.
  void missed(const Read& read, std::uint32_t session, std::span<const std::uint32_t> writes,
              const SessionClocks& clocks) {
    auto next = writes.begin();
    if (read.write != kInitial) {
      next = writers_.from(writes, clocks.after(commit(by(read.write)), session));
      if (next != writes.end() && *next == read.write) ++next;
    }
    if (next == writes.end() || by(*next) == read.operation) return;
    const std::uint32_t writer = by(*next);
    if (read.write != kInitial &&
        clocks.before(begin(writer), writers_.session(read.write)) <= writers_.place(read.write))
      add(read.write, *next, kNobody);
    if (!rule_.kinds.has(Kind::rw)) return;
    if (clocks.after(begin(read.operation), session) <= writers_.place(*next)) return;
    edges_.push_back({read.operation, writer, *next, read.write, Kind::rw});
    if (read.write != kInitial) inferred_.push_back({read.write, *next, kNobody});
  }

  void add(std::uint32_t before, std::uint32_t after, std::uint32_t reader) {
    edges_.push_back({by(before), by(after), after, before, Kind::ww});
    inferred_.push_back({before, after, reader});
  }
};

}  // namespace

std::vector<Inferred> infer_register_orders(const Versioned& versioned, Level level,
                                            std::vector<Edge>& edges, const Budget& budget,
                                            Work& work) {
  return Inference(versioned, level, edges, work).run(budget);
}

}  // namespace cleave::transactions
