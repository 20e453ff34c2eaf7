// How judges say things: plain words with units.
#pragma once
#include "sim/trace/checker.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cleave {

std::string name_of(NodeId node, const RunEnd& end);            // "accounts/us-east/0"; "node 7"
std::string name_of(OperationId operation, const RunEnd& end);  // "operation 41 of east/3"
std::string in_seconds(Time time);                              // "63.020 s", cut to milliseconds
std::string in_seconds(Duration duration);
std::string count_of(std::uint64_t n, std::string_view noun);  // "1 update", "17 updates"

}  // namespace cleave
