// Where output goes: stdout for results, stderr for everything else, and what their readers can
// show. The only place that asks the environment.
#pragma once
#include "sim/report/text.h"
#include "sim/scenario/run_result.h"

#include <string>
#include <string_view>

namespace cleave::cli {

enum class Colour : std::uint8_t { automatic, always, never };

class Console {
 public:
  // `program` as it stands in commands to copy.
  explicit Console(std::string program);

  void set_colour(Colour colour) { colour_ = colour; }
  void set_charset(Charset charset) { charset_ = charset; }
  TextOptions text_options() const;

  // Writes a result. A reader that has gone away is no error; a full disk is a file_error, and
  // has been complained about.
  Status print(std::string_view text) const;
  void complain(std::string_view text) const;
  bool has_reader_at_terminal() const;  // of stderr: one who would like to see progress

 private:
  std::string program_;
  Colour colour_ = Colour::automatic;
  Charset charset_;
};

}  // namespace cleave::cli
