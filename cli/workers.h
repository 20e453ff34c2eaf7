// Worker processes: forks of this one that take numbers from it and give texts back. One that dies
// takes the number with it that it was at, and nothing else; another takes its place.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>

namespace cleave::cli {

struct Answer {
  std::uint64_t number = 0;
  std::string text;
  // How the worker ended instead: "a worker was ended by signal 11 (Segmentation fault)".
  std::string death;
};

struct Work {
  std::deque<std::uint64_t> numbers;
  std::size_t workers = 1;
  // In a worker. Throws nothing that matters: whatever it throws ends the worker.
  std::function<std::string(std::uint64_t number)> answer;
  // In this process, in the order in which answers come.
  std::function<void(Answer answer)> take;
};

// Requires: this process has one thread, and ignores SIGPIPE. Throws std::system_error if a worker
// cannot be started.
void work_off(Work work);

// As many workers as this process may use processors.
std::size_t usable_processors();

}  // namespace cleave::cli
