// The window, offscreen: what a person waits for. Beside a loop that paints the same amount of
// lines with nothing around it, so that a slow machine is known for one.
#include "gui/main_window.h"
#include "gui/theme.h"
#include "gui/views/picture_view.h"

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <time.h>

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cleave::gui {
namespace {

constexpr int kPatienceMs = 120'000;

// A million events on two replicas and 200 lanes.
constexpr const char* kBusy = R"(
cleave: 1
name: A busy store
seed: 1
run_for: 100s
topology: {latency: aws-2017, regions: [us-east, us-west]}
stores:
  accounts:
    engine: primary-backup
    replicas: {us-east: 1, us-west: 1}
    options: {acknowledge: async, promote_after: 60s}
clients:
  east: {count: 98, region: us-east}
  west: {count: 98, region: us-west}
workload:
  - {to: 95s, rate: 1700/s, by: [east, west], do: write, on: accounts, key: "user-{0..99}"}
faults:
  - {name: split, at: 30s, for: 20s, cut: [us-east, us-west]}
)";

struct Bench {
  std::unique_ptr<MainWindow> window = std::make_unique<MainWindow>(draw::Theme::light);
  std::uint64_t state = 7;

  Bench() {
    window->resize(1600, 1000);
    QSignalSpy ready(window.get(), &MainWindow::ready);
    RecordingRequest request = request_of(load_text("busy.yaml", kBusy));
    window->stage().session().open(std::move(request));
    window->show();
    ready.wait(kPatienceMs);
  }
  Stage& stage() { return window->stage(); }
  Time anywhere() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return Time{static_cast<std::int64_t>((state >> 20) %
                                          static_cast<std::uint64_t>(stage().state().end().ns))};
  }
  PictureView& picture(const std::string& name) {
    for (PictureView* view : window->pictures())
      if (view->picture().name == name) return *view;
    std::abort();
  }
};

Bench* the_bench = nullptr;  // ends before the application does
Bench& bench() {
  return *the_bench;
}

// Every picture over which the cursor moves.
void cursor_move(benchmark::State& state) {
  Bench& b = bench();
  Time at = Time{20'000'000'000};
  for (auto _ : state) {
    b.stage().state().set_time(at = at + Duration{1'000'000});
    for (const char* name : {"Space-time diagram", "Replica divergence", "Timeline"})
      b.picture(name).repaint();
  }
}
BENCHMARK(cursor_move)->Unit(benchmark::kMillisecond)->Iterations(200);

// Milliseconds of this thread's own work.
double worked_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void pan(benchmark::State& state, Duration width) {
  Bench& b = bench();
  Time from{10'000'000'000};
  b.stage().state().set_time(from);
  std::vector<double> each;
  for (auto _ : state) {
    const double before = worked_ms();
    from = from + Duration{width.ns / 50};
    b.stage().state().set_window(from, from + width);
    b.picture("Space-time diagram").repaint();
    each.push_back(worked_ms() - before);
  }
  std::sort(each.begin(), each.end());
  state.counters["p95_ms"] = each[each.size() * 95 / 100];
}
// 300 arrows, 3,000 lines, and 20,000 messages as densities.
BENCHMARK_CAPTURE(pan, arrows, Duration{40'000'000})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(100);
BENCHMARK_CAPTURE(pan, lines, Duration{500'000'000})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(100);
BENCHMARK_CAPTURE(pan, density, Duration{4'000'000'000})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(100);

void cold_window(benchmark::State& state) {
  Bench& b = bench();
  for (auto _ : state) {
    const Time at = b.anywhere();
    b.stage().state().set_window(at, at + Duration{2'000'000'000});
    b.picture("Space-time diagram").repaint();
  }
}
BENCHMARK(cold_window)->Unit(benchmark::kMillisecond)->Iterations(50);

// From asking for a moment until its frame is there.
void seek_anywhere(benchmark::State& state) {
  Bench& b = bench();
  for (auto _ : state) {
    QSignalSpy framed(&b.stage(), &Stage::framed);
    b.stage().state().set_time(b.anywhere());
    while (framed.count() == 0)
      QApplication::processEvents(QEventLoop::AllEvents, 1);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["events"] = static_cast<double>(b.stage().recording().result.events);
  state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}
BENCHMARK(seek_anywhere)->Unit(benchmark::kMillisecond)->Iterations(50)->UseRealTime();

void reference_paint(benchmark::State& state) {
  QImage image(770, 310, QImage::Format_ARGB32_Premultiplied);
  for (auto _ : state) {
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < 300; ++i)
      painter.drawLine(QPointF(i * 2.5, 10 + i % 7 * 20), QPointF(i * 2.5 + 40, 160 + i % 5 * 25));
  }
}
BENCHMARK(reference_paint)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cleave::gui

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  cleave::gui::load_typefaces();
  benchmark::Initialize(&argc, argv);
  cleave::gui::Bench bench;
  cleave::gui::the_bench = &bench;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
