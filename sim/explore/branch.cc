#include "sim/explore/branch.h"

#include "sim/base/quantity.h"
#include "sim/base/section.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/parse.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

bool says_something(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first != std::string_view::npos && line[first] != '#';
}

Section parsed(const std::string& file, const std::string& text) {
  Diagnostics diagnostics;
  std::optional<Section> root = parse_text(file, text, diagnostics);
  diagnostics.throw_if_any();
  return *std::move(root);
}

[[noreturn]] void refuse(const Mark& mark, Mistake mistake) {
  Diagnostics diagnostics;
  diagnostics.error(mark, std::move(mistake));
  throw ScenarioError(diagnostics);
}

[[noreturn]] void refuse_list(const Mark& mark, std::string found, std::string advice) {
  refuse(mark, {std::move(found), "a list with one item a line", std::move(advice)});
}

// The entry of a key at the top, if there is one.
const Entry* entry_of(const Section& root, std::string_view key) {
  for (const Entry& entry : root.entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

// The line after the last one that says something of an entry at the top: it ends where the next
// key begins, or the text.
std::size_t end_of(const Lines& lines, const Section& root, const Entry& entry) {
  std::size_t end = lines.size();
  for (const Entry& other : root.entries)
    if (other.mark.line > entry.mark.line) end = std::min<std::size_t>(end, other.mark.line - 1);
  while (end > entry.mark.line && !says_something(lines[end - 1]))
    --end;
  return end;
}

std::string item_of(const Deed& deed, Time at, const std::string& name) {
  return "- {name: " + name + ", at: " + to_text(at - Time{}) + ", " + deed.words + "}";
}

// The byte where a column, counted in characters from 1, begins.
std::size_t byte_of(std::string_view line, std::uint32_t column) {
  std::size_t byte = 0;
  for (std::uint32_t left = column - 1; left > 0 && byte < line.size(); --left)
    do
      ++byte;
    while (byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0) == 0x80);
  return byte;
}

// Puts a time where the text says another one.
void replace_time(Lines& lines, const Section& value, Duration time) {
  std::string& line = lines.at(value.mark.line - 1);
  const std::size_t at = byte_of(line, value.mark.column);
  if (value.quoted || line.compare(at, value.text.size(), value.text) != 0)
    refuse(value.mark, {"a time in quotes", "a time as in 10s", "take the quotes away"});
  line.replace(at, value.text.size(), to_text(time));
}

// "cut-1", "cut-2", ...: the first that no fault has.
std::string free_name(const Scenario& scenario, const std::string& verb) {
  for (std::uint32_t number = 1;; ++number) {
    std::string name = verb + "-" + std::to_string(number);
    if (std::none_of(scenario.faults.begin(), scenario.faults.end(),
                     [&](const Fault& fault) { return fault.name == name; }))
      return name;
  }
}

std::string without(const std::string& file, const std::string& text, std::string_view key) {
  const Section root = parsed(file, text);
  const Entry* entry = entry_of(root, key);
  if (entry == nullptr) return text;
  Lines lines = lines_of(text);
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(entry->mark.line) - 1;
  const auto end = lines.begin() + static_cast<std::ptrdiff_t>(end_of(lines, root, *entry));
  lines.erase(begin, end);
  return text_of(lines);
}

// A change may name what another configuration does not have.
Loaded load_changed(const std::string& file, const std::string& text) {
  try {
    return load_text(file, text);
  } catch (const ScenarioError&) {
    return load_text(file, without(file, text, "compare"));
  }
}

// As long as the parent, and under its seed.
RecordingRequest beside(const Recording& parent, Loaded loaded) {
  RecordingRequest request;
  request.loaded = std::move(loaded);
  request.seed = parent.result.seed;
  if (parent.result.cut_short) request.until = parent.result.simulated;
  return request;
}

RecordingRequest branch_with(const Recording& parent, const std::string& text) {
  return beside(parent, load_changed(parent.loaded.file, text));
}

}  // namespace

Time moment_after(const TraceIndex& trace, Time at) {
  const std::size_t next = trace.first_event_from(at);
  const bool busy = next < trace.events().size() && trace.events()[next].at == at;
  return busy ? at + Duration{1} : at;
}

std::string with_fault(const std::string& file, const std::string& text, const Deed& deed, Time at,
                       const std::string& name) {
  const Section root = parsed(file, text);
  Lines lines = lines_of(text);
  const std::string item = item_of(deed, at, name);
  const Entry* faults = entry_of(root, "faults");
  if (faults == nullptr) {
    lines.emplace_back("");
    lines.emplace_back("faults:");
    lines.push_back("  " + item);
    return text_of(lines);
  }
  std::size_t indent = 2;
  if (!faults->value.items.empty()) {
    const Mark& first = faults->value.items.front().mark;
    const std::size_t dash = lines[first.line - 1].find('-');
    if (first.line == faults->mark.line || dash == std::string::npos || dash + 1 >= first.column ||
        lines[first.line - 1].find_first_not_of(' ') != dash)
      refuse_list(faults->mark, "the faults of this scenario stand in brackets",
                  "write each on a line of its own, after '- '");
    indent = dash;
  } else if (faults->value.kind != Section::Kind::nothing) {
    refuse_list(faults->mark, "the list of faults is empty and in brackets",
                "take the brackets away");
  }
  const std::size_t end = end_of(lines, root, *faults);
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(end), std::string(indent, ' ') + item);
  return text_of(lines);
}

std::string with_span(const std::string& file, const std::string& text, const Stretch& stretch) {
  const Section root = parsed(file, text);
  const auto found = find_path(root, "faults." + stretch.fault);
  if (const Mistake* mistake = std::get_if<Mistake>(&found)) refuse(root.mark, *mistake);
  const Section& fault = *std::get<const Section*>(found);
  Lines lines = lines_of(text);
  const Section* at = fault.find("at");
  const Section* lasts = fault.find("for");
  if (at == nullptr)
    refuse(fault.mark, {"a fault without a time", "a fault with its `at`", "write when it begins"});
  // The later one first, so that the places of both are still true.
  const bool at_is_later =
      lasts == nullptr || at->mark.line > lasts->mark.line ||
      (at->mark.line == lasts->mark.line && at->mark.column > lasts->mark.column);
  if (at_is_later) replace_time(lines, *at, stretch.from - Time{});
  if (lasts != nullptr) replace_time(lines, *lasts, stretch.to - stretch.from);
  if (!at_is_later) replace_time(lines, *at, stretch.from - Time{});
  return text_of(lines);
}

std::string with_seed(const std::string& file, const std::string& text, std::uint64_t seed) {
  const Section root = parsed(file, text);
  Lines lines = lines_of(text);
  const std::string line = "seed: " + std::to_string(seed);
  if (const Entry* entry = entry_of(root, "seed"))
    lines[entry->mark.line - 1] = line;
  else
    lines.push_back(line);
  return text_of(lines);
}

std::string own_text(const Recording& recording) {
  const Loaded& loaded = recording.loaded;
  const std::string& configuration = recording.result.configuration;
  if (configuration.empty() && loaded.settings.empty()) return loaded.text;
  std::string origin = "# " + loaded.file;
  if (!configuration.empty()) origin += ", configuration " + configuration;
  for (const std::string& setting : loaded.settings)
    origin += ", " + setting;
  std::replace(origin.begin(), origin.end(), '\n', ' ');
  return origin + "\n" + to_yaml(loaded.find(configuration)->tree);
}

RecordingRequest branch_of(const Recording& parent, const Deed& deed, Time at) {
  return branch_with(
      parent, with_fault(parent.loaded.file, own_text(parent), deed, moment_after(parent.trace, at),
                         free_name(parent.scenario, deed.verb)));
}

RecordingRequest branch_of(const Recording& parent, const Stretch& stretch) {
  return branch_with(parent, with_span(parent.loaded.file, own_text(parent), stretch));
}

RecordingRequest other_configuration(const Recording& recording, const std::string& name) {
  RecordingRequest request = beside(recording, recording.loaded);
  request.configuration = name;
  return request;
}

std::optional<std::string> scenario_text(const Recording& recording) {
  const RunResult& result = recording.result;
  if (result.cut_short) return std::nullopt;
  if (recording.scenario.seed == result.seed) return own_text(recording);
  return with_seed(recording.loaded.file, own_text(recording), result.seed);
}

std::string saved_run_text(const Recording& recording) {
  return to_yaml(saved_run_of(recording.result, recording.loaded));
}

std::optional<Divergence> first_differing_event(const Recording& a, const Recording& b) {
  const auto left = a.trace.events();
  const auto right = b.trace.events();
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    const TracedEvent& l = left[i];
    const TracedEvent& r = right[i];
    if (l.at != r.at || l.node != r.node || l.name != r.name || l.kind != r.kind)
      return Divergence{EventId{i + 1}, std::min(l.at, r.at)};
  }
  if (left.size() == right.size()) return std::nullopt;
  const TracedEvent& next = left.size() > common ? left[common] : right[common];
  return Divergence{EventId{common + 1}, next.at};
}

}  // namespace cleave
