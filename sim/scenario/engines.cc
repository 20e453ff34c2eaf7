#include "sim/scenario/engines.h"

#include "models/catalogue.h"

#include <algorithm>
#include <vector>

namespace cleave {

std::span<const models::store::Engine> engines() {
  static const std::vector<models::store::Engine> kAll = [] {
    std::vector<models::store::Engine> found;
    for (models::Entry& entry : models::catalogue())
      if (entry.engine) found.push_back(std::move(*entry.engine));
    return found;
  }();
  return kAll;
}

const models::store::Engine* find_engine(std::string_view name) {
  const auto all = engines();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const models::store::Engine& e) { return e.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace cleave
