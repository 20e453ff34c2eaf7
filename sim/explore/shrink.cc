#include "sim/explore/shrink.h"

#include "sim/base/name.h"
#include "sim/base/quantity.h"
#include "sim/explore/script.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/scenario.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave {
namespace {

constexpr int kMostRounds = 20;
// Whoever has to read more lines of a script than this is better off with what generated it.
constexpr std::size_t kMostLines = 20;

// Where something is in a tree: the numbers of entries or items on the way to it.
using Place = std::vector<std::size_t>;

Section& at(Section& root, const Place& place) {
  Section* here = &root;
  for (const std::size_t i : place)
    here = here->is_list() ? &here->items[i] : &here->entries[i].value;
  return *here;
}

Place below(Place place, std::size_t i) {
  place.push_back(i);
  return place;
}

std::size_t size_of(const Section& section) {
  return section.is_list() ? section.items.size() : section.entries.size();
}

void erase(Section& section, std::size_t from, std::size_t to) {
  const auto cut = [=](auto& all) {
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(from),
              all.begin() + static_cast<std::ptrdiff_t>(to));
  };
  if (section.is_list())
    cut(section.items);
  else
    cut(section.entries);
}

// Whoever reads the result wants to know what things are called, and the claim is what it is about.
bool is_left_alone(std::string_view key) {
  constexpr std::array<std::string_view, 5> kKeys{"cleave", "name", "about", "seed", "expect"};
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

// 1, 2, ... 9, 10, 20, ... 90, 100, 200, ...: numbers that people would write.
std::vector<std::int64_t> round_numbers(std::int64_t from, std::int64_t below_this) {
  std::vector<std::int64_t> all;
  for (std::int64_t power = from; power < below_this && power <= INT64_MAX / 100; power *= 10)
    for (std::int64_t digit = 1; digit <= 9; ++digit)
      if (digit * power < below_this) all.push_back(digit * power);
  return all;
}

// The texts that would be simpler, the simplest first.
std::vector<std::string> simpler_durations(std::string_view text) {
  const auto parsed = parse_quantity<Duration>(text);
  const auto* value = std::get_if<Duration>(&parsed);
  std::vector<std::string> all;
  if (!value) return all;
  for (const std::int64_t ns : round_numbers(1'000'000, value->ns))
    all.push_back(to_text(Duration{ns}));
  return all;
}

// With fewer digits, the fewest first: "15175ms" is 20s, 15s, 15200ms or 15180ms.
std::vector<std::string> rounder_durations(std::string_view text) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const auto parsed = parse_quantity<Duration>(text);
  const auto* value = std::get_if<Duration>(&parsed);
  std::vector<std::string> all;
  if (!value) return all;
  std::int64_t unit = kMillisecond;
  while (unit <= value->ns / 10)
    unit *= 10;
  for (; unit >= kMillisecond && value->ns % unit != 0; unit /= 10)
    for (const std::int64_t ns : {value->ns / unit * unit, value->ns / unit * unit + unit})
      all.push_back(to_text(Duration{ns}));
  return all;
}

std::vector<std::string> longer_durations(std::string_view text) {
  constexpr std::int64_t kMost = 100'000'000'001;  // 100 s
  const auto parsed = parse_quantity<Duration>(text);
  const auto* value = std::get_if<Duration>(&parsed);
  std::vector<std::string> all;
  if (!value) return all;
  for (const std::int64_t ns : round_numbers(1'000'000, kMost))
    if (ns > value->ns) all.insert(all.begin(), to_text(Duration{ns}));
  return all;
}

// "40" and "200/s": the number, whatever comes behind it.
std::vector<std::string> lower_counts(std::string_view text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto parsed = parse_quantity<std::int64_t>(text.substr(0, end));
  const auto* value = std::get_if<std::int64_t>(&parsed);
  std::vector<std::string> all;
  if (!value) return all;
  for (const std::int64_t number : round_numbers(1, *value))
    all.push_back(std::to_string(number) + std::string(text.substr(end)));
  return all;
}

// "user-{0..99}": fewer of them.
std::vector<std::string> fewer_keys(std::string_view text) {
  const std::size_t open = text.find('{');
  const std::size_t dots = text.find("..");
  const std::size_t close = text.find('}');
  std::vector<std::string> all;
  if (open == std::string_view::npos || dots == std::string_view::npos || close < dots) return all;
  const auto first = parse_quantity<std::int64_t>(text.substr(open + 1, dots - open - 1));
  const auto last = parse_quantity<std::int64_t>(text.substr(dots + 2, close - dots - 2));
  if (!std::holds_alternative<std::int64_t>(first) || !std::holds_alternative<std::int64_t>(last))
    return all;
  const std::int64_t from = std::get<std::int64_t>(first);
  for (const std::int64_t count : round_numbers(1, std::get<std::int64_t>(last) - from + 1))
    all.push_back(std::string(text.substr(0, open + 1)) + std::to_string(from) + ".." +
                  std::to_string(from + count - 1) + std::string(text.substr(close)));
  return all;
}

// A script is read from the top; a line that says an earlier time than the one above it may still
// be written later, since the lines of a device wait for one another.
bool is_in_order(const Section& scenario) {
  const Section* script = scenario.find("conversations");
  if (!script) return true;
  Duration last;
  for (const Section& line : script->items) {
    const Section* at = line.find("at");
    if (!at) continue;
    const auto parsed = parse_quantity<Duration>(at->text);
    const auto* when = std::get_if<Duration>(&parsed);
    if (!when) continue;
    if (*when < last) return false;
    last = *when;
  }
  return true;
}

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_time(std::string_view key) {
  return is_one_of(key, {"at", "for", "from", "to", "until", "run_for", "think"});
}

std::vector<std::string> simpler(std::string_view key, const Section& value) {
  if (is_time(key)) return simpler_durations(value.text);
  if (is_one_of(key, {"count", "in_flight", "rate", "factor"})) return lower_counts(value.text);
  if (key == "every") return longer_durations(value.text);
  if (key == "key") return fewer_keys(value.text);
  return {};
}

class Shrinker {
 public:
  Shrinker(Section scenario, const Oracle& oracle, const ShrinkOptions& options)
      : best_(std::move(scenario)),
        in_order_(is_in_order(best_)),
        oracle_(oracle),
        options_(options) {}

  Shrunk run() {
    bool minimal = reduce();
    const Section generated = best_;
    if (std::optional<Section> script = scripted(best_); script && accept(std::move(*script))) {
      const bool still_minimal = reduce();
      if (best_.find("conversations")->items.size() <= kMostLines)
        minimal = still_minimal;
      else
        best_ = generated;
    }
    return {best_, runs_, minimal && runs_ < options_.most_runs};
  }

 private:
  // Until nothing more can be taken away. False: it may be that something can.
  bool reduce() {
    bool changed = true;
    for (int round = 0; changed && round < kMostRounds; ++round) {
      const Section before = best_;
      for (const std::string_view part : {"faults", "workload", "conversations"})
        for (std::size_t i = 0; i < best_.entries.size(); ++i)
          if (best_.entries[i].key == part) drop_chunks({i});
      drop_all({});
      simplify({}, "");
      changed = !same_content(before, best_);
    }
    return !changed;
  }

  bool accept(Section candidate) {
    if (in_order_ && !is_in_order(candidate)) return false;
    if (runs_ >= options_.most_runs || !tried_.insert(name_hash(to_yaml(candidate))).second)
      return false;
    ++runs_;
    if (options_.progress) options_.progress({runs_, options_.most_runs});
    if (!oracle_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  bool accept_without(const Place& place, std::size_t from, std::size_t to) {
    Section candidate = best_;
    erase(at(candidate, place), from, to);
    return accept(std::move(candidate));
  }

  // Halves, quarters and so on down to single items: quick where most is noise.
  void drop_chunks(const Place& place) {
    for (std::size_t chunk = size_of(at(best_, place)); chunk >= 1; chunk /= 2)
      for (std::size_t end = size_of(at(best_, place)); end > 0;) {
        const std::size_t begin = end > chunk ? end - chunk : 0;
        accept_without(place, begin, end);
        end = begin;
      }
  }

  // Every item and every key that can go, from the outside in.
  void drop_all(const Place& place) {
    for (std::size_t i = size_of(at(best_, place)); i-- > 0;) {
      const Section& here = at(best_, place);
      if (here.is_map() && is_left_alone(here.entries[i].key)) continue;
      if (!accept_without(place, i, i + 1)) drop_all(below(place, i));
    }
  }

  void simplify(const Place& place, std::string_view key) {
    const Section here = at(best_, place);
    if (here.is_scalar()) {
      lower(place, simpler(key, here));
      if (is_time(key)) replace(place, rounder_durations(at(best_, place).text));
    }
    for (std::size_t i = 0; i < here.items.size(); ++i)
      simplify(below(place, i), "");
    for (std::size_t i = 0; i < here.entries.size(); ++i) {
      const std::string& name = here.entries[i].key;
      // Whatever the regions are called: how many replicas each has.
      if (!is_left_alone(name)) simplify(below(place, i), key == "replicas" ? "count" : name);
    }
  }

  // The simplest value with which it still fails, if failing is a matter of more or less.
  void lower(const Place& place, const std::vector<std::string>& values) {
    std::size_t low = 0;
    std::size_t high = values.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      Section candidate = best_;
      at(candidate, place).text = values[middle];
      if (accept(std::move(candidate)))
        high = middle;
      else
        low = middle + 1;
    }
  }

  // The first value with which it still fails.
  void replace(const Place& place, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      Section candidate = best_;
      at(candidate, place).text = value;
      if (accept(std::move(candidate))) return;
    }
  }

  Section best_;
  bool in_order_ = false;  // stays so, if it is
  const Oracle& oracle_;
  const ShrinkOptions& options_;
  std::set<std::uint64_t> tried_;
  std::uint64_t runs_ = 0;
};

}  // namespace

Shrunk shrink(Section scenario, const Oracle& oracle, const ShrinkOptions& options) {
  return Shrinker(std::move(scenario), oracle, options).run();
}

}  // namespace cleave
