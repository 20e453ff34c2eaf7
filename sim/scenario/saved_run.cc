#include "sim/scenario/saved_run.h"

#include "sim/base/quantity.h"
#include "sim/base/reader.h"
#include "sim/base/schema.h"

#include <algorithm>
#include <string_view>

namespace cleave {
namespace {

const Schema& saved_words() {
  static const Schema kWords{
      "saved run",
      "A run to be run again, with the digest that must come out.",
      {{.key = "cleave_run",
        .type = Type::natural,
        .range = "1..1",
        .doc = "Version of this format."},
       {.key = "behaviour",
        .type = Type::natural,
        .range = "1..4294967295",
        .doc = "Of the Cleave that saved it."},
       {.key = "seed", .type = Type::natural, .doc = "Of all that is random."},
       {.key = "until",
        .type = Type::duration,
        .when_absent = "to the end",
        .doc = "Where it was stopped."},
       {.key = "configuration",
        .type = Type::name,
        .when_absent = "the scenario itself",
        .doc = "An entry of `compare`."},
       {.key = "settings",
        .type = Type::text,
        .shape = Shape::list,
        .when_absent = "none",
        .doc = "PATH=VALUE, as `--set` takes them."},
       {.key = "events", .type = Type::natural, .doc = "How many there were."},
       {.key = "digest", .type = Type::text, .doc = "Of the run: 32 hexadecimal digits."},
       {.key = "file", .type = Type::text, .doc = "Where the scenario stood."},
       {.key = "scenario", .type = Type::text, .doc = "Its text."}}};
  return kWords;
}

std::string in_double_quotes(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// A text can stand as it is, indented, if it is lines without anything that YAML would change.
bool fits_block(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
  return plain && text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with(' ') &&
         !text.starts_with('\n');
}

std::string block(std::string_view text) {
  std::string out = "|\n";
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    out += line.empty() ? "" : "  " + std::string(line);
    out += "\n";
    text.remove_prefix(end + 1);
  }
  out.pop_back();
  return out;
}

}  // namespace

std::string to_yaml(const SavedRun& saved) {
  std::string out =
      "# A saved run: `cleave run` with this file runs it again and compares the digests.\n"
      "cleave_run: 1\n";
  const auto line = [&out](std::string_view key, const std::string& value) {
    out += std::string(key) + ": " + value + "\n";
  };
  line("behaviour", std::to_string(saved.behaviour));
  line("seed", std::to_string(saved.seed));
  if (saved.until) line("until", to_text(*saved.until - Time{}));
  if (!saved.configuration.empty()) line("configuration", saved.configuration);
  if (!saved.settings.empty()) {
    out += "settings:\n";
    for (const std::string& setting : saved.settings)
      out += "  - " + in_double_quotes(setting) + "\n";
  }
  line("events", std::to_string(saved.events));
  line("digest", in_double_quotes(to_hex(saved.digest)));
  line("file", in_double_quotes(saved.file));
  line("scenario", fits_block(saved.text) ? block(saved.text) : in_double_quotes(saved.text));
  return out;
}

bool is_saved_run(const Section& root) {
  return root.find("cleave_run") != nullptr;
}

SavedRun read_saved_run(const Section& root, Diagnostics& diagnostics) {
  Reader reader(root, saved_words(), diagnostics);
  SavedRun saved;
  reader.natural("cleave_run");
  saved.behaviour = static_cast<std::uint32_t>(reader.natural("behaviour"));
  saved.seed = reader.natural("seed");
  const Duration until = reader.duration("until");
  if (reader.has("until")) saved.until = Time{} + until;
  saved.configuration = reader.text("configuration");
  saved.settings = reader.list<std::string>("settings");
  saved.events = reader.natural("events");
  const std::string digest = reader.text("digest");
  if (const auto hash = hash_from_hex(digest))
    saved.digest = *hash;
  else if (reader.has("digest"))
    reader.error("digest", {in_quotes(digest) + " is no digest", "32 hexadecimal digits", ""});
  saved.file = reader.text("file");
  saved.text = reader.text("scenario");
  return saved;
}

std::optional<Hash128> hash_from_hex(std::string_view text) {
  if (text.size() != 32) return std::nullopt;
  Hash128 hash;
  for (const char c : text) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    hash.high = hash.high << 4 | hash.low >> 60;
    hash.low = hash.low << 4 | digit;
  }
  return hash;
}

}  // namespace cleave
