// Hosts under fault: disks, clocks, crash, restart, pause, backup, upgrade; every fault tells what
// it did.
#include "sim/engine/world.h"
#include "tests/support/toy_nodes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

using namespace literals;
using toys::Ask;
using toys::Heard;
using toys::Tick;

struct Synced {
  static constexpr std::string_view name = "synced";
  std::uint64_t value = 0;
  CLEAVE_DESCRIBE(value)
};

// Writes each number it is given, and says when it is durable.
struct Writer {
  static constexpr std::string_view kind = "writer";
  using Receives = std::variant<Start, Tick, Ask, Synced>;
  struct Disk {
    DiskLog<std::uint64_t> log;
    DiskTable<std::uint64_t, std::uint64_t> table;
    CLEAVE_DESCRIBE(log, table)
  } disk;
  struct Memory {
    std::vector<Heard> synced, ticked;
    std::uint64_t refused = 0;
    CLEAVE_DESCRIBE(synced, ticked, refused)
  } memory;
  std::uint64_t torn = 0;  // configuration, so that it survives: how often recovery found a tear
  CLEAVE_DESCRIBE(disk, memory, torn)
  void on(const Start&, NodeId, Context&) {
    if (disk.log.torn()) ++torn;
    disk.log.discard_torn();
  }
  void on(const Ask& m, NodeId, Context& ctx) {
    if (ctx.disk_full()) {
      ++memory.refused;
      return;
    }
    disk.log.append(m.a);
    disk.table.put(m.a % 4, m.a);
    ctx.sync_then(Synced{m.a});
  }
  void on(const Synced& m, NodeId, Context& ctx) {
    memory.synced.push_back({m.value, ctx.now().ns});
  }
  void on(const Tick& m, NodeId, Context& ctx) { memory.ticked.push_back({m.round, ctx.now().ns}); }
};

struct Lab {
  World world{1, toys::two_regions()};
  NodeId id = world.add("disk/0", world.add_host("disk/0", PlaceId{0}), Writer{});

  FaultId fault(Verb verb, Duration at, Fault more = {}) {
    more.name = std::string(to_string(verb));
    more.verb = verb;
    more.at = Time{} + at;
    more.groups = {{{.text = "disk"}}};
    return world.schedule(more);
  }
  void write(std::uint64_t value) {
    world.act(id, [&](Context& ctx) { ctx.start_timer(Duration{0}, Ask{value, 0, 0}); });
  }
  void tick(Duration after, std::uint64_t round = 0) {
    world.act(id, [&](Context& ctx) { ctx.start_timer(after, Tick{round}); });
  }
  void at(Duration when) { world.run_until(Time{} + when); }
  const Writer& writer() const { return world.node<Writer>(id); }
};

constexpr std::int64_t kMs = 1'000'000;

TEST(Hosts, syncs_queue_behind_one_another) {
  Lab lab;
  lab.write(1);
  lab.write(2);
  lab.at(1_s);
  EXPECT_EQ(lab.writer().memory.synced, (std::vector<Heard>{{1, 2 * kMs}, {2, 4 * kMs}}));
}

TEST(Hosts, a_slow_disk_takes_longer_and_recovers) {
  Lab lab;
  Fault slow;
  slow.factor = 10;
  slow.lasts = 1_s;
  const FaultId id = lab.fault(Verb::disk_slow, 0_s, slow);
  lab.at(1_ms);
  lab.write(1);
  lab.at(2_s);
  lab.write(2);
  lab.at(3_s);
  EXPECT_EQ(lab.writer().memory.synced, (std::vector<Heard>{{1, 21 * kMs}, {2, 2'002 * kMs}}));
  EXPECT_EQ(lab.world.effect(id).slowed, 1u);
}

TEST(Hosts, a_full_disk_turns_writes_away) {
  Lab lab;
  Fault full;
  full.lasts = 1_s;
  const FaultId id = lab.fault(Verb::disk_full, 0_s, full);
  lab.at(1_ms);
  lab.write(1);
  lab.at(2_s);
  lab.write(2);
  lab.at(3_s);
  EXPECT_EQ(lab.writer().disk.log.size(), 1u);
  EXPECT_EQ(lab.world.effect(id).refused, 1u);
}

TEST(Hosts, a_crash_keeps_what_was_synced_and_a_prefix_of_the_rest) {
  for (std::uint64_t unsynced = 0; unsynced < 5; ++unsynced) {
    Lab lab;
    lab.write(100);
    lab.at(1_s);
    for (std::uint64_t i = 0; i < unsynced; ++i)
      lab.write(i);
    const FaultId id = lab.fault(Verb::crash, 1_s);
    lab.at(2_s);
    const auto& log = lab.writer().disk.log;
    ASSERT_GE(log.size(), 1u);
    ASSERT_LE(log.size(), 1 + unsynced);
    EXPECT_EQ(log[0], 100u);
    for (std::uint64_t i = 1; i < log.size(); ++i)
      EXPECT_EQ(log[i], i - 1);
    EXPECT_TRUE(lab.writer().memory.synced.empty()) << "memory is lost";
    EXPECT_FALSE(lab.world.is_up(lab.id));
    EXPECT_EQ(lab.world.effect(id).hosts, 1u);
    // Its unsynced writes (to log and table) that were lost, and its syncs that never completed.
    EXPECT_GE(lab.world.effect(id).state_lost, unsynced);
  }
}

TEST(Hosts, lose_unsynced_keeps_none_of_the_rest) {
  Lab lab;
  lab.write(100);
  lab.at(1_s);
  for (std::uint64_t i = 0; i < 4; ++i)
    lab.write(i);
  const FaultId id = lab.fault(Verb::lose_unsynced, 1_s);
  lab.at(2_s);
  EXPECT_EQ(lab.writer().disk.log.size(), 1u);
  EXPECT_EQ(*lab.writer().disk.table.find(0), 100u) << "the table is taken back too";
  EXPECT_EQ(lab.world.effect(id).state_lost, 4u + 4u + 4u);
}

TEST(Hosts, a_torn_write_is_found_by_recovery) {
  Lab lab;
  lab.write(100);
  lab.at(1_s);
  for (std::uint64_t i = 0; i < 4; ++i)
    lab.write(i);
  Fault torn;
  torn.lasts = 1_s;
  lab.fault(Verb::torn_write, 1_s, torn);
  lab.at(5_s);
  EXPECT_EQ(lab.writer().torn, 1u);
  EXPECT_LT(lab.writer().disk.log.size(), 5u);
  EXPECT_EQ(lab.writer().disk.log[0], 100u);
}

TEST(Hosts, timers_die_with_the_host_and_fire_late_after_a_pause) {
  Lab crashed;
  crashed.tick(2_s);
  Fault short_crash;
  short_crash.lasts = 500_ms;
  crashed.fault(Verb::crash, 1_s, short_crash);
  crashed.at(5_s);
  EXPECT_TRUE(crashed.writer().memory.ticked.empty());

  Lab paused;
  paused.tick(2_s, 1);
  paused.tick(6_s, 2);
  Fault pause;
  pause.lasts = 3_s;
  const FaultId id = paused.fault(Verb::pause, 1_s, pause);
  paused.at(10_s);
  EXPECT_EQ(paused.writer().memory.ticked,
            (std::vector<Heard>{{1, 4'000 * kMs}, {2, 6'000 * kMs}}));
  EXPECT_EQ(paused.world.effect(id).hosts, 1u);
}

TEST(Hosts, a_crash_while_paused_forgets_what_was_deferred) {
  Lab lab;
  lab.tick(2_s);
  lab.fault(Verb::pause, 1_s);
  Fault crash;
  crash.lasts = 1_s;
  lab.fault(Verb::crash, 3_s, crash);
  lab.at(10_s);
  EXPECT_TRUE(lab.world.is_up(lab.id));
  EXPECT_TRUE(lab.writer().memory.ticked.empty());
  EXPECT_EQ(lab.world.pending(), 0u);
}

TEST(Hosts, a_backup_brings_old_state_back) {
  Lab lab;
  lab.write(1);
  lab.at(1_s);
  Fault named;
  named.target = "monday";
  lab.fault(Verb::backup, 1_s, named);
  lab.at(2_s);
  lab.write(2);
  lab.at(3_s);
  EXPECT_EQ(lab.writer().disk.log.size(), 2u);
  const FaultId id = lab.fault(Verb::restore_backup, 3_s, named);
  lab.at(4_s);
  EXPECT_EQ(lab.writer().disk.log.size(), 1u);
  EXPECT_TRUE(lab.world.is_up(lab.id));
  EXPECT_EQ(lab.world.effect(id).hosts, 1u);
}

TEST(Hosts, an_upgrade_is_a_clean_stop_and_a_start) {
  Lab lab;
  lab.write(1);
  lab.at(1_ms);  // the sync is still running
  Fault upgrade;
  upgrade.version = 2;
  const FaultId id = lab.fault(Verb::upgrade, 1_ms, upgrade);
  lab.at(1_s);
  EXPECT_EQ(lab.writer().disk.log.size(), 1u) << "nothing is lost";
  EXPECT_EQ(lab.world.effect(id).hosts, 1u);
  const FaultId again = lab.fault(Verb::upgrade, 2_s, upgrade);
  lab.at(3_s);
  EXPECT_EQ(lab.world.effect(again).hosts, 0u) << "to the version it has: inert";
}

// ---- clocks -------------------------------------------------------------------------------------

struct ClockCase {
  const char* what;
  Verb verb;
  Duration duration;
  std::int64_t ppb;
  std::int64_t fired_at_ns;  // true time of a timer of 10 s started at 1 s
  std::int64_t shown_ns;     // by the host's clock then
};

TEST(Hosts, clocks_go_wrong_as_told) {
  const std::vector<ClockCase> cases{
      {"skew", Verb::skew, 5_s, 0, 11'000 * kMs, 16'000 * kMs},
      {"jump back", Verb::clock_jump, Duration{-500'000'000}, 0, 11'000 * kMs, 10'500 * kMs},
      {"fast by a tenth", Verb::drift, {}, 100'000'000, 10'090'909'091, 11'000'000'000},
      {"slow by a tenth", Verb::drift, {}, -100'000'000, 12'111'111'112, 11'000'000'000},
      {"frozen", Verb::clock_freeze, {}, 0, 11'000 * kMs, 1'000 * kMs},
  };
  for (const ClockCase& c : cases) {
    SCOPED_TRACE(c.what);
    Lab lab;
    Fault more;
    more.duration = c.duration;
    more.parts_per_billion = c.ppb;
    const FaultId id = lab.fault(c.verb, 1_s, more);
    lab.at(1_s);
    lab.tick(10_s);
    while (lab.writer().memory.ticked.empty() && lab.world.step()) {
    }
    EXPECT_EQ(lab.world.now().ns, c.fired_at_ns);
    ASSERT_EQ(lab.writer().memory.ticked.size(), 1u);
    EXPECT_NEAR(static_cast<double>(lab.writer().memory.ticked[0].at_ns),
                static_cast<double>(c.shown_ns), 1.0);
    // A drifting clock is also read by the timer.
    EXPECT_EQ(lab.world.effect(id).readings, c.verb == Verb::drift ? 2u : 1u);
  }
}

TEST(Hosts, a_clock_is_right_again_when_the_fault_ends) {
  for (const Verb verb : {Verb::skew, Verb::clock_freeze}) {
    Lab lab;
    Fault more;
    more.duration = 5_s;
    more.lasts = 1_s;
    lab.fault(verb, 1_s, more);
    lab.at(3_s);
    lab.tick(1_s);
    lab.at(5_s);
    EXPECT_EQ(lab.writer().memory.ticked[0].at_ns, 4'000 * kMs);
  }
}

// ---- inert faults -------------------------------------------------------------------------------

// The first is on from 1 to 4 s, the second from 2 to 3 s or to 6 s.
struct Overlap : Lab {
  FaultId first, second;
  Overlap(Verb verb, const Fault& more, Duration end_of_second) {
    Fault one = more;
    one.lasts = 3_s;
    first = fault(verb, 1_s, one);
    Fault two = more;
    two.lasts = end_of_second - 2_s;
    second = fault(verb, 2_s, two);
  }
};

TEST(Hosts, of_faults_that_overlap_each_lasts_until_its_own_end) {
  for (const Duration end : {3_s, 6_s}) {
    SCOPED_TRACE(end.ns);
    const Duration later = std::max(end, 4_s);

    Overlap full(Verb::disk_full, {}, end);
    full.at(later - 500_ms);
    full.write(1);
    full.at(later + 500_ms);
    full.write(2);
    full.at(10_s);
    EXPECT_EQ(full.writer().memory.refused, 1u);
    EXPECT_EQ(full.world.effect(end == 3_s ? full.first : full.second).refused, 1u);

    Fault slowly;
    slowly.factor = 10;
    Overlap slow(Verb::disk_slow, slowly, end);
    slow.at(later - 500_ms);
    slow.write(1);
    slow.at(10_s);
    EXPECT_EQ(slow.writer().memory.synced,
              (std::vector<Heard>{{1, (later - 500_ms).ns + 20 * kMs}}));

    Overlap crash(Verb::crash, {}, end);
    crash.at(later - 1_ms);
    EXPECT_FALSE(crash.world.is_up(crash.id));
    crash.at(later);
    EXPECT_TRUE(crash.world.is_up(crash.id));

    Overlap pause(Verb::pause, {}, end);
    pause.tick(1_ms);
    pause.at(500_ms);
    pause.tick(1_s);
    pause.at(10_s);
    ASSERT_EQ(pause.writer().memory.ticked.size(), 2u);
    EXPECT_EQ(pause.writer().memory.ticked[1].at_ns, later.ns);

    Overlap frozen(Verb::clock_freeze, {}, end);
    frozen.tick(later - 1_ms);
    frozen.at(10_s);
    EXPECT_EQ(frozen.writer().memory.ticked.at(0).at_ns, 1'000 * kMs);
    EXPECT_EQ(frozen.world.effect(end == 3_s ? frozen.first : frozen.second).readings, 1u);

    Fault fast;
    fast.parts_per_billion = 100'000'000;
    Overlap drift(Verb::drift, fast, end);
    drift.at(10_s);
    drift.tick(0_s);
    drift.at(11_s);
    EXPECT_EQ(drift.writer().memory.ticked.at(0).at_ns, (10_s).ns + (later - 1_s).ns / 10);
  }
}

TEST(Hosts, a_restart_is_stronger_than_the_crashes_before_it) {
  Overlap lab(Verb::crash, {}, 6_s);
  lab.fault(Verb::restart, 3_s);
  Fault brief;
  brief.lasts = 500_ms;
  lab.fault(Verb::crash, 3500_ms, brief);
  lab.at(3200_ms);
  EXPECT_TRUE(lab.world.is_up(lab.id));
  lab.at(3700_ms);
  EXPECT_FALSE(lab.world.is_up(lab.id));
  lab.at(4100_ms);
  EXPECT_TRUE(lab.world.is_up(lab.id));
}

TEST(Hosts, a_fault_that_names_nobody_has_no_effect) {
  Lab lab;
  for (const Verb verb : {Verb::crash, Verb::pause, Verb::skew, Verb::disk_full}) {
    const FaultId id = lab.world.schedule(
        {.name = "miss", .verb = verb, .at = Time{} + 1_s, .groups = {{{.text = "nobody"}}}});
    lab.at(2_s);
    EXPECT_EQ(lab.world.effect(id).hosts, 0u);
    lab = Lab();
  }
}

}  // namespace
}  // namespace cleave
