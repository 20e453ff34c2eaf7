// Two kinds of bug. A ModelBug is a protocol's: it is caught in World::step alone and becomes a
// verdict with its event number. An EngineBug is ours: nothing catches it before main, which prints
// seed and event and exits with status 70. Both are on in every build.
#pragma once
#include <stdexcept>
#include <string>

namespace cleave {

struct ModelBug : std::logic_error {
  using std::logic_error::logic_error;
};
struct EngineBug : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] inline void throw_model_bug(const char* file, int line, const char* what) {
  throw ModelBug(std::string(file) + ":" + std::to_string(line) + ": " + what);
}
[[noreturn]] inline void throw_engine_bug(const char* file, int line, const char* what) {
  throw EngineBug(std::string(file) + ":" + std::to_string(line) + ": " + what);
}

}  // namespace cleave

// In a model: states what must hold in a handler.
#define CLEAVE_ASSERT(condition, what) \
  ((condition) ? void() : ::cleave::throw_model_bug(__FILE_NAME__, __LINE__, what))
// In the simulator itself.
#define CLEAVE_CHECK(condition, what) \
  ((condition) ? void() : ::cleave::throw_engine_bug(__FILE_NAME__, __LINE__, what))
