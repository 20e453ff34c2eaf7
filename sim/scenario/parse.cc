#include "sim/scenario/parse.h"

#include "sim/scenario/places.h"
#include "sim/scenario/syntax_errors.h"
#include "sim/scenario/text_rules.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <numeric>
#include <sstream>
#include <utility>
#include <vector>

namespace cleave {
namespace {

// Thrown through the YAML library once the reading is hopeless; the diagnostic has been added.
struct Abandoned {};

// Builds the tree from the events of the YAML library, without its own nodes and conversions.
class Builder : public YAML::EventHandler {
 public:
  Builder(const Places& places, Diagnostics& diagnostics)
      : places_(places), diagnostics_(diagnostics) {}

  // Null before the end of a document that has content.
  std::optional<Section> take_root() { return std::move(root_); }

  // The library takes what does not belong to the list or map before it for another document.
  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) abandon(mark, explain_rest(places_.text(), position(mark)));
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    charge(place(mark), 1, 0);
    if (wants_key()) abandon(mark, {"a key that is empty", "KEY: VALUE", "write a key before ':'"});
    Section section;
    section.kind = Section::Kind::nothing;
    section.mark = place_of_nothing(mark);
    const bool in_map = !frames_.empty() && frames_.back().entry;
    if (in_map && key_position_ == position(mark)) refuse_lone_word(mark);
    const bool in_list = !frames_.empty() && !in_map;
    if (!in_list) return finish_value(std::move(section), anchor);
    diagnostics_.error(section.mark, {"an item without a value", "something after each '-' and ','",
                                      "remove the '-' or ','"});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (wants_key()) abandon(mark, {"an alias in place of a key", "a key in plain text", ""});
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      abandon(mark, {"an alias within what it stands for",
                     "an alias of something complete before it", "write the value out"});
    const Anchored& anchored = found->second;
    check_depth(mark, frames_.size() + anchored.depth);
    charge(place(mark), anchored.nodes, anchored.bytes);
    Section copy = anchored.section;
    copy.mark = place(mark);
    finish_value(std::move(copy), YAML::NullAnchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    if (tag == "!") refuse_open_quotation(mark);
    charge(place(mark), 1, value.size());
    if (wants_key()) return begin_entry(mark, tag, value);
    Section section = scalar(value);
    section.quoted = tag == "!";
    section.mark = place(mark);
    finish_value(std::move(section), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    begin(mark, tag, {list_of({}), anchor, style, std::nullopt});
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    begin(mark, tag, {map_of({}), anchor, style, std::nullopt});
  }
  void OnMapEnd() override {
    report_equal_keys(frames_.back().section);
    end();
  }

 private:
  // A list or map that is not complete, and the key whose value comes next.
  struct Frame {
    Section section;
    YAML::anchor_t anchor;
    YAML::EmitterStyle::value style;
    std::optional<Entry> entry;
  };
  struct Anchored {
    Section section;
    std::size_t nodes = 0, bytes = 0, depth = 0;
  };

  static std::size_t position(const YAML::Mark& mark) {
    return static_cast<std::size_t>(std::max(mark.pos, 0));
  }
  Mark place(const YAML::Mark& mark) const { return places_.at(position(mark)); }

  [[noreturn]] void abandon(const Mark& mark, Mistake mistake) {
    diagnostics_.error(mark, std::move(mistake));
    throw Abandoned{};
  }
  [[noreturn]] void abandon(const YAML::Mark& mark, Mistake mistake) {
    abandon(place(mark), std::move(mistake));
  }

  bool wants_key() const {
    return !frames_.empty() && frames_.back().section.is_map() && !frames_.back().entry;
  }

  void charge(const Mark& mark, std::size_t nodes, std::size_t bytes) {
    nodes_ += nodes;
    bytes_ += bytes;
    if (nodes_ > kMostNodes)
      abandon(mark, {"more than 100000 values, counting what aliases stand for",
                     "a scenario that a person can read", "shorten it"});
    if (bytes_ > kMostExpandedBytes)
      abandon(mark, {"more than 4 MiB of text, counting what aliases stand for",
                     "a scenario that a person can read", "shorten it"});
  }

  void check_depth(const YAML::Mark& mark, std::size_t depth) {
    if (depth > kMostDepth)
      abandon(mark, {"more than 64 lists and maps within each other",
                     "a scenario that a person can read", "close brackets, or indent less"});
  }

  // "?" and "!" are the library's marks for plain and quoted scalars without a tag.
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    const std::size_t at = position(mark);
    const bool written = at < places_.text().size() && places_.text()[at] == '!';
    if (written || (tag != "?" && tag != "!" && !tag.empty()))
      abandon(mark, {"a tag", "a value without one",
                     "remove the '!' and its word; to quote a text "
                     "that begins with '!', write \"!...\""});
  }

  // The library takes the end of the text for the end of a quotation.
  void refuse_open_quotation(const YAML::Mark& mark) {
    const auto quote = open_quotation(places_.text(), position(mark));
    if (quote)
      abandon(mark, {"a quotation that is not closed", "",
                     std::string("add ") + *quote + " where it ends"});
  }

  // The library takes a word for a key though no ':' follows: in braces that is YAML, else it is
  // not.
  void refuse_lone_word(const YAML::Mark& mark) {
    if (frames_.back().style == YAML::EmitterStyle::Flow) return;
    refuse_open_bracket();
    abandon(mark, {"a line without ':'", "KEY: VALUE",
                   "add ': VALUE', or indent the line if it goes on with what is above"});
  }

  // The library takes an open bracket at the end of the text for a key.
  void refuse_open_bracket() {
    const std::string& text = places_.text();
    const auto open = open_bracket(text);
    if (!open) return;
    const bool list = text[*open] == '[';
    abandon(places_.at(*open), {list ? "a '[' that is not closed" : "a '{' that is not closed", "",
                                list ? "add ']' where it ends" : "add '}' where it ends"});
  }

  // For a key without a value the library gives the place of what follows.
  Mark place_of_nothing(const YAML::Mark& mark) const {
    if (!frames_.empty() && frames_.back().entry) return frames_.back().entry->mark;
    const std::string& text = places_.text();
    const std::size_t end = std::min(position(mark), text.size());
    const bool written =
        end < text.size() && std::string_view("~nN").find(text[end]) != std::string_view::npos;
    if (written) return places_.at(end);
    const std::size_t before = text.find_last_not_of(" \r\n", end == 0 ? 0 : end - 1);
    const bool dash = end > 0 && before != std::string::npos && text[before] == '-';
    return places_.at(dash ? before : end);
  }

  void begin_entry(const YAML::Mark& mark, const std::string& tag, const std::string& key) {
    if (key == "<<" && tag == "?")
      abandon(mark, {"a merge key '<<'", "keys written out",
                     "repeat the keys, or use an alias "
                     "for a whole value"});
    frames_.back().entry = Entry{key, place(mark), {}};
    key_position_ = position(mark);
  }

  void begin(const YAML::Mark& mark, const std::string& tag, Frame frame) {
    refuse_tag(mark, tag);
    if (wants_key()) refuse_open_bracket();
    if (wants_key())
      abandon(mark, {"a list or map in place of a key", "a key in plain text",
                     "quote the key if it begins with a bracket"});
    check_depth(mark, frames_.size() + 1);
    charge(place(mark), 1, 0);
    frame.section.mark = place(mark);
    frames_.push_back(std::move(frame));
  }

  void end() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    finish_value(std::move(frame.section), frame.anchor);
  }

  void finish_value(Section section, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) keep(section, anchor);
    if (frames_.empty()) {
      root_ = std::move(section);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.section.is_list()) {
      frame.section.items.push_back(std::move(section));
      return;
    }
    frame.entry->value = std::move(section);
    frame.section.entries.push_back(std::move(*frame.entry));
    frame.entry.reset();
  }

  // A kept copy counts as one more use, so that anchors within anchors stay within the limits.
  void keep(const Section& section, YAML::anchor_t anchor) {
    Anchored anchored;
    measure(section, 0, anchored);
    charge(section.mark, anchored.nodes, anchored.bytes);
    anchored.section = section;
    anchors_.emplace(anchor, std::move(anchored));
  }

  static void measure(const Section& section, std::size_t depth, Anchored& sum) {
    ++sum.nodes;
    sum.bytes += section.text.size();
    if (section.is_list() || section.is_map()) sum.depth = std::max(sum.depth, depth + 1);
    for (const Section& item : section.items)
      measure(item, depth + 1, sum);
    for (const Entry& entry : section.entries) {
      ++sum.nodes;
      sum.bytes += entry.key.size();
      measure(entry.value, depth + 1, sum);
    }
  }

  // Of equal keys the first stays.
  void report_equal_keys(Section& map) {
    std::vector<std::size_t> order(map.entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return map.entries[a].key < map.entries[b].key;
    });
    std::vector<bool> repeated(order.size(), false);
    std::size_t first = 0;
    for (std::size_t i = 1; i < order.size(); ++i) {
      const Entry& original = map.entries[order[first]];
      const Entry& entry = map.entries[order[i]];
      if (entry.key != original.key) {
        first = i;
        continue;
      }
      repeated[order[i]] = true;
      diagnostics_.error(Diagnostic{
          entry.mark,
          {"the key " + in_quotes(entry.key) + " is there twice", "", "remove one of the two"},
          {{original.mark, "here it is first"}}});
    }
    if (std::find(repeated.begin(), repeated.end(), true) == repeated.end()) return;
    std::vector<Entry> kept;
    for (std::size_t i = 0; i < repeated.size(); ++i)
      if (!repeated[i]) kept.push_back(std::move(map.entries[i]));
    map.entries = std::move(kept);
  }

  const Places& places_;
  Diagnostics& diagnostics_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::optional<Section> root_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  int documents_ = 0;
  std::size_t key_position_ = 0;  // of the last key
};

Diagnostic syntax_error(const Places& places, const YAML::Exception& error) {
  Diagnostic diagnostic{places.whole(), explain_syntax(error.msg), {}};
  if (error.mark.pos < 0) return diagnostic;
  const auto at = static_cast<std::size_t>(error.mark.pos);
  diagnostic.mark = places.at(at);
  const auto open = open_bracket(std::string_view(places.text()).substr(0, at));
  if (open) diagnostic.notes.push_back({places.at(*open), "this bracket is open there"});
  return diagnostic;
}

std::optional<Section> build(const Places& places, Diagnostics& diagnostics) {
  std::istringstream stream(places.text());
  Builder builder(places, diagnostics);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Abandoned&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    diagnostics.error(syntax_error(places, error));
    return std::nullopt;
  }
  return builder.take_root();
}

}  // namespace

std::optional<Section> parse_text(std::string name, std::string text, Diagnostics& diagnostics) {
  const Places places(std::make_shared<const Source>(Source{std::move(name), std::move(text)}));
  if (auto refused = refuse_text(places)) {
    diagnostics.error(std::move(*refused));
    return std::nullopt;
  }
  const std::size_t before = diagnostics.count();
  std::optional<Section> root = build(places, diagnostics);
  if (root && root->kind == Section::Kind::nothing) root.reset();
  if (!root && diagnostics.count() == before)
    diagnostics.error(places.whole(), {"the text is empty", "a map from keys to values", ""});
  return root;
}

std::optional<Setting> parse_setting(std::string_view text, Diagnostics& diagnostics) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) {
    const Mark mark{std::make_shared<const Source>(Source{"--set", {}}), 0, 0};
    diagnostics.error(mark,
                      {"found " + in_quotes(text), "PATH=VALUE", "for example --set run_for=60s"});
    return std::nullopt;
  }
  const std::string path(text.substr(0, equals));
  if (equals + 1 == text.size()) {
    const Mark mark{std::make_shared<const Source>(Source{"--set " + path, {}}), 0, 0};
    diagnostics.error(mark, {"nothing behind the '='", "a value",
                             "for a text of no characters write --set '" + path + "=\"\"'"});
    return std::nullopt;
  }
  std::optional<Section> value =
      parse_text("--set " + path, std::string(text.substr(equals + 1)), diagnostics);
  if (!value) return std::nullopt;
  return Setting{path, std::move(*value)};
}

}  // namespace cleave
