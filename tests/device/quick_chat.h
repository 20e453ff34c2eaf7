// Two people with two devices each, three replicas of each store, and times so short that all is
// mended within seconds: for tests that let everything go wrong.
#pragma once
#include "models/store/primary_backup/install.h"
#include "tests/store/chaos.h"
#include "tests/support/chat.h"

#include <cstdint>
#include <set>
#include <string>

namespace cleave {

using models::messaging::Bug;
using support::Chat;
using support::Texts;

struct QuickPlot {
  std::uint8_t ordering = 0;  // number
  bool raft = true;           // or primary-backup, semi-sync and fenced
  std::set<Bug> bugs{};
  std::uint64_t seed = 1;
};

inline Chat quick_chat(const QuickPlot& plot) {
  Chat chat({"east", "west", "north"}, 10_ms, plot.seed);
  chat.options.ordering = plot.ordering;
  chat.options.ping_after = 900_ms;
  chat.options.ping_before = 1100_ms;
  chat.options.reply_within = 400_ms;
  chat.options.dead_after = 2_s;
  chat.options.reconnect_step = 100_ms;
  chat.options.answer_within = 1500_ms;
  chat.options.retry_step = 100_ms;
  chat.options.batch = 2;
  chat.options.bugs = plot.bugs;
  chat.patience = {.deadline = 1_s, .answer_within = 200_ms, .backoff = 20_ms};
  chat.add_stores([&plot](World& world, const models::store::StorePlan& plan) {
    if (plot.raft) {
      models::store::raft::Options options;
      options.heartbeat_every = 50_ms;
      options.election_timeout = 200_ms;
      options.longest_election_timeout = 400_ms;
      options.quorum_within = 200_ms;
      options.reconnect_after = 200_ms;
      return models::store::raft::install(world, plan, {options, {}});
    }
    models::store::primary_backup::Options options;
    options.acknowledge = models::store::primary_backup::Acknowledge::semi_sync;
    options.acks = 2;  // all of them: whoever is promoted has everything
    options.fallback_after.reset();
    options.fencing = models::store::primary_backup::Fencing::epoch;
    options.heartbeat_every = 40_ms;
    options.promote_after = 250_ms;
    options.lease = 120_ms;
    options.reconnect_after = 160_ms;
    return models::store::primary_backup::install(world, plan, {options, "north"});
  });
  chat.add_person("ana", "east", {"phone", "laptop"});
  chat.add_person("bo", "west", {"phone", "laptop"});
  chat.habits("ana/phone").reads_after = 100_ms;
  chat.habits("bo/phone").reads_after = 100_ms;
  return chat;
}

}  // namespace cleave
