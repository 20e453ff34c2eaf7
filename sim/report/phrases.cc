#include "sim/report/phrases.h"

#include "sim/base/quantity.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <utility>

namespace cleave {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const std::string& part : parts)
    all.append(all.empty() ? "" : separator).append(part);
  return all;
}

std::string words(const Selector& selector) {
  switch (selector.by) {
    case Selector::By::role:
      return selector.text + " of " + selector.of;
    case Selector::By::rest:
      return "rest";
    case Selector::By::path:
    case Selector::By::region:
      break;
  }
  return selector.text;
}

std::string words(const std::vector<Selector>& group) {
  std::vector<std::string> parts;
  for (const Selector& selector : group)
    parts.push_back(words(selector));
  return joined(parts, ", ");
}

// Of 2^64, to a tenth of a percent.
std::string likelihood(std::uint64_t probability) {
  const std::uint64_t thousandths = ((probability >> 32) * 1000 + (1u << 31)) >> 32;
  return percentage(std::max<std::uint64_t>(thousandths, probability > 0 ? 1 : 0), 1000);
}

// The amount that a verb takes; empty for those that take none.
std::string amount(const Fault& fault) {
  switch (fault.verb) {
    case Verb::delay:
    case Verb::jitter:
    case Verb::skew:
    case Verb::clock_jump:
      return rounded(fault.duration);
    case Verb::loss:
    case Verb::duplicate:
      return likelihood(fault.probability);
    case Verb::reorder:
      return likelihood(fault.probability) + " by " + rounded(fault.duration);
    case Verb::bandwidth:
      return to_text(fault.rate);
    case Verb::drift:
      return to_text(Drift{fault.parts_per_billion});
    case Verb::disk_slow:
      return std::to_string(fault.factor) + " times";
    case Verb::heal:
    case Verb::backup:
    case Verb::restore_backup:
      return fault.target;
    case Verb::upgrade:
      return "to version " + std::to_string(fault.version);
    default:
      return "";
  }
}

bool is_word_of_shell(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./=:,+@%").find(c) != std::string_view::npos;
}

// "20.005s": the next full millisecond.
std::string in_seconds(Time time) {
  const std::int64_t ms = time.ns / 1'000'000 + (time.ns % 1'000'000 > 0 ? 1 : 0);
  std::string fraction = "." + std::to_string(1000 + ms % 1000).substr(1);
  fraction.erase(fraction.find_last_not_of(".0") + 1);
  return std::to_string(ms / 1000) + fraction + "s";
}

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_word_of_shell))
    return std::string(text);
  std::string word = "'";
  for (const char c : text)
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

bool is_active_within(const FaultResult& fault, const Span& window) {
  return std::any_of(fault.active.begin(), fault.active.end(), [&](const Span& span) {
    return span.from < window.to && window.from < span.to;
  });
}

}  // namespace

std::string_view meaning(Status status) {
  switch (status) {
    case Status::cleave_bug:
      return "a bug in Cleave itself";
    case Status::bad_input:
      return "the options or the scenario are not right";
    case Status::file_error:
      return "a file could not be read or written";
    case Status::digest_differs:
      return "the digest differs from the one expected";
    case Status::safety:
      return "a safety expectation is not as stated";
    case Status::liveness:
      return "a liveness expectation is not as stated";
    case Status::without_effect:
      return "a fault or an expectation had nothing to act on";
    case Status::not_reached:
      return "no run reached a probe that the scenario requires";
    case Status::undecided:
      return "an expectation is undecided";
    case Status::as_stated:
      break;
  }
  return "every expectation is as stated";
}

std::string_view meaning(const RunResult& run) {
  const auto& all = run.expectations;
  if (run.status == Status::as_stated &&
      !std::all_of(all.begin(), all.end(), [](const auto& e) { return e.as_stated(); }))
    return "what was decided by then is as stated";
  return meaning(run.status);
}

std::string title(const RunFailure& failure) {
  const bool loop = failure.kind == RunFailure::Kind::zero_delay_loop;
  return (loop ? "loop without delay at " : "model assertion in ") + failure.node;
}

std::string deed(const Fault& fault) {
  std::vector<std::string> groups;
  for (const auto& group : fault.groups)
    groups.push_back(words(group));
  const bool one_way = fault.verb == Verb::cut_one_way;
  std::vector<std::string> parts{std::string(to_string(fault.verb))};
  if (!groups.empty()) parts.push_back(joined(groups, one_way ? " -> " : " | "));
  if (const std::string much = amount(fault); !much.empty()) parts.push_back(much);
  return joined(parts, " ");
}

std::string effect(const FaultResult& fault) {
  if (!fault.why_inert.empty())
    return (fault.inert ? "did nothing: " : "did nothing, as it may: ") + fault.why_inert;
  const FaultEffect& e = fault.effect;
  std::vector<std::string> parts;
  std::string_view last;
  // "dropped 3 packets, delayed 1": what is counted is said once.
  const auto add = [&](std::string_view verb, std::uint64_t n, std::string_view one,
                       std::string_view many) {
    if (n == 0) return;
    parts.push_back(std::string(verb) + (many == last ? grouped(n) : counted(n, one, many)));
    last = many;
  };
  add("", e.begun > 1 ? e.begun : 0, "time", "times");
  add("dropped ", e.dropped, "packet", "packets");
  add("delayed ", e.delayed, "packet", "packets");
  add("doubled ", e.duplicated, "packet", "packets");
  add("touched ", e.hosts, "host", "hosts");
  add("lost ", e.state_lost, "unsynced write or timer", "unsynced writes and timers");
  add("refused ", e.refused, "write", "writes");
  add("slowed ", e.slowed, "sync", "syncs");
  add("bent ", e.readings, "reading of a clock", "readings of a clock");
  add("ended ", e.ended, "fault", "faults");
  add("", e.ambiguous, "selector named several", "selectors named several");
  return parts.empty() ? "did nothing" : joined(parts, ", ");
}

std::string window_name(const RunResult& run, const Span& window) {
  std::vector<std::string> during;
  std::string before;
  std::string after;
  Time next_begin = kForever;
  Time latest_end{-1};
  for (const FaultResult& fault : run.faults) {
    if (is_active_within(fault, window)) during.push_back(fault.fault.name);
    for (const Span& span : fault.active) {
      if (span.from >= window.to && span.from < next_begin) {
        next_begin = span.from;
        before = fault.fault.name;
      }
      if (span.to > window.from || span.to <= latest_end) continue;
      latest_end = span.to;
      after = fault.fault.name;
    }
  }
  if (!during.empty()) return "during " + joined(during, ", ");
  if (!after.empty() && !before.empty() && after != before)
    return "between " + after + " and " + before;
  if (!after.empty()) return "after " + after;
  return before.empty() ? "all along" : "before " + before;
}

const Span* active_span(const FaultResult& fault, Time at) {
  const auto span = std::find_if(fault.active.begin(), fault.active.end(),
                                 [at](const Span& s) { return s.from <= at && at < s.to; });
  return span == fault.active.end() ? nullptr : &*span;
}

std::string circumstance(const RunResult& run, Time t) {
  std::string after;
  Time latest{-1};
  for (const FaultResult& fault : run.faults) {
    if (active_span(fault, t) != nullptr) return ", during " + fault.fault.name;
    for (const Span& span : fault.active) {
      if (span.to > t || span.to <= latest) continue;
      latest = span.to;
      after = ", " + rounded(t - span.to) + " after " + fault.fault.name;
    }
  }
  return after;
}

std::string time_span(const Span& span) {
  std::string from = rounded(span.from - Time{});
  const std::string to = rounded(span.to - Time{});
  const std::size_t unit = from.find(' ');
  if (to.ends_with(from.substr(unit))) from.resize(unit);
  return from + " to " + to;
}

std::string when(const FaultResult& fault) {
  if (fault.active.empty()) return "never";
  const Span whole{fault.active.front().from, fault.active.back().to};
  return whole.from == whole.to ? rounded(whole.from - Time{}) : time_span(whole);
}

const Tenure* leader_beside(const StoreResult& store, const Tenure& tenure) {
  for (const Tenure& other : store.tenures)
    if (other.node != tenure.node && other.span.from <= tenure.span.from &&
        tenure.span.from < other.span.to && &other != &tenure)
      return &other;
  return nullptr;
}

std::string beside_whom(const StoreResult& store, const Tenure& tenure) {
  const Tenure* other = leader_beside(store, tenure);
  if (!other) return "";
  const Time until = std::min(tenure.span.to, other->span.to);
  return "beside " + other->replica + " for " + rounded(until - tenure.span.from);
}

std::string ending(const RunResult& run, const StoreResult& store) {
  const DivergenceCurve& curve = store.curve;
  if (!curve.diverged) return "";
  if (!curve.converged) return "still " + grouped(curve.at_end) + " apart";
  const std::string text = "together again at " + rounded(*curve.converged - Time{});
  std::optional<Time> healed;
  std::string name;
  for (const FaultResult& fault : run.faults)
    for (const Span& span : fault.active) {
      if (span.to > *curve.converged || (healed && span.to <= *healed)) continue;
      healed = span.to;
      name = fault.fault.name;
    }
  return healed ? text + ", " + rounded(*curve.converged - *healed) + " after " + name : text;
}

std::string places(const std::vector<Placement>& placements, std::string_view one,
                   std::string_view many) {
  std::vector<std::string> parts;
  for (const Placement& placement : placements) {
    const std::string_view what = parts.empty() ? (placement.count == 1 ? one : many) : "";
    parts.push_back(grouped(placement.count) + (what.empty() ? "" : " ") + std::string(what) +
                    " in " + placement.region);
  }
  return joined(parts, ", ");
}

std::uint64_t served(const AvailabilityRow& row) {
  return row.ok + row.refused + row.conflict;
}

std::uint64_t operations(const AvailabilityRow& row) {
  return served(row) + row.unavailable + row.unknown;
}

const AvailabilityRow* least_served(const RunResult& run) {
  const AvailabilityRow* least = nullptr;
  for (const AvailabilityRow& row : run.availability) {
    if (operations(row) == 0) continue;
    if (least == nullptr || served(row) * operations(*least) < served(*least) * operations(row))
      least = &row;
  }
  return least;
}

std::string events_of(const WitnessOperation& operation) {
  const std::string asked = grouped(operation.asked.value);
  if (!operation.answered || *operation.answered == operation.asked) return "event " + asked;
  return "events " + asked + " and " + grouped(operation.answered->value);
}

std::string order_of(const WitnessReason& reason) {
  return std::to_string(reason.from + 1) + " before " + std::to_string(reason.to + 1);
}

std::optional<FirstBreak> first_break(const RunResult& run) {
  std::optional<FirstBreak> first;
  const auto consider = [&](FirstBreak candidate) {
    if (!first || std::pair(candidate.stated, candidate.at) < std::pair(first->stated, first->at))
      first = std::move(candidate);
  };
  if (run.failure)
    consider({false, run.failure->at, run.failure->event, title(*run.failure), run.failure->what});
  for (const ExpectationResult& expectation : run.expectations) {
    const Verdict& verdict = expectation.verdict;
    if (verdict.word != Word::violated || !verdict.at) continue;
    consider({expectation.expected == Word::violated, *verdict.at, verdict.event, expectation.name,
              verdict.why});
  }
  return first;
}

std::string replay_command(const RunResult& run, std::string_view program,
                           std::optional<Time> until) {
  std::string command = shell_word(program) + " run " + shell_word(run.file);
  command += " --seed " + std::to_string(run.seed);
  if (!run.configuration.empty()) command += " --configuration " + shell_word(run.configuration);
  for (const std::string& setting : run.settings)
    command += " --set " + shell_word(setting);
  if (until) command += " --until " + in_seconds(*until);
  return command;
}

std::string story_command(const RunResult& run, std::string_view program) {
  const std::string story = "story-" + std::to_string(run.seed) + ".yaml";
  std::string command = shell_word(program) + " sweep " + shell_word(run.file);
  command += " --story " + std::to_string(run.seed);
  if (!run.configuration.empty()) command += " --configuration " + shell_word(run.configuration);
  for (const std::string& setting : run.settings)
    command += " --set " + shell_word(setting);
  return command + " > " + story + " && " + shell_word(program) + " run " + story;
}

}  // namespace cleave
