#include "sim/check/transactions/isolation.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace cleave::transactions {
namespace {

// For the name and the smallest witness of what is known to be a violation.
constexpr std::uint64_t kNaming = 20'000'000;

struct Class {
  Kinds kinds;
  Shape shape = Shape::any;
};
// The gravest first: each is forbidden by all levels that forbid the one before it.
constexpr std::array kClasses{Class{kWw}, Class{kDependencies}, Class{kConflicts, Shape::one_rw},
                              Class{kConflicts, Shape::no_adjacent_rw}, Class{kConflicts}};

std::span<const Class> classes_of(Level level) {
  const std::span all(kClasses);
  switch (level) {
    case Level::read_uncommitted:
      return all.first(1);
    case Level::read_committed:
    case Level::monotonic_atomic_view:
    case Level::read_atomic:
      return all.first(2);
    case Level::parallel_snapshot_isolation:
      return all.first(3);
    case Level::snapshot_isolation:
    case Level::strong_session_snapshot_isolation:
      return all.first(4);
    default:
      return all;
  }
}

bool holds_any(std::span<const Edge> edges, Kind kind) {
  return std::any_of(edges.begin(), edges.end(), [&](const Edge& e) { return e.kind == kind; });
}

Kinds and_orders(Kinds kinds) {
  return kinds.with(Kind::session).with(Kind::real_time);
}

std::string process(const History& history, std::uint32_t operation) {
  const std::uint32_t number = history.operations[operation].process;
  return "process " + to_text(history.processes[number], history.names);
}

bool are_lists(const History& history, const Writes& writes) {
  const auto& first = history.operations[writes.all().front().operation];
  bool appends = first.call == Call::append;
  for (const Step& step : history.steps_of(first))
    appends = appends || step.call == Call::append;
  return appends;
}

class Teller {
 public:
  Teller(const History& history, const Writes& writes, const std::vector<Inferred>& inferred)
      : history_(history), writes_(writes), inferred_(inferred) {}

  std::string tell(const Edge& edge) const {
    const std::string from = process(history_, edge.from);
    const std::string to = process(history_, edge.to);
    switch (edge.kind) {
      case Kind::ww:
        return change(edge.before) + " before " + change(edge.write) + reason(edge);
      case Kind::wr:
        return change(edge.write) + ", which " + to + " read";
      case Kind::rw:
        return from + " did not see " + value(edge.write) + in(edge.write) + ", which " + to +
               (appends() ? " appended" : " wrote");
      case Kind::session:
        return from + " was done with the one before it began the other";
      case Kind::real_time:
        return from + " completed before " + to + " began";
    }
    return "";
  }
  std::string in(std::uint32_t write) const {
    const Value name = history_.keys[writes_[write].key];
    return name.is_nil() ? "" : " in " + to_text(name, history_.names);
  }

 private:
  const History& history_;
  const Writes& writes_;
  const std::vector<Inferred>& inferred_;

  std::string reason(const Edge& edge) const {
    for (const Inferred& one : inferred_)
      if (one.before == edge.before && one.after == edge.write && one.reader != kNobody)
        return ", or " + process(history_, one.reader) + " would not have read " +
               value(edge.write);
    return "";
  }
  bool appends() const { return are_lists(history_, writes_); }
  std::string value(std::uint32_t write) const {
    return to_text(writes_[write].value, history_.names);
  }
  // "process 1 appended 3 to x"
  std::string change(std::uint32_t write) const {
    const Value name = history_.keys[writes_[write].key];
    return process(history_, writes_[write].operation) + (appends() ? " appended " : " wrote ") +
           value(write) + (name.is_nil() ? "" : " to " + to_text(name, history_.names));
  }
};

// The cycle in a sentence.
std::string summary(const History& history, const Writes& writes, const std::vector<Edge>& cycle,
                    std::string_view anomaly) {
  const std::string one = process(history, cycle[0].from);
  const std::string other = process(history, cycle[0].to);
  if (anomaly == "lost-update")
    return one + " and " + other + " changed the same version" +
           Teller(history, writes, {}).in(cycle[0].write) + ", so that one change is lost";
  if (anomaly == "write-skew") return one + " and " + other + " each missed what the other wrote";
  if (anomaly == "fractured-read") {
    const bool first_reads = cycle[0].kind == Kind::rw;
    return (first_reads ? one : other) + " saw one write of a transaction of " +
           (first_reads ? other : one) + " and missed another";
  }
  if (anomaly == "long-fork") return "two transactions saw two writes in opposite orders";
  return "in a circle of " + std::to_string(cycle.size()) +
         " transactions each comes before the next";
}

}  // namespace

Rule rule_of(Level level) {
  if (level == Level::parallel_snapshot_isolation) return {and_orders(kDependencies)};
  const Class& broadest = classes_of(level).back();
  return {and_orders(broadest.kinds), broadest.shape};
}

DependencyGraph graph_of(const Versioned& versioned, const std::vector<Edge>& edges) {
  return {static_cast<std::uint32_t>(versioned.history.operations.size()), edges};
}

std::vector<Edge> forbidden_cycle(const DependencyGraph& graph, Level level, Work& work) {
  const Rule rule = rule_of(level);
  std::vector<Edge> cycle = shortest_cycle(graph, rule.kinds, rule.shape, work);
  if (cycle.empty() && level == Level::parallel_snapshot_isolation)
    cycle = shortest_cycle(graph, and_orders(kConflicts), Shape::one_rw, work);
  return cycle;
}

std::vector<Edge> forbidden_cycle(const Versioned& versioned, const VersionOrder& order,
                                  Level level, Work& work) {
  std::vector<Edge> cycle =
      forbidden_cycle(graph_of(versioned, edges_of(versioned, order)), level, work);
  if (!cycle.empty()) return cycle;
  if (level == Level::read_atomic) return fractured_read(versioned, order, Sees::at_all);
  if (level == Level::monotonic_atomic_view)
    return fractured_read(versioned, order, Sees::before_it_misses);
  return {};
}

std::vector<Edge> gravest_cycle(const DependencyGraph& graph, Level level) {
  Work work{kNaming};
  for (const Kinds order : {Kinds{}, Kinds{}.with(Kind::session), and_orders({})})
    for (const Class& one : classes_of(level)) {
      const Kinds kinds{static_cast<std::uint8_t>(one.kinds.bits | order.bits)};
      if (auto cycle = shortest_cycle(graph, kinds, one.shape, work); !cycle.empty()) return cycle;
    }
  return {};
}

std::string anomaly_of(const std::vector<Edge>& cycle, const Writes& writes) {
  const auto is = [&](std::size_t i, Kind kind) { return cycle[i % cycle.size()].kind == kind; };
  const auto key = [&](std::size_t i) { return writes[cycle[i].write].key; };
  std::size_t missed = 0;
  std::size_t read = 0;
  bool adjacent = false;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    missed += is(i, Kind::rw);
    read += is(i, Kind::wr);
    adjacent = adjacent || (is(i, Kind::rw) && is(i + 1, Kind::rw));
  }
  if (cycle.size() == 2 && missed == 2) return key(0) == key(1) ? "lost-update" : "write-skew";
  if (cycle.size() == 2 && missed == 1) {
    const std::size_t other = is(0, Kind::rw) ? 1 : 0;
    if (is(other, Kind::wr)) return "fractured-read";
    if (is(other, Kind::ww) && key(0) == key(1)) return "lost-update";
  }
  if (cycle.size() == 4 && missed == 2 && read == 2 && !adjacent) return "long-fork";
  std::string name = missed > 1    ? adjacent ? "G2-item" : "G-nonadjacent"
                     : missed == 1 ? "G-single"
                     : read > 0    ? "G1c"
                                   : "G0";
  if (holds_any(cycle, Kind::real_time)) return name + "-realtime";
  if (holds_any(cycle, Kind::session)) return name + "-process";
  return name;
}

std::string broadest_anomaly(Level level) {
  switch (level) {
    case Level::read_uncommitted:
      return "G0";
    case Level::read_committed:
    case Level::monotonic_atomic_view:
    case Level::read_atomic:
      return "fractured-read";
    case Level::causal:
      return "causality-violation";
    case Level::parallel_snapshot_isolation:
      return "G-single";
    case Level::snapshot_isolation:
    case Level::strong_session_snapshot_isolation:
      return "G-nonadjacent";
    default:
      return "G2-item";
  }
}

Finding to_finding(const History& history, const Writes& writes, const std::vector<Edge>& cycle,
                   const std::vector<Inferred>& inferred) {
  Finding finding;
  finding.word = Word::violated;
  finding.anomaly = anomaly_of(cycle, writes);
  finding.why = summary(history, writes, cycle, finding.anomaly);
  const Teller teller(history, writes, inferred);
  for (const Edge& edge : cycle) {
    finding.witness.push_back(edge.from);
    finding.because.push_back({edge.from, edge.to, teller.tell(edge)});
  }
  std::stable_sort(finding.witness.begin(), finding.witness.end());
  return finding;
}

}  // namespace cleave::transactions
