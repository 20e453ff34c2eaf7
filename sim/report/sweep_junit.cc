#include "sim/report/sweep.h"
#include "sim/report/xml_attribute.h"

#include <algorithm>

namespace cleave {
namespace {

// What is judged and not as stated is a failure; what could not be judged is an error.
bool is_failure(Status status) {
  return status == Status::safety || status == Status::liveness;
}

std::string case_of(const Sweep& sweep, const SeedResult& result) {
  const std::vector<Breakage> breakages = breakages_of(result);
  std::string text = "    <testcase" + xml_attribute("classname", sweep.scenario) +
                     xml_attribute("name", "seed " + std::to_string(result.run.seed));
  if (breakages.empty()) return text + "/>\n";
  std::string message;
  for (const Breakage& breakage : breakages)
    message += (message.empty() ? "" : "\n") + breakage.failure.what + ": " +
               breakage.failure.found + (breakage.why.empty() ? "" : ": " + breakage.why);
  const std::string tag = is_failure(result.run.status) ? "failure" : "error";
  return text + ">\n      <" + tag + xml_attribute("type", breakages.front().failure.found) +
         xml_attribute("message", message) + "/>\n    </testcase>\n";
}

}  // namespace

std::string junit_sweep(const Sweep& sweep) {
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::string cases;
  for (const SeedResult& result : sweep.results) {
    cases += case_of(sweep, result);
    if (breakages_of(result).empty()) continue;
    ++(is_failure(result.run.status) ? failures : errors);
  }
  const std::string name =
      sweep.configuration.empty() ? sweep.scenario : sweep.scenario + ": " + sweep.configuration;
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cleave\">\n  <testsuite" +
         xml_attribute("name", name) +
         xml_attribute("tests", std::to_string(sweep.results.size())) +
         xml_attribute("failures", std::to_string(failures)) +
         xml_attribute("errors", std::to_string(errors)) + xml_attribute("skipped", "0") + ">\n" +
         cases + "  </testsuite>\n</testsuites>\n";
}

}  // namespace cleave
