// Expected: no matching function for call to
#include "sim/base/digest.h"

int main() {
#ifdef MENDED
  const int share = 1;
#else
  const double share = 0.5;
#endif
  return cleave::digest_of(share) == 0 ? 1 : 0;
}
