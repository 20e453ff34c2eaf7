// The `topology` part: regions, how far apart they are, and how devices reach them.
#include "sim/base/nearest.h"
#include "sim/base/reader.h"
#include "sim/network/access_profiles.h"
#include "sim/network/latency_tables.h"
#include "sim/scenario/build_topology.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cleave {
namespace {

class TopologyReader {
 public:
  TopologyReader(const Section& section, Scenario& scenario, Diagnostics& diagnostics)
      : section_(section),
        spec_(scenario.topology),
        scenario_(scenario),
        diagnostics_(diagnostics),
        reader_(section, topology_words(), diagnostics) {}

  void read() {
    read_table();
    read_regions();
    spec_.local_round_trip = reader_.duration("local_rtt");
    if (const Section* links = reader_.section("links")) read_links(*links);
    read_access();
    if (const Section* connections = reader_.section("connections")) read_connections(*connections);
  }

 private:
  // What one item of `links` says, before it is laid over others.
  struct LinkItem {
    LinkSpec spec;  // with the ends of one direction
    bool both = false;
    Mark mark;
  };

  void read_table();
  void read_regions();
  void add_region(const Section& name);
  void read_links(const Section& list);
  std::optional<LinkItem> read_link(const Section& section);
  bool read_ends(Reader& reader, const Section& section, LinkItem& link);
  void read_latency(Reader& reader, LinkItem& link);
  void lay_over(const LinkItem& link);
  void read_access();
  void read_connections(const Section& section);

  const Section& section_;
  TopologySpec& spec_;
  Scenario& scenario_;
  Diagnostics& diagnostics_;
  Reader reader_;
  const LatencyTable* table_ = nullptr;
  std::map<std::string, Mark> region_marks_;
  std::map<std::size_t, std::string> in_table_;  // regions by their index in the table
  std::map<std::pair<std::string, std::string>, Mark> link_marks_;  // of one kind of item
};

void TopologyReader::read_table() {
  const std::string name = reader_.text("latency");
  if (name.empty()) return;
  NameLookup lookup{"latency table", {}};
  for (const LatencyTable& table : latency_tables())
    lookup.names.push_back(table.name);
  if (!find_name(lookup, name, reader_.mark("latency"), diagnostics_)) return;
  spec_.latency = name;
  table_ = find_latency_table(name);
}

void TopologyReader::read_regions() {
  const std::vector<std::string> good = reader_.list<std::string>("regions");
  const Section* all = section_.find("regions");
  if (!all) return;
  if (all->is_list() && all->items.empty())
    reader_.error("regions", {"no region", "one or more", "name one, such as us-east"});
  for (const Section* item : items_of(*all))
    if (std::find(good.begin(), good.end(), item->text) != good.end()) add_region(*item);
}

void TopologyReader::add_region(const Section& item) {
  const std::string& name = item.text;
  if (const auto twice = region_marks_.find(name); twice != region_marks_.end()) {
    diagnostics_.error({item.mark,
                        {"the region " + in_quotes(name) + " is there twice", "", "remove one"},
                        {{twice->second, "it is here too"}}});
    return;
  }
  region_marks_[name] = item.mark;
  spec_.regions.push_back(name);
  const auto index = table_ ? find_region(*table_, name) : std::nullopt;
  if (!index) return;
  const auto [same, fresh] = in_table_.emplace(*index, name);
  if (fresh) return;
  diagnostics_.error({item.mark,
                      {in_quotes(name) + " and " + in_quotes(same->second) + " are one region of " +
                           spec_.latency + " under two names",
                       "", "remove one"},
                      {{region_marks_[same->second], "the other is here"}}});
}

void TopologyReader::read_links(const Section& list) {
  std::vector<LinkItem> both, single;
  for (const Section& item : list.items)
    if (auto link = read_link(item)) (link->both ? both : single).push_back(std::move(*link));
  for (auto* kind : {&both, &single}) {  // what speaks of one direction goes over what does of both
    link_marks_.clear();
    for (const LinkItem& link : *kind)
      lay_over(link);
  }
}

std::optional<TopologyReader::LinkItem> TopologyReader::read_link(const Section& section) {
  Reader reader(section, link_words(), diagnostics_);
  LinkItem link;
  link.mark = section.mark;
  const bool placed = read_ends(reader, section, link);
  read_latency(reader, link);
  LinkSpec& spec = link.spec;
  if (reader.has("jitter")) spec.jitter = reader.duration("jitter");
  if (reader.has("loss")) spec.loss = reader.probability("loss");
  if (reader.has("duplicate")) spec.duplicate = reader.probability("duplicate");
  if (reader.has("bandwidth")) spec.bandwidth = reader.bit_rate("bandwidth");
  if (spec.bandwidth && reader.has("queue")) spec.queue = reader.bytes("queue");
  if (const Section* inner = reader.section("reorder")) {
    Reader reorder(*inner, reorder_words(), diagnostics_);
    spec.reorder = Reordering{reorder.probability("probability"), reorder.duration("by")};
  }
  if (const Section* inner = reader.section("bursts")) {
    Reader bursts(*inner, bursts_words(), diagnostics_);
    spec.bursts = read_bursts(bursts);
  }
  reader.finish("without 'bandwidth'");
  return placed ? std::optional(link) : std::nullopt;
}

// `between: [a, b]`, or `from: a` and `to: b`.
bool TopologyReader::read_ends(Reader& reader, const Section& section, LinkItem& link) {
  const auto resolve = [&](const Section& name) {
    return find_region(scenario_, name.text, name.mark, diagnostics_).has_value();
  };
  link.both = reader.has("between");
  const std::vector<std::string> between = reader.list<std::string>("between");
  link.spec.from = reader.text("from");
  link.spec.to = reader.text("to");
  if (link.both && (reader.has("from") || reader.has("to"))) {
    diagnostics_.error(section.mark, {"a link with both 'between' and 'from' or 'to'",
                                      "one of them", "write `from` and `to` for one direction"});
    return false;
  }
  if (link.both) {
    const std::vector<const Section*> items = items_of(*section.find("between"));
    if (items.size() != 2 || between.size() != 2) {
      if (items.size() != 2)
        reader.error("between", {"found " + describe(*section.find("between")), "two regions",
                                 "write one item for each pair"});
      return false;
    }
    link.spec.from = between[0];
    link.spec.to = between[1];
    bool known = resolve(*items[0]);
    known = resolve(*items[1]) && known;
    if (!known) return false;
  } else {
    const Section* from = section.find("from");
    const Section* to = section.find("to");
    if (!from || !to) {
      diagnostics_.error(section.mark, {"a link without its ends", "`between`, or `from` and `to`",
                                        "add `between: [REGION, REGION]`"});
      return false;
    }
    bool known = !link.spec.from.empty() && resolve(*from);
    known = !link.spec.to.empty() && resolve(*to) && known;
    if (!known) return false;
  }
  if (link.spec.from != link.spec.to) return true;
  diagnostics_.error(section.mark, {"a link from " + in_quotes(link.spec.from) + " to itself",
                                    "two different regions",
                                    "`local_rtt` of the topology is for links within a region"});
  return false;
}

void TopologyReader::read_latency(Reader& reader, LinkItem& link) {
  if (reader.has("latency")) link.spec.latency = reader.duration("latency");
  if (!reader.has("rtt")) return;
  const Duration rtt = reader.duration("rtt");
  if (reader.has("latency"))
    reader.error("rtt", {"'rtt' beside 'latency'", "one of them", "remove 'rtt'"});
  else if (!link.both)
    reader.error("rtt", {"a round trip of one direction", "a time one way",
                         "write `latency: " + to_text(rtt / 2) + "`"});
  link.spec.latency = rtt / 2;
}

void TopologyReader::lay_over(const LinkItem& link) {
  std::vector<LinkSpec> directions{link.spec};
  if (link.both) {
    directions.push_back(link.spec);
    std::swap(directions.back().from, directions.back().to);
  }
  for (const LinkSpec& spec : directions) {
    const auto [first, fresh] = link_marks_.emplace(std::pair{spec.from, spec.to}, link.mark);
    if (!fresh) {
      diagnostics_.error({link.mark,
                          {"the link from " + in_quotes(spec.from) + " to " + in_quotes(spec.to) +
                               " is described twice",
                           "", "join the two"},
                          {{first->second, "the first is here"}}});
      return;
    }
    const auto same = std::find_if(spec_.links.begin(), spec_.links.end(), [&](const LinkSpec& l) {
      return l.from == spec.from && l.to == spec.to;
    });
    if (same == spec_.links.end()) {
      spec_.links.push_back(spec);
      continue;
    }
    const auto overlay = [](auto& under, const auto& over) {
      if (over) under = over;
    };
    overlay(same->latency, spec.latency);
    overlay(same->jitter, spec.jitter);
    overlay(same->loss, spec.loss);
    overlay(same->bursts, spec.bursts);
    overlay(same->duplicate, spec.duplicate);
    overlay(same->reorder, spec.reorder);
    overlay(same->bandwidth, spec.bandwidth);
    overlay(same->queue, spec.queue);
  }
}

void TopologyReader::read_access() {
  NameLookup lookup{"access profile", {}};
  for (const AccessProfile& profile : access_profiles())
    lookup.names.push_back(profile.name);
  for (auto& [device, profile] : reader_.map<std::string>("access")) {
    const Section* value = section_.find("access")->find(device);
    if (find_name(lookup, profile, value->mark, diagnostics_))
      spec_.access.emplace_back(device, profile);
  }
}

void TopologyReader::read_connections(const Section& section) {
  Reader reader(section, connection_words(), diagnostics_);
  ConnectionLimits& limits = spec_.connections;
  limits.minimum_timeout = reader.duration("minimum_timeout");
  limits.maximum_timeout = reader.duration("maximum_timeout");
  limits.retries = static_cast<std::uint32_t>(reader.natural("retries"));
  if (limits.maximum_timeout < limits.minimum_timeout)
    reader.error("maximum_timeout",
                 {to_text(limits.maximum_timeout) + " is less than the minimum timeout",
                  to_text(limits.minimum_timeout) + " or more", ""});
}

}  // namespace

BurstyLoss read_bursts(Reader& reader) {
  BurstyLoss bursts;
  const Probability to_bad = reader.probability("to_bad");
  const Probability to_good = reader.probability("to_good");
  bursts.slot = reader.duration("slot");
  bursts.to_bad = to_bad.below;
  bursts.to_good = to_good.below;
  bursts.lost_in_good = reader.probability("lost_in_good").below;
  bursts.lost_in_bad = reader.probability("lost_in_bad").below;
  if (bursts.to_bad > UINT64_MAX - bursts.to_good)
    reader.error("to_good", {"'to_bad' and 'to_good' add up to more than 100%", "at most 100%",
                             "a state that lasts makes a burst"});
  return bursts;
}

namespace {

// Every region reaches every other: else packets between them would vanish without a fault.
void check_distances(const Section& section, const TopologySpec& spec, Diagnostics& diagnostics) {
  for (const LinkSpec& link : spec.links)
    if (!latency_between(spec, link.from, link.to))
      diagnostics.error(
          section.find("links")->mark,
          {"nothing says how far it is from " + in_quotes(link.from) + " to " + in_quotes(link.to),
           "a latency for each link", "add `rtt` or `latency` to the link"});
  const Topology topology = build_topology(spec);
  const auto components = topology.components();
  const auto& most =
      *std::max_element(components.begin(), components.end(),
                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const LatencyTable* table = spec.latency.empty() ? nullptr : find_latency_table(spec.latency);
  for (const Section* item : items_of(*section.find("regions"))) {
    if (std::count(most.begin(), most.end(), *topology.find(item->text)) > 0) continue;
    const std::string& other = topology.place(most.front()).name;
    if (table && !find_region(*table, item->text))
      diagnostics.error(item->mark, {spec.latency + " has no region " + in_quotes(item->text),
                                     "a region of the table, or links that say how far it is",
                                     suggestion(item->text, known_regions(*table))});
    else
      diagnostics.error(
          item->mark, {"no way between " + in_quotes(item->text) + " and " + in_quotes(other),
                       "links that join all regions, there and back",
                       "add `{between: [" + other + ", " + item->text + "], rtt: ...}` to links"});
  }
}

}  // namespace

void read_topology(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.count();
  TopologyReader(section, scenario, diagnostics).read();
  if (diagnostics.count() == before) check_distances(section, scenario.topology, diagnostics);
}

}  // namespace cleave
