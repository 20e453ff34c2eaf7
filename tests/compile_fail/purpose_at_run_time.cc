// Expected: call to (non-|consteval)
#include "sim/base/name.h"

std::string_view chosen_at_run_time();

int main() {
#ifdef MENDED
  const cleave::Purpose purpose("loss");
#else
  const cleave::Purpose purpose(chosen_at_run_time());
#endif
  return purpose.hash == 0 ? 1 : 0;
}
