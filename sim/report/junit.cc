#include "sim/report/junit.h"

#include "sim/report/phrases.h"
#include "sim/report/typography.h"
#include "sim/report/xml_attribute.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace cleave {
namespace {

struct Complaint {
  enum class Kind : std::uint8_t { failure, error } kind = Kind::failure;
  std::string type;
  std::string message;
};

struct Case {
  std::string name;
  std::optional<Complaint> complaint;
};

std::optional<Complaint> complaint_about(const ExpectationResult& expectation) {
  if (expectation.as_stated()) return std::nullopt;
  const Verdict& verdict = expectation.verdict;
  const bool judged = verdict.word == Word::holds || verdict.word == Word::violated;
  std::string message = "expected " + std::string(to_string(expectation.expected)) + ", found " +
                        std::string(to_string(verdict.word));
  if (verdict.at) message += " at " + exact(*verdict.at);
  if (!verdict.why.empty()) message += ": " + verdict.why;
  return Complaint{judged ? Complaint::Kind::failure : Complaint::Kind::error,
                   std::string(to_string(verdict.word)), message};
}

std::vector<Case> cases_of(const RunResult& run) {
  std::vector<Case> cases;
  for (const ExpectationResult& expectation : run.expectations)
    cases.push_back({expectation.name, complaint_about(expectation)});
  for (const FaultResult& fault : run.faults) {
    cases.push_back({"fault " + fault.fault.name + " has an effect", std::nullopt});
    if (fault.inert)
      cases.back().complaint =
          Complaint{Complaint::Kind::error, "inert", deed(fault.fault) + " " + effect(fault)};
  }
  if (run.failure)
    cases.push_back({"model assertions",
                     Complaint{Complaint::Kind::failure, "assertion",
                               run.failure->node + " at " + exact(run.failure->at) + ", event " +
                                   grouped(run.failure->event.value) + ": " + run.failure->what}});
  if (run.expected_digest) {
    cases.push_back({"digest", std::nullopt});
    if (*run.expected_digest != run.digest)
      cases.back().complaint =
          Complaint{Complaint::Kind::failure, "digest",
                    "expected " + to_hex(*run.expected_digest) + ", found " + to_hex(run.digest)};
  }
  return cases;
}

std::string number_of(const std::vector<Case>& cases, Complaint::Kind kind) {
  return std::to_string(std::count_if(cases.begin(), cases.end(), [=](const Case& c) {
    return c.complaint && c.complaint->kind == kind;
  }));
}

std::string property(std::string_view name, std::string_view value) {
  return "      <property" + xml_attribute("name", name) + xml_attribute("value", value) + "/>\n";
}

std::string suite(const RunResult& run) {
  const std::vector<Case> cases = cases_of(run);
  const std::string name =
      run.configuration.empty() ? run.scenario : run.scenario + ": " + run.configuration;
  std::string text = "  <testsuite" + xml_attribute("name", name) +
                     xml_attribute("tests", std::to_string(cases.size())) +
                     xml_attribute("failures", number_of(cases, Complaint::Kind::failure)) +
                     xml_attribute("errors", number_of(cases, Complaint::Kind::error)) +
                     xml_attribute("skipped", "0") + ">\n    <properties>\n";
  text += property("file", run.file) + property("seed", std::to_string(run.seed)) +
          property("behaviour", std::to_string(run.behaviour)) +
          property("digest", to_hex(run.digest)) +
          property("status", std::to_string(static_cast<int>(run.status))) + "    </properties>\n";
  for (const Case& item : cases) {
    text += "    <testcase" + xml_attribute("classname", name) + xml_attribute("name", item.name);
    if (!item.complaint) {
      text += "/>\n";
      continue;
    }
    const std::string tag = item.complaint->kind == Complaint::Kind::failure ? "failure" : "error";
    text += ">\n      <" + tag + xml_attribute("type", item.complaint->type) +
            xml_attribute("message", item.complaint->message) + "/>\n    </testcase>\n";
  }
  return text + "  </testsuite>\n";
}

}  // namespace

std::string junit_report(const std::vector<RunResult>& runs) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cleave\">\n";
  for (const RunResult& run : runs)
    text += suite(run);
  return text + "</testsuites>\n";
}

}  // namespace cleave
