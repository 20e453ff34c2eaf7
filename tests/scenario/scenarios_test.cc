// Every scenario of the repository runs, in every configuration, and comes out as it says; and so
// do the examples of the page about the format.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace cleave {
namespace {

namespace fs = std::filesystem;

std::string name_of(const fs::path& path) {
  std::string name = path.lexically_relative("scenarios").replace_extension().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("scenarios"))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

// One line for each thing that is not as stated.
std::string complaints(const RunResult& result) {
  std::ostringstream out;
  for (const ExpectationResult& e : result.expectations)
    if (!e.as_stated())
      out << "\n  line " << e.line << ": " << e.name << " is " << to_string(e.verdict.word)
          << ", not " << to_string(e.expected) << ": " << e.verdict.why;
  for (const FaultResult& fault : result.faults)
    if (fault.inert) out << "\n  " << fault.fault.name << " had no effect: " << fault.why_inert;
  if (result.failure)
    out << "\n  event " << result.failure->event.value << " of " << result.failure->node << ": "
        << result.failure->what;
  return out.str();
}

void expect_as_stated(const Loaded& loaded, std::uint64_t more_seeds) {
  for (const Configuration& configuration : loaded.configurations) {
    for (std::uint64_t i = 0; i <= more_seeds; ++i) {
      const std::uint64_t seed = configuration.scenario.seed + i;
      const RunResult result = run(configuration.scenario, {.seed = seed});
      EXPECT_EQ(result.status, Status::as_stated)
          << (configuration.name.empty() ? "the scenario itself" : configuration.name)
          << " with seed " << seed << ":" << complaints(result);
    }
  }
}

class Scenarios : public testing::TestWithParam<std::string> {};

TEST_P(Scenarios, come_out_as_stated) {
  expect_as_stated(load_file(GetParam()), 2);
}

INSTANTIATE_TEST_SUITE_P(All, Scenarios, testing::ValuesIn(scenario_files()),
                         [](const auto& file) { return name_of(file.param); });

// Blocks that begin with ```yaml; those that are a whole scenario begin with `cleave:`.
std::vector<std::string> yaml_blocks(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("```")) {
      inside = line == "```yaml";
      if (inside) blocks.emplace_back();
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

TEST(ScenarioFormatPage, has_examples_that_come_out_as_stated) {
  std::size_t whole = 0;
  for (const std::string& block : yaml_blocks("docs/scenario-format.md")) {
    if (!block.starts_with("cleave:")) continue;
    ++whole;
    SCOPED_TRACE(block);
    expect_as_stated(load_text("docs/scenario-format.md", block), 0);
  }
  EXPECT_GE(whole, 1u);
}

}  // namespace
}  // namespace cleave
