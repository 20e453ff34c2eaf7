#include "sim/scenario/swarm.h"

#include "sim/base/name.h"
#include "sim/base/random.h"
#include "sim/base/reader.h"
#include "sim/scenario/read.h"
#include "sim/scenario/swarm_range.h"
#include "sim/scenario/words.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace cleave {
namespace {

constexpr Purpose kDraw{"swarm.draw"};
constexpr std::uint64_t kMostTimes = 100;

const Schema& drawn_fault_words() {
  static const Schema kWords{
      "drawn fault",
      "A kind of fault that a story may have: left out, or there once or several times.",
      {{.key = "fault",
        .type = Type::any,
        .doc = "An item as in `faults`, in which each value may be a range (`1s..20s`) or "
               "`{any: [...]}`. It may be inert unless it says otherwise."},
       {.key = "chance",
        .type = Type::probability,
        .default_text = "50%",
        .doc = "Of a story to have any of them: the others omit this feature altogether."},
       {.key = "times",
        .type = Type::text,
        .default_text = "1",
        .doc = "How many a story has that does not omit it: a number or a range, at most 100."}}};
  return kWords;
}

// What decides: a seed, or a corner of all that is possible.
class Draws {
 public:
  enum class Corner : std::uint8_t { low, high };
  static Draws of_seed(std::uint64_t seed) { return {seed, std::nullopt}; }
  // With the alternative of this number everywhere, as far as there are so many.
  static Draws of_corner(Corner corner, std::uint64_t alternative) { return {alternative, corner}; }

  // One of `count` values at equal distances. Each draw is named by what it is for, so that another
  // line in the scenario changes no other draw.
  std::uint64_t value(const std::string& what, std::uint64_t count) const {
    if (corner_) return *corner_ == Corner::low ? 0 : count - 1;
    return Random::at(number_, kDraw.hash, name_hash(what), 0).below(count);
  }
  std::uint64_t alternative(const std::string& what, std::uint64_t count) const {
    return corner_ ? number_ % count : value(what, count);
  }
  bool chance(const std::string& what, Probability probability) const {
    if (corner_ || probability.always) return true;
    return Random::at(number_, kDraw.hash, name_hash(what), 0).bits() < probability.below;
  }

 private:
  Draws(std::uint64_t number, std::optional<Corner> corner) : number_(number), corner_(corner) {}
  std::uint64_t number_;
  std::optional<Corner> corner_;
};

// The list of `{any: [...]}`; null if this is something else.
const Section* alternatives_of(const Section& value) {
  if (value.entries.size() != 1 || value.entries[0].key != "any") return nullptr;
  return &value.entries[0].value;
}

std::uint64_t most_alternatives(const Section& value) {
  std::uint64_t most = 1;
  if (const Section* any = alternatives_of(value)) most = any->items.size();
  for (const Section& item : value.items)
    most = std::max(most, most_alternatives(item));
  for (const Entry& entry : value.entries)
    most = std::max(most, most_alternatives(entry.value));
  return most;
}

class Storyteller {
 public:
  Storyteller(const Section& root, const Draws& draws, Diagnostics& diagnostics)
      : swarm_(*root.find("swarm")), draws_(draws), diagnostics_(diagnostics), story_(root) {
    std::erase_if(story_.entries, [](const Entry& entry) {
      return entry.key == "swarm" || entry.key == "compare";
    });
  }

  Section tell() {
    Reader reader(swarm_, swarm_words(), diagnostics_);
    if (const Section* set = reader.section("set")) draw_settings(*set, reader);
    reader.choice("probes");
    if (const Section* faults = reader.section("faults"))
      for (std::size_t i = 0; i < faults->items.size(); ++i)
        draw_fault(faults->items[i], i);
    return std::move(story_);
  }

 private:
  void draw_settings(const Section& set, Reader& reader) {
    if (!set.is_map() || set.entries.empty())
      reader.error("set", {"found " + describe(set), "a map from paths to ranges",
                           "write `set: {stores.NAME.options.KEY: 1s..20s}`"});
    for (const Entry& entry : set.entries)
      if (auto mistake = set_path(story_, entry.key, drawn(entry.value, entry.key)))
        diagnostics_.error(entry.mark, std::move(*mistake));
  }

  void draw_fault(const Section& item, std::size_t index) {
    Reader reader(item, drawn_fault_words(), diagnostics_);
    const Section* fault = reader.section("fault");
    const Probability chance = reader.probability("chance");
    const std::optional<std::uint64_t> times = draw_times(reader, index);
    if (!fault || !times) return;
    if (!fault->is_map()) {
      reader.error("fault", {"found " + describe(*fault), "a map, as an item of `faults`",
                             "for example fault: {at: 1s..9s, cut: [GROUP, GROUP]}"});
      return;
    }
    const std::string what = name_of(*fault, index);
    if (!draws_.chance(what + "/chance", chance)) return;
    for (std::uint64_t i = 1; i <= *times; ++i)
      add_fault(*fault, what + "-" + std::to_string(i));
  }

  std::optional<std::uint64_t> draw_times(Reader& reader, std::size_t index) {
    const Mistake wrong{"times: found " + in_quotes(reader.text("times")),
                        "a number from 1 to 100, or a range of them", "for example 1..3"};
    Section times = scalar(reader.text("times"));
    times.mark = reader.mark("times");
    const std::size_t before = diagnostics_.count();
    times = drawn(times, "times/" + std::to_string(index));
    const auto number = parse_quantity<std::uint64_t>(times.text);
    const auto* value = std::get_if<std::uint64_t>(&number);
    if (diagnostics_.count() > before) return std::nullopt;
    if (value && *value >= 1 && *value <= kMostTimes) return *value;
    if (diagnostics_.count() == before) diagnostics_.error(times.mark, wrong);
    return std::nullopt;
  }

  // Its own name, or one from its verb that no other fault of the scenario has by itself.
  static std::string name_of(const Section& fault, std::size_t index) {
    const Section* name = fault.find("name");
    if (name && name->is_scalar()) return name->text;
    std::string text = "drawn-" + std::to_string(index + 1);
    for (const Verb verb : all_verbs())
      if (fault.find(to_string(verb))) text += "-" + std::string(to_string(verb));
    return text;
  }

  void add_fault(const Section& fault, const std::string& name) {
    Section item = drawn(fault, name);
    item.mark = fault.mark;
    std::erase_if(item.entries, [](const Entry& entry) { return entry.key == "name"; });
    Section named = scalar(name);
    named.mark = fault.find("name") ? fault.find("name")->mark : fault.mark;
    item.entries.insert(item.entries.begin(), Entry{"name", named.mark, named});
    if (!item.find("may_be_inert"))
      item.entries.push_back({"may_be_inert", fault.mark, scalar("true")});
    if (!story_.find("faults")) story_.entries.push_back({"faults", fault.mark, list_of({})});
    story_.find("faults")->items.push_back(std::move(item));
  }

  Section drawn(const Section& value, const std::string& what) {
    if (const Section* any = alternatives_of(value)) {
      if (!any->is_list() || any->items.empty()) {
        diagnostics_.error(any->mark, {"any: found " + describe(*any), "a list of alternatives",
                                       "write `{any: [a, b]}`"});
        return value;
      }
      return drawn(any->items[draws_.alternative(what, any->items.size())], what + "/any");
    }
    Section result = value;
    if (value.is_scalar() && !value.quoted) draw_range(result, what);
    for (std::size_t i = 0; i < result.items.size(); ++i)
      result.items[i] = drawn(value.items[i], what + "/" + std::to_string(i));
    for (Entry& entry : result.entries)
      entry.value = drawn(entry.value, what + "/" + entry.key);
    return result;
  }

  void draw_range(Section& value, const std::string& what) {
    const auto range = parse_swarm_range(value.text);
    if (!range) return;
    if (const auto* mistake = std::get_if<Mistake>(&*range)) {
      diagnostics_.error(value.mark, *mistake);
      return;
    }
    const auto& values = std::get<SwarmRange>(*range);
    value.text = values.text(draws_.value(what, values.count));
  }

  const Section& swarm_;
  const Draws& draws_;
  Diagnostics& diagnostics_;
  Section story_;
};

}  // namespace

const Schema& swarm_words() {
  static const Schema kWords{
      "swarm",
      "What `cleave sweep --swarm` draws anew for each seed; `cleave run` leaves it alone.",
      {{.key = "set",
        .type = Type::any,
        .when_absent = "all is as written",
        .doc = "A map from paths to what is drawn there: a range such as `1s..20s`, `1..8` or "
               "`0.1%..5.0%`, or `{any: [a, b]}`."},
       {.key = "faults",
        .type = Type::section,
        .shape = Shape::list,
        .when_absent = "none beside those of the scenario",
        .doc = "Kinds of faults that a story may have.",
        .of = &drawn_fault_words()},
       {.key = "probes",
        .type = Type::choice,
        .range = "counted | required",
        .default_text = "counted",
        .doc = "Whether a sweep of 100 stories or more fails if none of them reaches a probe that "
               "is not rare, of an engine in use."}}};
  return kWords;
}

namespace {

bool same(const Diagnostic& a, const Diagnostic& b) {
  return a.mark.line == b.mark.line && a.mark.column == b.mark.column &&
         a.mistake.found == b.mistake.found;
}

// Finds what of a swarm makes a mistake of a story: the setting or the kind of fault without which
// it is not made. A text that was written to do harm shall not have it look for long.
class Culprits {
 public:
  explicit Culprits(const Section& root) : root_(root) {}

  Mark find(const Diagnostic& mistake, const Draws& draws) {
    for (const std::string_view part : {"set", "faults"}) {
      const Section* all = root_.find("swarm")->find(part);
      const std::size_t count = !all ? 0 : std::max(all->entries.size(), all->items.size());
      for (std::size_t i = 0; i < count && parts_read_ < kMostPartsRead; ++i) {
        parts_read_ += count;
        Section without = root_;
        Section& rest = *without.find("swarm")->find(part);
        const auto at = static_cast<std::ptrdiff_t>(i);
        if (all->is_map())
          rest.entries.erase(rest.entries.begin() + at);
        else
          rest.items.erase(rest.items.begin() + at);
        if (!is_made(mistake, without, draws))
          return all->is_map() ? all->entries[i].mark : all->items[i].mark;
      }
    }
    return root_.find("swarm")->mark;
  }

 private:
  // Each reading reads all parts but one.
  static constexpr std::size_t kMostPartsRead = 10'000;

  bool is_made(const Diagnostic& mistake, const Section& root, const Draws& draws) {
    Diagnostics of_drawing, own;
    const Section story = Storyteller(root, draws, of_drawing).tell();
    read_scenario(story, own);
    const auto& all = own.all();
    return std::any_of(all.begin(), all.end(),
                       [&](const Diagnostic& each) { return same(each, mistake); });
  }

  const Section& root_;
  std::size_t parts_read_ = 0;
};

}  // namespace

void check_swarm(const Section& root, Diagnostics& diagnostics) {
  const Section* swarm = root.find("swarm");
  if (!swarm || !swarm->is_map()) return;  // if it is something else, that has been said
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> said;
  const std::uint64_t alternatives = most_alternatives(*swarm);
  Culprits culprits(root);
  for (std::uint64_t i = 0; i < alternatives; ++i) {
    for (const auto corner : {Draws::Corner::low, Draws::Corner::high}) {
      Diagnostics own;
      const Draws draws = Draws::of_corner(corner, i);
      const Section story = Storyteller(root, draws, own).tell();
      const bool drawn = own.empty();
      if (drawn) read_scenario(story, own);
      for (Diagnostic diagnostic : own.all()) {
        const Mark& mark = diagnostic.mark;
        if (!said.emplace(mark.line, mark.column, diagnostic.mistake.found).second) continue;
        if (drawn)
          diagnostic.notes.push_back(
              {culprits.find(diagnostic, draws), "in a story in which this is drawn"});
        diagnostics.error(std::move(diagnostic));
      }
    }
  }
}

Section story_of(const Section& root, std::uint64_t seed) {
  Diagnostics none;
  const Draws draws = Draws::of_seed(seed);
  Section story = Storyteller(root, draws, none).tell();
  set_seed(story, seed);
  return story;
}

namespace {

// Whether `path` lies below `whole`, or is the same.
bool is_within(std::string_view path, std::string_view whole) {
  return path.starts_with(whole) && (path.size() == whole.size() || path[whole.size()] == '.');
}

// In a map of which each part is drawn by itself, a part need not be drawn; false: it is no such
// map.
bool fix_part(Section& drawn, std::string_view path, const Section& value) {
  const bool is_one_thing = !drawn.is_map() || drawn.find("any");
  return !is_one_thing && !set_path(drawn, path, value);
}

}  // namespace

void set_by_hand(Section& root, std::string_view path, const Section& value) {
  Section* swarm = root.find("swarm");
  Section* set = swarm && swarm->is_map() ? swarm->find("set") : nullptr;
  if (!set || !set->is_map()) return;
  const std::size_t taken = std::erase_if(set->entries, [&](Entry& entry) {
    if (is_within(entry.key, path)) return true;
    if (!is_within(path, entry.key)) return false;
    return !fix_part(entry.value, path.substr(entry.key.size() + 1), value);
  });
  if (taken > 0 && set->entries.empty())
    std::erase_if(swarm->entries, [](const Entry& entry) { return entry.key == "set"; });
}

bool requires_probes(const Section& root) {
  const Section* swarm = root.find("swarm");
  const Section* probes = swarm ? swarm->find("probes") : nullptr;
  return probes && probes->is_scalar() && probes->text == "required";
}

void set_seed(Section& root, std::uint64_t seed) {
  const Section value = scalar(std::to_string(seed));
  if (Section* there = root.find("seed")) {
    *there = value;
    return;
  }
  const auto name = std::find_if(root.entries.begin(), root.entries.end(),
                                 [](const Entry& entry) { return entry.key == "name"; });
  root.entries.insert(name == root.entries.end() ? name : name + 1, Entry{"seed", {}, value});
}

}  // namespace cleave
