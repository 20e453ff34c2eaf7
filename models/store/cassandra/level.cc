#include "models/store/cassandra/level.h"

#include <algorithm>
#include <bit>

namespace cleave::models::store::cassandra {

namespace {

std::uint32_t count(ReplicaMask mask) {
  return static_cast<std::uint32_t>(std::popcount(mask));
}

}  // namespace

std::string_view to_string(Level level) {
  return kLevels.at(static_cast<std::size_t>(level)).first;
}

std::uint32_t needed(Level level, const ReplicaSet& replicas, Region home) {
  switch (level) {
    case Level::one:
      return 1;
    case Level::two:
      return 2;
    case Level::three:
      return 3;
    case Level::quorum:
    case Level::serial:
      return quorum_of(static_cast<std::uint32_t>(replicas.nodes.size()));
    case Level::local_quorum:
    case Level::local_serial:
      return quorum_of(count(replicas.in(home)));
    case Level::each_quorum: {
      std::uint32_t sum = 0;
      for (const ReplicaMask region : replicas.regions)
        if (region != 0) sum += quorum_of(count(region));
      return sum;
    }
    case Level::all:
      return static_cast<std::uint32_t>(replicas.nodes.size());
  }
  return 0;
}

bool enough(Level level, const ReplicaSet& replicas, ReplicaMask answered, Region home) {
  if (level == Level::each_quorum)
    return std::all_of(replicas.regions.begin(), replicas.regions.end(), [&](ReplicaMask region) {
      return region == 0 || count(region & answered) >= quorum_of(count(region));
    });
  const ReplicaMask counted = is_local(level) ? answered & replicas.in(home) : answered;
  return count(counted) >= needed(level, replicas, home);
}

}  // namespace cleave::models::store::cassandra
