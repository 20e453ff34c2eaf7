#include "sim/scenario/engines.h"
#include "sim/scenario/words.h"

namespace cleave {

std::string reference_page() {
  std::string page =
      "# Scenario reference\n\n"
      "Every word of the format, its value, its default and its meaning. This page is made of the\n"
      "schemas that scenarios are read with; `docs/scenario-format.md` says how it all fits "
      "together.\n\n";
  page += markdown(scenario_words());
  for (const models::store::Engine& engine : engines())
    page += "## Engine `" + std::string(engine.name) + "`\n\n" + std::string(engine.about) +
            "\n\n" + markdown(engine.options);
  while (page.ends_with("\n\n"))
    page.pop_back();
  return page;
}

}  // namespace cleave
