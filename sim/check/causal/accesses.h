// What a history says of registers: which operation wrote what, and which write each read may have
// seen. A value that is written once has one writer (data independence; Bouajjani, Enea, Guerraoui
// and Hamza 2017, 4.1); where several wrote it, the candidates are kept, and settle() (registers.h)
// chooses. A compare-and-set that was done is a read of what it expected and a write.
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace cleave::causal {

// Every number below is one of a history's operations, unless it says otherwise.
struct Accesses {
  static constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

  struct Write {
    std::uint32_t operation = 0;
    std::uint32_t key = 0;
    Value value;
    std::uint32_t same_before = kNobody;  // an earlier write of the same value to the same key
    bool visible = true;  // not by a failed operation, nor overwritten within its own
  };
  struct Read {
    std::uint32_t operation = 0;
    std::uint32_t key = 0;
    Value value;
    std::uint32_t last = kNobody;  // in `writes`: the last of its candidates; the rest: same_before
    bool perhaps_initial = false;
  };

  std::vector<Read> reads;  // in the order of operations; none within an operation of its own write
  std::vector<Write> writes;  // likewise; those that are not visible are nobody's candidates
  std::string refusal;        // why nothing can be said: an operation that no register has
  std::optional<std::uint32_t> torn;  // an operation that did not read what itself had just written
};

// Linear in the history.
Accesses accesses_of(const History& history, const Question& question);

}  // namespace cleave::causal
