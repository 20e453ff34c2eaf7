#include "sim/report/html_pictures.h"

#include "sim/draw/cursor.h"
#include "sim/draw/cycle.h"
#include "sim/draw/divergence.h"
#include "sim/draw/ledger.h"
#include "sim/draw/map.h"
#include "sim/draw/matrix.h"
#include "sim/draw/space_time.h"
#include "sim/draw/timeline.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cleave {
namespace {

constexpr draw::Size kWide{1094, 170};
constexpr draw::Size kDivergence{1094, 280};
constexpr draw::Size kSpaceTime{1094, 420};
constexpr draw::Size kLedger{1094, 260};
constexpr draw::Size kCycle{1094, 240};
constexpr draw::Size kMap{620, 360};
constexpr draw::Size kMatrix{420, 360};
constexpr std::size_t kMostStores = 6;  // drawn; the others are in the tables
constexpr std::size_t kMostWitnesses = 4;
constexpr std::size_t kMostMessageRows = 400;  // of a window
constexpr std::size_t kMostArrows = 250;       // in a window that can be read

// The store that was furthest apart; of equals the first.
StoreId furthest(const RunResult& run) {
  const auto apart =
      std::max_element(run.stores.begin(), run.stores.end(),
                       [](const auto& a, const auto& b) { return a.curve.peak < b.curve.peak; });
  return StoreId{static_cast<std::uint32_t>(apart - run.stores.begin())};
}

draw::View view_of(const Recording& recording, StoreId store, Time at) {
  draw::View view;
  view.at = at;
  view.to = std::max(recording.result.simulated, Time{1});
  view.store = store;
  if (store.value < recording.cast.replicas.size()) {
    const std::vector<NodeId>& replicas = recording.cast.replicas[store.value];
    if (!replicas.empty()) view.reference = replicas.front();
  }
  return view;
}

// As much time around a moment as shows arrows that can be told apart, at most two seconds.
void choose_window(draw::View& view, const Recording& recording) {
  const Time end = view.to;
  for (Duration half{1'000'000'000}; half.ns > 100'000; half = half / 2) {
    view.from = std::max(Time{}, view.at - half);
    view.to = std::min(end, view.at + half);
    if (recording.trace.messages_within(view.from, view.to) <= kMostArrows) return;
  }
}

void add_space_time(HtmlPage& page, const Recording& recording, draw::View view,
                    const std::string& caption) {
  choose_window(view, recording);
  draw::TimedDrawing picture = draw::draw_space_time(recording, view, kSpaceTime);
  draw::lay_over(picture.drawing, draw::draw_cursor(picture.axis, view, kSpaceTime));
  page.figure({std::move(picture.drawing),
               draw::table_of_space_time(recording, view, kMostMessageRows),
               caption + ", " + exact(view.from) + " to " + exact(view.to)});
}

// With the distances beside it.
void add_map(HtmlPage& page, const Recording& recording, Timeline& timeline,
             const draw::View& view) {
  timeline.seek(view.at);
  const World& now = timeline.world();
  page.begin_row();
  page.figure({draw::draw_map(recording, now, view, kMap), draw::table_of_map(recording, now, view),
               "Who reaches whom at " + exact(view.at)});
  page.figure({draw::draw_matrix(recording, now, view, kMatrix),
               draw::table_of_matrix(recording, now, view),
               "How far apart any two replicas are at " + exact(view.at)});
  page.end_row();
}

void add_greatest(HtmlPage& page, const Recording& recording, Timeline& timeline, StoreId store) {
  const StoreResult& result = recording.result.stores[store.value];
  const Time at = result.curve.peak_at;
  const draw::View view = view_of(recording, store, at);
  page.section("When " + result.name + " was furthest apart: " + exact(at));
  page.paragraph(counted(result.curve.peak, "update", "updates") +
                 " that one replica held and another did not.");
  add_map(page, recording, timeline, view);
  add_space_time(page, recording, view, "Messages around that moment");
}

}  // namespace

void add_overview(HtmlPage& page, const Recording& recording) {
  const RunResult& run = recording.result;
  const StoreId store = furthest(run);
  page.section("The whole run");
  const draw::View whole = view_of(recording, store, {});
  page.figure({draw::draw_timeline(recording, whole, kWide).drawing,
               draw::table_of_timeline(recording, whole), "Faults, traffic and divergence"});
  const draw::DivergenceTracks tracks = draw::divergence_tracks(recording);
  std::size_t drawn = 0;
  for (std::uint32_t s = 0; s < run.stores.size(); ++s) {
    const StoreResult& result = run.stores[s];
    if (result.curve.peak == 0) continue;
    const std::string end = ending(run, result);
    const std::string words = "How far the replicas of " + result.name + " were apart: peak " +
                              grouped(result.curve.peak) + " at " +
                              rounded(result.curve.peak_at - Time{}) +
                              (end.empty() ? "" : ", " + end);
    if (++drawn > kMostStores) {
      page.paragraph(words);
      continue;
    }
    const draw::View view = view_of(recording, StoreId{s}, {});
    page.figure({draw::draw_divergence(recording, tracks, view, kDivergence).drawing,
                 draw::table_of_divergence(recording, tracks, view), words});
  }
  if (drawn == 0)
    page.paragraph("The replicas were never apart: all held the same updates all along.");
}

void add_moments(HtmlPage& page, const Recording& recording, Timeline& timeline) {
  const RunResult& run = recording.result;
  const StoreId store = furthest(run);
  if (store.value < run.stores.size() && run.stores[store.value].curve.peak > 0)
    add_greatest(page, recording, timeline, store);
  const std::optional<FirstBreak> first = first_break(run);
  if (!first) return;
  page.section("What broke first: " + first->what);
  if (!first->why.empty()) page.paragraph(first->why);
  const draw::View view = view_of(recording, store, first->at);
  add_map(page, recording, timeline, view);
  add_space_time(page, recording, view, "Messages around that moment");
}

void add_witnesses(HtmlPage& page, const Recording& recording) {
  const auto& all = recording.result.expectations;
  std::size_t shown = 0;
  for (std::uint32_t i = 0; i < all.size() && shown < kMostWitnesses; ++i) {
    if (!draw::has_witness(recording, i)) continue;
    ++shown;
    draw::View view = view_of(recording, {}, {});
    view.verdict = i;
    page.section("Why " + all[i].name + " is violated");
    page.paragraph(all[i].verdict.why);
    page.figure({draw::draw_cycle(recording, view, kCycle),
                 draw::table_of_operations(recording, view), "The fewest operations that show it"});
    page.table(draw::table_of_reasons(recording, view));
  }
}

void add_ledger(HtmlPage& page, const Recording& recording) {
  const RunResult& run = recording.result;
  if (run.cap.empty()) return;
  page.section("What each side got");
  for (std::uint32_t s = 0; s < run.stores.size() && s < kMostStores; ++s) {
    const draw::View view = view_of(recording, StoreId{s}, {});
    const draw::Drawing drawing = draw::draw_ledger(recording, view, kLedger).drawing;
    if (!drawing.spots.empty())
      page.figure({drawing, {}, "What clients on each side asked of " + run.stores[s].name});
  }
  page.table(draw::table_of_ledger(run), "Nobody asked for anything.");
}

}  // namespace cleave
