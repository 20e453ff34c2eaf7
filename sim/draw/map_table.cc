#include "sim/draw/axis.h"
#include "sim/draw/map.h"
#include "sim/draw/map_scene.h"
#include "sim/report/typography.h"

#include <string>

namespace cleave::draw {

Table table_of_map(const Recording& recording, const World& now, const View& view) {
  const Scene scene = scene_of(recording, now, view, {0, 0, 600, 400});
  Table table{"Who is where, and how, at " + clock_text(view.at),
              {"node", "region", "role", "at", "state", "side", "updates held", "updates away"},
              {}};
  for (std::uint32_t i = 0; i < recording.start.node_count(); ++i) {
    const NodeId id{i};
    const Roles::Node& node = scene.roles.of(id);
    if (node.role == Role::client) continue;
    const auto side = scene.side(id);
    const auto distance = away(scene, id);
    const bool replica = node.role == Role::replica;
    table.rows.push_back(
        {std::string(recording.name(id)), scene.roles.regions()[node.region],
         std::string(now.role(id)), now.summary(id), state_of(scene, id),
         side ? std::to_string(*side + 1) : "none",
         replica ? grouped(now.ledger().held({static_cast<std::uint32_t>(node.group)}, id).size())
                 : "",
         distance ? grouped(*distance) : ""});
  }
  for (const MapLink& link : scene.links) {
    const Island& a = scene.layout.islands[link.a];
    const Island& b = scene.layout.islands[link.b];
    table.rows.push_back(
        {a.name + " to " + b.name, "", "link", "", spoken(link, scene.layout), "", "", ""});
  }
  return table;
}

}  // namespace cleave::draw
