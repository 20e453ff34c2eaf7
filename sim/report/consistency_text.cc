#include "sim/report/consistency_text.h"

#include "sim/report/typography.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cleave {
namespace {

constexpr std::size_t kMostRows = 8;
constexpr std::size_t kMostNames = 3;  // of objects, in full

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : ", ") + word;
  return text;
}

// "notes, 50 registers together", "notes, register a alone", "notes, 2 registers alone (a, b)"
std::string objects_of(const ConsistencyRow& row) {
  std::string type = row.type;
  std::replace(type.begin(), type.end(), '_', '-');
  const std::string how = row.together ? " together" : " alone";
  std::string text = row.store + ", ";
  if (row.objects == 1) return text + type + " " + row.names.front() + (row.together ? "" : how);
  text += counted(row.objects, type, type + "s") + how;
  const bool few = !row.together && row.objects <= std::min(kMostNames, row.names.size());
  return few ? text + " (" + joined(row.names) + ")" : text;
}

}  // namespace

std::string sentence(const ConsistencyRow& row) {
  std::vector<std::string> parts;
  if (!row.strongest.empty()) parts.push_back(joined(row.strongest) + " kept");
  if (!row.violated.empty())
    parts.push_back(joined(row.violated) + " broken" +
                    (row.anomaly.empty() ? "" : " (" + row.anomaly + ")"));
  if (!row.undecided.empty()) parts.push_back(joined(row.undecided) + " undecided");
  if (!was_tested(row)) parts.push_back("untested");
  if (row.cut_short)
    parts.push_back("of the first " + counted(row.operations, "operation", "operations"));
  std::string text = objects_of(row) + ": ";
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : "; ") + parts[i];
  return text;
}

bool was_tested(const ConsistencyRow& row) {
  return !(row.strongest.empty() && row.violated.empty() && row.undecided.empty());
}

void write_consistency(Page& page, const RunResult& run) {
  if (run.consistency.empty()) return;
  page.section("levels");
  const std::size_t shown = std::min(run.consistency.size(), kMostRows);
  for (std::size_t i = 0; i < shown; ++i)
    page.paragraph(sentence(run.consistency[i]));
  if (run.consistency.size() > shown)
    page.line("and " + grouped(run.consistency.size() - shown) + " more rows", Tone::quiet);
}

}  // namespace cleave
