#include "sim/draw/map_scene.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace cleave::draw {
namespace {

// Of most of its nodes; of equals the first.
std::optional<std::size_t> side_of(const Island& island, const Components& sides,
                                   const World& now) {
  std::map<std::size_t, std::size_t> nodes;
  for (const NodeId id : island.nodes)
    if (const auto side = sides.of[now.host_of(id).value]) ++nodes[*side];
  const auto most = std::max_element(
      nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == nodes.end()) return std::nullopt;
  return most->first;
}

// The latency between places, as a message meets it that waits nowhere.
class Latencies {
 public:
  explicit Latencies(const Topology& topology) : topology_(topology) {}
  Duration between(PlaceId from, PlaceId to) {
    const auto [known, is_new] = known_.try_emplace(from);
    if (is_new)
      for (const Topology::Path& path : topology_.shortest_paths(from))
        known->second.push_back(sum(path));
    return known->second[to.value];
  }

 private:
  Duration sum(const Topology::Path& path) const {
    Duration all;
    if (path)
      for (const LinkId link : *path)
        all += topology_.link(link).link.latency;
    return all;
  }

  const Topology& topology_;
  std::map<PlaceId, std::vector<Duration>> known_;  // by the place to go to
};

// What took much longer than the way does was lost and sent again: until the last try it waited
// with its sender. Where it broke with its connection, there was no last try.
void find_messages(Scene& scene) {
  constexpr std::int64_t kMuch = 3;
  Latencies latencies(scene.recording.start.topology());
  const TraceIndex& trace = scene.recording.trace;
  const Time at = scene.view.at;
  for (const TracedMessage& message : trace.messages_around(at, at)) {
    if (message.sent > at || message.ended <= at) continue;
    Time sent = message.sent;
    const Duration way =
        latencies.between(scene.recording.place(message.from), scene.recording.place(message.to));
    if (message.end == RecordKind::disconnected)
      sent = message.ended;
    else if (way.ns > 0 && message.ended - message.sent > way * kMuch)
      sent = message.ended - way;
    if (sent > at)
      ++scene.waiting[message.from.value];
    else if (&scene.layout.item(message.from) != &scene.layout.item(message.to))
      scene.underway.push_back(
          {static_cast<std::size_t>(&message - trace.messages().data()),
           static_cast<double>((at - sent).ns) / static_cast<double>((message.ended - sent).ns)});
  }
}

}  // namespace

std::size_t Scene::waiting_at(const MapItem& item) const {
  std::size_t sum = 0;
  for (const NodeId id : item.nodes)
    sum += waiting[id.value];
  return sum;
}

Scene scene_of(const Recording& recording, const World& now, const View& view, const Rect& room) {
  Roles roles(recording);
  MapLayout layout = map_layout(recording, roles, room);
  std::vector<MapLink> links = links_of(layout, now);
  Components sides = components(now);
  std::vector<std::optional<std::size_t>> of_island;
  for (const Island& island : layout.islands)
    of_island.push_back(side_of(island, sides, now));
  Scene scene{recording,
              now,
              view,
              std::move(roles),
              std::move(sides),
              std::move(layout),
              std::move(links),
              std::move(of_island),
              {},
              std::vector<std::size_t>(recording.start.node_count())};
  find_messages(scene);
  return scene;
}

std::string state_of(const Scene& scene, NodeId id) {
  if (!scene.now.is_up(id)) return "down";
  if (scene.now.is_paused(id)) return "paused";
  return "up";
}

std::optional<std::uint64_t> away(const Scene& scene, NodeId id) {
  const auto replicas = scene.view.store.value < scene.now.ledger().stores()
                            ? scene.now.ledger().replicas(scene.view.store)
                            : std::span<const NodeId>{};
  const auto holds = [&](NodeId node) {
    return std::find(replicas.begin(), replicas.end(), node) != replicas.end();
  };
  if (!scene.view.reference || !holds(*scene.view.reference) || !holds(id)) return std::nullopt;
  if (id == *scene.view.reference) return std::nullopt;
  return scene.now.ledger().distance(scene.view.store, *scene.view.reference, id);
}

bool is_apart(const Scene& scene, NodeId id) {
  const auto& home = scene.side_of_island[scene.layout.of[id.value].island];
  return scene.now.is_up(id) && home && scene.side(id) != home;
}

std::string node_words(const Scene& scene, NodeId id) {
  std::string words(scene.recording.name(id));
  if (const std::string_view role = scene.now.role(id); !role.empty())
    words.append(", ").append(role);
  if (const std::string summary = scene.now.summary(id); !summary.empty()) words += ", " + summary;
  words += ", " + state_of(scene, id);
  if (is_apart(scene, id)) words += ", cut off from its region";
  if (const auto distance = away(scene, id))
    words += ", " + counted(*distance, "update", "updates") + " away from " +
             std::string(scene.recording.name(*scene.view.reference));
  if (const std::size_t waiting = scene.waiting[id.value])
    words += ", " + counted(waiting, "message", "messages") + " waiting to be sent again";
  return words;
}

std::string item_words(const Scene& scene, const MapItem& item) {
  if (item.nodes.size() == 1) return node_words(scene, item.nodes.front());
  std::string words = item.label + " in " +
                      scene.layout.islands[scene.layout.of[item.nodes.front().value].island].name;
  if (const std::size_t waiting = scene.waiting_at(item))
    words += ", " + counted(waiting, "message", "messages") + " waiting to be sent again";
  return words;
}

std::string island_words(const Scene& scene, std::size_t index) {
  const Island& island = scene.layout.islands[index];
  std::size_t replicas = 0;
  std::size_t clients = 0;
  for (const NodeId id : island.nodes) {
    if (scene.roles.of(id).role == Role::replica) ++replicas;
    if (scene.roles.of(id).role == Role::client) ++clients;
  }
  std::string words = island.name + ": " + counted(replicas, "replica", "replicas") + ", " +
                      counted(clients, "client", "clients");
  std::string apart;
  for (std::size_t other = 0; other < scene.layout.islands.size(); ++other)
    if (scene.side_of_island[other] != scene.side_of_island[index])
      apart += (apart.empty() ? "" : ", ") + scene.layout.islands[other].name;
  return words + (apart.empty() ? "" : "; cut off from " + apart);
}

}  // namespace cleave::draw
