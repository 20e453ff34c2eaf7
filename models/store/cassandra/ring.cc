#include "models/store/cassandra/ring.h"

#include "sim/base/assert.h"
#include "sim/base/name.h"
#include "sim/base/random.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

Token token_of(Key key, ObjectType type) {
  return {mix(key.value, 0x746f6b656eull + static_cast<std::uint64_t>(type))};
}

std::size_t ReplicaSet::index(NodeId node) const {
  const auto found = std::find(nodes.begin(), nodes.end(), node);
  CLEAVE_ASSERT(found != nodes.end(), "who answers for a key is one of its replicas");
  return static_cast<std::size_t>(found - nodes.begin());
}

ReplicaMask ReplicaSet::bit(NodeId node) const {
  const auto found = std::find(nodes.begin(), nodes.end(), node);
  return found == nodes.end() ? 0 : ReplicaMask{1} << (found - nodes.begin());
}

Ring::Ring(const Plan& plan) {
  CLEAVE_CHECK(!plan.members.empty() && plan.members.size() <= kMostReplicas,
               "a ring has 1 to 64 members");
  Data& data = data_.write();
  for (const Member& member : plan.members) {
    const auto number = static_cast<std::uint32_t>(data.members.size());
    data.members.push_back(member.node);
    data.regions.push_back(member.region);
    for (std::uint32_t i = 0; i < plan.num_tokens; ++i)
      data.tokens.push_back({{mix(name_hash(member.name), i)}, number});
  }
  std::stable_sort(data.tokens.begin(), data.tokens.end(),
                   [](const Place& a, const Place& b) { return a.token < b.token; });
  Digest digest;
  for (std::size_t i = 0; i < data.tokens.size(); ++i) {
    data.sets.push_back(walk(data, plan, i));
    digest.add(data.tokens[i].token.value);
    for (const NodeId node : data.sets.back().nodes)
      digest.add(node.value);
  }
  data.digest = digest.value;
}

// Clockwise from a token, its own node first.
ReplicaSet Ring::walk(const Data& data, const Plan& plan, std::size_t from) {
  ReplicaSet set;
  set.regions.assign(plan.replicas.size(), 0);
  std::vector<std::uint32_t> missing = plan.replicas;
  for (std::size_t step = 0; step < data.tokens.size(); ++step) {
    const std::uint32_t member = data.tokens[(from + step) % data.tokens.size()].member;
    const NodeId node = data.members[member];
    const Region region = data.regions[member];
    if (missing[region] == 0) continue;
    if (std::find(set.nodes.begin(), set.nodes.end(), node) != set.nodes.end()) continue;
    --missing[region];
    set.regions[region] |= ReplicaMask{1} << set.nodes.size();
    set.nodes.push_back(node);
    set.region.push_back(region);
  }
  return set;
}

std::size_t Ring::range_of(Token token) const {
  const auto& tokens = data_->tokens;
  const auto place =
      std::lower_bound(tokens.begin(), tokens.end(), token,
                       [](const Place& each, Token wanted) { return each.token < wanted; });
  return place == tokens.end() ? 0 : static_cast<std::size_t>(place - tokens.begin());
}

TokenRange Ring::range(std::size_t number) const {
  const auto& tokens = data_->tokens;
  return {tokens[(number + tokens.size() - 1) % tokens.size()].token, tokens[number].token};
}

NodeId Ring::primary(std::size_t range) const {
  return data_->sets[range].nodes.front();
}

std::size_t Ring::member(NodeId node) const {
  CLEAVE_ASSERT(has(node), "replicas of a store talk to its members");
  return node.value - data_->members.front().value;
}

bool Ring::has(NodeId node) const {
  return node >= data_->members.front() && node <= data_->members.back();
}

}  // namespace cleave::models::store::cassandra
