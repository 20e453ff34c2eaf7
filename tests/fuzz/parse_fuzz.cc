// Any bytes as a scenario: parsing ends, and what it accepts keeps the promises of section.h and
// parse.h, whoever reads it. Build with clang and CLEAVE_FUZZ=ON; run with a folder of its own for
// what it finds, then the corpus: parse_fuzz FOUND tests/fuzz/corpus/parse
#include "sim/base/quantity.h"
#include "sim/base/reader.h"
#include "sim/base/section.h"
#include "sim/base/utf8.h"
#include "sim/scenario/parse.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cleave {
namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

// The text from a mark on; nothing if the mark is outside the text.
std::optional<std::string_view> text_at(const Mark& mark) {
  std::string_view rest = mark.source->text;
  for (std::uint32_t line = 1; line < mark.line; ++line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(end + 1);
  }
  for (std::uint32_t column = 1; column < mark.column; ++column) {
    if (rest.empty() || rest[0] == '\n') return std::nullopt;
    rest.remove_prefix(utf8_length(rest, 0));
  }
  return rest;
}

void check_mark(const Mark& mark) {
  require(mark.source != nullptr && mark.line >= 1 && mark.column >= 1, "everything has a place");
  require(text_at(mark).has_value(), "a place is inside the text");
}

// A scalar of one word stands in the text as it was read.
void check_scalar(const Section& section) {
  if (section.quoted || section.text.find_first_of(" \n") != std::string::npos) return;
  const std::string_view there = *text_at(section.mark);
  if (there.starts_with('&') || there.starts_with('*')) return;  // The place is the anchor's.
  require(there.starts_with(section.text), "a plain scalar is where its mark says");
}

template <class T>
void try_quantity(std::string_view text) {
  const Parsed<T> parsed = parse_quantity<T>(text);
  if (const auto* mistake = std::get_if<Mistake>(&parsed))
    require(!mistake->found.empty() && !mistake->expected.empty(), "a mistake says what is wrong");
}

template <class T>
void try_round_trip(std::string_view text) {
  const Parsed<T> parsed = parse_quantity<T>(text);
  if (!std::holds_alternative<T>(parsed)) return;
  const Parsed<T> again = parse_quantity<T>(to_text(std::get<T>(parsed)));
  require(std::holds_alternative<T>(again) && std::get<T>(again) == std::get<T>(parsed),
          "what is written is read back");
}

void try_all_quantities(std::string_view text) {
  try_quantity<Duration>(text);
  try_quantity<Bytes>(text);
  try_quantity<BitRate>(text);
  try_quantity<Probability>(text);
  try_quantity<Drift>(text);
  try_quantity<Decimal>(text);
  try_quantity<std::int64_t>(text);
  try_quantity<std::uint64_t>(text);
  try_quantity<bool>(text);
  try_round_trip<Duration>(text);
  try_round_trip<Bytes>(text);
  try_round_trip<BitRate>(text);
  try_round_trip<Drift>(text);
  const Parsed<std::string> name = parse_name(text);
  require(!std::holds_alternative<std::string>(name) || std::get<std::string>(name) == text,
          "a name is read as it stands");
}

// One key of every type and shape.
const Schema& schema() {
  static const Schema kInner{"inner", "D.", {{.key = "a", .doc = "D."}}};
  static const Schema kSchema{
      "fuzz",
      "D.",
      {{.key = "name", .type = Type::name, .doc = "D."},
       {.key = "on", .type = Type::boolean, .default_text = "off", .doc = "D."},
       {.key = "seed", .type = Type::natural, .default_text = "1", .doc = "D."},
       {.key = "count", .type = Type::integer, .range = "1..9", .doc = "D."},
       {.key = "at", .type = Type::duration, .range = "1ms..1h", .doc = "D."},
       {.key = "loss", .type = Type::probability, .default_text = "1%", .doc = "D."},
       {.key = "mode", .type = Type::choice, .range = "a | b", .doc = "D."},
       {.key = "by", .type = Type::name, .shape = Shape::list, .doc = "D."},
       {.key = "replicas", .type = Type::bytes, .shape = Shape::map, .doc = "D."},
       {.key = "links", .type = Type::section, .shape = Shape::list, .doc = "D.", .of = &kInner},
       {.key = "cut", .type = Type::any, .doc = "D."}}};
  return kSchema;
}

void try_reader(const Section& section) {
  Diagnostics diagnostics;
  Reader reader(section, schema(), diagnostics);
  reader.text("name");
  reader.boolean("on");
  reader.natural("seed");
  const std::int64_t count = reader.integer("count");
  require(count >= 1 && count <= 9, "what is read is in range");
  require(reader.duration("at") >= Duration{1'000'000}, "what is read is in range");
  reader.probability("loss");
  require(reader.choice("mode").size() == 1, "a choice is one of its words");
  reader.list<std::string>("by");
  reader.map<Bytes>("replicas");
  reader.section("links");
  reader.section("cut");
  reader.finish();
  require(!diagnostics.empty(), "some keys are required or contradict each other");
  require(!diagnostics.format().empty(), "diagnostics have words");
}

std::size_t walk(const Section& section, std::size_t depth) {
  require(depth <= kMostDepth, "depth is limited");
  check_mark(section.mark);
  require(section.is_scalar() || section.text.empty(), "only scalars have text");
  require(section.is_list() || section.items.empty(), "only lists have items");
  require(section.is_map() || section.entries.empty(), "only maps have entries");
  std::size_t nodes = 1;
  if (section.is_scalar()) {
    check_scalar(section);
    try_all_quantities(section.text);
  }
  if (section.is_map()) try_reader(section);
  const std::size_t inner = section.is_list() || section.is_map() ? depth + 1 : depth;
  std::set<std::string_view> keys;
  for (const Section& item : section.items)
    nodes += walk(item, inner);
  for (const Entry& entry : section.entries) {
    check_mark(entry.mark);
    require(keys.insert(entry.key).second, "keys differ");
    nodes += 1 + walk(entry.value, inner);
  }
  return nodes;
}

void try_paths(const Section& root, const std::string& path) {
  const auto found = find_path(root, path);
  Section copy = root;
  const bool wrong = set_path(copy, path, scalar("new")).has_value();
  require(!wrong || same_content(copy, root), "a wrong path changes nothing");
  require(!wrong || std::holds_alternative<Mistake>(found), "what is found can be set");
  if (wrong) return;
  const auto there = find_path(copy, path);
  require(std::holds_alternative<Mistake>(there) ||
              std::get<const Section*>(there)->text == "new" ||
              path.find_first_of("0123456789") == std::string::npos,
          "what was set is found");
}

}  // namespace
}  // namespace cleave

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cleave;  // NOLINT(google-build-using-namespace): outside the namespace by
                           // contract
  const std::string text(reinterpret_cast<const char*>(data), size);
  Diagnostics diagnostics;
  const std::optional<Section> root = parse_text("fuzz.yaml", text, diagnostics);
  require(root.has_value() || !diagnostics.empty(), "no tree without a reason");
  for (const Diagnostic& diagnostic : diagnostics.all())
    if (diagnostic.mark.line != 0) check_mark(diagnostic.mark);
  require(diagnostics.empty() == diagnostics.format().empty(), "diagnostics have words");
  if (!root) return 0;
  require(walk(*root, 0) <= kMostNodes, "the number of nodes is limited");
  const Section copy = *root;
  require(same_content(copy, *root), "copies are equal");
  try_paths(*root, text.substr(0, 40));
  if (root->is_map())
    for (const Entry& entry : root->entries)
      try_paths(*root, entry.key + ".0.name");
  Diagnostics said;
  parse_setting(text, said);
  return 0;
}
