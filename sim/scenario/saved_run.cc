#include "sim/scenario/saved_run.h"

#include "sim/base/quantity.h"

#include <memory>
#include <utility>
#include <variant>

namespace cleave {
namespace {

constexpr std::string_view kTitle =
    "# A saved run of Cleave; `cleave run` this file to repeat it.\n";
constexpr std::string_view kEnd = "# ---\n";

// A value on one line.
std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\')
      text += "\\\\";
    else if (c == '\n')
      text += "\\n";
    else
      text += c;
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size())
      value += text[i];
    else
      value += text[++i] == 'n' ? '\n' : text[i];
  }
  return value;
}

class HeadReader {
 public:
  HeadReader(const std::string& name, const std::string& text, Diagnostics& diagnostics)
      : source_(std::make_shared<const Source>(Source{name, text})), diagnostics_(diagnostics) {}

  SavedRun read() {
    std::string_view rest = source_->text;
    take_line(rest);
    while (!rest.starts_with(kEnd)) {
      const std::string_view line = take_line(rest);
      const std::size_t colon = line.find(": ");
      if (!line.starts_with("# ") || colon == std::string_view::npos) {
        error({"the head of this saved run is cut short", "'# KEY: VALUE', and '# ---' at its end",
               "save the run again"});
        return run_;
      }
      read_field(line.substr(2, colon - 2), unescaped(line.substr(colon + 2)));
    }
    rest.remove_prefix(kEnd.size());
    run_.scenario = rest;
    if (!has_digest_) error({"no digest in the head of this saved run", "", "save the run again"});
    return std::move(run_);
  }

 private:
  std::string_view take_line(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++line_;
    return line;
  }
  void error(Mistake mistake) { diagnostics_.error(Mark{source_, line_, 1}, std::move(mistake)); }
  template <class T>
  T quantity(const std::string& value) {
    Parsed<T> parsed = parse_quantity<T>(value);
    if (const T* good = std::get_if<T>(&parsed)) return *good;
    error(std::get<Mistake>(std::move(parsed)));
    return T{};
  }
  void read_field(std::string_view key, const std::string& value) {
    if (key == "scenario") {
      run_.file = value;
    } else if (key == "seed") {
      run_.seed = quantity<std::uint64_t>(value);
    } else if (key == "set") {
      run_.settings.push_back(value);
    } else if (key == "until") {
      run_.until = quantity<Duration>(value);
    } else if (key == "behaviour") {
      run_.behaviour = static_cast<std::uint32_t>(quantity<std::uint64_t>(value));
    } else if (key == "digest") {
      const std::optional<Hash128> digest = from_hex(value);
      if (!digest) error({"found " + in_quotes(value), "a digest of 32 hexadecimal digits", ""});
      run_.digest = digest.value_or(Hash128{});
      has_digest_ = true;
    } else {
      error({"unknown key " + in_quotes(key), "scenario, seed, set, until, behaviour or digest",
             "was it saved by a newer Cleave?"});
    }
  }

  std::shared_ptr<const Source> source_;
  Diagnostics& diagnostics_;
  SavedRun run_;
  std::uint32_t line_ = 0;
  bool has_digest_ = false;
};

}  // namespace

std::string to_text(const SavedRun& run) {
  std::string text(kTitle);
  const auto add = [&](std::string_view key, std::string_view value) {
    text.append("# ").append(key).append(": ").append(escaped(value)).append("\n");
  };
  add("scenario", run.file);
  add("seed", std::to_string(run.seed));
  for (const std::string& setting : run.settings)
    add("set", setting);
  if (run.until) add("until", to_text(*run.until));
  add("behaviour", std::to_string(run.behaviour));
  add("digest", to_hex(run.digest));
  return text.append(kEnd).append(run.scenario);
}

bool is_saved_run(std::string_view text) {
  return text.starts_with(kTitle);
}

SavedRun read_saved_run(const std::string& name, const std::string& text,
                        Diagnostics& diagnostics) {
  return HeadReader(name, text, diagnostics).read();
}

}  // namespace cleave
