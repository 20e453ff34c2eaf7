#include "sim/scenario/reading.h"

#include "sim/base/nearest.h"
#include "sim/network/latency_tables.h"

#include <algorithm>

namespace cleave {
namespace {

template <class Named>
NameLookup lookup_of(std::string_view what, const std::vector<Named>& all) {
  NameLookup lookup{what, {}};
  for (const Named& one : all)
    lookup.names.push_back(one.name);
  return lookup;
}

}  // namespace

std::optional<std::uint32_t> find_name(const NameLookup& lookup, std::string_view word,
                                       const Mark& mark, Diagnostics& diagnostics) {
  const auto found = std::find(lookup.names.begin(), lookup.names.end(), word);
  if (found != lookup.names.end()) return static_cast<std::uint32_t>(found - lookup.names.begin());
  const std::string what(lookup.what);
  // With nothing to choose from because of a mistake elsewhere, that one is the one to mend.
  if (lookup.names.empty() && !diagnostics.empty()) return std::nullopt;
  diagnostics.error(
      mark, {"no " + what + " is called " + in_quotes(word), "",
             lookup.names.empty() ? "the scenario has none" : suggestion(word, lookup.names)});
  return std::nullopt;
}

InTable in_table_only(const Scenario& scenario, std::string_view word) {
  const TopologySpec& topology = scenario.topology;
  const LatencyTable* table =
      topology.latency.empty() ? nullptr : find_latency_table(topology.latency);
  if (!table || !find_region(*table, word)) return InTable::no;
  const bool all_known = !topology.regions.empty() &&
                         std::all_of(topology.regions.begin(), topology.regions.end(),
                                     [&](const auto& r) { return find_region(*table, r); });
  return all_known ? InTable::left_out : InTable::misspelt;
}

std::optional<std::uint32_t> find_region(const Scenario& scenario, std::string_view word,
                                         const Mark& mark, Diagnostics& diagnostics) {
  const NameLookup lookup = region_names(scenario);
  const bool there =
      std::find(lookup.names.begin(), lookup.names.end(), word) != lookup.names.end();
  const InTable in_table = there ? InTable::no : in_table_only(scenario, word);
  if (in_table == InTable::no) return find_name(lookup, word, mark, diagnostics);
  if (in_table == InTable::left_out || diagnostics.empty())
    diagnostics.error(
        mark, {in_quotes(word) + " is not a region of the topology", "", "add it to `regions`"});
  return std::nullopt;
}

NameLookup region_names(const Scenario& scenario) {
  const auto& regions = scenario.topology.regions;
  return {"region of the topology", {regions.begin(), regions.end()}};
}
NameLookup store_names(const Scenario& scenario) {
  return lookup_of("store", scenario.stores);
}
NameLookup client_names(const Scenario& scenario) {
  return lookup_of("client group", scenario.clients);
}
NameLookup fault_names(const Scenario& scenario) {
  return lookup_of("fault", scenario.faults);
}

std::vector<const Section*> items_of(const Section& section) {
  std::vector<const Section*> items;
  if (!section.is_list()) items.push_back(&section);
  for (const Section& item : section.items)
    items.push_back(&item);
  return items;
}

const Schema* find_alternative(const Section& section, const Schema& alternatives,
                               Diagnostics& diagnostics) {
  const std::string what(alternatives.name);
  std::vector<std::string_view> keys;
  for (const Schema* one : alternatives.one_of)
    keys.push_back(one->name);
  const Schema* found = nullptr;
  const Entry* slip = nullptr;
  for (const Entry& entry : section.entries) {
    const auto key = std::find(keys.begin(), keys.end(), entry.key);
    if (key == keys.end()) {
      if (!slip && nearest(entry.key, keys)) slip = &entry;
      continue;
    }
    if (found) {
      diagnostics.error(entry.mark,
                        {what + ": both " + in_quotes(found->name) + " and " + in_quotes(entry.key),
                         "one of them", "write an item for each"});
      return nullptr;
    }
    found = alternatives.one_of[static_cast<std::size_t>(key - keys.begin())];
  }
  if (found) return found;
  if (slip) {
    diagnostics.error(slip->mark, {what + ": unknown key " + in_quotes(slip->key), "",
                                   suggestion(slip->key, keys)});
    return nullptr;
  }
  std::string all;
  for (const std::string_view key : keys)
    all += (all.empty() ? "" : ", ") + std::string(key);
  diagnostics.error(section.mark, {what + ": found " + describe(section),
                                   "a map with one of the keys " + all, ""});
  return nullptr;
}

}  // namespace cleave
