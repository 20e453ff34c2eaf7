// Nodes of no protocol, for tests of the World itself: a holder of timers, two kinds that pass
// tokens of three integers or of a hundred bytes, a replica with history, and a listener. Every
// delivery of a token sends one on, so that the number in flight stays what it was.
#pragma once
#include "sim/base/distribution.h"
#include "sim/base/log.h"
#include "sim/engine/world.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace cleave::toys {

struct Tick {
  static constexpr std::string_view name = "tick";
  std::uint64_t round = 0;
  CLEAVE_DESCRIBE(round)
};
struct Ask {
  static constexpr std::string_view name = "ask";
  std::uint64_t a = 0, b = 0, c = 0;
  CLEAVE_DESCRIBE(a, b, c)
};
struct Tell {
  static constexpr std::string_view name = "tell";
  std::uint64_t a = 0, b = 0, c = 0;
  CLEAVE_DESCRIBE(a, b, c)
};
struct Letter {  // a hundred bytes, so out of line
  static constexpr std::string_view name = "letter";
  std::array<std::uint32_t, 25> words{};
  CLEAVE_DESCRIBE(words)
};
struct Retry {
  static constexpr std::string_view name = "retry";
  std::uint64_t value = 0;
  CLEAVE_DESCRIBE(value)
};
// A message with a size of its own on the wire.
struct Parcel {
  static constexpr std::string_view name = "parcel";
  std::uint32_t number = 0;
  std::int64_t size_bytes = 0;
  CLEAVE_DESCRIBE(number, size_bytes)
  Bytes wire_size() const { return {size_bytes}; }
};
// Understood from version 2 on.
struct Novelty {
  static constexpr std::string_view name = "novelty";
  static constexpr std::uint32_t since = 2;
  std::uint64_t value = 0;
  CLEAVE_DESCRIBE(value)
};

// Starts a timer again whenever one fires, after an exponential time.
struct Holder {
  static constexpr std::string_view kind = "holder";
  using Receives = std::variant<Tick>;
  std::uint64_t fired = 0;
  CLEAVE_DESCRIBE(fired)
  void on(const Tick& tick, NodeId /*from*/, Context& ctx) {
    ++fired;
    hold(ctx, tick.round + 1);
  }
  static void hold(Context& ctx, std::uint64_t round);
};

// Hands a token to a random node among the first `nodes`: even ones ask, odd ones tell.
struct Talker {
  static constexpr std::string_view kind = "talker";
  using Receives = std::variant<Ask, Tell, Letter>;
  std::uint32_t nodes = 0;
  std::uint64_t asked = 0, told = 0, sum = 0, latest = 0;
  CLEAVE_DESCRIBE(nodes, asked, told, sum, latest)
  void on(const Ask& m, NodeId /*from*/, Context& ctx) {
    ++asked;
    sum += m.a;
    latest = std::max(latest, m.c);
    ctx.send_datagram(any(ctx), Tell{m.a, sum, latest + 1});
  }
  void on(const Tell& m, NodeId from, Context& ctx) {
    ++told;
    sum += m.b + from.value;
    latest = std::max(latest, m.c);
    if (told % 16 == 0) ctx.fact(Purpose("told"), m.a);
    ctx.send_datagram(any(ctx), Ask{m.a, sum, latest + 1});
  }
  void on(const Letter& m, NodeId /*from*/, Context& ctx) {
    ++told;
    sum += m.words[3];
    Letter next;
    next.words[3] = m.words[3] + 1;
    ctx.send_datagram(any(ctx), next);
  }
  NodeId any(Context& ctx) const {  // but not itself: that takes no time
    Random random = ctx.random(Purpose("next hop"));
    const std::uint64_t step = 1 + random.below(nodes - 1);
    return {static_cast<std::uint32_t>((ctx.self().value + step) % nodes)};
  }
};

// Keeps what it was told for ever, beside a small table and a retry timer that it cancels; on a
// disk, and over connections.
struct Keeper {
  static constexpr std::string_view kind = "keeper";
  using Receives = std::variant<Start, Ask, Retry, Disconnected>;
  struct Disk {
    DiskLog<std::uint64_t> log;
    DiskCell<std::uint64_t> last;
    CLEAVE_DESCRIBE(log, last)
  } disk;
  struct Memory {
    std::map<std::uint32_t, std::uint64_t> last_from;  // at most 16 keys
    TimerId retry;
    std::uint64_t retried = 0, disconnected = 0, starts = 0;
    CLEAVE_DESCRIBE(last_from, retry, retried, disconnected, starts)
  } memory;
  std::uint32_t nodes = 0;
  CLEAVE_DESCRIBE(disk, memory, nodes)
  void on(const Start& /*m*/, NodeId /*from*/, Context& /*ctx*/) {
    ++memory.starts;
    disk.log.discard_torn();
  }
  void on(const Ask& m, NodeId from, Context& ctx) {
    disk.log.append(m.a + m.c);
    disk.last.set(m.a);
    memory.last_from[from.value % 16] = m.c;
    ctx.cancel(memory.retry);
    memory.retry = ctx.start_timer(Duration{200'000'000}, Retry{m.a});
    if (disk.log.size() % 8 == 0) ctx.sync_then(Retry{m.b});
    Random random = ctx.random(Purpose("next hop"));
    ctx.send({static_cast<std::uint32_t>(random.below(nodes))}, Ask{m.a + 1, m.b, disk.log.size()});
  }
  void on(const Retry& m, NodeId /*from*/, Context& /*ctx*/) {
    ++memory.retried;
    disk.last.set(m.value);
  }
  void on(const Disconnected& /*m*/, NodeId /*from*/, Context& /*ctx*/) { ++memory.disconnected; }
};

// Writes down what it hears and when, by the World's time; says nothing.
struct Heard {
  std::uint64_t value = 0;
  std::int64_t at_ns = 0;
  CLEAVE_DESCRIBE(value, at_ns)
  bool operator==(const Heard&) const = default;
};
struct Listener {
  static constexpr std::string_view kind = "listener";
  using Receives = std::variant<Start, Ask, Tick, Parcel, Novelty, Disconnected>;
  std::vector<Heard> heard;
  std::vector<Heard> disconnected;
  std::uint64_t starts = 0;
  CLEAVE_DESCRIBE(heard, disconnected, starts)
  void on(const Start& /*m*/, NodeId /*from*/, Context& /*ctx*/) { ++starts; }
  void on(const Ask& m, NodeId /*from*/, Context& ctx) { hear(m.a, ctx); }
  void on(const Tick& m, NodeId /*from*/, Context& ctx) { hear(m.round, ctx); }
  void on(const Parcel& m, NodeId /*from*/, Context& ctx) { hear(m.number, ctx); }
  void on(const Novelty& m, NodeId /*from*/, Context& ctx) { hear(m.value, ctx); }
  void on(const Disconnected& /*m*/, NodeId from, Context& ctx) {
    disconnected.push_back({from.value, ctx.now().ns});
  }
  void hear(std::uint64_t value, Context& ctx) { heard.push_back({value, ctx.now().ns}); }
};

// Worlds of many toys, each busy from the start.
World holders(std::uint64_t seed, std::uint32_t nodes, std::uint64_t pending);
World talkers(std::uint64_t seed, std::uint32_t nodes, std::uint64_t in_flight);
World letters(std::uint64_t seed, std::uint32_t nodes, std::uint64_t in_flight);
World keepers(std::uint64_t seed, std::uint32_t nodes, std::uint64_t in_flight);

// Two regions, 10 ms apart, or as `link` says; no jitter.
Topology two_regions(const Link& link = {.latency = Duration{10'000'000}});

}  // namespace cleave::toys
