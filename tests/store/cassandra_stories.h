// A Cassandra store for tests to tell stories with.
#pragma once
#include "models/store/cassandra/install.h"
#include "models/store/cassandra/replica.h"
#include "tests/store/account_story.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store::cassandra {

using Names = std::vector<std::string>;

inline support::Build with(const Choice& choice) {
  return [=](World& world, const StorePlan& plan) { return install(world, plan, choice); };
}

// Regions 20 ms apart, with a replica each unless it is said otherwise. Alice is in the east, Bob
// in the west; whom they ask is a replica of their own region.
struct Cassandra : AccountStory {
  Options options;
  std::vector<std::pair<std::string, std::uint32_t>> replication;
  NodeId alice, bob;

  Cassandra() : AccountStory(support::Lab(regions(), 20_ms)) {
    options.gossip_every = 200_ms;
    options.hints_flush_period = 500_ms;
    options.commitlog_sync = CommitLogSync::batch;
  }

  static Names regions() { return {"east", "west", "north"}; }
  static std::string path(const std::string& region, int number = 0) {
    return "accounts/" + region + "/" + std::to_string(number);
  }
  void build(const Names& replicas = regions(), std::uint64_t seed = 1) {
    lab = support::Lab(regions(), 20_ms, seed);
    lab.add_store("accounts", replicas, with({options, 16, replication}));
    alice = pinned("Alice", "east");
    bob = pinned("Bob", "west");
    lab.run_for(5_s);
  }
  // Asks one replica, and only once.
  NodeId pinned(const std::string& name, const std::string& region) {
    const Patience patience{.deadline = 8_s, .answer_within = 8_s, .retries = 0};
    return lab.add_person(name, region, "accounts", Routing::pinned, patience);
  }
  const Replica& replica(const std::string& region, int number = 0) const {
    return lab.world.node<Replica>(lab.node(path(region, number)));
  }
  bool sees_up(const std::string& region, const std::string& other) const {
    const Replica& at = replica(region);
    return at.memory.peers[at.ring.member(lab.node(path(other)))].alive;
  }
  Duration took(OperationId id) const {
    return lab.recorder.completed.at(id).at - lab.recorder.invoked.at(id).at;
  }
  std::string value(OperationId read) const {
    const Result& result = lab.answer(read);
    return result.values.empty() ? "" : std::string(result.values.front().bytes());
  }
  OperationId say(NodeId who, const std::string& text) {
    return lab.write(who, "accounts", "name", text);
  }
  OperationId look(NodeId who, Consistency consistency = Consistency::configured) {
    return lab.read(who, "accounts", "name", consistency);
  }
  OperationId act(NodeId who, ObjectType type, Action action, std::string_view value = {},
                  std::int64_t number = 0) {
    Request request = lab.request("accounts", type, action, "thing", value);
    request.number = number;
    return lab.ask(who, std::move(request));
  }
  void cut_off(const std::string& region) { lab.cut({{region}, others(region)}); }
  static Names others(const std::string& region) {
    Names all = regions();
    std::erase(all, region);
    return all;
  }
};

}  // namespace cleave::models::store::cassandra
