// What faults do to the network: each is a rule of who reaches whom, or lies in the way of packets.
#include "sim/engine/world.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cleave {
namespace {

bool cuts(Verb verb) {
  return verb <= Verb::isolate;
}
bool degrades(Verb verb) {
  return verb >= Verb::delay && verb <= Verb::bandwidth;
}

}  // namespace

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

}  // namespace cleave
