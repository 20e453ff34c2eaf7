#include "cli/values.h"

#include <memory>

namespace cleave::cli {

void refuse(std::string_view option, Mistake mistake) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>(Source{std::string(option), {}});
  diagnostics.error(Mark{source, 0, 0}, std::move(mistake));
  throw ScenarioError(std::move(diagnostics));
}

std::string list_of(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + std::string(names[i]);
  return text;
}

}  // namespace cleave::cli
