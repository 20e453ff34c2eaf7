#include "cli/guard.h"

#include "sim/base/diagnostics.h"
#include "sim/report/file.h"

#include <exception>
#include <new>
#include <string>

namespace cleave::cli {

Status guarded(const Action& action, Console& console) {
  try {
    return action(console);
  } catch (const ScenarioError& error) {
    console.complain(error.what());
    return Status::bad_input;
  } catch (const FileError& error) {
    console.complain("cleave: " + std::string(error.what()) + "\n");
    return Status::file_error;
  } catch (const std::bad_alloc&) {
    console.complain("cleave: out of memory; try a shorter run or fewer clients\n");
    return Status::cleave_bug;
  } catch (const std::exception& error) {
    console.complain(
        "cleave: this is a bug in Cleave, not in your scenario: " + std::string(error.what()) +
        "\nPlease report it with the scenario and the command that you gave.\n");
    return Status::cleave_bug;
  }
}

}  // namespace cleave::cli
