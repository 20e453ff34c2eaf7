#include "sim/network/topology.h"

#include "sim/base/assert.h"
#include "sim/base/name.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <compare>
#include <functional>
#include <limits>

namespace cleave {
namespace {

// What a path costs. The number of links breaks ties, and makes every step cost something even
// where latency is 0.
struct Cost {
  std::int64_t ns = 0;
  std::int64_t links = 0;
  auto operator<=>(const Cost&) const = default;
};
constexpr Cost operator+(const Cost& a, const Cost& b) {
  return {a.ns + b.ns, a.links + b.links};
}
constexpr Cost kNoWay{std::numeric_limits<std::int64_t>::max(), 0};

Cost cost_of(const DirectedLink& link) {
  return {link.link.latency.ns, 1};
}

// Links as the edges of a graph of places. It is built for each search: a topology has tens of
// places and changes seldom.
struct Edge {
  Cost cost;
};
using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Edge>;

Graph graph_of(const Topology& topology) {
  Graph graph(topology.places().size());
  for (const DirectedLink& link : topology.links())
    boost::add_edge(link.from.value, link.to.value, Edge{cost_of(link)}, graph);
  return graph;
}

std::vector<Cost> costs_from(const Graph& graph, PlaceId from) {
  std::vector<Cost> costs(boost::num_vertices(graph));
  std::vector<boost::default_color_type> colors(costs.size());
  const auto index = boost::get(boost::vertex_index, graph);
  boost::dijkstra_shortest_paths(graph, from.value, boost::dummy_property_map(),
                                 boost::make_iterator_property_map(costs.begin(), index),
                                 boost::get(&Edge::cost, graph), index, std::less<>(),
                                 std::plus<>(), kNoWay, Cost{}, boost::dijkstra_visitor<>(),
                                 boost::make_iterator_property_map(colors.begin(), index));
  return costs;
}

// The last link of the chosen shortest path to each place: of those that cost exactly the rest, the
// lowest number. This does not depend on the order in which the search meets equal paths.
std::vector<std::optional<LinkId>> last_links(const std::vector<Cost>& costs,
                                              std::span<const DirectedLink> links) {
  std::vector<std::optional<LinkId>> last(costs.size());
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    const DirectedLink& link = links[i];
    if (costs[link.from.value] == kNoWay || last[link.to.value]) continue;
    if (costs[link.from.value] + cost_of(link) == costs[link.to.value])
      last[link.to.value] = LinkId{i};
  }
  return last;
}

}  // namespace

PlaceId Topology::add_place(Place place) {
  CLEAVE_CHECK(places_.size() < std::numeric_limits<std::uint16_t>::max(),
               "a topology has at most 65535 places");
  CLEAVE_CHECK(!find(place.name), "places have distinct names");
  const PlaceId id{static_cast<std::uint16_t>(places_.size())};
  if (place.kind == Place::Kind::region) place.region = id;
  places_.push_back(std::move(place));
  ++epoch_;
  return id;
}

PlaceId Topology::add_region(std::string_view name, const Link& local) {
  const PlaceId id = add_place({std::string(name), Place::Kind::region, {}});
  add_link(id, id, local);
  return id;
}

PlaceId Topology::add_access_point(PlaceId region, const AccessProfile& profile) {
  const std::string name = place(region).name + "/" + std::string(profile.name);
  if (const auto known = find(name)) return *known;
  const PlaceId id = add_place({name, Place::Kind::access_point, region});
  const AccessDelay delay = access_delay(profile.rtt / 2);
  Link up;
  up.latency = delay.floor;
  up.jitter = add_jitter(delay.more_ns);
  constexpr std::uint64_t kMillion = 1'000'000;
  up.lost_below = threshold(profile.loss_per_million, kMillion);
  up.idle_after = profile.idle_after;
  up.promotion = profile.promotion;
  Link down = up;
  up.bandwidth = profile.up;
  up.queue_of = QueueOf::sender;
  down.bandwidth = profile.down;
  down.queue_of = QueueOf::receiver;
  add_link(id, region, up);
  add_link(region, id, down);
  return id;
}

LinkId Topology::add_link(PlaceId from, PlaceId to, const Link& link) {
  CLEAVE_CHECK(link.latency.ns >= 0, "latency is not negative");
  const LinkId id{static_cast<std::uint32_t>(links_.size())};
  const std::size_t parallel = links_between(from, to).size();
  const std::uint64_t ends = mix(name_hash(place(from).name), name_hash(place(to).name));
  links_.push_back({from, to, link, mix(ends, parallel)});
  ++epoch_;
  return id;
}

std::pair<LinkId, LinkId> Topology::connect(PlaceId a, PlaceId b, const Link& link) {
  const LinkId there = add_link(a, b, link);
  const LinkId back = add_link(b, a, link);
  return {there, back};
}

JitterId Topology::add_jitter(std::span<const std::uint64_t> knots) {
  CLEAVE_CHECK(knots.size() >= 2 && std::is_sorted(knots.begin(), knots.end()),
               "a quantile table has two knots or more, in order");
  for (std::size_t i = 0; i < jitter_.size(); ++i)
    if (std::equal(knots.begin(), knots.end(), jitter_[i].begin(), jitter_[i].end()))
      return {static_cast<std::uint16_t>(i)};
  CLEAVE_CHECK(jitter_.size() <= std::numeric_limits<std::uint16_t>::max(),
               "a topology has at most 65536 jitter tables");
  jitter_.emplace_back(knots.begin(), knots.end());
  return {static_cast<std::uint16_t>(jitter_.size() - 1)};
}

std::optional<PlaceId> Topology::find(std::string_view name) const {
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (places_[i].name == name) return PlaceId{static_cast<std::uint16_t>(i)};
  return {};
}

std::vector<LinkId> Topology::links_between(PlaceId from, PlaceId to) const {
  std::vector<LinkId> found;
  for (std::uint32_t i = 0; i < links_.size(); ++i)
    if (links_[i].from == from && links_[i].to == to) found.push_back({i});
  return found;
}

std::vector<Topology::Path> Topology::paths_elsewhere(PlaceId from) const {
  const std::vector<Cost> costs = costs_from(graph_of(*this), from);
  const auto last = last_links(costs, links_);
  std::vector<Path> paths(places_.size());
  for (std::size_t to = 0; to < places_.size(); ++to) {
    if (costs[to] == kNoWay) continue;
    std::vector<LinkId> path;
    for (std::size_t at = to; at != from.value; at = link(*last[at]).from.value)
      path.push_back(*last[at]);
    std::reverse(path.begin(), path.end());
    paths[to] = std::move(path);
  }
  return paths;
}

std::vector<Topology::Path> Topology::shortest_paths(PlaceId from) const {
  std::vector<Path> paths = paths_elsewhere(from);
  paths[from.value] = path_home(from, paths);
  return paths;
}

// Between two hosts of one place: its local link; of an access point, to the region and back.
Topology::Path Topology::path_home(PlaceId place, const std::vector<Path>& out) const {
  const std::vector<LinkId> local = links_between(place, place);
  if (!local.empty())
    return {{*std::min_element(local.begin(), local.end(), [this](LinkId a, LinkId b) {
      return link(a).link.latency < link(b).link.latency;
    })}};
  const PlaceId region = places_[place.value].region;
  Path path = out[region.value];  // There is one, and one back: its access links.
  const Path back = paths_elsewhere(region)[place.value];
  path->insert(path->end(), back->begin(), back->end());
  return path;
}

std::vector<std::vector<PlaceId>> Topology::components() const {
  std::vector<std::size_t> component(places_.size());
  const Graph graph = graph_of(*this);
  boost::strong_components(graph, boost::make_iterator_property_map(
                                      component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::vector<PlaceId>> found;
  std::vector<std::optional<std::size_t>> number(places_.size());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    auto& at = number[component[i]];
    if (!at) {
      at = found.size();
      found.emplace_back();
    }
    found[*at].push_back({static_cast<std::uint16_t>(i)});
  }
  return found;
}

}  // namespace cleave
