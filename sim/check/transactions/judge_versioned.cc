#include "sim/check/transactions/judge_versioned.h"

#include <algorithm>
#include <utility>

namespace cleave::transactions {
namespace {

bool forbids_lost_updates(Level level) {
  switch (level) {
    case Level::read_uncommitted:
    case Level::read_committed:
    case Level::monotonic_atomic_view:
    case Level::read_atomic:
    case Level::causal:
      return false;
    default:
      return true;
  }
}

void add_orders(Versioned& versioned, Level level, SessionOrder sessions) {
  if (level == Level::strict_serializable)
    add_real_time_order(versioned.history, versioned.happened, versioned.others);
  else if (sessions == SessionOrder::always || level == Level::strong_session_serializable ||
           level == Level::strong_session_snapshot_isolation)
    add_session_order(versioned.history, versioned.happened, versioned.others);
}

// Of the graph and what is built to search it, at its largest.
std::uint64_t bytes_of(const Versioned& versioned) {
  const std::uint64_t edges = versioned.others.size() + versioned.order.writes.size() +
                              2 * std::uint64_t{versioned.reads.size()};
  const std::uint64_t nodes = versioned.history.operations.size();
  return edges * (2 * sizeof(Edge) + 2 * sizeof(Arcs::value_type)) + nodes * 64;
}

Finding undecided(std::string why) {
  Finding finding;
  finding.word = Word::undecided;
  finding.why = std::move(why);
  return finding;
}

// Then any order of the versions has a forbidden cycle, but which one differs.
bool rests_on_inference(const Searched& found) {
  return std::any_of(found.cycle.begin(), found.cycle.end(), [&](const Edge& edge) {
    return edge.kind == Kind::ww &&
           std::any_of(found.inferred.begin(), found.inferred.end(), [&](const Inferred& one) {
             return one.before == edge.before && one.after == edge.write && one.reader != kNobody;
           });
  });
}

std::vector<Inferred> infer_nothing(const Versioned& /*versioned*/, Level /*level*/,
                                    std::vector<Edge>& /*edges*/, const Budget& /*budget*/,
                                    Work& /*work*/) {
  return {};
}

}  // namespace

Searched search_for_order(const Versioned& versioned, Level level, const Budget& budget,
                          Work& work) {
  return search_orders(versioned, level, infer_nothing, budget, work);
}

std::vector<Edge> lost_update(const Versioned& versioned) {
  const Writes& writes = versioned.writes;
  std::vector<std::uint32_t> next_of(writes.all().size(), kNobody);  // a write on that version
  std::vector<std::uint32_t> next_of_initial(versioned.history.keys.size(), kNobody);
  std::vector<std::uint32_t> last_of(versioned.history.keys.size());  // by key, of the reader
  std::uint32_t reader = kNobody;
  for (const Read& read : versioned.reads) {
    const std::uint32_t end = writes.first(read.operation + 1);
    if (std::exchange(reader, read.operation) != read.operation)
      for (std::uint32_t i = writes.first(read.operation); i < end; ++i)
        last_of[writes[i].key] = i;
    const std::uint32_t own = last_of[read.key];
    if (own < writes.first(read.operation) || own >= end || writes[own].key != read.key) continue;
    std::uint32_t& other = read.write == kInitial ? next_of_initial[read.key] : next_of[read.write];
    if (other == kNobody) other = own;
    const std::uint32_t rival = writes[other].operation;
    if (rival == read.operation) continue;
    return {{rival, read.operation, own, read.write, Kind::rw},
            {read.operation, rival, other, read.write, Kind::rw}};
  }
  return {};
}

Finding judge_versioned(Versioned versioned, const Question& question, SessionOrder sessions,
                        Solve solve, const std::string& doubt) {
  const Level level = question.level;
  if (forbids_lost_updates(level))
    if (const auto cycle = lost_update(versioned); !cycle.empty())
      return to_finding(versioned.history, versioned.writes, cycle, {});
  add_orders(versioned, level, sessions);
  if (bytes_of(versioned) > question.budget.bytes)
    return undecided("the graph of what was before what would need more than " +
                     std::to_string(question.budget.bytes) + " bytes; raise the budget");
  Work work{question.budget.steps};
  const Searched found = solve(versioned, level, question.budget, work);
  if (found.word == Word::violated) {
    Finding finding = to_finding(versioned.history, versioned.writes, found.cycle, found.inferred);
    if (rests_on_inference(found)) finding.anomaly = broadest_anomaly(level);
    if (found.is_example)
      finding.why = "whatever order the writes had, it is forbidden; in one, " + finding.why;
    return finding;
  }
  if (found.word == Word::undecided)
    return undecided("the order of the writes is not known, and " +
                     std::to_string(question.budget.steps) +
                     " steps did not find one that the level permits; raise the budget");
  if (!doubt.empty()) return undecided(doubt);
  Finding finding;
  finding.word = Word::holds;
  return finding;
}

}  // namespace cleave::transactions
