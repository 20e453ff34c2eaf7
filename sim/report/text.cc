#include "sim/report/text.h"

#include "sim/report/cap_text.h"
#include "sim/report/consistency_text.h"
#include "sim/report/conversation_text.h"
#include "sim/report/page.h"
#include "sim/report/phrases.h"
#include "sim/report/picture_text.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"

#include <algorithm>

namespace cleave {
namespace {

// A screen has room for so much of each; what is left out is counted.
constexpr std::size_t kMostStoresInCast = 4;
constexpr std::size_t kMostGroupsInCast = 6;
constexpr std::size_t kMostFaults = 4;
constexpr std::size_t kMostTenures = 4;  // of a store
constexpr std::size_t kMostWindows = 6;
constexpr std::size_t kMostGroups = 3;  // side by side
constexpr std::size_t kMostOperations = 6;
constexpr std::size_t kMostVerdictsInFull = 3;

void write_more(Page& page, std::size_t all, std::size_t most, std::string_view what) {
  if (all > most)
    page.line("and " + grouped(all - most) + " more " + std::string(what), Tone::quiet);
}

void write_head(Page& page, const RunResult& run) {
  const Stamp result = stamp(run.status);
  page.spread({printable(run.scenario), Tone::strong}, {result.text, result.tone});
  const std::string left =
      (run.file.empty() ? "" : printable(run.file) + ", ") + "seed " + std::to_string(run.seed);
  const std::string right = rounded(run.simulated - Time{}) + " simulated" +
                            (run.cut_short ? " (--until)" : "") + ", " +
                            counted(run.events, "event", "events");
  if (page.fits(left, right)) {
    page.spread({left, Tone::quiet}, {right, Tone::quiet});
  } else {
    page.full(left, Tone::quiet);
    page.full(right, Tone::quiet);
  }
  for (const std::string& setting : run.settings)
    page.full("with " + printable(setting), Tone::quiet);
}

// "20 in us-east, 3 in us-west"; of one group among others "east 20 in us-east".
std::string clients_of(const RunResult& run) {
  std::string all;
  for (std::size_t i = 0; i < run.clients.size(); ++i) {
    const ClientGroup& group = run.clients[i];
    if (i == kMostGroupsInCast) return all + "; and " + grouped(run.clients.size() - i) + " more";
    all += (i > 0 ? "; " : "") + group.name + " " + places(group.placements, "", "");
  }
  return all;
}

void write_cast(Page& page, const RunResult& run) {
  if (run.stores.empty() && run.clients.empty()) return;
  page.section("cast");
  std::size_t names = columns_of("clients") + 3;
  for (const StoreResult& store : run.stores)
    names = std::max(names, columns_of(store.name) + 3);
  for (std::size_t i = 0; i < std::min(run.stores.size(), kMostStoresInCast); ++i) {
    const StoreResult& store = run.stores[i];
    page.hanging({flush_left(store.name, names)},
                 store.engine + ", " + places(store.replicas, "replica", "replicas"));
  }
  write_more(page, run.stores.size(), kMostStoresInCast, "stores");
  if (!run.clients.empty()) page.hanging({flush_left("clients", names)}, clients_of(run));
}

// The first few, and every one that fails the run for doing nothing.
std::vector<FaultResult> worth_showing(const std::vector<FaultResult>& faults) {
  std::vector<FaultResult> shown;
  for (std::size_t i = 0; i < faults.size(); ++i)
    if (i < kMostFaults || faults[i].inert) shown.push_back(faults[i]);
  return shown;
}

void write_faults(Page& page, const RunResult& run) {
  if (run.faults.empty()) return;
  page.section("faults", Page::Space::none);
  const std::vector<FaultResult> shown = worth_showing(run.faults);
  std::size_t names = 0;
  std::size_t times = 0;
  for (const FaultResult& fault : shown) {
    names = std::max(names, columns_of(fault.fault.name) + 3);
    times = std::max(times, columns_of(when(fault)) + 3);
  }
  for (const FaultResult& fault : shown) {
    page.hanging({flush_left(fault.fault.name, names) + flush_left(when(fault), times)},
                 deed(fault.fault));
    page.hanging({std::string(names + times, ' ')}, effect(fault),
                 fault.inert ? Tone::bad : Tone::plain);
    for (const std::string& meant : fault.chosen)
      page.hanging({std::string(names + times, ' ')}, meant);
  }
  write_more(page, run.faults.size(), shown.size(), "faults");
}

// Of stores that changed their leader.
void write_led(Page& page, const RunResult& run) {
  std::vector<Row> rows;
  std::size_t all = 0;
  std::size_t shown = 0;
  for (const StoreResult& store : run.stores) {
    if (store.tenures.size() < 2) continue;
    all += store.tenures.size();
    for (std::size_t i = 0; i < std::min(store.tenures.size(), kMostTenures); ++i, ++shown) {
      const Tenure& tenure = store.tenures[i];
      const std::string beside = beside_whom(store, tenure);
      rows.push_back({{tenure.replica}, {time_span(tenure.span)}, {beside, Tone::bad}});
    }
  }
  if (rows.empty()) return;
  page.section("led", Page::Space::none);
  page.table(rows);
  write_more(page, all, shown, "tenures");
}

// The store that was furthest apart as a picture, the others in a line each.
void write_apart(Page& page, const RunResult& run, const TextOptions& options) {
  const auto apart =
      std::max_element(run.stores.begin(), run.stores.end(),
                       [](const auto& a, const auto& b) { return a.curve.peak < b.curve.peak; });
  if (apart == run.stores.end()) return;
  page.section("apart");
  if (apart->curve.peak == 0) {
    page.paragraph("never: all replicas held the same updates all along");
    return;
  }
  page.paragraph("updates that one replica of " + apart->name + " held and another did not");
  PictureTextOptions picture;
  picture.columns = static_cast<int>(page.room());
  picture.charset = options.charset;
  picture.ink = options.ink;
  page.set(picture_lines(run, *apart, picture));
  for (const StoreResult& other : run.stores) {
    if (&other == &*apart || other.curve.peak == 0) continue;
    const std::string end = ending(run, other);
    page.paragraph(other.name + ": peak " + grouped(other.curve.peak) + " at " +
                   rounded(other.curve.peak_at - Time{}) + (end.empty() ? "" : ", " + end));
  }
}

using Rows = std::vector<AvailabilityRow>;

struct Window {
  Span span;
  std::uint64_t served = 0;
  std::uint64_t operations = 0;
  bool worse_than(const Window& other) const {
    return served * other.operations < other.served * operations;
  }
};

// By time; of too many, those in which the smallest share was served.
struct Windows {
  std::vector<Window> shown;
  std::size_t all = 0;
};
Windows windows_of(const Rows& rows) {
  std::vector<Window> windows;
  for (const AvailabilityRow& row : rows) {
    auto window = std::find_if(windows.begin(), windows.end(),
                               [&](const Window& w) { return w.span == row.window; });
    if (window == windows.end()) window = windows.insert(window, Window{row.window});
    window->served += served(row);
    window->operations += operations(row);
  }
  std::stable_sort(windows.begin(), windows.end(),
                   [](const Window& a, const Window& b) { return a.worse_than(b); });
  const std::size_t all = windows.size();
  windows.resize(std::min(all, kMostWindows));
  std::stable_sort(windows.begin(), windows.end(),
                   [](const Window& a, const Window& b) { return a.span < b.span; });
  return {std::move(windows), all};
}

std::vector<std::string> groups_of(const Rows& rows) {
  std::vector<std::string> groups;
  for (const AvailabilityRow& row : rows)
    if (std::find(groups.begin(), groups.end(), row.group) == groups.end())
      groups.push_back(row.group);
  return groups;
}

Cell share(const Rows& rows, const std::string& group, const Span& window) {
  for (const AvailabilityRow& row : rows) {
    if (row.group != group || row.window != window || operations(row) == 0) continue;
    const bool all = served(row) == operations(row);
    return {percentage(served(row), operations(row)) + " of " + grouped(operations(row)),
            all ? Tone::plain : Tone::bad, Cell::Flush::right};
  }
  return number("-");
}

void write_served(Page& page, const RunResult& run) {
  if (run.availability.empty()) return;
  page.section("served");
  const std::vector<std::string> groups = groups_of(run.availability);
  const auto [windows, all] = windows_of(run.availability);
  if (std::all_of(windows.begin(), windows.end(),
                  [](const Window& w) { return w.operations == 0; })) {
    page.line("nobody: clients asked for nothing");
    return;
  }
  for (std::size_t first = 0; first < groups.size(); first += kMostGroups) {
    const std::size_t last = std::min(first + kMostGroups, groups.size());
    std::vector<Row> rows{{{"share of operations", Tone::quiet}, {""}}};
    for (std::size_t i = first; i < last; ++i)
      rows[0].push_back(heading(groups[i]));
    for (const Window& window : windows) {
      Row row{{window_name(run, window.span)}, {time_span(window.span)}};
      for (std::size_t i = first; i < last; ++i)
        row.push_back(share(run.availability, groups[i], window.span));
      rows.push_back(row);
    }
    page.table(rows);
  }
  write_more(page, all, windows.size(), "windows, served no worse");
}

void write_latency(Page& page, const RunResult& run) {
  if (run.latency.empty()) return;
  page.section("latency");
  std::vector<Row> rows{{{"of those served", Tone::quiet},
                         heading("operations"),
                         heading("p50"),
                         heading("p99"),
                         heading("p99.9")}};
  for (std::size_t i = 0; i < std::min(run.latency.size(), kMostOperations); ++i) {
    const LatencyRow& row = run.latency[i];
    rows.push_back({{row.operation},
                    number(grouped(row.count)),
                    number(rounded(row.p50)),
                    number(rounded(row.p99)),
                    number(rounded(row.p999))});
  }
  page.table(rows);
  write_more(page, run.latency.size(), kMostOperations, "operations");
}

void write_lost(Page& page, const RunResult& run) {
  if (run.stores.empty()) return;
  page.section("lost", Page::Space::none);
  std::uint64_t acknowledged = 0;
  bool any = false;
  for (const StoreResult& store : run.stores) {
    acknowledged += store.acknowledged;
    if (store.lost_acknowledged == 0) continue;
    any = true;
    page.paragraph(grouped(store.lost_acknowledged) + " of the " +
                       counted(store.acknowledged, "update", "updates") + " that " + store.name +
                       " acknowledged (" + percentage(store.lost_acknowledged, store.acknowledged) +
                       ")",
                   Tone::bad);
  }
  if (!any)
    page.line("none of the " + counted(acknowledged, "update", "updates") +
              " that were acknowledged");
}

void write_broke(Page& page, const RunResult& run, const TextOptions& options) {
  page.section("broke");
  const std::optional<FirstBreak> first = first_break(run);
  if (!first) {
    page.line("nothing");
    return;
  }
  const std::string event = first->event ? ", event " + grouped(first->event->value) : "";
  page.paragraph("first at " + exact(first->at) + event + ": " + first->what);
  if (!run.file.empty()) page.line(replay_command(run, options.program, first->at), Tone::strong);
}

}  // namespace

std::string text_report(const RunResult& run, const TextOptions& options) {
  Page page(static_cast<std::size_t>(options.columns), options.ink, Page::Margin::labels);
  write_head(page, run);
  write_cast(page, run);
  write_faults(page, run);
  write_conversations(page, run.conversations);
  // Whoever looks at people first wants to see what came of their messages.
  if (run.conversations.empty() || options.ledger) {
    write_led(page, run);
    write_apart(page, run, options);
    write_served(page, run);
    write_latency(page, run);
  }
  write_lost(page, run);
  if (options.ledger) {
    write_cap(page, run, options);
    write_consistency(page, run);
  }
  page.section("verdicts");
  write_verdicts(page, run,
                 run.expectations.size() > kMostVerdictsInFull ? Detail::brief : Detail::full);
  write_broke(page, run, options);
  page.section("digest", Page::Space::none);
  const bool differs = run.expected_digest && *run.expected_digest != run.digest;
  page.line(to_hex(run.digest) + (run.expected_digest && !differs ? ", as expected" : ""));
  if (differs) page.line(to_hex(*run.expected_digest) + " was expected", Tone::bad);
  const Stamp result = stamp(run.status);
  page.line(
      "exit " + std::to_string(static_cast<int>(run.status)) + ": " + std::string(meaning(run)),
      result.tone);
  return std::move(page).text();
}

}  // namespace cleave
