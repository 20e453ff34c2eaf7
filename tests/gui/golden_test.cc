// The window as it was when someone last looked at it and found it good, at the scale of this
// process: ctest runs these at 100 and at 200 %. CLEAVE_WRITE_GOLDEN=1 writes them anew.
#include "tests/gui/story.h"

#include <QDir>
#include <QImage>
#include <cmath>
#include <cstdlib>

namespace cleave::gui {
namespace {

// Another version of Qt or of a typeface may smooth edges otherwise; a panel that moved by a pixel
// is another picture.
constexpr int kNear = 8;  // of 255
constexpr double kMostDifferent = 0.005;

double share_of_different_pixels(const QImage& a, const QImage& b) {
  if (a.size() != b.size()) return 1;
  std::int64_t different = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y);
      const QRgb q = b.pixel(x, y);
      const int most = std::max({std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)),
                                 std::abs(qBlue(p) - qBlue(q))});
      if (most > kNear) ++different;
    }
  return static_cast<double>(different) / (static_cast<double>(a.width()) * a.height());
}

void expect_as_golden(Story& story, const std::string& name) {
  const QImage found = story.window.grab().toImage().convertToFormat(QImage::Format_RGB32);
  const auto percent = static_cast<int>(std::lround(story.window.devicePixelRatioF() * 100));
  const QString file = QString::fromStdString(name + "-" + std::to_string(percent) + ".png");
  const QString golden = "tests/gui/golden/" + file;
  if (std::getenv("CLEAVE_WRITE_GOLDEN") != nullptr) {
    ASSERT_TRUE(found.save(golden, nullptr, 0)) << golden.toStdString();
    return;
  }
  const double share =
      share_of_different_pixels(found, QImage(golden).convertToFormat(QImage::Format_RGB32));
  if (share <= kMostDifferent) return;
  const QString left = QDir(CLEAVE_GOLDEN_FOUND).filePath(file);
  found.save(left);
  ADD_FAILURE() << 100 * share << " % of the pixels of " << golden.toStdString()
                << " are otherwise; see " << left.toStdString();
}

TEST(Golden, the_window_looks_as_it_did_during_a_cut) {
  Story story(kFirstCut, {1280, 800});
  story.go_to(Time{12'345'678'901});
  expect_as_golden(story, "cut-light");
  if (story.window.devicePixelRatioF() > 1) return;  // colours do not depend on it
  story.window.set_theme(draw::Theme::dark);
  expect_as_golden(story, "cut-dark");
}

TEST(Golden, the_window_looks_as_it_did_at_a_witness_and_the_ledger) {
  Story story(kStaleRead, {1280, 800});
  story.open_panels();
  expect_as_golden(story, "witness-light");
  if (story.window.devicePixelRatioF() > 1) return;  // colours do not depend on it
  story.window.set_theme(draw::Theme::dark);
  expect_as_golden(story, "witness-dark");
}

TEST(Golden, the_window_looks_as_it_did_with_two_configurations) {
  Story story("scenarios/cap/group-size.yaml", {1280, 800});
  story.choose("async-unfenced");
  story.go_to(Time{25'000'000'000});
  expect_as_golden(story, "compare-light");
  if (story.window.devicePixelRatioF() > 1) return;  // colours do not depend on it
  story.window.set_theme(draw::Theme::dark);
  expect_as_golden(story, "compare-dark");
}

TEST(Golden, a_panel_that_moves_by_a_pixel_is_another_picture) {
  Story story(kFirstCut, {1280, 800});
  const QImage picture = story.window.grab().toImage();
  EXPECT_EQ(share_of_different_pixels(picture, picture), 0);
  EXPECT_GT(
      share_of_different_pixels(picture, picture.copy(1, 0, picture.width(), picture.height())),
      kMostDifferent);
}

}  // namespace
}  // namespace cleave::gui
