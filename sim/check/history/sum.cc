#include "sim/check/history/sum.h"

#include <algorithm>

namespace cleave {

std::string to_text(Sum number) {
  std::string digits;
  const bool is_negative = number < 0;
  do {
    const auto digit = static_cast<int>(number % 10);
    digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    number /= 10;
  } while (number != 0);
  if (is_negative) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace cleave
