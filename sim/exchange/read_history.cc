#include "sim/exchange/read_history.h"

#include "sim/exchange/assembler.h"
#include "sim/exchange/awdit.h"
#include "sim/exchange/form_reader.h"
#include "sim/exchange/jepsen_log.h"
#include "sim/exchange/plume.h"
#include "sim/exchange/read_events.h"

#include <array>
#include <memory>
#include <utility>

namespace cleave::exchange {
namespace {

constexpr std::array kFormats{Format::edn,   Format::json,       Format::plume,
                              Format::awdit, Format::jepsen_log, Format::kv_log};
constexpr std::array<std::string_view, kFormats.size()> kNames{"edn",   "json",       "plume",
                                                               "awdit", "jepsen-log", "kv-log"};

History read_any(TextReader& text, const ReadOptions& options) {
  switch (options.format) {
    case Format::plume:
      return read_plume(text);
    case Format::awdit:
      return read_awdit(text);
    case Format::edn:
    case Format::json:
    case Format::jepsen_log:
    case Format::kv_log:
      break;
  }
  const bool is_log = options.format == Format::jepsen_log;
  Assembler assembler({options.model, options.keyed, is_log}, text);
  if (is_log)
    read_jepsen_log(text, assembler);
  else
    read_events(text, options.format == Format::json ? Dialect::json : Dialect::edn, assembler);
  return std::move(assembler).finish();
}

void begin(TextReader& text) {
  if (text.peek() == 0x1f)
    text.fail({"found a compressed file", "text", "write gunzip -c FILE | cleave check - ..."});
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.peek() == 0xef)
    for (const char c : kByteOrderMark)
      if (!text.accept(c)) text.fail_here("UTF-8");
}

Diagnostic diagnostic(std::string name, const Malformed& malformed) {
  const auto source = std::make_shared<const Source>(Source{std::move(name), {}});
  return {{source, static_cast<std::uint32_t>(malformed.place.line),
           static_cast<std::uint32_t>(malformed.place.column)},
          malformed.mistake,
          {}};
}

}  // namespace

std::string_view to_string(Format format) {
  return kNames.at(static_cast<std::size_t>(format));
}

std::optional<Format> format_of(std::string_view name) {
  for (const Format format : kFormats)
    if (to_string(format) == name) return format;
  return std::nullopt;
}

std::span<const Format> formats() {
  return kFormats;
}

std::optional<Format> format_of_file(std::string_view name) {
  if (name.ends_with(".edn")) return Format::edn;
  if (name.ends_with(".json") || name.ends_with(".jsonl")) return Format::json;
  return std::nullopt;
}

std::optional<Model> model_of(Format format) {
  switch (format) {
    case Format::plume:
    case Format::awdit:
      return Model::rw_register;
    case Format::jepsen_log:
      return Model::cas_register;
    case Format::kv_log:
      return Model::kv;
    case Format::edn:
    case Format::json:
      break;
  }
  return std::nullopt;
}

bool tells_real_time(Format format) {
  return format != Format::plume && format != Format::awdit;
}

std::optional<ReadHistory> read_history(const ReadBlock& read, const std::string& name,
                                        const ReadOptions& options, Diagnostics& diagnostics) {
  ReadHistory result;
  TextReader text(read);
  try {
    begin(text);
    result.history = read_any(text, options);
  } catch (const Malformed& malformed) {
    diagnostics.error(diagnostic(name, malformed));
    return std::nullopt;
  }
  if (options.format == Format::plume) result.init = integer(0);
  try {
    if (options.init) {
      const Forms init = forms_of_text(*options.init, result.history.names);
      result.init = FormView(init, 0).value(result.history.names);
    }
  } catch (const Malformed& malformed) {
    diagnostics.error(diagnostic("--init", malformed));
    return std::nullopt;
  }
  return result;
}

}  // namespace cleave::exchange
