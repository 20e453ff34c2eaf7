// Reads that are wrong by themselves, whatever the order of transactions may have been: of values
// that nobody wrote, or that nobody else should have seen, and transactions that disagree with
// themselves (Adya 1999, 3.2; the internal consistency axiom of Cerone, Bernardi and Gotsman 2015).
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cleave::transactions {

constexpr std::uint32_t kNobody = 0xffff'ffff;

// In the order in which they are told.
enum class Flaw : std::uint8_t {
  thin_air,            // nobody wrote it
  duplicate_elements,  // of a list: one append shows twice
  reordered,           // of a list: appends of one transaction, not as it made them
  internal,            // not what the transaction itself wrote last
  future,              // what the transaction itself writes later
  incompatible_order,  // of two lists of one key, neither is a beginning of the other
  aborted,             // G1a: its writer failed
  dirty_update,        // the same, and somebody who did not fail wrote on top of it
  intermediate,        // G1b: its writer overwrote it, in the same transaction
  unrepeatable,        // not what the transaction read before
};

struct FlawedRead {
  Flaw flaw = Flaw::thin_air;
  std::uint32_t operation = 0;
  std::uint32_t step = 0;
  std::uint32_t other = kNobody;  // the operation that wrote it, or that read otherwise
  Value value{};                  // of a list: the element
};

std::string_view to_string(Flaw flaw);

// Whoever forbids the flaw at one level does so at all stronger ones.
bool is_proscribed(Flaw flaw, Level level);

// Of those that the level forbids: the gravest, then the first. None: an empty optional.
std::optional<Finding> worst_flaw(const History& history, const std::vector<FlawedRead>& flaws,
                                  Level level);

}  // namespace cleave::transactions
