// Consistency levels: how many replicas of a key must have answered before its client is answered.
// What they add up to depends on where the replicas are, and on the coordinator's own region; it is
// arithmetic, and no level waits for anything else.
#pragma once
#include "models/store/cassandra/ring.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cleave::models::store::cassandra {

enum class Level : std::uint8_t {
  one,
  two,
  three,
  quorum,        // more than half of all replicas, wherever they are
  local_quorum,  // more than half of those in the coordinator's region
  each_quorum,   // more than half of those of each region
  all,
  serial,        // Paxos, with a quorum of all replicas
  local_serial,  // Paxos, with a quorum of those in the coordinator's region
};

inline constexpr std::array<std::pair<std::string_view, Level>, 9> kLevels{{
    {"one", Level::one},
    {"two", Level::two},
    {"three", Level::three},
    {"quorum", Level::quorum},
    {"local-quorum", Level::local_quorum},
    {"each-quorum", Level::each_quorum},
    {"all", Level::all},
    {"serial", Level::serial},
    {"local-serial", Level::local_serial},
}};
std::string_view to_string(Level level);

constexpr bool is_serial(Level level) {
  return level == Level::serial || level == Level::local_serial;
}
// Asks nothing of replicas of other regions.
constexpr bool is_local(Level level) {
  return level == Level::local_quorum || level == Level::local_serial;
}
constexpr std::uint32_t quorum_of(std::uint32_t replicas) {
  return replicas / 2 + 1;
}

// How many answers are waited for; of each-quorum in all regions together. At most as many as there
// are replicas, but for `two` and `three`, which a smaller key can never reach.
std::uint32_t needed(Level level, const ReplicaSet& replicas, Region home);
// Whether these replicas are enough.
bool enough(Level level, const ReplicaSet& replicas, ReplicaMask answered, Region home);

}  // namespace cleave::models::store::cassandra
