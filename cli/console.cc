#include "cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace cleave::cli {
namespace {

constexpr int kFewestColumns = 80;  // also where there is no terminal: the same for all readers
constexpr int kMostColumns = 100;   // longer lines are hard to read

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int columns() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
    return kFewestColumns;
  return std::clamp<int>(size.ws_col, kFewestColumns, kMostColumns);
}

// Terminals speak UTF-8 today, also where nobody set a locale; unless it says otherwise.
Charset charset_of_terminal() {
  if (::isatty(STDOUT_FILENO) == 0) return Charset::utf8;
  if (environment("TERM") == "linux" || environment("TERM") == "dumb") return Charset::ascii;
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (locale.empty()) locale = environment(name);
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool utf8 = locale.empty() || locale.find("utf-8") != std::string::npos ||
                    locale.find("utf8") != std::string::npos;
  return utf8 ? Charset::utf8 : Charset::ascii;
}

// 0, or what went wrong.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console(std::string program)
    : program_(std::move(program)), charset_(charset_of_terminal()) {}

TextOptions Console::text_options() const {
  const bool terminal = ::isatty(STDOUT_FILENO) != 0 && environment("TERM") != "dumb";
  const bool automatic = terminal && environment("NO_COLOR").empty();
  const bool colour = colour_ == Colour::always || (colour_ == Colour::automatic && automatic);
  return {columns(), charset_, colour ? Ink::colour : Ink::plain, program_};
}

Status Console::print(std::string_view text) const {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return Status::as_stated;
  complain("cleave: cannot write the results: " + std::generic_category().message(error) + "\n");
  return Status::file_error;
}

void Console::complain(std::string_view text) const {
  (void)write_all(STDERR_FILENO, text);  // Whom would one tell?
}

bool Console::has_reader_at_terminal() const {
  return ::isatty(STDERR_FILENO) != 0 && environment("TERM") != "dumb";
}

}  // namespace cleave::cli
