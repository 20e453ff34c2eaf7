// Reads one map of a scenario through its schema. Every mistake goes to Diagnostics and reading
// goes on with a value in range, so that all mistakes are found at once: use no value before
// Diagnostics::empty().
#pragma once
#include "sim/base/assert.h"
#include "sim/base/diagnostics.h"
#include "sim/base/quantity.h"
#include "sim/base/schema.h"
#include "sim/base/section.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {

class Reader {
 public:
  // Refers to all three. Says at once if the section is no map or has unknown keys.
  Reader(const Section& section, const Schema& schema, Diagnostics& diagnostics);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() = default;

  // T is the type of the key in the schema: asking for a key that the schema lacks, or for another
  // type or shape, is a bug in the caller (EngineBug). An absent key gives its default, or T{} if
  // it has none; a wrong one gives the default or the low end of its range. Lists and maps leave
  // out the items that are wrong.
  template <class T>
  T value(std::string_view key);
  template <class T>
  std::vector<T> list(std::string_view key);
  template <class T>
  std::vector<std::pair<std::string, T>> map(std::string_view key);  // in the order of the file

  Duration duration(std::string_view key) { return value<Duration>(key); }
  Bytes bytes(std::string_view key) { return value<Bytes>(key); }
  BitRate bit_rate(std::string_view key) { return value<BitRate>(key); }
  Probability probability(std::string_view key) { return value<Probability>(key); }
  Drift drift(std::string_view key) { return value<Drift>(key); }
  Decimal decimal(std::string_view key) { return value<Decimal>(key); }
  std::int64_t integer(std::string_view key) { return value<std::int64_t>(key); }
  std::uint64_t natural(std::string_view key) { return value<std::uint64_t>(key); }
  bool boolean(std::string_view key) { return value<bool>(key); }
  std::string text(std::string_view key) { return value<std::string>(key); }  // also name

  // The word of a choice; refers to the schema.
  std::string_view choice(std::string_view key);
  // The same, as an enum. Requires: `meanings` has every word of the range.
  template <class E>
  E choice(std::string_view key, std::initializer_list<std::pair<std::string_view, E>> meanings);

  // Sections and `any`, of every shape: as they stand in the file, null if absent. For a section
  // the kind has been checked (a map; a list of maps; a map of maps).
  const Section* section(std::string_view key);

  bool has(std::string_view key) const { return section_.find(key) != nullptr; }
  // Where the value of a key stands; the map itself if the key is absent.
  Mark mark(std::string_view key) const;
  // A mistake that only the caller sees, at the value of the key.
  void error(std::string_view key, Mistake mistake);

  // Says that a key which is present was never read: it would do nothing. `why` ends the sentence
  // "KEY has no effect ...": "when 'acknowledge' is async".
  void finish(std::string_view why = "here");

 private:
  const Field& field(std::string_view key) const;
  const Section* take(const Field& field);
  template <class T>
  const Field& field_for(std::string_view key, Shape shape) const;
  template <class T>
  std::optional<T> one(const Field& field, const Section& value);

  const Section& section_;
  const Schema& schema_;
  Diagnostics& diagnostics_;
  std::vector<bool> used_;               // by index of the field
  std::vector<std::string_view> meant_;  // by unknown keys: not missing, but misspelt
};

template <class E>
E Reader::choice(std::string_view key,
                 std::initializer_list<std::pair<std::string_view, E>> meanings) {
  const std::string_view word = choice(key);
  for (const auto& [text, meaning] : meanings)
    if (text == word) return meaning;
  throw_engine_bug(__FILE_NAME__, __LINE__, "a choice of the schema has no meaning in the reader");
}

}  // namespace cleave
