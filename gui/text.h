// Text of the other floors, which is UTF-8, as Qt has it.
#pragma once
#include <QString>
#include <string>
#include <string_view>

namespace cleave::gui {

inline QString q(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace cleave::gui
