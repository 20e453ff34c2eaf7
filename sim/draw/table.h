// What a picture says, as rows of words: for who cannot see it, or wants the numbers.
#pragma once
#include <string>
#include <vector>

namespace cleave::draw {

struct Table {
  std::string title;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  // each as long as the head
};

}  // namespace cleave::draw
