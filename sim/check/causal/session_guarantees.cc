#include "sim/check/causal/session_guarantees.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cleave::causal {
namespace {

constexpr std::uint32_t kNone = Registers::kInitial;

// One process after the other, each operation by operation.
class Sessions {
 public:
  Sessions(const Registers& registers, Level level)
      : registers_(registers),
        level_(level),
        own_write_(registers.keys(), kNone),
        returned_(registers.groups.size()) {}

  Search find() && {
    for (process_ = 0; process_ < registers_.processes(); ++process_) {
      seen_.assign(registers_.processes(), {});
      const std::uint32_t end = registers_.first_of[process_ + 1];
      for (std::uint32_t o = registers_.first_of[process_]; o < end; ++o) {
        for (const auto& read : registers_.reads_of(o))
          note_seen(read);
        for (const auto& read : registers_.reads_of(o))
          check(read);
        for (const auto& read : registers_.reads_of(o))
          note_returned(read);
        if (found_.violation) return std::move(found_);
        for (const std::uint32_t w : registers_.writes_of(o))
          own_write_[registers_.writes[w].key] = o;
      }
      end_session();
    }
    return std::move(found_);
  }

 private:
  // An operation of a process whose write was returned, and the read that did.
  struct Seen {
    std::uint32_t write = kNone;
    std::uint32_t read = kNone;
    std::uint32_t key = 0;
  };

  void end_session() {
    for (std::uint32_t o = registers_.first_of[process_]; o < registers_.first_of[process_ + 1];
         ++o) {
      for (const std::uint32_t w : registers_.writes_of(o))
        own_write_[registers_.writes[w].key] = kNone;
      for (const auto& read : registers_.reads_of(o))
        if (read.writer != kNone) returned_of(read) = {};
    }
  }

  // That the process has now seen the writer.
  void note_seen(const Registers::Read& read) {
    if (read.writer == kNone) return;
    const std::uint32_t writer = registers_.writer_of(read);
    auto& steps = seen_[registers_.process_of[writer]];
    if (steps.empty() || steps.back().write < writer)
      steps.push_back({writer, read.operation, read.key});
  }
  void note_returned(const Registers::Read& read) {
    if (read.writer == kNone) return;
    const std::uint32_t writer = registers_.writer_of(read);
    Seen& last = returned_of(read);
    if (last.write == kNone || last.write < writer) last = {writer, read.operation, read.key};
  }
  // Of those that the read's writer stands for: its process and key.
  Seen& returned_of(const Registers::Read& read) {
    const std::uint32_t process = registers_.process_of[registers_.writer_of(read)];
    const auto groups = registers_.groups_of(read.key);
    const auto group = std::lower_bound(
        groups.begin(), groups.end(), process,
        [](const Registers::Group& g, std::uint32_t before) { return g.process < before; });
    return returned_[registers_.first_group[read.key] +
                     static_cast<std::size_t>(group - groups.begin())];
  }

  void check(const Registers::Read& read) {
    if (level_ == Level::read_your_writes) check_own_write(read);
    if (level_ == Level::monotonic_reads) check_earlier_reads(read);
    if (level_ == Level::monotonic_writes) check_earlier_writes(read);
  }

  void check_own_write(const Registers::Read& read) {
    const std::uint32_t own = own_write_[read.key];
    if (own == kNone) return;
    ++found_.checked;
    compare(read, own, {{own, read.operation, Link::session, 0, 0}});
  }

  void check_earlier_reads(const Registers::Read& read) {
    const auto last_of = [&](const Registers::Group& group) -> const Seen& {
      return returned_[static_cast<std::size_t>(&group - registers_.groups.data())];
    };
    const auto groups = registers_.groups_of(read.key);
    const auto any = std::find_if(groups.begin(), groups.end(), [&](const Registers::Group& group) {
      return last_of(group).write != kNone;
    });
    if (any == groups.end()) return;
    ++found_.checked;
    for (const auto& group : groups) {
      if (!may_be_newer(group, read)) continue;
      if (const Seen& last = last_of(group); last.write != kNone)
        compare(read, last.write, way(last, read));
    }
  }

  void check_earlier_writes(const Registers::Read& read) {
    const auto groups = registers_.groups_of(read.key);
    const auto any = std::find_if(groups.begin(), groups.end(), [&](const Registers::Group& group) {
      const auto& steps = seen_[group.process];
      return !steps.empty() && registers_.writes[group.first].operation < steps.back().write;
    });
    if (any == groups.end()) return;
    ++found_.checked;
    for (const auto& group : groups) {
      if (!may_be_newer(group, read)) continue;
      const auto& steps = seen_[group.process];
      if (steps.empty()) continue;
      const auto before = registers_.last_before(group, steps.back().write);
      if (!before) continue;
      // The first that it saw of what came after: the shortest story.
      const auto after = std::upper_bound(
          steps.begin(), steps.end(), *before,
          [](std::uint32_t write, const Seen& seen) { return write < seen.write; });
      std::vector<Edge> edges{{*before, after->write, Link::session, 0, 0}};
      const auto rest = way(*after, read);
      edges.insert(edges.end(), rest.begin(), rest.end());
      compare(read, *before, std::move(edges));
    }
  }

  // Only its process, and the reader's, can have written what is known to be newer; if nobody wrote
  // what was read, anybody can.
  bool may_be_newer(const Registers::Group& group, const Registers::Read& read) const {
    return read.writer == kNone || group.process == process_ ||
           group.process == registers_.process_of[registers_.writer_of(read)];
  }

  // From a write to the read that returned it, and on to another.
  static std::vector<Edge> way(const Seen& seen, const Registers::Read& to) {
    std::vector<Edge> edges{{seen.write, seen.read, Link::reads_from, seen.key, 0}};
    if (seen.read != to.operation) edges.push_back({seen.read, to.operation, Link::session, 0, 0});
    return edges;
  }

  // Whether the read returned an older version than the one that it must have seen, which the edges
  // lead from to the read.
  void compare(const Registers::Read& read, std::uint32_t must, std::vector<Edge> edges) {
    if (found_.violation) return;
    Violation violation{anomaly(), {}, {}};
    if (read.writer == kNone) {
      violation.cycle = std::move(edges);
      violation.cycle.push_back({read.operation, must, Link::returned_initial, read.key, 0});
    } else {
      const std::uint32_t writer = registers_.writer_of(read);
      violation.cycle = older(writer, must);
      if (violation.cycle.empty()) return;
      violation.cycle.insert(violation.cycle.end(), edges.begin(), edges.end());
      violation.cycle.push_back({read.operation, writer, Link::returned_old, read.key, 0});
    }
    found_.violation = std::move(violation);
  }

  // How the one write is known to be older than the other; empty: it is not.
  std::vector<Edge> older(std::uint32_t writer, std::uint32_t than) const {
    const std::uint32_t by = registers_.process_of[writer];
    if (by == registers_.process_of[than]) {
      if (writer >= than) return {};
      return {{writer, than, Link::session, 0, 0}};
    }
    if (registers_.process_of[than] != process_) return {};
    const auto& steps = seen_[by];
    const auto seen =
        std::lower_bound(steps.begin(), steps.end(), writer,
                         [](const Seen& s, std::uint32_t write) { return s.write < write; });
    if (seen == steps.end() || seen->read > than) return {};
    std::vector<Edge> edges;
    if (seen->write != writer) edges.push_back({writer, seen->write, Link::session, 0, 0});
    edges.push_back({seen->write, seen->read, Link::reads_from, seen->key, 0});
    if (seen->read != than) edges.push_back({seen->read, than, Link::session, 0, 0});
    return edges;
  }

  std::string_view anomaly() const {
    if (level_ == Level::read_your_writes) return "read-your-writes";
    return level_ == Level::monotonic_reads ? "non-monotonic-read" : "non-monotonic-write";
  }

  const Registers& registers_;
  Level level_;
  std::uint32_t process_ = 0;
  std::vector<std::uint32_t> own_write_;  // by key: the process's last
  std::vector<Seen> returned_;            // by group: the last write of it that the process read
  // By process: which of its writes this one has read, ever later ones.
  std::vector<std::vector<Seen>> seen_;
  Search found_;
};

}  // namespace

Search find_session_violation(const Registers& registers, Level level) {
  return Sessions(registers, level).find();
}

}  // namespace cleave::causal
