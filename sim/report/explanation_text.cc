#include "sim/report/explanation_text.h"

#include "sim/report/page.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"

#include <vector>

namespace cleave {
namespace {

void write(Page& page, const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  page.section("");
  for (const std::string& sentence : sentences)
    page.paragraph(printable(sentence));
}

}  // namespace

std::string explanation_text(const Explanation& explanation, const RunResult& run,
                             const TextOptions& options) {
  Page page(static_cast<std::size_t>(options.columns), options.ink, Page::Margin::none);
  const Stamp result = stamp(run.status);
  page.spread({printable(run.scenario), Tone::strong}, {result.text, result.tone});
  page.full((run.file.empty() ? "" : printable(run.file) + ", ") +
                (run.configuration.empty() ? "" : run.configuration + ", ") + "seed " +
                std::to_string(run.seed),
            Tone::quiet);
  for (const std::string& setting : run.settings)
    page.full("with " + printable(setting), Tone::quiet);
  if (!explanation.broke.empty()) {
    page.section("");
    page.paragraph("What broke first" +
                       (explanation.at ? ", at " + exact(*explanation.at) : std::string()) + ": " +
                       printable(explanation.broke),
                   Tone::strong);
  }
  write(page, explanation.setting);
  write(page, explanation.course);
  write(page, explanation.witness);
  write(page, explanation.ending);
  if (!run.file.empty() && explanation.at) {
    page.section("");
    page.line("To stop there:", Tone::quiet);
    page.line(replay_command(run, options.program, explanation.at), Tone::strong);
  }
  return std::move(page).text();
}

}  // namespace cleave
