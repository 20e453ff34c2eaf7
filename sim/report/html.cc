#include "sim/report/html.h"

#include "sim/explore/fates.h"
#include "sim/explore/losses.h"
#include "sim/report/html_facts.h"
#include "sim/report/html_page.h"
#include "sim/report/html_pictures.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <utility>
#include <vector>

namespace cleave {
namespace {

constexpr std::size_t kMostStories = 200;
constexpr std::size_t kMostLosses = 12;  // causes in full sentences

// How many were lost of how many, store by store, as the text report has it.
void add_counts(HtmlPage& page, const RunResult& run) {
  for (const StoreResult& store : run.stores) {
    const bool any = store.lost_acknowledged > 0;
    page.paragraph((any ? grouped(store.lost_acknowledged) : std::string("None")) + " of the " +
                       counted(store.acknowledged, "update", "updates") + " that " + store.name +
                       " acknowledged" +
                       (any ? " (" + percentage(store.lost_acknowledged, store.acknowledged) + ")"
                            : std::string()) +
                       ".",
                   any ? Tone::bad : Tone::plain);
  }
}

void add_causes(HtmlPage& page, const Recording& recording) {
  const std::vector<Loss> causes = losses(recording);
  for (std::size_t i = 0; i < causes.size() && i < kMostLosses; ++i)
    page.paragraph(sentence(recording, causes[i]), Tone::bad);
  if (causes.size() > kMostLosses)
    page.paragraph(counted(causes.size() - kMostLosses, "more event", "more events") +
                       " lost acknowledged updates: see the stories below.",
                   Tone::bad);
}

void add_lost(HtmlPage& page, const RunResult& run, const Recording& recording) {
  page.section("Lost writes");
  add_counts(page, run);
  add_causes(page, recording);
  draw::Table table{"The first of them, one by one", {"operation", "acknowledged", "story"}, {}};
  for (const Fate& fate : lost_writes(recording, kMostStories))
    table.rows.push_back({std::to_string(fate.operation.index) + " of " +
                              std::string(recording.name(fate.operation.client)),
                          fate.acknowledged ? exact(*fate.acknowledged) : "", fate.story});
  if (!table.rows.empty()) page.fold("One by one", table);
}

// What is worth knowing before anything else.
void add_summary(HtmlPage& page, const RunResult& run, const Recording& recording) {
  page.section("In short");
  page.paragraph("Exit " + std::to_string(static_cast<int>(run.status)) + ": " +
                 std::string(meaning(run)) + ".");
  for (std::size_t i = 0; i < run.faults.size() && i < 4; ++i)
    page.paragraph(run.faults[i].fault.name + ", " + when(run.faults[i]) + ": " +
                   deed(run.faults[i].fault) + "; " + effect(run.faults[i]) + ".");
  for (const StoreResult& store : run.stores) {
    if (store.curve.peak == 0) continue;
    const std::string end = ending(run, store);
    page.paragraph("The replicas of " + store.name + " were up to " +
                   counted(store.curve.peak, "update", "updates") + " apart, at " +
                   rounded(store.curve.peak_at - Time{}) + (end.empty() ? "" : "; " + end) + ".");
  }
  add_causes(page, recording);
  if (recording.trace.left_out() > 0)
    page.paragraph("The recording was full: " + grouped(recording.trace.left_out()) +
                       " records of the end of the run are missing in pictures and stories.",
                   Tone::bad);
}

}  // namespace

std::string html_report(const RunResult& run, const Recording& recording, Timeline& timeline,
                        const std::string& program) {
  HtmlPage page;
  add_summary(page, run, recording);
  add_overview(page, recording);
  add_verdicts(page, run, program);
  add_witnesses(page, recording);
  add_lost(page, run, recording);
  add_moments(page, recording, timeline);
  add_faults(page, run);
  add_conversations(page, run);
  add_served(page, run);
  add_latency(page, run);
  add_ledger(page, recording);
  add_cast(page, run);
  add_digest(page, run, program);
  return std::move(page).text(head_of(run));
}

}  // namespace cleave
