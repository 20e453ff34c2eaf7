// The token ring: which replicas hold which keys (consistent hashing with virtual nodes; DeCandia
// et al. 2007, section 4.2, strategy 3 of 6.2 is what later releases approach). Every node has
// `num_tokens` places on the ring; the replicas of a key are, in each region, the first distinct
// nodes clockwise from its token, as many as the region's replication factor says
// (NetworkTopologyStrategy; each replica is a rack of its own).
#pragma once
#include "models/store/operation.h"
#include "sim/base/cow.h"
#include "sim/base/diff.h"
#include "sim/base/digest.h"
#include "sim/base/id.h"
#include "sim/base/value_text.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cleave::models::store::cassandra {

// A place on the ring, and of a key its partition: keys go by their tokens. Objects of different
// types are rows of different tables, and do not meet.
using Token = Id<struct TokenTag, std::uint64_t>;
Token token_of(Key key, ObjectType type);

using Region = std::uint8_t;                      // number of a region that has replicas
using ReplicaMask = std::uint64_t;                // bit n: replica n of a key
inline constexpr std::size_t kMostReplicas = 64;  // of a store

// The replicas of a key, in the order of the ring.
struct ReplicaSet {
  std::vector<NodeId> nodes;
  std::vector<Region> region;        // of each
  std::vector<ReplicaMask> regions;  // by region: its replicas

  ReplicaMask in(Region home) const { return home < regions.size() ? regions[home] : 0; }
  ReplicaMask all() const {
    return nodes.size() == kMostReplicas ? ~ReplicaMask{0} : (ReplicaMask{1} << nodes.size()) - 1;
  }
  // Requires: the node is one of them.
  std::size_t index(NodeId node) const;
  ReplicaMask bit(NodeId node) const;  // 0: it is none of them
};

// Tokens after `after` up to and with `last`, around the end of the ring.
struct TokenRange {
  Token after;
  Token last;
  bool operator==(const TokenRange&) const = default;
  CLEAVE_DESCRIBE(after, last)
};

// Configuration that all replicas of a store share.
class Ring {
 public:
  struct Member {
    NodeId node;
    std::string name;  // its tokens are drawn by it
    Region region = 0;
  };
  struct Plan {
    std::vector<Member> members;          // nodes in ascending order, without a gap
    std::vector<std::uint32_t> replicas;  // replication factor by region
    std::uint32_t num_tokens = 16;
  };

  Ring() = default;
  explicit Ring(const Plan& plan);

  // Valid as long as any copy of the ring.
  const ReplicaSet& replicas_of(Token token) const { return held()[range_of(token)]; }
  // Of a range, by its number.
  const ReplicaSet& replicas_of_range(std::size_t range) const { return held()[range]; }
  std::size_t range_of(Token token) const;
  std::size_t ranges() const { return data_->tokens.size(); }
  TokenRange range(std::size_t number) const;
  // Whose range it is: the first of its replicas on the ring, in whatever region.
  NodeId primary(std::size_t range) const;

  const std::vector<NodeId>& members() const { return data_->members; }
  std::size_t member(NodeId node) const;  // number of a member
  Region region(NodeId node) const { return data_->regions[member(node)]; }
  bool has(NodeId node) const;
  std::uint64_t digest() const { return data_->digest; }

 private:
  struct Place {
    Token token;
    std::uint32_t member = 0;
  };
  struct Data {
    std::vector<NodeId> members;
    std::vector<Region> regions;   // of each member
    std::vector<Place> tokens;     // ascending; a range ends with each
    std::vector<ReplicaSet> sets;  // of the range that ends with each
    std::uint64_t digest = 0;
  };
  const std::vector<ReplicaSet>& held() const { return data_->sets; }
  static ReplicaSet walk(const Data& data, const Plan& plan, std::size_t from);

  Cow<Data> data_;
};

inline void digest(Digest& d, const Ring& ring) {
  d.add(ring.digest());
}
inline void compare(Differ& d, const Ring& left, const Ring& right) {
  compare(d, left.digest(), right.digest());
}
inline void write_value(ValueText& out, const Ring& ring) {
  out.add("a ring of " + std::to_string(ring.ranges()) + " tokens");
}

}  // namespace cleave::models::store::cassandra
