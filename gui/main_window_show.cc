// What the window shows of its stage.
#include "gui/glyphs.h"
#include "gui/main_window.h"
#include "gui/tables.h"
#include "gui/text.h"
#include "gui/theme.h"
#include "sim/base/digest.h"
#include "sim/draw/axis.h"
#include "sim/draw/cycle.h"
#include "sim/draw/operations.h"
#include "sim/draw/roles.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <QApplication>
#include <algorithm>
#include <string>
#include <utility>

namespace cleave::gui {
namespace {

constexpr std::size_t kMostDifferences = 200;
constexpr int kNetworkShare = 56;  // of the height beside the verdicts, in percent
constexpr int kSmallNetworkShare = 34;

}  // namespace

void MainWindow::set_theme(draw::Theme theme) {
  theme_ = theme;
  QApplication::setPalette(palette_of(theme));
  qApp->setStyleSheet(style_sheet(theme));
  for (PictureView* view : pictures_)
    view->set_theme(theme);
  legend_->set_theme(theme);
  show_glyphs();
}

void MainWindow::show_glyphs() {
  using draw::Ink;
  const auto show = [this](QAbstractButton* button, Glyph glyph, Ink ink) {
    button->setIcon(icon(glyph, ink, theme_));
  };
  show(bar_->previous_fault, Glyph::previous, Ink::text);
  show(bar_->step_back, Glyph::back, Ink::text);
  show(bar_->play, stage_.playing() ? Glyph::pause : Glyph::play, Ink::text);
  show(bar_->step_on, Glyph::on, Ink::text);
  show(bar_->next_fault, Glyph::next, Ink::text);
  show(bar_->cut, Glyph::cut, Ink::drop);
  show(bar_->crash, Glyph::crash, Ink::warn);
  show(bar_->delay, Glyph::delay, Ink::text2);
  show(bar_->heal, Glyph::heal, Ink::ok);
  show(bar_->undo, Glyph::undo, Ink::text2);
  show(bar_->compare, Glyph::compare, Ink::text2);
  show(bar_->save, Glyph::save, Ink::text2);
  show(bar_->theme, Glyph::theme, Ink::text2);
  bar_->show_playing(stage_.playing());
}

// ---- following the stage ------------------------------------------------------------------------

void MainWindow::on_opened() {
  const Recording& run = stage_.recording();
  bar_->setEnabled(true);
  bar_->show_run(q(run.scenario.name), run.result.seed);
  setWindowTitle(q(run.scenario.name) + " - Cleave");
  show_futures();
  show_verdicts();
  Rows lost = lost_rows(run);
  std::uint64_t all_lost = 0;  // the table has the first thousand
  for (const StoreResult& store : run.result.stores)
    all_lost += store.lost_acknowledged;
  details_->setTabText(
      1, all_lost == 0 ? QString("Lost writes") : "Lost writes (" + q(grouped(all_lost)) + ")");
  lost_->show_table(std::move(lost.table), std::move(lost.targets));
  levels_->show_run(run);
  const bool talk = !run.result.conversations.empty();
  conversation_->show_run();
  details_->setTabVisible(details_->indexOf(conversation_), talk);
  if (talk) {
    details_->setCurrentWidget(conversation_);
    right_->setSizes({480, 210});
  }
  shown_ = {};
  if (!stage_.ready()) return pages_->setCurrentIndex(kLoading);  // until its first frame
  on_looked();
}

void MainWindow::show_futures() {
  bar_->futures->clear();
  for (const Choice& choice : stage_.choices()) {
    bar_->futures->addItem(q(choice.label));
    if (choice.run == stage_.state().run())
      bar_->futures->setCurrentIndex(bar_->futures->count() - 1);
  }
  bar_->undo->setEnabled(stage_.can_undo());
}

// Pictures that stand still are drawn again only if what they show of the view has changed.
void MainWindow::on_looked() {
  if (!stage_.ready()) return;
  const Look& look = stage_.state().look();
  const draw::View& now = look.view;
  const draw::View& before = shown_.view;
  const bool other_run = look.run != shown_.run || pages_->currentIndex() != kWork;
  const bool selection = now.selected != before.selected || now.verdict != before.verdict;
  if (other_run || selection || now.from != before.from || now.to != before.to ||
      now.hidden != before.hidden)
    space_time_->refresh();
  if (other_run || selection || now.pair != before.pair || now.store != before.store) {
    divergence_->refresh();
    beside_->refresh();
    matrix_->refresh();
  }
  if (other_run || selection || now.store != before.store) timeline_->refresh();
  if (other_run || selection || now.store != before.store) ledger_->refresh();
  if (look.beside != shown_.beside) beside_->refresh();
  if (other_run || selection || now.reference != before.reference) map_->refresh();
  beside_->setVisible(stage_.beside() != nullptr);
  bar_->compare->setChecked(stage_.beside() != nullptr);
  for (PictureView* view : {space_time_, divergence_, beside_, timeline_})
    view->refresh_moving();
  ledger_->show_moment();
  conversation_->show_moment();
  space_time_panel_->set_note(q(draw::clock_text(now.from)) + " to " + q(draw::clock_text(now.to)));
  const bool pair = now.pair != before.pair;
  const bool futures = other_run || look.beside != shown_.beside;
  const bool notes = futures || now.reference != before.reference || now.store != before.store;
  shown_ = look;
  if (selection || other_run) show_selection();
  if (futures) show_verdicts();
  if (notes) show_notes();
  if (pair) show_differences();
}

// And when it was found where the two futures part: the first picture has that too.
void MainWindow::on_framed() {
  if (!stage_.ready()) return;
  const bool first = pages_->currentIndex() != kWork;
  if (first) {
    shown_ = {};
    on_looked();
    pages_->setCurrentIndex(kWork);
  }
  const Frame& frame = stage_.frame();
  bar_->show_moment(stage_.view().at, frame.event, stage_.recording().result.events);
  map_->refresh();
  matrix_->refresh();
  show_differences();
  show_notes();
  show_story();
  show_status();
  const bool complete = !stage_.beside() || !stage_.parting().isEmpty();
  if (complete && !std::exchange(told_ready_, true)) Q_EMIT ready();
}

void MainWindow::show_notes() {
  if (!stage_.ready()) return;
  const draw::View& view = stage_.view();
  const Recording& run = stage_.recording();
  if (view.reference) network_panel_->set_note("seen from " + q(run.name(*view.reference)));
  if (run.result.stores.empty()) {
    divergence_panel_->set_note("this scenario has no store");
    return;
  }
  const StoreResult& store = run.result.stores.at(view.store.value);
  if (divergence_panel_->page() == kDivergence) {
    QString parting = stage_.parting();
    if (parting.isEmpty()) parting = "looking for where the two futures part";
    divergence_panel_->set_note(stage_.beside() ? parting : "of the store " + q(store.name));
    const std::string end = stage_.beside() ? "" : ending(run.result, store);
    divergence_panel_->set_chip(q(end), store.curve.converged ? Tone::good : Tone::warn);
  } else {
    divergence_panel_->set_note(divergence_panel_->page() == kLedger ? ledger_->note()
                                                                     : "as clients saw them");
    divergence_panel_->set_chip("", Tone::calm);
  }
  QStringList active;
  for (const FaultResult& fault : run.result.faults)
    if (const Span* span = active_span(fault, view.at))
      active << q(fault.fault.name) + " for " + q(rounded(view.at - span->from));
  network_panel_->set_chip(active.join(", "), Tone::bad);
  timeline_panel_->set_note("0 s to " + q(draw::clock_text(stage_.state().end())));
}

void MainWindow::show_status() {
  const RunResult& result = stage_.recording().result;
  const QString digest = q(to_hex(result.digest));
  run_status_->setText("  Digest of the run");
  hash_status_->setText(digest.left(16) + " " + digest.mid(16));
  hash_status_->setAccessibleName("Digest of the run " + digest);
  QString match;
  if (result.expected_digest)
    match = *result.expected_digest == result.digest ? "as it was saved" : "NOT as it was saved";
  const Frame& frame = stage_.frame();
  digest_status_->setText(match + (match.isEmpty() ? "" : " · ") + "state at the cursor " +
                          QString::number(frame.state_digest, 16).rightJustified(16, '0') +
                          " · F1: all keys");
}

void MainWindow::show_selection() {
  selection_ = q(story_of_selection(stage_));
  const draw::View& view = stage_.view();
  std::vector<draw::Target> selected{view.selected};
  if (view.verdict && draw::has_witness(stage_.recording(), *view.verdict))
    selected.push_back({draw::Target::Kind::verdict, *view.verdict, 0});
  for (const draw::ShownOperation& operation : draw::selected_operations(stage_.recording(), view))
    selected.push_back(operation.target);
  verdicts_->mark(selected);
  lost_->mark(selected);
  if (view.selected.kind == draw::Target::Kind::side) divergence_panel_->show_page(kLedger);
  show_witness();
  if (!selection_.isEmpty()) selection_ += "\n\n";
  show_story();
}

// Of two that are compared, what came of the claims of both.
void MainWindow::show_verdicts() {
  const auto beside = stage_.state().look().beside;
  const Recording* other = stage_.beside();
  Rows rows;
  if (other) {
    verdicts_->set_shares({0, 4, 3, 3});
    rows = compared_rows({stage_.futures()[stage_.state().run()].label, stage_.recording()},
                         {stage_.futures()[*beside].label, *other});
  } else {
    verdicts_->set_shares({0, 4, 3, 0});
    rows = verdict_rows(stage_.recording());
  }
  verdicts_->show_table(std::move(rows.table), std::move(rows.targets));
}

void MainWindow::show_verdict_chip() {
  const auto& all = stage_.recording().result.expectations;
  const auto broken = std::count_if(all.begin(), all.end(),
                                    [](const ExpectationResult& e) { return !e.as_stated(); });
  if (all.empty() || verdict_pages_->currentWidget() == witness_)
    verdict_panel_->set_chip("", Tone::calm);
  else if (broken == 0)
    verdict_panel_->set_chip("all as stated", Tone::good);
  else
    verdict_panel_->set_chip(QString::number(broken) + " not as stated", Tone::bad);
}

// In the place of the list, which it is a part of, and with more room than that needs.
void MainWindow::show_witness() {
  const draw::View& view = stage_.view();
  const bool open = view.verdict && draw::has_witness(stage_.recording(), *view.verdict);
  if (open) witness_->refresh();
  verdict_panel_->set_note(open ? q(stage_.recording().result.expectations[*view.verdict].name)
                                : QString());
  if (open == (verdict_pages_->currentWidget() == witness_)) return show_verdict_chip();
  all_verdicts_->setVisible(open);
  verdict_pages_->setCurrentWidget(open ? static_cast<QWidget*>(witness_) : verdicts_);
  show_verdict_chip();
  const auto share = [this](int network, const QList<int>& sizes) {
    left_->setStretchFactor(0, network);
    left_->setStretchFactor(1, 100 - network);
    left_->setSizes(sizes);
  };
  if (!open) return share(kNetworkShare, std::exchange(left_before_, {}));
  left_before_ = left_->sizes();
  const int all = left_before_[0] + left_before_[1];
  share(kSmallNetworkShare, {all * kSmallNetworkShare / 100, all - all * kSmallNetworkShare / 100});
}

void MainWindow::show_story() {
  const QString text = selection_ + q(story_of_moment(stage_));
  story_->setText(text.toHtmlEscaped().replace("\n", "<br>"));
}

void MainWindow::show_differences() {
  if (const auto& pin = stage_.pinned())
    return show_compared({*pin->then->world, pin->node, "at " + draw::clock_text(pin->then->at)},
                         {stage_.now(), pin->node, "at the cursor"});
  const auto& pair = stage_.view().pair;
  if (!pair) {
    difference_panel_->set_note("choose two replicas in the matrix");
    return differences_->show_table({});
  }
  const draw::Roles roles(stage_.recording());
  show_compared({stage_.now(), pair->first, roles.of(pair->first).label},
                {stage_.now(), pair->second, roles.of(pair->second).label});
}

void MainWindow::show_compared(const Compared& left, const Compared& right) {
  const Diff diff = left.world.compare_nodes(left.node, right.world, right.node, kMostDifferences);
  Rows rows = difference_rows(diff, left.name, right.name);
  const std::size_t shown = rows.table.rows.size();
  differences_->show_table(std::move(rows.table));
  const QString whose = stage_.pinned() ? q(stage_.recording().name(left.node)) + ": " : QString();
  difference_panel_->set_note(
      whose + (diff.empty() ? QString("nothing differs")
                            : q(counted(shown + diff.more, "field differs", "fields differ")) +
                                  (diff.more > 0 ? ", the first " + q(grouped(shown)) : QString()) +
                                  "; choose one to see since when"));
}

}  // namespace cleave::gui
