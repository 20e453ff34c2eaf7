// Files that people name. Reading says what to do when it cannot. Writing leaves the file in full
// or not at all: it goes to a file without a name in the same folder (or, where the system has
// none, under another name), is synced, then put in place.
#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace cleave {

// A file could not be read or written; says which, why, and what to do.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// At most so many bytes, also from pipes and devices. Throws FileError.
std::string read_file(const std::filesystem::path& path, std::size_t at_most);

// The same bit by bit, for those that may be of any size: each call puts the next bytes, at most so
// many, in a place and returns how many there were; 0: the end. "-" is the standard input. Throws
// FileError, now and at each call.
std::function<std::size_t(char* into, std::size_t at_most)> read_blocks(
    const std::filesystem::path& path);

// Replaces a file, and what a symbolic link points to. Pipes and devices are written to as they
// are. Throws FileError; a file that was there is then as it was.
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace cleave
