#include "tests/support/register_axioms.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace cleave::testing {
namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

struct Access {
  std::size_t operation = 0;
  std::uint32_t process = 0;
  std::uint32_t key = 0;
  Value value;
  std::size_t writer = kNobody;  // of a read: in `writes`; kNobody: the initial value
};

struct Sessions {
  std::vector<Access> reads;
  std::vector<Access> writes;
  bool thin_air = false;
};

Sessions sessions_of(const History& history) {
  Sessions found;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    const Operation& o = history.operations[i];
    if (o.ending == Ending::failed) continue;
    if (o.call == Call::read && o.answer == Answer::one)
      found.reads.push_back({i, o.process, o.key, o.result});
    if (o.call == Call::compare_and_set) found.reads.push_back({i, o.process, o.key, o.expected});
    if (o.call == Call::compare_and_set || o.call == Call::write)
      found.writes.push_back({i, o.process, o.key, o.argument});
  }
  for (Access& read : found.reads) {
    for (std::size_t w = 0; w < found.writes.size(); ++w)
      if (found.writes[w].key == read.key && found.writes[w].value == read.value &&
          found.writes[w].operation != read.operation)
        read.writer = w;
    found.thin_air = found.thin_air || (read.writer == kNobody && !read.value.is_nil());
  }
  return found;
}

// Whether the process can tell that version a is older than version b.
bool older_for(const Sessions& s, std::uint32_t process, const Access& a, const Access& b) {
  if (a.process == b.process) return a.operation < b.operation;
  return b.process == process &&
         std::any_of(s.reads.begin(), s.reads.end(), [&](const Access& read) {
           return read.process == process && read.operation <= b.operation &&
                  read.writer != kNobody && s.writes[read.writer].process == a.process &&
                  s.writes[read.writer].operation >= a.operation;
         });
}

// By operation: which come causally before it.
std::vector<std::vector<bool>> causal_order(const History& history, const Sessions& s) {
  const std::size_t n = history.operations.size();
  std::vector before(n, std::vector<bool>(n));
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b)
      before[b][a] = history.operations[a].process == history.operations[b].process;
  for (const Access& read : s.reads)
    if (read.writer != kNobody) before[read.operation][s.writes[read.writer].operation] = true;
  for (std::size_t via = 0; via < n; ++via)
    for (std::size_t b = 0; b < n; ++b)
      for (std::size_t a = 0; a < n; ++a)
        if (before[b][via] && before[via][a]) before[b][a] = true;
  return before;
}

// Writes that the process has seen up to the operation.
std::vector<bool> seen_by(const Sessions& s, const Access& reader) {
  std::vector<bool> seen(s.writes.size());
  for (const Access& read : s.reads)
    if (read.process == reader.process && read.operation <= reader.operation &&
        read.writer != kNobody)
      seen[read.writer] = true;
  return seen;
}

// What is read before what is seen is to be seen as well.
std::vector<bool> followed(const Sessions& s, const std::vector<bool>& seen) {
  std::vector<bool> must(seen.size());
  for (std::size_t round = 0; round <= seen.size(); ++round)
    for (std::size_t w = 0; w < seen.size(); ++w)
      for (const Access& read : s.reads)
        if ((seen[w] || must[w]) && read.process == s.writes[w].process &&
            read.operation <= s.writes[w].operation && read.writer != kNobody)
          must[read.writer] = true;
  return must;
}

// Which writes the read must have seen.
std::vector<bool> to_be_seen(const Sessions& s, const Access& reader, Level level) {
  const std::vector<bool> seen = seen_by(s, reader);
  if (level == Level::writes_follow_reads) return followed(s, seen);
  std::vector<bool> must(s.writes.size());
  for (std::size_t w = 0; w < s.writes.size(); ++w) {
    const Access& write = s.writes[w];
    if (level == Level::read_your_writes)
      must[w] = write.process == reader.process && write.operation < reader.operation;
    if (level == Level::monotonic_reads)
      must[w] = std::any_of(s.reads.begin(), s.reads.end(), [&](const Access& read) {
        return read.process == reader.process && read.operation < reader.operation &&
               read.writer == w;
      });
    for (std::size_t later = 0; level == Level::monotonic_writes && later < seen.size(); ++later)
      if (seen[later] && s.writes[later].process == write.process &&
          s.writes[later].operation > write.operation)
        must[w] = true;
  }
  return must;
}

}  // namespace

bool keeps_guarantee(const History& history, Level level) {
  const Sessions s = sessions_of(history);
  if (s.thin_air) return false;
  const auto before = causal_order(history, s);
  for (std::size_t o = 0; o < before.size(); ++o)
    if (level == Level::writes_follow_reads && before[o][o]) return false;
  for (const Access& read : s.reads) {
    const auto must = to_be_seen(s, read, level);
    for (std::size_t w = 0; w < must.size(); ++w) {
      const Access& write = s.writes[w];
      if (!must[w] || write.key != read.key || w == read.writer) continue;
      if (read.writer == kNobody) return false;
      const Access& returned = s.writes[read.writer];
      if (level == Level::writes_follow_reads ? before[write.operation][returned.operation]
                                              : older_for(s, read.process, returned, write))
        return false;
    }
  }
  return true;
}

}  // namespace cleave::testing
