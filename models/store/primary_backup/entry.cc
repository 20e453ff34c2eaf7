// What primary-backup says of itself.
#include "models/catalogue.h"
#include "models/store/primary_backup/install.h"
#include "models/store/primary_backup/options.h"
#include "models/store/primary_backup/probes.h"
#include "sim/base/assert.h"

#include <utility>

namespace cleave::models::store::primary_backup {

namespace {

constexpr std::array<Kept, kObjectTypes> all(Kept kept) {
  std::array<Kept, kObjectTypes> each{};
  each.fill(kept);
  return each;
}

std::vector<Promise> promises() {
  return {
      {.options = {{"acknowledge", "async"}, {"fencing", "off"}},
       .kept = all(Kept::no),
       .about = "A promotion loses what the new primary had not received. Until the monitor "
                "reaches the old one both acknowledge updates, and what only the old one has is "
                "lost or put aside at resync."},
      {.options = {{"acknowledge", "async"}, {"fencing", "epoch"}},
       .kept = all(Kept::within_bounds),
       .about = "A promotion loses what the new primary had not received, and what the old one "
                "acknowledged before its lease ran out."},
      {.options = {{"acknowledge", "semi-sync"}, {"fallback", "on"}, {"fencing", "off"}},
       .kept = all(Kept::within_bounds),
       .about = "Nothing acknowledged is lost until updates have waited for fallback_after; from "
                "then on the primary acknowledges as async does."},
      {.options = {{"acknowledge", "semi-sync"}, {"fallback", "off"}, {"fencing", "epoch"}},
       .kept = all(Kept::always),
       .blocks = true,
       .about = "Nothing acknowledged is lost as long as a backup that has it is in reach of the "
                "monitor at a promotion. A primary that reaches fewer than acks backups does not "
                "acknowledge."},
      {.options = {{"acknowledge", "async"}, {"reads", "any"}},
       .kept = all(Kept::no),
       .stale_reads = true,
       .about =
           "As the first; and a backup's answer lacks what it has not received, for as long as "
           "a cut lasts."},
  };
}

void check(const Section& options, const Setting& setting, Diagnostics& diagnostics) {
  read_options(options, setting.regions, setting.replica_regions, diagnostics);
}

BuiltStore build(World& world, const StorePlan& plan) {
  const Setting setting = setting_of(world, plan);
  Diagnostics diagnostics;
  const Choice choice =
      read_options(plan.options, setting.regions, setting.replica_regions, diagnostics);
  CLEAVE_CHECK(diagnostics.empty(), "a store is built from options that have been checked");
  return install(world, plan, choice);
}

}  // namespace

Entry entry() {
  constexpr std::string_view kName = "primary-backup";
  constexpr std::string_view kAbout =
      "One primary orders all updates and ships its log to backups; a monitor promotes one of them "
      "when the primary falls silent.";
  Engine engine{kName, kAbout, schema(), promises(), check, build};
  engine.probes.assign(probes::kAll.begin(), probes::kAll.end());
  return {kName, kAbout, std::move(engine)};
}

}  // namespace cleave::models::store::primary_backup
