// cleave schema: the words of a scenario, for editors and for people.
#include "cli/verbs.h"
#include "sim/base/schema.h"
#include "sim/scenario/words.h"

#include <memory>

namespace cleave::cli {
namespace {

constexpr const char* kFooter = R"(Examples:
  cleave schema > cleave.schema.json
  cleave schema --markdown | less

An editor with a YAML language server takes it from the first line of a file:
  # yaml-language-server: $schema=cleave.schema.json
)";

}  // namespace

void add_schema(CLI::App& app, Action& action) {
  auto markdown_wanted = std::make_shared<bool>(false);
  CLI::App* verb =
      app.add_subcommand("schema", "Print the JSON Schema of a scenario, for editors.");
  verb->footer(kFooter);
  verb->add_flag("--markdown", *markdown_wanted, "As tables for people instead.");
  verb->callback([markdown_wanted, &action] {
    action = [markdown_wanted](Console& console) {
      const Schema& words = scenario_words();
      return console.print(*markdown_wanted ? markdown(words) : json_schema(words) + "\n");
    };
  });
}

}  // namespace cleave::cli
