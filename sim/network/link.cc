#include "sim/network/link.h"

#include <algorithm>

namespace cleave {
namespace {

constexpr u128 kBitsPerByte = 8;
constexpr u128 kNanoseconds = 1'000'000'000;
// More than any run lasts: what a line that is far too slow for a packet is taken to need.
constexpr std::int64_t kHundredYears = 100LL * 365 * 24 * 3600 * 1'000'000'000;

constexpr u128 divide_up(u128 a, u128 b) {
  return (a + b - 1) / b;
}

}  // namespace

std::uint64_t burst_loss(const BurstyLoss& bursts, std::uint64_t seed, std::uint64_t entity,
                         Time at) {
  const GilbertElliott law = bursts.law();
  const auto slot = static_cast<std::uint64_t>(at.ns / bursts.slot.ns);
  return law.loss_in(state_at(law, seed, entity, slot));
}

Duration transmission_time(Bytes size, BitRate bandwidth) {
  const u128 bits = static_cast<u128>(size.count) * kBitsPerByte;
  const u128 ns = divide_up(bits * kNanoseconds, static_cast<u128>(bandwidth.bits_per_second));
  return {static_cast<std::int64_t>(std::min(ns, static_cast<u128>(kHundredYears)))};
}

Bytes backlog(const Link& link, const LinkState& state, Time now) {
  if (link.bandwidth.bits_per_second == 0 || state.busy_until <= now) return {};
  const u128 bits_ns = static_cast<u128>((state.busy_until - now).ns) *
                       static_cast<u128>(link.bandwidth.bits_per_second);
  return {static_cast<std::int64_t>(divide_up(bits_ns, kBitsPerByte * kNanoseconds))};
}

std::optional<Time> transmit(const Link& link, LinkState& state, Time arrival, Bytes size) {
  if (link.bandwidth.bits_per_second == 0) return arrival;
  const Bytes waiting = backlog(link, state, arrival);
  if (waiting.count != 0 && waiting + size > link.queue) return {};
  state.busy_until = std::max(arrival, state.busy_until) + transmission_time(size, link.bandwidth);
  return state.busy_until;
}

Time wake(const Link& link, Radio& radio, Time now) {
  if (link.promotion.ns == 0) return now;
  if (!radio.awake_from || now > radio.last_active + link.idle_after)
    radio.awake_from = now + link.promotion;
  const Time ready = std::max(now, *radio.awake_from);
  radio.last_active = std::max(radio.last_active, ready);
  return ready;
}

}  // namespace cleave
