// Histories in the formats of other tools: see docs/histories.md. The text is read block by block
// and never held as a whole.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/check/history/question.h"
#include "sim/exchange/text_reader.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cleave::exchange {

enum class Format : std::uint8_t {
  edn,         // Jepsen's
  json,        // the same, as elle-cli takes it
  plume,       // transactions on registers, a line each read or write
  awdit,       // the same, for people
  jepsen_log,  // what Jepsen logs of a register's operations
  kv_log,      // Jepsen's EDN with a :key
};
std::string_view to_string(Format format);
std::optional<Format> format_of(std::string_view name);
std::span<const Format> formats();
// From a file's name: ".edn", ".json". Nothing: it could be any.
std::optional<Format> format_of_file(std::string_view name);

// What the format alone can be a history of. Nothing: of anything.
std::optional<Model> model_of(Format format);
// Whether it tells which operations of different processes came one after another.
bool tells_real_time(Format format);

struct ReadOptions {
  Format format = Format::edn;
  Model model = Model::reg;
  bool keyed = false;                 // values are [key value], as jepsen.independent makes them
  std::optional<std::string> init{};  // of every register, as EDN writes it; nil if not given, but
                                      // 0 in Plume's format
};

struct ReadHistory {
  History history;
  Value init;
};

// Where operations stand is the number of the line. Nothing: it is malformed, and the diagnostic
// says where; `name` is what it calls the text.
std::optional<ReadHistory> read_history(const ReadBlock& read, const std::string& name,
                                        const ReadOptions& options, Diagnostics& diagnostics);

}  // namespace cleave::exchange
