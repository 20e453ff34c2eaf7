// Faults as plain data: what the script says will go wrong, when, and to whom. Selectors are
// resolved when the fault fires; every fault counts what it did, and one that did nothing is a
// mistake in the scenario.
#pragma once
#include "sim/base/bytes.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/network/link.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

enum class Verb : std::uint8_t {
  // who reaches whom (groups as each verb says)
  cut,              // groups: two or more; no group sees another
  cut_one_way,      // groups: from, to
  bridge,           // groups: a, b, middle: a and b see the middle, not each other
  majorities_ring,  // groups: one; each node sees a majority, no two the same one
  isolate,          // groups: one; it and all others do not see each other
  hold,             // groups: two; packets between them wait
  // the quality of links between two groups, both ways
  delay,        // adds `duration`
  jitter,       // adds up to `duration`, uniformly
  loss,         // loses `probability` more
  bursty_loss,  // Gilbert-Elliott: see `bursts`
  duplicate,    // doubles with `probability`
  reorder,      // with `probability` a packet waits `duration`
  bandwidth,    // all that passes between them shares `rate`
  // ends (groups: none)
  heal,     // ends the fault named `target`, or all of the verbs above
  release,  // ends holds: what was held goes on
  // hosts (groups: one)
  crash,
  restart,
  pause,
  resume,
  skew,           // adds `duration` to the wall clock
  drift,          // `parts_per_billion`
  clock_jump,     // adds `duration` at once; same as skew, but a fault that is over when it is done
  clock_freeze,   // the wall clock stands still
  disk_slow,      // syncs take `factor` times as long
  disk_full,      // takes no writes
  lose_unsynced,  // crash, losing every unsynced write
  torn_write,     // crash, leaving the last kept entry unreadable
  backup,         // a copy of the disks, under `target`
  restore_backup,  // crash, put back the copy `target`, start
  upgrade,         // stop, run `version`, start
};
std::string_view to_string(Verb verb);

// Which nodes: resolved when the fault fires.
struct Selector {
  enum class By : std::uint8_t {
    path,  // a node or host by its path name, or all whose names begin with `text` and a slash
    region,
    role,  // nodes of store `of` whose engine gives them the role `text` now
    rest,  // all nodes that no other group of this fault names
  };
  By by = By::path;
  std::string text;
  std::string of;
};

struct Fault {
  std::string name;
  Verb verb = Verb::cut;
  Time at;
  std::optional<Duration> lasts;       // then it ends by itself
  std::optional<Duration> flap_every;  // it begins and ends by turns, each of this length
  std::vector<std::vector<Selector>> groups;
  Duration duration;
  std::int64_t parts_per_billion = 0;
  std::uint64_t probability = 0;  // a 64-bit draw below it means yes
  BurstyLoss bursts;
  BitRate rate;
  std::int64_t factor = 1;
  std::uint32_t version = 0;
  std::string target;
  bool may_be_inert = false;
  std::uint32_t line = 0;  // in the scenario
};

// What one fault did.
struct FaultEffect {
  std::uint64_t begun = 0;       // times it fired
  std::uint64_t hosts = 0;       // hosts it changed: stopped, started, paused, re-clocked, ...
  std::uint64_t dropped = 0;     // packets
  std::uint64_t delayed = 0;     // packets, incl. those held and those a stalled connection kept
  std::uint64_t duplicated = 0;  // packets
  std::uint64_t state_lost = 0;  // unsynced writes and pending timers
  std::uint64_t refused = 0;     // writes that a full disk turned away
  std::uint64_t slowed = 0;      // syncs
  std::uint64_t readings = 0;    // of a clock that it had changed
  std::uint64_t ambiguous = 0;   // selectors that named several where one was meant
  std::uint64_t ended = 0;       // faults that it healed
};

}  // namespace cleave
