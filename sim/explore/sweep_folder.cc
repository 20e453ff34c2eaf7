#include "sim/explore/sweep_folder.h"

#include "sim/report/file.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/parse.h"

#include <memory>
#include <system_error>
#include <utility>
#include <vector>

namespace cleave {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHeader = "sweep.yaml";
constexpr std::size_t kMostHeaderBytes = 2 * kMostTextBytes;
constexpr std::size_t kMostRecordBytes = kMostTextBytes;

Section in_quotation(std::string_view text) {
  Section section = scalar(text);
  section.quoted = true;
  return section;
}

// What all results in a folder have in common: seeds that were run with other words than these do
// not belong there.
Section origin_of(const Sweep& sweep, const Loaded& loaded) {
  std::vector<Section> settings;
  for (const std::string& setting : sweep.settings)
    settings.push_back(in_quotation(setting));
  return map_of({{"cleave_sweep", scalar("1")},
                 {"behaviour", scalar(std::to_string(sweep.behaviour))},
                 {"configuration", in_quotation(sweep.configuration)},
                 {"settings", list_of(std::move(settings))},
                 {"swarm", scalar(sweep.swarm ? "true" : "false")},
                 {"scenario", in_quotation(loaded.text)}});
}

[[noreturn]] void refuse(const fs::path& path, Mistake mistake) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>(Source{"--resume " + path.string(), {}});
  diagnostics.error(Mark{source, 0, 0}, std::move(mistake));
  throw ScenarioError(std::move(diagnostics));
}

std::optional<Section> read_origin(const fs::path& file) {
  Diagnostics diagnostics;
  auto root = parse_text(file.string(), read_file(file, kMostHeaderBytes), diagnostics);
  return diagnostics.empty() ? root : std::nullopt;
}

// In which way two sweeps are not the same one; empty: they are.
std::string difference(const Section& there, const Section& here) {
  const auto differs = [&](std::string_view key) {
    const Section* value = there.find(key);
    return !value || !same_content(*value, *here.find(key));
  };
  if (differs("cleave_sweep")) return "it was made by another version of Cleave";
  if (differs("scenario")) return "the text of the scenario is another one";
  if (differs("behaviour"))
    return "it was made by a Cleave that behaves otherwise (`cleave version` says the number)";
  if (differs("configuration")) return "it is of another configuration";
  if (differs("settings")) return "it was made with other settings (--set)";
  if (differs("swarm"))
    return here.find("swarm")->text == "true"
               ? "that one is not of a swarm, and this one is; leave out --swarm to go on with it"
               : "that one is of a swarm, and this one is not; add --swarm to go on with it";
  return "";
}

}  // namespace

SweepFolder::SweepFolder(fs::path path, const Sweep& sweep, const Loaded& loaded)
    : path_(std::move(path)) {
  const Section here = origin_of(sweep, loaded);
  const fs::path header = path_ / kHeader;
  std::error_code error;
  if (!fs::exists(header)) {
    if (fs::exists(path_) && (!fs::is_directory(path_) || !fs::is_empty(path_, error)))
      refuse(path_, {"it is there, and no sweep made it", "a new folder, or that of a sweep",
                     "choose another one"});
    fs::create_directories(path_, error);
    write_file(header, to_yaml(here));
    return;
  }
  const std::optional<Section> there = read_origin(header);
  const std::string other =
      there ? difference(*there, here) : in_quotes(header.string()) + " cannot be understood";
  if (!other.empty())
    refuse(path_, {"it holds another sweep: " + other, "the same sweep",
                   "choose another folder, or remove this one"});
}

fs::path SweepFolder::file_of(std::uint64_t seed) const {
  return path_ / ("seed-" + std::to_string(seed) + ".json");
}

std::optional<SeedResult> SweepFolder::find(std::uint64_t seed) const {
  const fs::path file = file_of(seed);
  if (!fs::exists(file)) return std::nullopt;
  Diagnostics diagnostics;
  const auto root = parse_text(file.string(), read_file(file, kMostRecordBytes), diagnostics);
  if (!root) return std::nullopt;
  SeedResult result = read_seed_result(*root, diagnostics);
  if (!diagnostics.empty() || result.run.seed != seed) return std::nullopt;
  return result;
}

void SweepFolder::keep(std::uint64_t seed, const std::string& json) const {
  write_file(file_of(seed), json + "\n");
}

}  // namespace cleave
