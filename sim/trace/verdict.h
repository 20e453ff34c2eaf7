// What a judge found. Four words everywhere; undecided and vacuous are never rounded to holds.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

enum class Word : std::uint8_t { holds, violated, undecided, vacuous };
std::string_view to_string(Word word);

// Alpern and Schneider 1985: of a violation of the first there is a moment after which nothing can
// mend it; of the second there is not, but for the bound in time that we give it.
enum class Property : std::uint8_t {
  safety,    // nothing bad happens
  liveness,  // something good happens in time
};
std::string_view to_string(Property property);

// An operation of a witness, as a person would say it.
struct WitnessOperation {
  EventId asked;
  std::optional<EventId> answered;  // none: it was never answered
  std::string what;                 // "process east/0 read user-1 = 7"
  bool operator==(const WitnessOperation&) const = default;
};

// Why one operation of a witness comes before another.
struct WitnessReason {
  std::uint32_t from = 0, to = 0;  // of Verdict::operations
  std::string why;                 // one plain sentence, without a full stop
  bool operator==(const WitnessReason&) const = default;
};

struct Verdict {
  Word word = Word::vacuous;
  std::string why;            // one plain sentence: of undecided the cause, of vacuous the reason
  std::uint64_t checked = 0;  // how often the property was tested
  std::optional<Time> at;     // of the first violation: a run up to here shows it
  std::vector<EventId> witness;    // the smallest set of events that shows it
  std::optional<EventId> event{};  // the one at `at` that made it so; none: it was time that passed
  // Of a violated level of consistency: the operations of the witness, then those that only the
  // reasons name, and why they fit no order. The reasons of a cycle are its edges, in order.
  std::vector<WitnessOperation> operations{};
  std::vector<WitnessReason> because{};
  bool is_cleave_bug = false;  // judges contradict one another, whatever the word is
};

}  // namespace cleave
