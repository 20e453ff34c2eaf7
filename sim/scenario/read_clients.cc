// The `clients` part: groups of application clients, where they are and what their clocks show.
#include "sim/base/reader.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

namespace cleave {

const Schema& clients_words() {
  static const Schema kWords{
      "client group",
      "Clients that are alike: each is a node of its own, `NAME/0`, `NAME/1` and so on.",
      {{.key = "count",
        .type = Type::natural,
        .range = "1..100000",
        .default_text = "1",
        .doc = "How many."},
       {.key = "region", .type = Type::name, .doc = "Where they are."},
       {.key = "device",
        .type = Type::name,
        .when_absent = "in a data centre of the region",
        .doc = "A kind of `topology.access`: how they reach the region."},
       {.key = "routing",
        .type = Type::choice,
        .range = "nearest | pinned | roaming",
        .default_text = "nearest",
        .doc = "Which replica they ask: the nearest, and after a failure the next; always the "
               "nearest; or any, at random. All follow redirects."},
       {.key = "clock_offset",
        .type = Type::duration,
        .range = "-36500d..36500d",
        .default_text = "0s",
        .doc = "How far their wall clocks are ahead."},
       {.key = "clock_spread",
        .type = Type::duration,
        .range = "0s..36500d",
        .default_text = "0s",
        .doc = "Each clock is off by up to so much more, either way."},
       {.key = "drift",
        .type = Type::drift,
        .default_text = "0ppm",
        .doc = "What their clocks gain."}}};
  return kWords;
}

void read_clients(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  for (const Entry& entry : section.entries) {
    Reader reader(entry.value, clients_words(), diagnostics);
    ClientsSpec clients;
    clients.name = entry.key;
    clients.count = static_cast<std::uint32_t>(reader.natural("count"));
    clients.region = reader.text("region");
    clients.device = reader.text("device");
    clients.routing = reader.choice<models::store::Routing>(
        "routing", {{"nearest", models::store::Routing::nearest},
                    {"pinned", models::store::Routing::pinned},
                    {"roaming", models::store::Routing::roaming}});
    clients.clock_offset = reader.duration("clock_offset");
    clients.clock_spread = reader.duration("clock_spread");
    clients.drift = reader.drift("drift");
    if (!clients.region.empty())
      find_region(scenario, clients.region, reader.mark("region"), diagnostics);
    if (!clients.device.empty()) {
      NameLookup devices{"device of topology.access", {}};
      for (const auto& [device, profile] : scenario.topology.access)
        devices.names.push_back(device);
      find_name(devices, clients.device, reader.mark("device"), diagnostics);
    }
    scenario.clients.push_back(std::move(clients));
  }
}

}  // namespace cleave
