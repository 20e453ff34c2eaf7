// What is wrong with the labels of a drawing: clipped, in each other's way, too small, or empty.
#pragma once
#include "sim/draw/drawing.h"

#include <string>
#include <variant>
#include <vector>

namespace cleave::draw {

inline std::vector<Label> labels_of(const Drawing& drawing) {
  std::vector<Label> labels;
  for (const Shape& shape : drawing.shapes)
    if (const Label* label = std::get_if<Label>(&shape); label && !label->text.empty())
      labels.push_back(*label);
  return labels;
}

inline std::string trouble_with_labels(const Drawing& drawing) {
  const std::vector<Label> labels = labels_of(drawing);
  std::string trouble;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Rect rect = rect_of(labels[i]);
    if (rect.x < 0 || rect.y < 0 || rect.right() > drawing.size.width ||
        rect.bottom() > drawing.size.height)
      trouble += "clipped: " + labels[i].text + "\n";
    if (labels[i].style.px < 11) trouble += "too small: " + labels[i].text + "\n";
    for (std::size_t j = 0; j < i; ++j)
      if (rect.overlaps(rect_of(labels[j])))
        trouble += labels[j].text + " is under " + labels[i].text + "\n";
  }
  return trouble;
}

inline bool says(const Drawing& drawing, const std::string& words) {
  std::string all;
  for (const Label& label : labels_of(drawing))
    all += label.text + " ";
  return all.find(words) != std::string::npos;
}

inline const Spot* spot_of(const Drawing& drawing, Target target) {
  for (const Spot& spot : drawing.spots)
    if (spot.target == target) return &spot;
  return nullptr;
}

}  // namespace cleave::draw
