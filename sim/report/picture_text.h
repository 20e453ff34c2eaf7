// The picture of divergence in characters: block elements in eighths of a line, or plain ASCII.
#pragma once
#include "sim/report/ink.h"
#include "sim/report/picture.h"

#include <string>
#include <vector>

namespace cleave {

struct PictureTextOptions {
  int columns = 70;  // all of it, the labels of the axis included; at least 40
  int rows = 6;      // of the curve alone
  Charset charset = Charset::utf8;
  Ink ink = Ink::plain;
};

// Lines without trailing spaces, of at most `columns`.
std::vector<std::string> picture_lines(const RunResult& run, const StoreResult& store,
                                       const PictureTextOptions& options);

}  // namespace cleave
