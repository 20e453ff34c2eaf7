#include "sim/scenario/load.h"

#include "sim/base/section.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/swarm.h"
#include "sim/scenario/text_rules.h"

#include <algorithm>
#include <utility>

namespace cleave {
namespace {

Loaded load_tree(Section root, const std::vector<std::string>& settings);

// A saved run: its scenario, with its settings under those that are given now.
Loaded load_saved(const Section& root, const std::vector<std::string>& settings) {
  Diagnostics diagnostics;
  SavedRun saved = read_saved_run(root, diagnostics);
  diagnostics.throw_if_any();
  std::vector<std::string> all = saved.settings;
  all.insert(all.end(), settings.begin(), settings.end());
  std::optional<Section> scenario = parse_text(saved.file, saved.text, diagnostics);
  diagnostics.throw_if_any();
  if (is_saved_run(*scenario))
    diagnostics.error(root.find("scenario")->mark,
                      {"a saved run in a saved run", "a scenario", "save the run anew"});
  diagnostics.throw_if_any();
  Loaded loaded = load_tree(std::move(*scenario), all);
  if (!saved.configuration.empty() && !loaded.find(saved.configuration))
    diagnostics.error(root.find("configuration")->mark,
                      {"no configuration is called " + in_quotes(saved.configuration),
                       "an entry of `compare`", ""});
  diagnostics.throw_if_any();
  loaded.saved = std::move(saved);
  return loaded;
}

Loaded load_tree(Section root, const std::vector<std::string>& settings) {
  if (is_saved_run(root)) return load_saved(root, settings);
  Loaded loaded;
  Diagnostics diagnostics;
  if (root.mark.source) {
    loaded.file = root.mark.source->name;
    loaded.text = root.mark.source->text;
  }
  loaded.settings = settings;
  for (const std::string& text : settings) {
    std::optional<Setting> setting = parse_setting(text, diagnostics);
    if (!setting) continue;
    const Mark mark = setting->value.mark;
    set_by_hand(root, setting->path, setting->value);
    if (auto mistake = set_path(root, setting->path, std::move(setting->value)))
      diagnostics.error(mark, std::move(*mistake));
  }
  diagnostics.throw_if_any();
  loaded.configurations = read_configurations(root, diagnostics);
  diagnostics.throw_if_any();
  return loaded;
}

}  // namespace

const Configuration* Loaded::find(std::string_view configuration) const {
  const auto found = std::find_if(configurations.begin(), configurations.end(),
                                  [&](const Configuration& c) { return c.name == configuration; });
  return found == configurations.end() ? nullptr : &*found;
}

Loaded load_text(const std::string& file, const std::string& text,
                 const std::vector<std::string>& settings) {
  Diagnostics diagnostics;
  std::optional<Section> root = parse_text(file, text, diagnostics);
  diagnostics.throw_if_any();
  return load_tree(std::move(*root), settings);
}

// One byte more than a scenario may have is enough to be told that it has too many.
Loaded load_file(const std::filesystem::path& path, const std::vector<std::string>& settings) {
  return load_text(path.string(), read_file(path, kMostTextBytes + 1), settings);
}

SavedRun saved_run_of(const RunResult& result, const Loaded& loaded) {
  SavedRun saved;
  saved.behaviour = result.behaviour;
  saved.seed = result.seed;
  // `--until` later than the end of the run changes nothing, and is not kept.
  if (result.cut_short) saved.until = result.simulated;
  saved.configuration = result.configuration;
  saved.settings = loaded.settings;
  saved.events = result.events;
  saved.digest = result.digest;
  saved.file = loaded.file;
  saved.text = loaded.text;
  return saved;
}

}  // namespace cleave
