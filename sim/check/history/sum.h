// The sum of any number of integers of a history.
#pragma once
#include <string>

namespace cleave {

__extension__ using Sum = __int128;

std::string to_text(Sum number);

}  // namespace cleave
