// What a person changes in a scenario is changed in its text, and nothing else is.
#include "sim/explore/branch.h"

#include "sim/base/diagnostics.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

using namespace literals;

std::string with_list(const std::string& faults) {
  return "cleave: 1\nrun_for: 30s\n" + faults + "# the end\n";
}

struct SpanCase {
  const char* what;
  const char* before;
  const char* after;
};
const SpanCase kSpans[] = {
    {"in flow style, at first", "faults:\n  - {name: split, at: 10s, for: 10s, cut: [a, b]}\n",
     "faults:\n  - {name: split, at: 12.5s, for: 3s, cut: [a, b]}\n"},
    {"in flow style, for first", "faults:\n  - {for: 10s, cut: [a, b], at: 10s, name: split}\n",
     "faults:\n  - {for: 3s, cut: [a, b], at: 12.5s, name: split}\n"},
    {"in block style",
     "faults:\n  - name: split\n    at: 10s  # why\n    for: 10s\n    cut: [a, b]\n",
     "faults:\n  - name: split\n    at: 12.5s  # why\n    for: 3s\n    cut: [a, b]\n"},
    {"without an end", "faults:\n  - {name: split, at: 10s, cut: [a, b]}\n",
     "faults:\n  - {name: split, at: 12.5s, cut: [a, b]}\n"},
    {"after letters of two bytes", "faults:\n  - {cut: [ä, ö], name: split, at: 10s, for: 1s}\n",
     "faults:\n  - {cut: [ä, ö], name: split, at: 12.5s, for: 3s}\n"},
    {"the second of two",
     "faults:\n  - {name: other, at: 10s, for: 1s}\n  - {name: split, at: 10s, for: 1s}\n",
     "faults:\n  - {name: other, at: 10s, for: 1s}\n  - {name: split, at: 12.5s, for: 3s}\n"},
};

TEST(Branch, moves_the_edges_of_a_fault_in_the_text) {
  for (const SpanCase& c : kSpans) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(
        with_span("a.yaml", with_list(c.before), {"split", Time{} + 12'500_ms, Time{} + 15'500_ms}),
        with_list(c.after));
  }
}

TEST(Branch, refuses_to_move_what_it_cannot_find_or_replace) {
  struct {
    const char* faults;
    const char* says;
  } const cases[] = {
      {"faults:\n  - {name: other, at: 10s}\n", "split"},
      {"", "faults"},
      {"faults:\n  - {name: split, at: '10s'}\n", "quotes"},
      {"faults:\n  - {name: split, cut: [a, b]}\n", "without a time"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.faults);
    try {
      with_span("a.yaml", with_list(c.faults), {"split", Time{} + 1_s, Time{} + 2_s});
      ADD_FAILURE() << "was not refused";
    } catch (const ScenarioError& error) {
      EXPECT_NE(std::string(error.what()).find(c.says), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace cleave
