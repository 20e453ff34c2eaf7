#include "cli/guard.h"

#include "sim/base/assert.h"
#include "sim/base/diagnostics.h"
#include "sim/report/file.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::cli {
namespace {

TEST(Guard, turns_what_is_thrown_into_a_status_and_a_message) {
  struct Case {
    Action action;
    Status status;
    std::string_view message;
  };
  const auto mistake = [](Console&) -> Status {
    Diagnostics diagnostics;
    diagnostics.error(Mark{}, {"found nothing", "something", ""});
    throw ScenarioError(std::move(diagnostics));
  };
  const std::vector<Case> cases{
      {[](Console&) { return Status::liveness; }, Status::liveness, ""},
      {mistake, Status::bad_input, "found nothing"},
      {[](Console&) -> Status { throw FileError("cannot read 'x'"); }, Status::file_error,
       "cannot read 'x'"},
      {[](Console&) -> Status { throw EngineBug("world.cc:7: must hold (seed 42, event 9)"); },
       Status::cleave_bug, "bug in Cleave, not in your scenario: world.cc:7: must hold (seed 42"},
      {[](Console&) -> Status { throw std::out_of_range("at"); }, Status::cleave_bug,
       "bug in Cleave"},
      {[](Console&) -> Status { throw std::bad_alloc(); }, Status::cleave_bug, "out of memory"},
  };
  for (const Case& c : cases) {
    Console console("cleave");
    testing::internal::CaptureStderr();
    EXPECT_EQ(guarded(c.action, console), c.status) << c.message;
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find(c.message), std::string::npos) << said;
    EXPECT_EQ(said.empty(), c.message.empty()) << said;
  }
}

}  // namespace
}  // namespace cleave::cli
