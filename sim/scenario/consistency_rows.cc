#include "sim/scenario/consistency_rows.h"

#include "sim/scenario/run_history.h"

#include <cstdint>
#include <string>
#include <utility>

namespace cleave {
namespace {

std::vector<std::string> words_of(const std::vector<Level>& levels) {
  std::vector<std::string> words;
  for (const Level level : levels)
    words.emplace_back(to_string(level));
  return words;
}

}  // namespace

std::unique_ptr<ConsistencyTable> make_consistency_table(const Scenario& scenario) {
  ConsistencyTable::Options options;
  for (std::uint32_t store = 0; store < scenario.stores.size(); ++store)
    options.names.push_back(object_names(scenario, StoreId{store}));
  return std::make_unique<ConsistencyTable>(std::move(options));
}

std::vector<ConsistencyRow> name_rows(const std::vector<ConsistencyTable::Row>& rows,
                                      const Scenario& scenario) {
  std::vector<ConsistencyRow> named;
  for (const ConsistencyTable::Row& row : rows) {
    ConsistencyRow r;
    r.store = scenario.stores[row.store.value].name;
    r.type = to_string(row.type);
    r.together = row.together;
    r.objects = row.objects;
    r.names = row.names;
    r.operations = row.operations;
    r.cut_short = row.cut_short;
    r.strongest = words_of(row.standing.strongest);
    r.violated = words_of(row.standing.violated);
    r.undecided = words_of(row.standing.undecided);
    r.anomaly = row.standing.broken.anomaly;
    r.why = row.standing.broken.why;
    named.push_back(std::move(r));
  }
  return named;
}

}  // namespace cleave
