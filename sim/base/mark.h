// Where something stands in a text that a person wrote: the source, and a line and a column counted
// from 1. Columns count characters (Unicode code points), as editors do.
#pragma once
#include <compare>
#include <cstdint>
#include <memory>
#include <string>

namespace cleave {

// A text under the name that messages give it. Never changed once a Mark points to it.
struct Source {
  std::string name;  // a path, or what stands in for one: "--set run_for"
  std::string text;
};

// A Mark keeps its source alive, so that a message can quote the line long after the text was read.
struct Mark {
  std::shared_ptr<const Source> source;  // null: not from a text (tests, values made in C++)
  std::uint32_t line = 0;                // 0: the source as a whole
  std::uint32_t column = 0;
};

std::string to_string(const Mark& mark);  // "split.yaml:3:14", "split.yaml", or "" for no source

}  // namespace cleave
