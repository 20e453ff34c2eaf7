// The `stores` part: replicated stores, their engines, and where their replicas are.
#include "sim/base/reader.h"
#include "sim/scenario/engines.h"
#include "sim/scenario/reading.h"
#include "sim/scenario/words.h"

namespace cleave {

const Schema& store_words() {
  static const Schema kWords{
      "store",
      "A replicated store. Its replicas are nodes on hosts of their own: `NAME/REGION/0` and so "
      "on; "
      "the first of all is the one that an engine with a leader begins with.",
      {{.key = "engine", .type = Type::name, .doc = "See `cleave list engines`."},
       {.key = "replicas",
        .type = Type::natural,
        .shape = Shape::map,
        .range = "1..100",
        .doc = "How many in each region, such as `{us-east: 2, us-west: 1}`."},
       {.key = "options",
        .type = Type::section,
        .when_absent = "the engine's defaults",
        .doc = "Options of the engine."}}};
  return kWords;
}

namespace {

void read_store(const Entry& entry, Scenario& scenario, Diagnostics& diagnostics) {
  Reader reader(entry.value, store_words(), diagnostics);
  StoreSpec store;
  store.name = entry.key;
  store.engine = reader.text("engine");
  NameLookup names{"engine", {}};
  for (const models::store::Engine& engine : engines())
    names.names.push_back(engine.name);
  if (!store.engine.empty()) find_name(names, store.engine, reader.mark("engine"), diagnostics);

  const Section* replicas = entry.value.find("replicas");
  for (const auto& [region, count] : reader.map<std::uint64_t>("replicas")) {
    for (const Entry& named : replicas->entries)
      if (named.key == region) find_region(scenario, region, named.mark, diagnostics);
    store.replicas.push_back({region, static_cast<std::uint32_t>(count)});
  }
  if (replicas && replicas->is_map() && replicas->entries.empty())
    reader.error("replicas",
                 {"a store without replicas", "one or more", "write `replicas: {REGION: 1}`"});

  store.options.mark = entry.value.mark;
  if (const Section* options = reader.section("options")) store.options = *options;
  if (const models::store::Engine* engine = find_engine(store.engine)) {
    models::store::Setting setting{scenario.topology.regions, {}, Duration{scenario.run_for.ns}};
    for (const ReplicasSpec& in : store.replicas)
      setting.replica_regions.insert(setting.replica_regions.end(), in.count, in.region);
    if (setting.replica_regions.empty()) setting.replica_regions.emplace_back();
    const std::size_t before = diagnostics.count();
    engine->check(store.options, setting, diagnostics);
    if (engine->orders && diagnostics.count() == before)
      store.orders = engine->orders(store.options, setting);
  }
  scenario.stores.push_back(std::move(store));
}

}  // namespace

void read_stores(const Section& section, Scenario& scenario, Diagnostics& diagnostics) {
  for (const Entry& entry : section.entries)
    read_store(entry, scenario, diagnostics);
}

}  // namespace cleave
