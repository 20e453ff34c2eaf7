// Expected: CLEAVE_DESCRIBE must name every member
#include "sim/base/digest.h"

struct Mailbox {
  int position = 0;
  int acknowledged = 0;
#ifdef MENDED
  CLEAVE_DESCRIBE(position, acknowledged)
#else
  CLEAVE_DESCRIBE(position)
#endif
};

int main() {
  return cleave::digest_of(Mailbox{}) == 0 ? 1 : 0;
}
