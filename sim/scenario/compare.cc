#include "sim/scenario/compare.h"

#include "sim/base/reader.h"
#include "sim/scenario/read.h"
#include "sim/scenario/swarm.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <utility>

namespace cleave {

const Schema& comparison_words() {
  static const Schema kWords{
      "comparison",
      "The same scenario with some changes, and what is claimed then.",
      {{.key = "set",
        .type = Type::any,
        .doc = "A map from paths to values, such as `stores.accounts.options.fencing: epoch`."},
       {.key = "expect",
        .type = Type::section,
        .shape = Shape::list,
        .doc = "Instead of the scenario's own expectations.",
        .of = &expect_words()}}};
  return kWords;
}

namespace {

bool breaks(const Scenario& scenario) {
  return std::any_of(scenario.expect.begin(), scenario.expect.end(),
                     [](const Expectation& e) { return e.expected == Word::violated; });
}

// The scenario as an entry changes it; what cannot be changed is left as it was, and said.
Section changed(const Section& base, const Section& entry, Diagnostics& diagnostics) {
  Reader reader(entry, comparison_words(), diagnostics);
  Section root = base;
  if (const Section* set = reader.section("set")) {
    if (!set->is_map() || set->entries.empty())
      reader.error("set", {"found " + describe(*set), "a map from paths to values",
                           "write `set: {stores.NAME.options.KEY: VALUE}`"});
    for (const Entry& change : set->entries)
      if (auto mistake = set_path(root, change.key, change.value))
        diagnostics.error(change.mark, std::move(*mistake));
  }
  if (const Section* expect = reader.section("expect")) (void)set_path(root, "expect", *expect);
  return root;
}

}  // namespace

namespace {

// One entry of `compare`. What is wrong with it may show in a line that is right for the others, so
// each mistake says whose it is.
Configuration read_entry(const Section& base, const Entry& entry, Diagnostics& diagnostics) {
  const Parsed<std::string> name = parse_name(entry.key);
  if (const auto* mistake = std::get_if<Mistake>(&name)) diagnostics.error(entry.mark, *mistake);
  Diagnostics own;
  Configuration configuration{entry.key, {}, changed(base, entry.value, own)};
  if (own.empty()) configuration.scenario = read_scenario(configuration.tree, own);
  if (own.empty()) check_swarm(configuration.tree, own);
  for (Diagnostic diagnostic : own.all()) {
    diagnostic.notes.push_back({entry.mark, "in this configuration"});
    diagnostics.error(std::move(diagnostic));
  }
  return configuration;
}

}  // namespace

std::vector<Configuration> read_configurations(const Section& root, Diagnostics& diagnostics) {
  std::vector<Configuration> all;
  const std::size_t before = diagnostics.count();
  all.push_back({"", read_scenario(root, diagnostics), root});
  if (diagnostics.count() == before) check_swarm(root, diagnostics);
  const Section* compare = root.find("compare");
  if (!compare || diagnostics.count() > before) return all;
  Section base = root;
  std::erase_if(base.entries, [](const Entry& entry) { return entry.key == "compare"; });
  for (const Entry& entry : compare->entries)
    all.push_back(read_entry(base, entry, diagnostics));
  const bool controlled = std::any_of(all.begin(), all.end(),
                                      [](const Configuration& c) { return breaks(c.scenario); });
  if (diagnostics.count() == before && !controlled)
    diagnostics.error(compare->mark,
                      {"no configuration is expected to break",
                       "a negative control: one that claims `verdict: violated`",
                       "add one; a comparison in which nothing can break shows nothing"});
  return all;
}

}  // namespace cleave
