#include "sim/base/section.h"

#include "sim/base/nearest.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kMostKeysNamed = 8;

template <class SectionOrConst>
SectionOrConst* find_in(SectionOrConst& section, std::string_view key) {
  for (auto& entry : section.entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

// One segment of a path, and the path before it, for messages.
struct Step {
  std::string_view before;
  std::string_view segment;
  std::string_view after;  // what remains of the path; empty at the end
};

// "stores.accounts"; the root has no name of its own.
std::string place(const Step& step) {
  return step.before.empty() ? "the scenario" : in_quotes(step.before);
}

std::optional<std::size_t> as_index(std::string_view segment) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(segment.data(), segment.data() + segment.size(), index);
  if (error != std::errc() || end != segment.data() + segment.size()) return std::nullopt;
  return index;
}

std::vector<std::string_view> keys_of(const Section& map) {
  std::vector<std::string_view> keys;
  for (const Entry& entry : map.entries)
    keys.emplace_back(entry.key);
  return keys;
}

std::vector<std::string_view> names_of(const Section& list) {
  std::vector<std::string_view> names;
  for (const Section& item : list.items) {
    const Section* name = item.find("name");
    if (name && name->is_scalar()) names.emplace_back(name->text);
  }
  return names;
}

template <class SectionOrConst>
std::variant<SectionOrConst*, Mistake> item_of(SectionOrConst& list, const Step& step) {
  const std::size_t size = list.items.size();
  if (const auto index = as_index(step.segment)) {
    if (*index < size) return &list.items[*index];
    return Mistake{place(step) + " has no item " + std::string(step.segment),
                   size == 0 ? "" : "a number from 0 to " + std::to_string(size - 1),
                   size == 0 ? "the list is empty" : ""};
  }
  SectionOrConst* found = nullptr;
  for (SectionOrConst& item : list.items) {
    const Section* name = item.find("name");
    if (!name || !name->is_scalar() || name->text != step.segment) continue;
    if (found)
      return Mistake{"several items of " + place(step) + " are named " + in_quotes(step.segment),
                     "", "name the item by its number, from 0"};
    found = &item;
  }
  if (found) return found;
  return Mistake{place(step) + " has no item named " + in_quotes(step.segment),
                 "the number of an item from 0, or its name",
                 suggestion(step.segment, names_of(list))};
}

template <class SectionOrConst>
std::variant<SectionOrConst*, Mistake> descend(SectionOrConst& section, const Step& step) {
  if (step.segment.empty())
    return Mistake{"the path has an empty part", "keys joined by single dots", ""};
  if (section.is_list()) return item_of(section, step);
  if (!section.is_map())
    return Mistake{place(step) + " is " + describe(section) + ", which has no " +
                       in_quotes(step.segment) + " in it",
                   "", "end the path here"};
  if (SectionOrConst* value = section.find(step.segment)) return value;
  std::string advice = suggestion(step.segment, keys_of(section));
  if (!step.after.empty() && !nearest(step.segment, keys_of(section)))
    advice += std::string(advice.empty() ? "" : "; ") + "or set " + in_quotes(step.segment) +
              " as a whole, to a map";
  return Mistake{place(step) + " has no " + in_quotes(step.segment), "", advice};
}

// Cuts the segment that begins at `at` out of the path.
Step step_at(std::string_view path, std::size_t at) {
  const std::size_t end = std::min(path.find('.', at), path.size());
  return {path.substr(0, at == 0 ? 0 : at - 1), path.substr(at, end - at),
          path.substr(std::min(end + 1, path.size()))};
}

template <class SectionOrConst>
std::variant<SectionOrConst*, Mistake> walk(SectionOrConst& root, std::string_view path) {
  SectionOrConst* here = &root;
  for (std::size_t at = 0; at <= path.size();) {
    const Step step = step_at(path, at);
    auto next = descend(*here, step);
    if (auto* mistake = std::get_if<Mistake>(&next)) return std::move(*mistake);
    here = std::get<SectionOrConst*>(next);
    at += step.segment.size() + 1;
  }
  return here;
}

}  // namespace

const Section* Section::find(std::string_view key) const {
  return find_in(*this, key);
}

Section* Section::find(std::string_view key) {
  return find_in(*this, key);
}

bool same_content(const Section& a, const Section& b) {
  const auto same_entry = [](const Entry& x, const Entry& y) {
    return x.key == y.key && same_content(x.value, y.value);
  };
  return a.kind == b.kind && a.text == b.text &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same_content) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    same_entry);
}

std::string describe(const Section& section) {
  switch (section.kind) {
    case Section::Kind::nothing:
      return "nothing";
    case Section::Kind::scalar:
      return (section.quoted ? "the quoted text " : "") + in_quotes(section.text);
    case Section::Kind::list:
      if (section.items.empty()) return "an empty list";
      return "a list of " + std::to_string(section.items.size()) +
             (section.items.size() == 1 ? " item" : " items");
    case Section::Kind::map:
      break;
  }
  if (section.entries.empty()) return "an empty map";
  std::string text = section.entries.size() == 1 ? "a map with the key " : "a map with the keys ";
  for (std::size_t i = 0; i < std::min(section.entries.size(), kMostKeysNamed); ++i)
    text += (i == 0 ? "" : ", ") + in_quotes(section.entries[i].key);
  return section.entries.size() > kMostKeysNamed ? text + ", ..." : text;
}

Section scalar(std::string_view text) {
  Section section;
  section.kind = Section::Kind::scalar;
  section.text = text;
  return section;
}

Section list_of(std::vector<Section> items) {
  Section section;
  section.kind = Section::Kind::list;
  section.items = std::move(items);
  return section;
}

Section map_of(std::initializer_list<std::pair<std::string_view, Section>> entries) {
  Section section;
  for (const auto& [key, value] : entries)
    section.entries.push_back({std::string(key), {}, value});
  return section;
}

std::variant<const Section*, Mistake> find_path(const Section& root, std::string_view path) {
  return walk(root, path);
}

std::optional<Mistake> set_path(Section& root, std::string_view path, Section value) {
  const std::size_t dot = path.rfind('.');
  Section* parent = &root;
  if (dot != std::string_view::npos) {
    auto found = walk(root, path.substr(0, dot));
    if (auto* mistake = std::get_if<Mistake>(&found)) return std::move(*mistake);
    parent = std::get<Section*>(found);
  }
  const Step last = step_at(path, dot == std::string_view::npos ? 0 : dot + 1);
  if (parent->is_map() && !last.segment.empty() && !parent->find(last.segment)) {
    Mark mark = value.mark;
    parent->entries.push_back({std::string(last.segment), std::move(mark), std::move(value)});
    return std::nullopt;
  }
  auto target = descend(*parent, last);
  if (auto* mistake = std::get_if<Mistake>(&target)) return std::move(*mistake);
  *std::get<Section*>(target) = std::move(value);
  return std::nullopt;
}

}  // namespace cleave
