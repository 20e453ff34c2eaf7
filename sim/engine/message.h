// Messages as they wait to be delivered. A payload of at most 24 bytes without padding travels in
// the slot itself; any other lives in one immutable block, shared by duplicates and World copies,
// whose digest is computed once, when it is sent.
//
// A message is a plain struct with `static constexpr std::string_view name`. It may also state
//   static constexpr std::uint32_t since    the first node version that understands it (default 1)
//   Bytes wire_size() const                 its size on a link of finite bandwidth
#pragma once
#include "sim/base/bytes.h"
#include "sim/base/digest.h"
#include "sim/base/name.h"
#include "sim/base/ref.h"
#include "sim/trace/record.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace cleave {

template <class M>
concept SizedOnWire = requires(const M& m) {
  { m.wire_size() } -> std::same_as<Bytes>;
};

template <class M>
constexpr bool kFitsInline = std::is_trivially_copyable_v<M> && sizeof(M) <= 24 &&
                             !SizedOnWire<M> &&
                             (std::has_unique_object_representations_v<M> || std::is_empty_v<M>);

template <class M>
constexpr std::uint32_t since_version() {
  if constexpr (requires { M::since; })
    return M::since;
  else
    return 1;
}

struct Block : Counted {
  std::uint64_t digest = 0;
  std::int64_t wire_size_bytes = 0;
  void (*destroy)(const Block*) = nullptr;
};
template <class M>
struct BlockOf : Block {
  explicit BlockOf(const M& m) : message(m) {}
  M message;
};

// What waits in the slab; the four bits of kind sit where a Record has its own.
enum class SlotKind : std::uint8_t {
  datagram = 1,
  connection,  // `from` is a stream of the connection table, `to` the number in it
  timer,       // `from` is a serial
  sync,        // a timer that first makes the disk durable
  start,       // a timer of a node that comes up
  control,     // a scheduled fault: payload is {fault, phase}
  transit,     // on its way to the next queueing link: payload is {transit index}
  retransmit,  // a stalled stream tries again: payload is {stream, serial}
  notice,      // the transport tells a node about a connection
};

constexpr Bytes kInlineWireSize{24};
constexpr Bytes kHeaderSize{30};  // what a packet of either transport adds: a frame, IP and UDP

struct Slot {
  std::int64_t sent_ns = 0;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  TypeId type = 0;          // 0: the slot is free
  std::uint32_t cause = 0;  // low half of the number of the event that sent it
  std::array<std::uint64_t, 3> payload{};

  SlotKind kind() const { return static_cast<SlotKind>(type >> kKindShift & 15); }
  void set_kind(SlotKind kind) {
    type = (type & (kBlockFlag | kNameMask)) | static_cast<TypeId>(kind) << kKindShift;
  }
  bool is_timer() const {
    const SlotKind k = kind();
    return k == SlotKind::timer || k == SlotKind::sync || k == SlotKind::start;
  }
  bool has_block() const { return (type & kBlockFlag) != 0; }
  const Block* block() const {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the block hangs from the slot by its address.
    return reinterpret_cast<const Block*>(static_cast<std::uintptr_t>(payload[0]));
  }
  Bytes wire_size() const {
    return (has_block() ? Bytes{block()->wire_size_bytes} : kInlineWireSize) + kHeaderSize;
  }
};
static_assert(sizeof(Slot) == 48 && std::is_trivially_copyable_v<Slot>);

// Name and block flag; the kind is added by who sends it.
template <class M>
constexpr TypeId type_of = (static_cast<TypeId>(name_hash(M::name)) & kNameMask) |
                           (kFitsInline<M> ? 0 : kBlockFlag);

template <class M>
void pack(Slot& slot, const M& m) {
  slot.type |= type_of<M>;
  if constexpr (std::is_empty_v<M>) {
  } else if constexpr (kFitsInline<M>) {
    std::memcpy(slot.payload.data(), &m, sizeof(M));
  } else {
    auto* block = new BlockOf<M>(m);
    block->digest = digest_of(m);
    if constexpr (SizedOnWire<M>)
      block->wire_size_bytes = m.wire_size().count;
    else
      block->wire_size_bytes = sizeof(M);
    block->destroy = [](const Block* b) { delete static_cast<const BlockOf<M>*>(b); };
    slot.payload[0] = reinterpret_cast<std::uintptr_t>(static_cast<const Block*>(block));
  }
}

inline void share_payload(const Slot& slot) {
  if (slot.has_block()) slot.block()->retain();
}
inline void drop_payload(const Slot& slot) {
  if (slot.has_block() && slot.block()->release()) slot.block()->destroy(slot.block());
}

template <class M, class Use>
void unpack(const Slot& slot, Use&& use) {
  if constexpr (kFitsInline<M>) {
    M m;
    if constexpr (!std::is_empty_v<M>)
      std::memcpy(static_cast<void*>(&m), slot.payload.data(), sizeof(M));
    use(m);
  } else {
    use(static_cast<const BlockOf<M>*>(slot.block())->message);
  }
}

}  // namespace cleave
