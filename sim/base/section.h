// What a scenario says, free of the syntax that it was written in: a tree of scalars, lists and
// maps in which everything knows its place in the text. Plain data: copying copies the whole tree.
// Scalars are text; what they mean is decided by who reads them (reader.h), never by their look.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/mark.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {

struct Entry;

// Invariant, kept by whoever builds one: keys of a map differ from each other; only the members of
// its kind are in use.
struct Section {
  enum class Kind : std::uint8_t { nothing, scalar, list, map };  // nothing: a key without a value
  Kind kind = Kind::map;
  bool quoted = false;         // a scalar in quotes or a block of text: never a number or a boolean
  Mark mark;                   // of its first character
  std::string text;            // scalar
  std::vector<Section> items;  // list
  std::vector<Entry> entries;  // map, in the order of the file

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }

  // The value of a key; null if there is none or this is no map. Valid until the tree is changed.
  const Section* find(std::string_view key) const;
  Section* find(std::string_view key);
};

struct Entry {
  std::string key;
  Mark mark;  // of the key
  Section value;
};

// Equal content: places and quotes aside.
bool same_content(const Section& a, const Section& b);

// "the text 'x'", "a list of 3 items", "a map with the keys a, b": for messages.
std::string describe(const Section& section);

// Sections made in C++, without a place.
Section scalar(std::string_view text);
Section list_of(std::vector<Section> items);
Section map_of(std::initializer_list<std::pair<std::string_view, Section>> entries);

// A path names a place in a tree: keys joined by dots ("stores.accounts.options.fencing"). In a
// list a segment is the number of an item from 0, or its `name` ("faults.0.at", "faults.split.at").
std::variant<const Section*, Mistake> find_path(const Section& root, std::string_view path);

// Puts a value at a path. All but the last segment must exist; the last may be a new key of a map,
// for whether the key means anything is the schema's to say. Returns what is wrong, if anything is,
// and then leaves the tree as it was.
std::optional<Mistake> set_path(Section& root, std::string_view path, Section value);

}  // namespace cleave
