// What tests ask of a drawing, whoever paints it.
#pragma once
#include "sim/draw/drawing.h"
#include "tests/draw/labels.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

namespace cleave::draw {

template <class S>
std::vector<S> all_of(const Drawing& drawing) {
  std::vector<S> all;
  for (const Shape& shape : drawing.shapes)
    if (const S* found = std::get_if<S>(&shape)) all.push_back(*found);
  return all;
}

inline void expect_legible(const Drawing& drawing, const std::string& where) {
  EXPECT_EQ(trouble_with_labels(drawing), "") << where;
}

inline std::vector<std::string> texts_of(const Drawing& drawing) {
  std::vector<std::string> texts;
  for (const Label& label : all_of<Label>(drawing))
    texts.push_back(label.text);
  return texts;
}

inline std::vector<Spot> spots_of(const Drawing& drawing, Target::Kind kind) {
  std::vector<Spot> spots;
  for (const Spot& spot : drawing.spots)
    if (spot.target.kind == kind) spots.push_back(spot);
  return spots;
}

// Every spot can be told from the others by ear, and lies in the picture.
inline void expect_speaking(const Drawing& drawing) {
  for (const Spot& spot : drawing.spots) {
    EXPECT_FALSE(spot.name.empty());
    EXPECT_TRUE(spot.rect.overlaps({-1, -1, drawing.size.width + 2, drawing.size.height + 2}) ||
                spot.segment)
        << spot.name;
  }
}

}  // namespace cleave::draw
