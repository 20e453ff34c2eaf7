// What the replicas of a primary-backup store and its monitor tell one another, and themselves.
#pragma once
#include "models/store/operation.h"
#include "sim/base/bytes.h"
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cleave::models::store::primary_backup {

// An epoch is the reign of one primary. The monitor gives each epoch to one replica at most, so
// that epoch and position name one log entry for ever. Counted from 1; 0 is before the first.
using Epoch = Id<struct EpochTag, std::uint64_t>;
constexpr Epoch kFirstEpoch{1};

struct Entry {
  Epoch epoch;  // in which it was appended
  Request request;
  bool operator==(const Entry&) const = default;
  CLEAVE_DESCRIBE(epoch, request)
};

// ---- monitor and replica: datagrams, with every heartbeat --------------------------------------

// The epoch in force and its primary. Without a primary it asks replicas to leave the epoch before,
// take no more entries of it, and say how far they got.
struct Ping {
  static constexpr std::string_view name = "ping";
  Epoch epoch;
  std::optional<NodeId> primary;
  std::optional<Time> heard;  // when, by the replica's clock, it sent the last Pong that came
  CLEAVE_DESCRIBE(epoch, primary, heard)
};

enum class Standing : std::uint8_t {
  waiting,    // for the epoch's primary to be named
  following,  // another replica
  leading,
  unfit,  // named primary of an epoch that it did not see begin: it has restarted since
};

struct Pong {
  static constexpr std::string_view name = "pong";
  Epoch epoch;
  Standing standing = Standing::waiting;
  Epoch last;              // of the last log entry
  std::uint64_t size = 0;  // of the log
  Time sent;               // by the replica's monotonic clock
  CLEAVE_DESCRIBE(epoch, standing, last, size, sent)
};

// ---- backup and primary: a connection ----------------------------------------------------------

struct EpochEnd {  // entries of this epoch and those before end at position `end`
  Epoch epoch;
  std::uint64_t end = 0;
  bool operator==(const EpochEnd&) const = default;
  CLEAVE_DESCRIBE(epoch, end)
};

// "Send me the log from where ours part." A repeat has the same number.
struct Subscribe {
  static constexpr std::string_view name = "subscribe";
  Epoch epoch;
  std::uint64_t number = 0;    // of the subscription, rising
  std::vector<EpochEnd> ends;  // of the subscriber's log, in order
  CLEAVE_DESCRIBE(epoch, number, ends)
};

// The log from position `from` on, as far as the message goes. The first of a subscription begins
// where the logs part: what the backup has from there on is not in the primary's log. Without
// entries it is a heartbeat.
struct Entries {
  static constexpr std::string_view name = "log entries";
  Epoch epoch;
  std::uint64_t number = 0;  // of the subscription
  std::uint64_t from = 0;
  std::vector<Entry> entries;
  CLEAVE_DESCRIBE(epoch, number, from, entries)
  Bytes wire_size() const {
    Bytes size{32};
    for (const Entry& entry : entries)
      size = size + entry.request.wire_size();
    return size;
  }
};

// The backup has the log up to `size`.
struct Stored {
  static constexpr std::string_view name = "stored";
  std::uint64_t number = 0;  // of the subscription
  std::uint64_t size = 0;
  CLEAVE_DESCRIBE(number, size)
};

// The answer to a message of an epoch that is over. Only with fencing.
struct Superseded {
  static constexpr std::string_view name = "superseded";
  Epoch epoch;                    // the newer one
  std::optional<NodeId> primary;  // of it, if the sender knows
  CLEAVE_DESCRIBE(epoch, primary)
};

// ---- a node to itself ---------------------------------------------------------------------------

struct Heartbeat {  // timer
  static constexpr std::string_view name = "heartbeat";
};
struct FallbackDue {  // timer: has the oldest entry waited too long?
  static constexpr std::string_view name = "fallback due";
};
struct Synced {  // the disk has the log up to `size`
  static constexpr std::string_view name = "log synced";
  std::uint64_t size = 0;
  std::uint64_t truncations = 0;  // of the log when the sync began: size means nothing after one
  CLEAVE_DESCRIBE(size, truncations)
};
struct EpochRecorded {  // the disk has it
  static constexpr std::string_view name = "epoch recorded";
  Epoch epoch;
  CLEAVE_DESCRIBE(epoch)
};

}  // namespace cleave::models::store::primary_backup
