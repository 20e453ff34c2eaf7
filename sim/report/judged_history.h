// A history that was judged, from anywhere, as a text and as JSON.
#pragma once
#include "sim/check/history/question.h"
#include "sim/report/text.h"
#include "sim/scenario/run_result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct JudgedHistory {
  std::string file;
  std::string format;
  Question question;
  History history;
  Finding finding;
  std::optional<Level> strongest;  // that holds, of a violation
};

// How the program exits.
Status status_of(const JudgedHistory& judged);

// Operations are called by the numbers under which they stand in `witness`.
std::string text_report(const JudgedHistory& judged, const TextOptions& options);

// An object without a newline at its end.
std::string json_report(const JudgedHistory& judged);
// Of several, `objects` as above: one object, with a newline.
std::string json_histories(const std::vector<std::string>& objects, Status status);

}  // namespace cleave
