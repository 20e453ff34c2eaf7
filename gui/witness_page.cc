#include "gui/witness_page.h"

#include "sim/draw/cycle.h"
#include "sim/draw/operations.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace cleave::gui {

WitnessPage::WitnessPage(Stage& stage, PictureView* cycle) : stage_(stage), cycle_(cycle) {
  operations_ = new TablePanel("Operations of the witness");
  operations_->set_shares({0, 8, 7, 7});
  operations_->setWordWrap(true);
  connect(operations_, &TablePanel::picked, this, &WitnessPage::picked);
  reasons_ = new TablePanel("Why they fit no order");
  reasons_->set_nothing("Each of them alone is enough: there are no reasons to add.");
  reasons_->set_shares({0, 1});
  reasons_->setWordWrap(true);
  connect(reasons_, &TablePanel::picked, this, &WitnessPage::picked);
  auto* parts = new QSplitter(Qt::Vertical);
  parts->setObjectName("inner");
  parts->setChildrenCollapsible(false);
  for (QWidget* part : {static_cast<QWidget*>(cycle_), static_cast<QWidget*>(operations_),
                        static_cast<QWidget*>(reasons_)})
    parts->addWidget(part);
  parts->setSizes({92, 152, 152});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 0, 8, 0);
  column->addWidget(parts);
}

void WitnessPage::refresh() {
  cycle_->refresh();
  const Recording& run = stage_.recording();
  const draw::View& view = stage_.view();
  const auto shown = draw::witness_operations(run, view.verdict.value_or(0));
  // An operation that was not traced stands for nothing that could be gone to.
  const auto target_of = [&shown](std::size_t number) {
    const auto found =
        std::find_if(shown.begin(), shown.end(),
                     [number](const draw::ShownOperation& o) { return o.number == number; });
    return found == shown.end() ? draw::Target{} : found->target;
  };
  draw::Table operations = draw::table_of_operations(run, view);
  std::vector<draw::Target> targets;
  for (std::size_t i = 0; i < operations.rows.size(); ++i)
    targets.push_back(target_of(i + 1));
  operations_->show_table(std::move(operations), std::move(targets));
  operations_->mark({view.selected});
  std::vector<draw::Target> ends;
  draw::Table reasons = draw::table_of_reasons(run, view);
  if (!reasons.rows.empty())
    for (const WitnessReason& reason : run.result.expectations[*view.verdict].verdict.because)
      ends.push_back(target_of(std::size_t{reason.to} + 1));
  reasons_->show_table(std::move(reasons), std::move(ends));
}

}  // namespace cleave::gui
