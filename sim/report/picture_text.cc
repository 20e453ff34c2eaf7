#include "sim/report/picture_text.h"

#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cleave {
namespace {

constexpr int kLevels = 8;  // of one character
constexpr int kMostLanes = 3;
constexpr int kClose = 3;

struct Glyphs {
  std::array<std::string_view, kLevels + 1> levels;  // from none to full
  std::string_view shade, axis, up, corner, side, top, left, right, bar;
};
constexpr Glyphs kUtf8{
    {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, "░", "─", "┴", "└", "│", "┤", "└", "┘", "─"};
constexpr Glyphs kAscii{
    {" ", "_", "_", ".", ".", ":", ":", "#", "#"}, "'", "-", "+", "+", "|", "+", "|", "|", "-"};

const Glyphs& glyphs_of(Charset charset) {
  return charset == Charset::utf8 ? kUtf8 : kAscii;
}

// One line of cells, each one column wide, in which texts stand.
class Cells {
 public:
  explicit Cells(int width) : cells_(static_cast<std::size_t>(width)) {}

  void set(int x, std::string_view glyph, Tone tone) { put(x, {std::string(glyph), tone, true}); }
  // Text may be written over it.
  void shade(int x, std::string_view glyph) { put(x, {std::string(glyph), Tone::band, false}); }

  // Writes the text if it and a column at either side are free; says whether it did.
  bool write(int x, std::string_view text, Tone tone) {
    const int columns = static_cast<int>(columns_of(text));
    if (x < 0 || x + columns > width()) return false;
    for (int i = std::max(x - 1, 0); i < std::min(x + columns + 1, width()); ++i)
      if (cells_[static_cast<std::size_t>(i)].taken) return false;
    overwrite(x, text, tone);
    return true;
  }
  void overwrite(int x, std::string_view text, Tone tone) {
    // The first cell holds all of the text, the others nothing.
    for (int i = 0; i < static_cast<int>(columns_of(text)); ++i)
      put(x + i, {"", tone, true});
    set(x, text, tone);
  }
  std::string text(Ink ink) const {
    std::size_t end = cells_.size();
    while (end > 0 && cells_[end - 1].glyph == " ")
      --end;
    std::string line;
    for (std::size_t i = 0; i < end;) {
      std::string run;
      const Tone tone = cells_[i].tone;
      for (; i < end && cells_[i].tone == tone; ++i)
        run += cells_[i].glyph;
      line += painted(run, tone, ink);
    }
    return line;
  }
  int width() const { return static_cast<int>(cells_.size()); }

 private:
  struct Cell {
    std::string glyph = " ";
    Tone tone = Tone::plain;
    bool taken = false;
  };
  void put(int x, Cell cell) { cells_[static_cast<std::size_t>(x)] = std::move(cell); }

  std::vector<Cell> cells_;
};

void draw_curve(Cells& cells, const Picture& picture, const Glyphs& glyphs, int row) {
  for (const Picture::Band& band : picture.bands)
    for (int x = band.from; x <= band.to; ++x)
      cells.shade(x, glyphs.shade);
  for (const Picture::Point& point : picture.curve) {
    const int level = std::clamp(point.y - row * kLevels, 0, kLevels);
    if (level > 0) cells.set(point.x, glyphs.levels[static_cast<std::size_t>(level)], Tone::curve);
  }
}

void write_peak(Cells& cells, const Picture& picture) {
  if (!picture.peak) return;
  const std::string label = "peak at " + rounded(picture.peak->at - Time{});
  int right = picture.peak->x;
  while (right < picture.size.width &&
         picture.curve[static_cast<std::size_t>(right)].y > picture.size.height - kLevels)
    ++right;
  int left = picture.peak->x;
  while (left > 0 &&
         picture.curve[static_cast<std::size_t>(left)].y > picture.size.height - kLevels)
    --left;
  if (!cells.write(right + 1, label, Tone::plain))
    cells.write(left - static_cast<int>(columns_of(label)), label, Tone::plain);
}

void draw_axis(Cells& cells, const Picture& picture, const Glyphs& glyphs) {
  for (int x = 0; x < cells.width(); ++x)
    cells.set(x, glyphs.axis, Tone::quiet);
  for (const Picture::Band& band : picture.bands)
    for (const int x : {band.from, band.to})
      cells.set(x, glyphs.up, Tone::quiet);
}

void write_ticks(Cells& cells, const Picture& picture) {
  for (const Picture::Tick& tick : picture.ticks) {
    const std::string label = rounded(tick.at - Time{});
    const int right_most = cells.width() - static_cast<int>(columns_of(label));
    cells.write(std::min(tick.x, right_most), label, Tone::quiet);
  }
}

void draw_bar(Cells& cells, const Picture::Band& band, const Glyphs& glyphs) {
  for (int x = band.from; x <= band.to; ++x)
    cells.set(x, glyphs.bar, Tone::band);
  cells.set(band.to, glyphs.right, Tone::band);
  cells.set(band.from, glyphs.left, Tone::band);
}

// After the last of a fault's bars, or before the first.
void name_beside(Cells& cells, const Picture& picture, const Picture::Band& band) {
  int first = band.from;
  int last = band.to;
  for (const Picture::Band& other : picture.bands) {
    if (other.lane != band.lane || other.name != band.name) continue;
    first = std::min(first, other.from);
    last = std::max(last, other.to);
  }
  if (!cells.write(last + 2, band.name, Tone::plain))
    cells.write(first - 1 - static_cast<int>(columns_of(band.name)), band.name, Tone::plain);
}

// The bars of one lane; each fault is named once: within its widest bar, or beside its bars.
Cells lane_of(const Picture& picture, const Glyphs& glyphs, int lane) {
  Cells cells(picture.size.width);
  std::vector<const Picture::Band*> widest;
  for (const Picture::Band& band : picture.bands) {
    if (band.lane != lane) continue;
    draw_bar(cells, band, glyphs);
    if (widest.empty() || widest.back()->name != band.name)
      widest.push_back(&band);
    else if (band.to - band.from > widest.back()->to - widest.back()->from)
      widest.back() = &band;
  }
  for (const Picture::Band* band : widest) {
    const std::string label = " " + band->name + " ";
    const int columns = static_cast<int>(columns_of(label));
    const int room = band->to - band->from - 1;
    if (columns <= room)
      cells.overwrite(band->from + 1 + (room - columns) / 2, label, Tone::plain);
    else
      name_beside(cells, picture, *band);
  }
  return cells;
}

// Where the curve ends: back together, or not. The first label that fits.
struct Ending {
  int x = 0;
  std::vector<std::string> labels;
  Tone tone = Tone::plain;
};

std::optional<Ending> ending_of(const RunResult& run, const StoreResult& store,
                                const Picture& picture) {
  const std::string all = ending(run, store);
  if (all.empty()) return std::nullopt;
  const std::string brief = all.substr(0, all.find(','));
  if (picture.converged) return Ending{picture.converged->x, {all, brief}, Tone::good};
  return Ending{picture.size.width - 1, {all, brief}, Tone::bad};
}

bool write_ending(Cells& cells, const Ending& end, const Glyphs& glyphs) {
  for (const std::string& label : end.labels)
    if (cells.write(end.x, std::string(glyphs.left) + " " + label, end.tone)) return true;
  for (const std::string& label : end.labels) {
    const std::string before = label + " " + std::string(glyphs.right);
    if (cells.write(end.x + 1 - static_cast<int>(columns_of(before)), before, end.tone))
      return true;
  }
  // Close behind a bar there is no room to point, but the label says when.
  for (const std::string& label : end.labels)
    for (int beside = 1; beside <= kClose; ++beside)
      if (cells.write(end.x + beside, label, end.tone)) return true;
  return false;
}

std::vector<Cells> lanes_of(const RunResult& run, const StoreResult& store, const Picture& picture,
                            const Glyphs& glyphs) {
  std::vector<Cells> lanes;
  for (int lane = 0; lane < std::min(picture.lanes, kMostLanes); ++lane)
    lanes.push_back(lane_of(picture, glyphs, lane));
  if (picture.lanes > kMostLanes) {
    const auto left_out = std::count_if(picture.bands.begin(), picture.bands.end(),
                                        [](const auto& band) { return band.lane >= kMostLanes; });
    lanes.emplace_back(picture.size.width);
    lanes.back().write(0, "and " + counted(static_cast<std::uint64_t>(left_out), "more", "more"),
                       Tone::quiet);
  }
  const std::optional<Ending> end = ending_of(run, store, picture);
  const auto write = [&](Cells& cells) { return write_ending(cells, *end, glyphs); };
  if (end && std::none_of(lanes.begin(), lanes.end(), write)) {
    Cells own(picture.size.width);
    if (write(own)) lanes.push_back(own);
  }
  return lanes;
}

}  // namespace

std::vector<std::string> picture_lines(const RunResult& run, const StoreResult& store,
                                       const PictureTextOptions& options) {
  const Glyphs& glyphs = glyphs_of(options.charset);
  const std::string top = grouped(std::max<std::uint64_t>(store.curve.peak, 1));
  const int gutter = static_cast<int>(columns_of(top)) + 2;
  const Picture picture =
      draw_divergence(run, store, {std::max(options.columns - gutter, 1), options.rows * kLevels});

  std::vector<std::string> lines;
  const auto add = [&](std::string_view label, std::string_view side, const Cells& cells) {
    std::string line = flush_right(label, top.size());
    line.append(" ").append(side);
    if (label.empty() && side == " ") line.assign(static_cast<std::size_t>(gutter), ' ');
    lines.push_back(painted(line, Tone::quiet, options.ink) + cells.text(options.ink));
  };
  for (int row = options.rows - 1; row >= 0; --row) {
    Cells cells(picture.size.width);
    draw_curve(cells, picture, glyphs, row);
    const bool first = row == options.rows - 1;
    if (first) write_peak(cells, picture);
    add(first ? top : "", first ? glyphs.top : glyphs.side, cells);
  }
  Cells axis(picture.size.width);
  draw_axis(axis, picture, glyphs);
  add("0", glyphs.corner, axis);
  Cells ticks(picture.size.width);
  write_ticks(ticks, picture);
  add("", " ", ticks);
  for (const Cells& lane : lanes_of(run, store, picture, glyphs))
    add("", " ", lane);
  return lines;
}

}  // namespace cleave
