// A history of registers whose reads know their writers, laid out for the checkers: operations are
// numbered process by process, each in session order, so that "earlier in the session" is "a
// smaller number of the same process". Operations that never happened, or neither read nor wrote,
// are left out.
#pragma once
#include "sim/check/causal/accesses.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cleave::causal {

// Position in Registers::reads, or ::writes. Operations are plain numbers in between.
struct Registers {
  static constexpr std::uint32_t kInitial = Accesses::kNobody;  // written by nobody

  struct Read {
    std::uint32_t operation = 0;
    std::uint32_t key = 0;
    std::uint32_t writer = kInitial;  // in `writes`
  };
  struct Write {
    std::uint32_t operation = 0;
    std::uint32_t key = 0;
  };

  std::vector<std::uint32_t> sources;      // by operation: its place in the History
  std::vector<std::uint32_t> process_of;   // by operation: dense, not the History's
  std::vector<char> pending;               // by operation: it happened because it was seen
  std::vector<std::uint32_t> first_of;     // by process its first operation; one more at the end
  std::vector<Read> reads;                 // by operation
  std::vector<std::uint32_t> first_read;   // by operation; one more at the end
  std::vector<Write> writes;               // by key, then by operation
  std::vector<std::uint32_t> first_write;  // by key; one more at the end

  std::uint32_t size() const { return static_cast<std::uint32_t>(sources.size()); }
  std::uint32_t processes() const { return static_cast<std::uint32_t>(first_of.size()) - 1; }
  std::uint32_t keys() const { return static_cast<std::uint32_t>(first_write.size()) - 1; }

  std::span<const Read> reads_of(std::uint32_t operation) const {
    return std::span(reads).subspan(first_read[operation],
                                    first_read[operation + 1] - first_read[operation]);
  }
  std::span<const Write> writes_to(std::uint32_t key) const {
    return std::span(writes).subspan(first_write[key], first_write[key + 1] - first_write[key]);
  }
  // Requires: the read has a writer.
  std::uint32_t writer_of(const Read& read) const { return writes[read.writer].operation; }

  // A process's writes to a key, in its session order.
  struct Group {
    std::uint32_t process = 0;
    std::uint32_t first = 0;  // in `writes`
    std::uint32_t last = 0;   // one behind
  };
  std::vector<Group> groups;               // by key, then by process
  std::vector<std::uint32_t> first_group;  // by key; one more at the end
  std::vector<std::uint32_t> own_writes;   // in `writes`, by operation
  std::vector<std::uint32_t> first_own;    // by operation, in own_writes; one more at the end

  std::span<const Group> groups_of(std::uint32_t key) const {
    return std::span(groups).subspan(first_group[key], first_group[key + 1] - first_group[key]);
  }
  // In `writes`, by key.
  std::span<const std::uint32_t> writes_of(std::uint32_t operation) const {
    return std::span(own_writes)
        .subspan(first_own[operation], first_own[operation + 1] - first_own[operation]);
  }
  // The last of the group's operations before another of the same process.
  std::optional<std::uint32_t> last_before(const Group& group, std::uint32_t operation) const;
};

// Reads whose value has several possible writers.
enum class Doubt : std::uint8_t {
  guess,      // take the latest that was invoked before the read was answered
  leave_out,  // such a read says nothing
};

// A read that nothing can explain. `writer` may have tried: it failed, or overwrote it at once.
struct ThinAir {
  std::uint32_t read = 0;               // operations of the History
  std::optional<std::uint32_t> writer;  // likewise
  std::string what;                     // "x = 7"
  std::vector<std::uint32_t> seen_by;   // of a pending read: who saw it, who saw that, and so on
};

struct Settled {
  Registers registers;
  std::optional<ThinAir> thin_air;
  // Reads with several possible writers: how many, and the first, an operation of the History.
  std::uint64_t doubtful = 0;
  std::uint32_t first_doubtful = 0;
};

// Pending operations happened if a read that happened saw them. No writer is chosen that its own
// session invoked after the read, if there is any other. Linear in the history.
Settled settle(const History& history, const Accesses& accesses, Doubt doubt);

// What one process's reads say: those of the others are left out.
Registers with_reads_of(const Registers& whole, std::uint32_t process);

// Those operations alone, in ascending order. Reads whose writer is not among them say nothing, nor
// do pending operations that nobody sees any more. What is left is allowed wherever the whole is.
Registers restrict_to(const Registers& whole, std::span<const std::uint32_t> operations);

}  // namespace cleave::causal
