// What reads of lists show: the order of versions, which version each read saw, and reads that are
// wrong by themselves.
#pragma once
#include "sim/check/transactions/flaws.h"
#include "sim/check/transactions/reads_from.h"
#include "sim/check/transactions/version_order.h"
#include "sim/check/transactions/writes.h"

#include <cstdint>
#include <vector>

namespace cleave::transactions {

struct ListReads {
  std::vector<Read> reads;  // of what others appended; `write` is the last append that it shows
  std::vector<FlawedRead> flaws;
  std::vector<bool> happened;          // by operation, as in ReadsFrom
  VersionOrder order;                  // of appends that happened
  std::vector<std::uint32_t> settled;  // of each key: how many of them somebody saw
  std::uint64_t known = 0;             // transactions that read something
  std::uint64_t unclear = 0;           // keys whose lists show a value that was appended twice
};

ListReads list_reads(const History& history, const Writes& appends);

}  // namespace cleave::transactions
