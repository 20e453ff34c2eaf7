// The verbs of the command line. Each adds itself to the parser and, when it is the one that was
// called, leaves what is to be done in `action`. Actions throw ScenarioError, FileError and
// EngineBug, which guard.h turns into messages and exit statuses.
#pragma once
#include "cli/guard.h"

#include <CLI/CLI.hpp>

namespace cleave::cli {

void add_run(CLI::App& app, Action& action);
void add_compare(CLI::App& app, Action& action);
void add_explain(CLI::App& app, Action& action);
void add_sweep(CLI::App& app, Action& action);
void add_shrink(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_selfcheck(CLI::App& app, Action& action);
void add_version(CLI::App& app, Action& action);

}  // namespace cleave::cli
