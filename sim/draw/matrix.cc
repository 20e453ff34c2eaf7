#include "sim/draw/matrix.h"

#include "sim/draw/marks.h"
#include "sim/draw/roles.h"
#include "sim/draw/text_width.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::draw {
namespace {

constexpr TextStyle kMono{11, Weight::medium, true};
constexpr TextStyle kCaption{11, Weight::regular, false};
constexpr double kMargin = 10;
constexpr double kGap = 4;      // between labels and cells
constexpr double kLegend = 36;  // height of the legend
constexpr double kLargestCell = 72;
constexpr double kLeastForText = 16;  // a smaller cell has no number in it
constexpr double kLeast = 2;

struct Grid {
  std::vector<NodeId> replicas;
  std::uint64_t highest =
      0;                     // end of the scale: the most that the store's replicas ever were apart
  double left = 0, top = 0;  // of the first cell
  double cell = 0;
  bool labels = true;

  Rect rect(std::size_t row, std::size_t column) const {
    return {left + static_cast<double>(column) * cell, top + static_cast<double>(row) * cell, cell,
            cell};
  }
  double side() const { return cell * static_cast<double>(replicas.size()); }
};

// Columns have the names of the rows where these fit, else their numbers, which then the rows say
// too.
struct Labels {
  std::vector<std::string> rows, columns;
  double width = 0;  // of the rows'
};

std::optional<Grid> grid_of(const World& now, const Recording& recording, const View& view) {
  if (view.store.value >= recording.result.stores.size()) return std::nullopt;
  Grid grid;
  const auto replicas = now.ledger().replicas(view.store);
  grid.replicas.assign(replicas.begin(), replicas.end());
  const std::uint64_t peak = recording.result.stores[view.store.value].curve.peak;
  grid.highest = std::max(peak, now.ledger().largest_distance(view.store));
  return grid;
}

std::string sentence(const std::optional<Grid>& grid) {
  if (!grid || grid->replicas.empty())
    return "There are no replicas here. Choose a store of the scenario to compare them.";
  return "There is one replica, so nothing can differ from it. A second one, under `replicas:`, "
         "would.";
}

std::string away(std::uint64_t distance) {
  return counted(distance, "update", "updates") + " apart";
}

Labels labels_of(const Grid& grid, const Roles& roles, Size size) {
  Labels labels;
  for (const NodeId id : grid.replicas) {
    labels.rows.push_back(fitted(roles.of(id).label, kMono, size.width * 0.5));
    labels.width = std::max(labels.width, text_width(labels.rows.back(), kMono));
  }
  return labels;
}

double cell_of(const Grid& grid, double labels, Size size) {
  const auto n = static_cast<double>(grid.replicas.size());
  const double above = grid.labels ? kMono.px + kGap : 0;
  const double beside = grid.labels ? labels + kGap : 0;
  return std::max(kLeast,
                  std::min({(size.width - 2 * kMargin - beside) / n,
                            (size.height - 2 * kMargin - kLegend - above) / n, kLargestCell}));
}

void number(Labels& labels) {
  const std::size_t digits = std::to_string(labels.rows.size()).size();
  for (std::size_t i = 0; i < labels.rows.size(); ++i) {
    labels.columns.push_back(std::to_string(i + 1));
    labels.rows[i] += " " + std::string(digits - labels.columns[i].size(), ' ') + labels.columns[i];
  }
  labels.width += static_cast<double>(digits + 1) * text_width("0", kMono);
}

void place(Grid& grid, Labels& labels, Size size) {
  grid.cell = cell_of(grid, labels.width, size);
  if (labels.width <= grid.cell - 4) {
    labels.columns = labels.rows;
  } else {
    number(labels);
    grid.cell = cell_of(grid, labels.width, size);
  }
  if (grid.cell < kMono.px + 2) {  // names would touch: the cells get their room
    grid.labels = false;
    grid.cell = cell_of(grid, 0, size);
  }
  const double beside = grid.labels ? labels.width + kGap : 0;
  const double above = grid.labels ? kMono.px + kGap : 0;
  const double spare_x = size.width - 2 * kMargin - beside - grid.side();
  const double spare_y = size.height - 2 * kMargin - above - kLegend - grid.side();
  grid.left = kMargin + beside + std::floor(std::max(0.0, spare_x) / 2);
  grid.top = kMargin + above + std::floor(std::max(0.0, spare_y) / 2);
}

void add_labels(Drawing& drawing, const Grid& grid, const Labels& labels, const Roles& roles) {
  for (std::size_t i = 0; i < grid.replicas.size(); ++i) {
    const Ink ink = inks_of_region(roles.of(grid.replicas[i]).region).ink;
    const Rect row = grid.rect(i, 0);
    drawing.add(Label{
        {row.x - kGap, row.y + row.height / 2 + 4}, labels.rows[i], kMono, Align::right, ink});
    const Rect column = grid.rect(0, i);
    drawing.add(Label{{column.x + column.width / 2, column.y - kGap - 1},
                      labels.columns[i],
                      kMono,
                      Align::centre,
                      ink});
  }
}

void add_cells(Drawing& drawing, const Grid& grid, const World& now, const View& view,
               const Recording& recording) {
  const double inset = grid.cell >= 8 ? 1 : 0;
  for (std::size_t row = 0; row < grid.replicas.size(); ++row)
    for (std::size_t column = 0; column < grid.replicas.size(); ++column) {
      const NodeId a = grid.replicas[row];
      const NodeId b = grid.replicas[column];
      const std::uint64_t distance = now.ledger().distance(view.store, a, b);
      const Ink ink = divergence_ink(distance, grid.highest);
      Rect cell = grid.rect(row, column);
      cell = {cell.x + inset, cell.y + inset, cell.width - 2 * inset, cell.height - 2 * inset};
      drawing.add(Box{cell, grid.cell >= 16 ? 4.0 : 0.0, {ink, 1, false}, {}});
      if (a == b) continue;
      const std::string number = grouped(distance);
      if (grid.cell >= kLeastForText && text_width(number, kMono) <= cell.width - 2)
        drawing.add(Label{{cell.x + cell.width / 2, cell.y + cell.height / 2 + 4},
                          number,
                          kMono,
                          Align::centre,
                          on_divergence(ink)});
      drawing.spots.push_back({target_of(a, b),
                               cell,
                               false,
                               {},
                               {},
                               std::string(recording.name(a)) + " and " +
                                   std::string(recording.name(b)) + ": " + away(distance)});
    }
}

void frame_pair(Drawing& drawing, const Grid& grid, const View& view) {
  if (!view.pair) return;
  for (std::size_t row = 0; row < grid.replicas.size(); ++row)
    for (std::size_t column = 0; column < grid.replicas.size(); ++column) {
      const std::pair cell{grid.replicas[row], grid.replicas[column]};
      if (cell != *view.pair && std::pair(cell.second, cell.first) != *view.pair) continue;
      drawing.add(Box{grid.rect(row, column), 5, {}, Stroke{Ink::accent, 2, Dash::solid, 1}});
    }
}

// From nothing to the most that there ever was, in the five inks of the scale.
void add_legend(Drawing& drawing, const Grid& grid, Size size) {
  const double width = std::min(size.width - 2 * kMargin, std::max(grid.side(), 150.0));
  const double left = std::clamp(grid.left, kMargin, size.width - kMargin - width);
  const double top = grid.top + grid.side() + 10;
  constexpr std::array kScale{Ink::d0, Ink::d1, Ink::d2, Ink::d3, Ink::d4};
  const double part = width / kScale.size();
  for (std::size_t i = 0; i < kScale.size(); ++i)
    drawing.add(
        Box{{left + part * static_cast<double>(i), top, part, 6}, 0, {kScale[i], 1, false}, {}});
  const double y = top + 20;
  const std::string most = grouped(grid.highest);
  drawing.add(Label{{left, y}, "0", kCaption, Align::left, Ink::text3});
  drawing.add(Label{{left + width, y}, most, kCaption, Align::right, Ink::text3});
  const double room = width - 2 * (text_width(most, kCaption) + 8);
  const std::string words = fitted("updates apart", kCaption, room);
  drawing.add(Label{{left + width / 2, y}, words, kCaption, Align::centre, Ink::text3});
}

}  // namespace

Drawing draw_matrix(const Recording& recording, const World& now, const View& view, Size size) {
  Drawing drawing;
  drawing.size = size;
  std::optional<Grid> grid = grid_of(now, recording, view);
  if (!grid || grid->replicas.size() < 2) {
    say_instead(drawing, sentence(grid));
    return drawing;
  }
  const Roles roles(recording);
  Labels labels = labels_of(*grid, roles, size);
  place(*grid, labels, size);
  if (grid->labels) add_labels(drawing, *grid, labels, roles);
  add_cells(drawing, *grid, now, view, recording);
  frame_pair(drawing, *grid, view);
  add_legend(drawing, *grid, size);
  return drawing;
}

Table table_of_matrix(const Recording& recording, const World& now, const View& view) {
  Table table{"Updates that one of two replicas holds and the other does not", {"replica"}, {}};
  const std::optional<Grid> grid = grid_of(now, recording, view);
  if (!grid) return table;
  for (const NodeId id : grid->replicas)
    table.head.emplace_back(recording.name(id));
  for (const NodeId row : grid->replicas) {
    table.rows.push_back({std::string(recording.name(row))});
    for (const NodeId column : grid->replicas)
      table.rows.back().push_back(grouped(now.ledger().distance(view.store, row, column)));
  }
  return table;
}

}  // namespace cleave::draw
