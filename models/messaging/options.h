// What a scenario may choose of the messaging service. Defaults are those of clients of WhatsApp,
// as far as they are known; meanings, ranges and sources are in the schema (schema.cc).
#pragma once
#include "models/messaging/bugs.h"
#include "sim/base/describe.h"
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <set>

namespace cleave::models::messaging {

struct Options {
  StoreId queues, receipts;
  std::uint8_t ordering = 0;  // number of the policy

  // A device and its connection.
  Duration ping_after{20'000'000'000};    // a pause is drawn from this
  Duration ping_before{30'000'000'000};   // up to this
  Duration reply_within{10'000'000'000};  // to a ping, or to a wish to connect
  Duration dead_after{180'000'000'000};   // nothing was heard for so long
  Duration reconnect_step{2'000'000'000};
  // What it asks for.
  Duration answer_within{20'000'000'000};
  Duration retry_step{2'000'000'000};
  std::optional<Duration> give_up_after{};
  std::uint32_t batch = 200;
  std::uint32_t receipts_at_once = 256;
  std::set<Bug> bugs;
  CLEAVE_DESCRIBE(queues, receipts, ordering, ping_after, ping_before, reply_within, dead_after,
                  reconnect_step, answer_within, retry_step, give_up_after, batch, receipts_at_once,
                  bugs)

  bool has(Bug bug) const { return bugs.contains(bug); }
};

}  // namespace cleave::models::messaging
