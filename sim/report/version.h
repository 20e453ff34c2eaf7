// The version that reports and `cleave version` give: that of CMakeLists.txt, held by a test.
#pragma once
#include <string_view>

namespace cleave {

constexpr std::string_view kVersion = "1.0";

}  // namespace cleave
