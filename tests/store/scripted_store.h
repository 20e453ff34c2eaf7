// A client of replicas that do as they are told, for tests of what it asks them, and when.
#pragma once
#include "models/store/store_client.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cleave::models::store {

using support::Lab;

// What a replica does with a request.
struct Says {
  enum class What : std::uint8_t { ok, nothing, redirect, no_leader, disk_full, superseded };
  What what = What::ok;
  std::uint32_t leader = 0;  // index of a replica, for redirect
  Duration after{};
  CLEAVE_DESCRIBE(what, leader, after)
};
using enum Says::What;

// Answers by its script; past its end as the last line says.
struct Scripted {
  static constexpr std::string_view kind = "scripted replica";
  std::vector<Says> script;
  std::vector<Request> asked;
  std::vector<Time> at;
  std::optional<Timestamp> clock{};  // that answers tell
  CLEAVE_DESCRIBE(script, asked, at, clock)
  struct Later {
    static constexpr std::string_view name = "later";
    Reply reply;
    CLEAVE_DESCRIBE(reply)
  };
  using Receives = std::variant<Request, Later>;

  void on(const Request& request, NodeId /*client*/, Context& ctx) {
    const Says says = script[std::min(asked.size(), script.size() - 1)];
    asked.push_back(request);
    at.push_back(ctx.monotonic());
    if (says.what == nothing) return;
    Reply reply{request.id, {}, {}, clock};
    switch (says.what) {
      case ok:
        reply.result.outcome = Outcome::ok;
        break;
      case redirect:
        reply.result = {Outcome::unavailable, Reason::elsewhere, 0, 0, {}};
        reply.leader = NodeId{says.leader};
        break;
      case no_leader:
        reply.result = {Outcome::unavailable, Reason::no_leader, 0, 0, {}};
        break;
      case disk_full:
        reply.result = {Outcome::refused, Reason::disk_full, 0, 0, {}};
        break;
      default:
        reply.result = {Outcome::unknown, Reason::superseded, 0, 0, {}};
    }
    ctx.start_timer(says.after, Later{reply});
  }
  void on(const Later& later, NodeId /*self*/, Context& ctx) {
    ctx.send(later.reply.id.client, later.reply);
  }
};

struct StoreClientTest : ::testing::Test {
  Lab lab{{"here", "there"}, 10_ms};
  Patience patience;
  std::vector<NodeId> replicas;  // numbered from 0, so that a script can name them
  NodeId alice;
  ClientClock clock = ClientClock::none;

  void build(const std::vector<std::vector<Says>>& scripts, Routing routing = Routing::nearest,
             ReadsAt reads = ReadsAt::leader) {
    std::vector<std::string> regions(scripts.size(), "there");
    lab.add_store("s", regions, [&](World& world, const StorePlan& plan) {
      BuiltStore built{{}, reads, clock};
      for (std::size_t i = 0; i < scripts.size(); ++i) {
        Scripted scripted;
        scripted.script = scripts[i];
        if (clock == ClientClock::seen) scripted.clock = 7000;
        built.replicas.push_back(world.add(plan.replicas[i].path, plan.replicas[i].host, scripted));
      }
      return built;
    });
    replicas = lab.replicas("s");
    alice = lab.add_person("alice", "here", "s", routing, patience);
    lab.run_for(1_ms);
  }
  OperationId write() { return lab.write(alice, "s", "x", "value"); }
  OperationId read() { return lab.read(alice, "s", "x"); }
  const Scripted& replica(std::size_t i) { return lab.world.node<Scripted>(replicas[i]); }
  std::size_t asked(std::size_t i) { return replica(i).asked.size(); }
  std::uint32_t process(OperationId id) { return lab.recorder.invoked.at(id).process; }
  Duration took(OperationId id) {
    return lab.recorder.completed.at(id).at - lab.recorder.invoked.at(id).at;
  }
};

}  // namespace cleave::models::store
