#include "cli/values.h"

#include <memory>

namespace cleave::cli {

void refuse(std::string_view option, Mistake mistake) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>(Source{std::string(option), {}});
  diagnostics.error(Mark{source, 0, 0}, std::move(mistake));
  throw ScenarioError(std::move(diagnostics));
}

}  // namespace cleave::cli
