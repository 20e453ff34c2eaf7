#include "sim/report/file.h"

#include "sim/base/nearest.h"
#include "sim/report/typography.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace cleave {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

std::string quoted_path(const std::filesystem::path& path) {
  return "'" + valid_utf8(path.string()) + "'";
}

std::string advice_on_writing(int error) {
  switch (error) {
    case ENOENT:
      return "; make its folder first";
    case ENOSPC:
    case EDQUOT:
      return "; free some space or choose another place";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a place that you may write to";
    case EISDIR:
      return "; give the name of a file";
    case EFBIG:
      return "; raise the limit on the size of files";
    default:
      return "";
  }
}

// The file in the same folder whose name is nearest.
std::string nearest_beside(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const auto near = nearest(path.filename().string(), candidates);
  return near ? (path.parent_path() / *near).string() : "";
}

std::string advice_on_reading(const std::filesystem::path& path, int error) {
  if (error == EISDIR) return "; give the name of a file in it";
  if (error == EACCES) return "; ask for the right to read it";
  if (error != ENOENT) return "";
  const std::string near = nearest_beside(path);
  return near.empty() ? "; look for it with ls" : "; did you mean " + quoted_path(near) + "?";
}

[[noreturn]] void fail_to_write(const std::filesystem::path& path, int error) {
  throw FileError("cannot write " + quoted_path(path) + ": " + reason(error) +
                  advice_on_writing(error));
}

[[noreturn]] void fail_to_read(const std::filesystem::path& path, int error) {
  throw FileError("cannot read " + quoted_path(path) + ": " + reason(error) +
                  advice_on_reading(path, error));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

// 0, or what went wrong.
int write_all(const Descriptor& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file.number(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int sync(const Descriptor& file) {
  return ::fsync(file.number()) == 0 ? 0 : errno;
}

// A name beside the target that no other process takes.
std::filesystem::path beside(const std::filesystem::path& path) {
  return path.parent_path() /
         ("." + path.filename().string() + "." + std::to_string(::getpid()) + ".part");
}

mode_t mode_for(const std::filesystem::path& path) {
  struct stat now {};
  return ::stat(path.c_str(), &now) == 0 ? now.st_mode & 07777 : 0666;
}

// Without a name until it is complete: a process that dies leaves nothing. Absent: this system or
// this folder's file system cannot.
std::optional<int> write_nameless(const std::filesystem::path& path, std::string_view text) {
#if defined(O_TMPFILE)
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const Descriptor file(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode_for(path)));
  if (!file) return std::nullopt;
  if (const int error = write_all(file, text); error != 0) return error;
  if (const int error = sync(file); error != 0) return error;
  const std::string self = "/proc/self/fd/" + std::to_string(file.number());
  const std::filesystem::path part = beside(path);
  if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, part.c_str(), AT_SYMLINK_FOLLOW) != 0)
    return std::nullopt;
  if (::rename(part.c_str(), path.c_str()) == 0) return 0;
  const int error = errno;
  ::unlink(part.c_str());
  return error;
#else
  return std::nullopt;
#endif
}

int write_under_another_name(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path part = beside(path);
  int error = 0;
  {
    const Descriptor file(
        ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_for(path)));
    if (!file) return errno;
    error = write_all(file, text);
    if (error == 0) error = sync(file);
  }
  if (error == 0 && ::rename(part.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(part.c_str());
  return error;
}

int write_in_place(const std::filesystem::path& path, std::string_view text) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return file ? write_all(file, text) : errno;
}

}  // namespace

std::string read_file(const std::filesystem::path& path, std::size_t at_most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) fail_to_read(path, errno);
  std::string text(at_most, '\0');
  std::size_t used = 0;
  while (used < at_most) {
    const ssize_t got = ::read(file.number(), text.data() + used, at_most - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_to_read(path, errno);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  text.resize(used);
  return text;
}

std::function<std::size_t(char* into, std::size_t at_most)> read_blocks(
    const std::filesystem::path& path) {
  const bool is_input = path == "-";
  const auto file = std::make_shared<const Descriptor>(
      is_input ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!*file) fail_to_read(path, errno);
  return [file, path](char* into, std::size_t at_most) {
    while (true) {
      const ssize_t got = ::read(file->number(), into, at_most);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) fail_to_read(path, errno);
    }
  };
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  int error = 0;
  if (fs::is_directory(status)) {
    error = EISDIR;
  } else if (fs::exists(status) && !fs::is_regular_file(status)) {
    error = write_in_place(path, text);
  } else if (fs::exists(status) && ::access(path.c_str(), W_OK) != 0) {
    error = errno;
  } else {
    fs::path target = fs::exists(status) ? fs::canonical(path, ignored) : path;
    if (target.empty()) target = path;
    const std::optional<int> nameless = write_nameless(target, text);
    error = nameless ? *nameless : write_under_another_name(target, text);
  }
  if (error != 0) fail_to_write(path, error);
}

}  // namespace cleave
