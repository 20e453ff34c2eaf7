// One event of a run as 48 canonical bytes: what the trace digest is computed over.
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

namespace cleave {

// Low 27 bits: hash of the message's or fact's name. Then four bits of kind, then the block flag.
using TypeId = std::uint32_t;
constexpr TypeId kBlockFlag = 1u << 31;
constexpr int kKindShift = 27;
constexpr TypeId kNameMask = (1u << kKindShift) - 1;

enum class RecordKind : std::uint8_t {
  delivered,       // a datagram or connection message reached its node
  timer,           // a timer fired, a sync completed, a node started
  lost,            // a datagram was lost by chance, a full queue or a duplicate-free drop
  cut,             // a partition dropped it
  down,            // its host was down
  not_understood,  // delivered, but outside the node's Receives or newer than its version
  duplicated,      // the network made a second copy
  held,            // a hold rule keeps it until released
  disconnected,    // a connection broke with this message undelivered
  fact,
  fault,      // a fault began or ended
  replica,    // applied, retracted or installed (see divergence_ledger.h)
  invoked,    // a client began an operation
  completed,  // and was told its outcome
};

struct Record {
  std::int64_t time_ns = 0;
  std::uint32_t from = 0, to = 0;  // nodes; of a timer `from` is its serial
  TypeId type = 0;
  std::uint32_t cause = 0;                 // low half of the number of the event that sent it
  std::array<std::uint64_t, 3> payload{};  // inline payload, or the digest of a block

  RecordKind kind() const { return static_cast<RecordKind>(type >> kKindShift & 15); }
  TypeId name() const { return type & kNameMask; }
};
static_assert(sizeof(Record) == 48 && std::has_unique_object_representations_v<Record>);

}  // namespace cleave
