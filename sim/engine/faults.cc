// Faults begin and end as events of the World itself: when, and whom they mean. What they do is in
// network_faults.cc and host_faults.cc.
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

bool is_rule(Verb verb) {
  return verb <= Verb::bandwidth;
}

}  // namespace

FaultId World::schedule(Fault fault) {
  const FaultId id{static_cast<std::uint32_t>(faults_->size())};
  CLEAVE_CHECK(fault.at >= now_, "a fault is not scheduled in the past");
  schedule_turn(id, Turn::begin, fault.at);
  if (fault.lasts) schedule_turn(id, Turn::end, fault.at + *fault.lasts);
  faults_.write().push_back({std::move(fault), false, false});
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
  if (now_ >= over || (*faults_)[id.value].healed) return;
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
    // None if it named nobody: then there may never have been a zone.
    if (reach_.write().remove(id) > 0) assign_zones();
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
    // One that flaps may be away just now.
    const bool flaps = other.flap_every && effect({i}).begun > 0 &&
                       (!other.lasts || now_ < other.at + *other.lasts);
    const bool on = fault_active({i}) || (flaps && !(*faults_)[i].healed);
    if (!meant || i == healer.value || !on) continue;
    faults_.write()[i].healed = true;
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

}  // namespace cleave
