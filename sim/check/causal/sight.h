// From when on a process must have seen each operation: the least happened-before of one process
// (hb of Bouajjani, Enea, Guerraoui and Hamza 2017, 4.3), as one number for each operation. It
// holds the causal order, and with every write that comes before a read of the process also that
// this write comes before the one that was read.
#pragma once
#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/violation.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace cleave::causal {

class Sight {
 public:
  static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

  // Takes from `steps` what it needed; 0: it did not come to an end.
  Sight(const Registers& registers, std::uint32_t process, std::uint64_t& steps);

  // The first of the process's operations that it must come before.
  std::uint32_t seen_at(std::uint32_t operation) const { return seen_at_[operation]; }

  // What it adds to the causal order: from writes that a read must have seen to the one it
  // returned; or back to the read, if it returned the initial value.
  std::vector<Edge> edges(const CausalOrder& order) const;

 private:
  struct Own {
    std::uint32_t operation = 0;  // of the process, which read
    std::uint32_t write = 0;      // this one
  };
  struct Lowered {
    std::uint32_t operation = 0;
    std::uint32_t from = 0;
  };

  void look_at(std::uint32_t reader);
  void lower(std::uint32_t operation, std::uint32_t to);
  void follow();
  void put_before(const Registers::Read& read, std::uint32_t reader, std::uint32_t at);
  void check_reads(const Lowered& lowered, std::uint32_t key);
  // The last write of the group that must be seen before the process's operation.
  std::uint32_t last_seen(const Registers::Group& group, std::uint32_t reader) const;

  const Registers& registers_;
  std::uint32_t process_;
  std::uint64_t& steps_;
  std::uint32_t now_ = 0;                  // the operation of the process that is looked at
  std::vector<std::uint32_t> seen_at_;     // by operation
  std::vector<std::uint32_t> read_until_;  // by write: the last that read it, up to now_
  std::vector<std::uint32_t> first_own_;   // by key, in own_; one more at the end
  std::vector<Own> own_;                   // the process's reads, by key
  std::vector<Lowered> lowered_;           // still to be followed
};

}  // namespace cleave::causal
