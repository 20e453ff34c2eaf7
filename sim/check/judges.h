// Every judge by the word that a scenario uses for it: what `cleave list judges` prints and what a
// scenario's `expect:` may say.
#pragma once
#include "sim/trace/verdict.h"

#include <span>
#include <string_view>

namespace cleave {

struct JudgeInfo {
  std::string_view name;  // the key in `expect:`
  Property property = Property::safety;
  std::string_view doc;  // what it claims when it holds, one sentence
};

std::span<const JudgeInfo> judges();                 // by name
const JudgeInfo* find_judge(std::string_view name);  // null: there is none of that name

}  // namespace cleave
