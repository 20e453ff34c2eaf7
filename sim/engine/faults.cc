// Faults begin and end as events of the World itself.
#include "sim/engine/world.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace cleave {

std::string_view to_string(Verb verb) {
  constexpr std::array<std::string_view, 30> kNames{
      "cut",       "cut_one_way",   "bridge",     "majorities_ring", "isolate",        "hold",
      "delay",     "jitter",        "loss",       "bursty_loss",     "duplicate",      "reorder",
      "bandwidth", "heal",          "release",    "crash",           "restart",        "pause",
      "resume",    "skew",          "drift",      "clock_jump",      "clock_freeze",   "disk_slow",
      "disk_full", "lose_unsynced", "torn_write", "backup",          "restore_backup", "upgrade"};
  return kNames.at(static_cast<std::size_t>(verb));
}

namespace {

bool cuts(Verb verb) {
  return verb <= Verb::isolate;
}
bool degrades(Verb verb) {
  return verb >= Verb::delay && verb <= Verb::bandwidth;
}
bool is_rule(Verb verb) {
  return verb <= Verb::bandwidth;
}

}  // namespace

FaultId World::schedule(Fault fault) {
  const FaultId id{static_cast<std::uint32_t>(faults_->size())};
  CLEAVE_CHECK(fault.at >= now_, "a fault is not scheduled in the past");
  schedule_turn(id, Turn::begin, fault.at);
  if (fault.lasts) schedule_turn(id, Turn::end, fault.at + *fault.lasts);
  faults_.write().push_back({std::move(fault), false});
  effects_.write().emplace_back();
  fault_links_.emplace_back();
  return id;
}

void World::schedule_turn(FaultId id, Turn turn, Time at) {
  Slot slot;
  slot.sent_ns = now_.ns;
  slot.cause = static_cast<std::uint32_t>(events_);
  slot.set_kind(SlotKind::control);
  slot.payload = {id.value, static_cast<std::uint64_t>(turn), 0};
  enqueue(slot, at);
}

void World::turn_fault(const Slot& slot) {
  const FaultId id{static_cast<std::uint32_t>(slot.payload[0])};
  const Turn turn = static_cast<Turn>(slot.payload[1]);
  const Fault fault = (*faults_)[id.value].fault;
  const Time over = fault.lasts ? fault.at + *fault.lasts : kForever;
  if (turn == Turn::end) return end_fault(id);
  if (now_ >= over) return;
  if (turn == Turn::toggle && fault_active(id))
    end_fault(id);
  else
    begin_fault(id, fault);
  if (fault.flap_every && now_ + *fault.flap_every < over)
    schedule_turn(id, Turn::toggle, now_ + *fault.flap_every);
}

void World::mark_fault(FaultId id, FaultMark::Phase phase) {
  const Record r{now_.ns,
                 0,
                 0,
                 (static_cast<TypeId>(name_hash(fault(id).name)) & kNameMask) |
                     static_cast<TypeId>(RecordKind::fault) << kKindShift,
                 static_cast<std::uint32_t>(events_),
                 {id.value, static_cast<std::uint64_t>(phase), 0}};
  note(r);
  if (borrowed_.observer) borrowed_.observer->on(FaultMark{now_, event(), id, phase});
}

void World::begin_fault(FaultId id, const Fault& fault) {
  ++effects_.write()[id.value].begun;
  faults_.write()[id.value].active = true;
  mark_fault(id, FaultMark::Phase::begin);
  if (is_rule(fault.verb))
    install_rule(id, fault);
  else if (fault.verb == Verb::heal || fault.verb == Verb::release)
    end_faults(id, fault);
  else
    for (const HostId host : hosts_of(id, fault))
      act_on_host(id, fault, host);
}

void World::end_fault(FaultId id) {
  if (!fault_active(id)) return;
  faults_.write()[id.value].active = false;
  mark_fault(id, FaultMark::Phase::end);
  const Fault& ending = fault(id);
  if (is_rule(ending.verb)) {
    reach_.write().remove(id);
    assign_zones();
    if (ending.verb == Verb::hold) release_held();
  } else {
    for (std::uint32_t i = 0; i < hosts_->size(); ++i)
      undo_on_host(id, ending, {i});
  }
}

void World::end_faults(FaultId healer, const Fault& heal) {
  for (std::uint32_t i = 0; i < faults_->size(); ++i) {
    const Fault& other = (*faults_)[i].fault;
    const bool meant = heal.target.empty() ? (heal.verb == Verb::release ? other.verb == Verb::hold
                                                                         : is_rule(other.verb))
                                           : other.name == heal.target;
    if (!meant || i == healer.value || !fault_active({i})) continue;
    end_fault({i});
    ++effects_.write()[healer.value].ended;
  }
}

// ---- who ----------------------------------------------------------------------------------------

namespace {

bool names(std::string_view selector, std::string_view path) {
  return path.starts_with(selector) &&
         (path.size() == selector.size() || path[selector.size()] == '/');
}

}  // namespace

// Marks the nodes that a selector names.
void World::mark(const Selector& selector, std::vector<bool>& chosen) const {
  switch (selector.by) {
    case Selector::By::path:
      for (std::uint32_t i = 0; i < nodes_.size(); ++i)
        if (names(selector.text, name({i}))) chosen[i] = true;
      return;
    case Selector::By::region: {
      const auto region = topology_->find(selector.text);
      if (!region) return;
      for (std::uint32_t i = 0; i < nodes_.size(); ++i)
        if (topology_->place(nodes_[i].place).region == *region) chosen[i] = true;
      return;
    }
    case Selector::By::role:
      if (const auto store = find_store(selector.of))
        for (const NodeId replica : ledger_->replicas(*store))
          if (role(replica) == selector.text) chosen[replica.value] = true;
      return;
    case Selector::By::rest:
      return;
  }
}

std::vector<NodeId> World::select(const std::vector<Selector>& group) const {
  std::vector<bool> chosen(nodes_.size());
  for (const Selector& selector : group)
    mark(selector, chosen);
  std::vector<NodeId> nodes;
  for (std::uint32_t i = 0; i < chosen.size(); ++i)
    if (chosen[i]) nodes.push_back({i});
  return nodes;
}

// The groups of a fault as node lists; `rest` is what no other group names.
std::vector<std::vector<NodeId>> World::resolve(FaultId id, const Fault& fault) {
  std::vector<std::vector<NodeId>> groups;
  std::vector<bool> named(nodes_.size());
  for (const auto& group : fault.groups) {
    groups.push_back(select(group));
    for (const NodeId node : groups.back())
      named[node.value] = true;
    for (const Selector& s : group)
      if (s.by == Selector::By::role && select({s}).size() > 1)
        ++effects_.write()[id.value].ambiguous;
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto& group = fault.groups[g];
    if (std::none_of(group.begin(), group.end(),
                     [](const Selector& s) { return s.by == Selector::By::rest; }))
      continue;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i)
      if (!named[i]) groups[g].push_back({i});
  }
  return groups;
}

std::vector<HostId> World::hosts_of(FaultId id, const Fault& fault) {
  std::set<HostId> hosts;
  for (const auto& group : resolve(id, fault))
    for (const NodeId node : group)
      hosts.insert(host_of(node));
  return {hosts.begin(), hosts.end()};
}

// ---- rules --------------------------------------------------------------------------------------

void World::install_rule(FaultId id, const Fault& fault) {
  const auto groups = resolve(id, fault);
  const bool mute =
      std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.empty(); });
  if (groups.empty() || mute) return;  // it names nobody now: inert, and reported so
  Rule rule;
  rule.fault = id;
  rule.kind = cuts(fault.verb) ? RuleKind::cut : RuleKind::hold;
  switch (fault.verb) {
    case Verb::cut:
      rule.division = split(groups);
      break;
    case Verb::cut_one_way:
      rule.division = one_way(groups[0], groups[1]);
      break;
    case Verb::bridge:
      rule.division = bridge(groups[0], groups[1], groups[2]);
      break;
    case Verb::majorities_ring:
      if (groups[0].size() < 3) return;
      rule.division = majorities_ring(groups[0]);
      break;
    case Verb::isolate:
      rule.division = isolate(groups[0], all_nodes());
      break;
    default:
      rule.division = between(groups[0], groups[1]);
      break;
  }
  if (degrades(fault.verb)) {
    rule.kind = RuleKind::degrade;
    rule.link = link_of(fault);
    rule.entity = name_hash(fault.name);
    fault_links_[id.value] = {};
  }
  reach_.write().resize(nodes_.size());
  reach_.write().install(std::move(rule));
  assign_zones();
}

Link World::link_of(const Fault& fault) {
  Link link;
  switch (fault.verb) {
    case Verb::delay:
      link.latency = fault.duration;
      break;
    case Verb::jitter: {
      const std::array<std::uint64_t, 2> uniform{0, static_cast<std::uint64_t>(fault.duration.ns)};
      link.jitter = topology_.write().add_jitter(uniform);
      break;
    }
    case Verb::loss:
      link.lost_below = fault.probability;
      break;
    case Verb::bursty_loss:
      link.bursts = fault.bursts;
      break;
    case Verb::duplicate:
      link.duplicated_below = fault.probability;
      break;
    case Verb::reorder:
      link.reordered_below = fault.probability;
      link.reorder_by = fault.duration;
      break;
    case Verb::bandwidth:
      link.bandwidth = fault.rate;
      break;
    default:
      CLEAVE_CHECK(false, "a fault that degrades has a link");
  }
  return link;
}

std::vector<NodeId> World::all_nodes() const {
  std::vector<NodeId> all;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i)
    all.push_back({i});
  return all;
}

void World::assign_zones() {
  for (std::uint32_t i = 0; i < nodes_.size(); ++i)
    nodes_[i].zone = reach_->zone({i});
}

// What no rule holds any more arrives now, in the order in which it was caught.
void World::release_held() {
  for (const Slot& slot : held_.take()) {
    const auto [from, to] = slot.kind() == SlotKind::connection
                                ? stream_ends(slot)
                                : std::pair{NodeId{slot.from}, NodeId{slot.to}};
    if (!reach_->passes(from, to) && reach_->holds(from, to))
      held_.add(slot);
    else
      enqueue(slot, now_);
  }
}

// ---- hosts --------------------------------------------------------------------------------------

void World::act_on_host(FaultId id, const Fault& fault, HostId host_id) {
  FaultEffect& effect = effects_.write()[id.value];
  Host& host = hosts_.write()[host_id.value];
  const bool was_up = host.up;
  hosts_touched_.write().insert({id, host_id});
  switch (fault.verb) {
    case Verb::crash:
    case Verb::lose_unsynced:
    case Verb::torn_write: {
      const CrashDisk how = fault.verb == Verb::crash           ? CrashDisk::keep_prefix
                            : fault.verb == Verb::lose_unsynced ? CrashDisk::lose_unsynced
                                                                : CrashDisk::tear_last;
      effect.state_lost += stop_host(host_id, how);
      effect.hosts += was_up ? 1 : 0;
      return;
    }
    case Verb::restart:
      start_host(host_id);
      effect.hosts += was_up ? 0 : 1;
      return;
    case Verb::pause:
      effect.hosts += was_up && !host.paused ? 1 : 0;
      if (was_up) pause_host(host_id);
      return;
    case Verb::resume:
      effect.hosts += host.paused ? 1 : 0;
      if (host.paused) resume_host(host_id);
      return;
    case Verb::backup:
      back_up(host_id, fault.target);
      ++effect.hosts;
      return;
    case Verb::restore_backup:
      if (!backups_->contains(fault.target) ||
          !backups_->at(fault.target).contains(host.nodes.front()))
        return;
      effect.state_lost += restore_backup(host_id, fault.target);
      ++effect.hosts;
      return;
    case Verb::upgrade:
      return upgrade_host(id, host_id, fault.version);
    default:
      return change_clock_or_disk(id, fault, host);
  }
}

void World::upgrade_host(FaultId id, HostId host_id, std::uint32_t version) {
  FaultEffect& effect = effects_.write()[id.value];
  Host& host = hosts_.write()[host_id.value];
  if (host.version == version) return;
  const bool was_up = host.up;
  host.version = version;
  if (was_up) stop_host(host_id, CrashDisk::keep_all);
  if (was_up) start_host(host_id);
  ++effect.hosts;
}

void World::change_clock_or_disk(FaultId id, const Fault& fault, Host& host) {
  switch (fault.verb) {
    case Verb::skew:
    case Verb::clock_jump:
      host.clock.offset += fault.duration;
      break;
    case Verb::drift:
      host.clock.set_drift(now_, fault.parts_per_billion);
      break;
    case Verb::clock_freeze:
      host.clock.frozen_at = host.clock.wall(now_);
      break;
    case Verb::disk_slow:
      host.disk.slowdown = fault.factor;
      host.disk.slowed_by = id;
      break;
    case Verb::disk_full:
      host.disk.filled_by = id;
      break;
    default:
      CLEAVE_CHECK(false, "a fault of hosts says what it does");
  }
  if (fault.verb != Verb::disk_slow && fault.verb != Verb::disk_full) host.clock_changed_by = id;
  ++effects_.write()[id.value].hosts;
}

// What a fault did to hosts ends with it.
void World::undo_on_host(FaultId id, const Fault& fault, HostId host_id) {
  Host& host = hosts_.write()[host_id.value];
  if (!hosts_touched_->contains({id, host_id})) return;
  hosts_touched_.write().erase({id, host_id});
  switch (fault.verb) {
    case Verb::crash:
    case Verb::lose_unsynced:
    case Verb::torn_write:
      return start_host(host_id);
    case Verb::pause:
      if (host.paused) resume_host(host_id);
      return;
    case Verb::skew:
      host.clock.offset = host.clock.offset - fault.duration;
      break;
    case Verb::drift:
      host.clock.set_drift(now_, 0);
      break;
    case Verb::clock_freeze:
      host.clock.frozen_at.reset();
      break;
    case Verb::disk_slow:
      host.disk.slowdown = 1;
      host.disk.slowed_by.reset();
      return;
    case Verb::disk_full:
      host.disk.filled_by.reset();
      return;
    default:
      return;
  }
  host.clock_changed_by.reset();
}

}  // namespace cleave
