#include "models/store/cassandra/failure_detector.h"

#include "sim/base/random.h"

namespace cleave::models::store::cassandra {

namespace {

constexpr std::uint64_t kLn10InBillionths = 2'302'585'093;

}  // namespace

void Arrivals::begin(Time now, Duration gossip_every) {
  *this = {};
  add(gossip_every.ns * 2);
  last = now;
}

void Arrivals::note(Time now, Duration longest) {
  if (now - last <= longest) add((now - last).ns);
  last = now;
}

void Arrivals::add(std::int64_t interval_ns) {
  sum_ns += interval_ns;
  if (intervals_ns.size() < kWindow) return intervals_ns.push_back(interval_ns);
  sum_ns -= intervals_ns[next];
  intervals_ns[next] = interval_ns;
  next = (next + 1) % kWindow;
}

bool Arrivals::convicts(Time now, std::uint64_t threshold) const {
  if (intervals_ns.empty() || now <= last) return false;
  const u128 silence = u128(static_cast<std::uint64_t>((now - last).ns)) * intervals_ns.size();
  const u128 mean = u128(static_cast<std::uint64_t>(sum_ns));  // times as many intervals
  return silence * 1'000'000'000 > mean * threshold * kLn10InBillionths;
}

}  // namespace cleave::models::store::cassandra
