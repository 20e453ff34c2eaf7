// What is on the screen, pixel by pixel where it means something: sampled, not compared with a
// picture that was kept.
#include "gui/theme.h"
#include "sim/draw/text_width.h"
#include "tests/gui/story.h"

#include <QFontMetricsF>
#include <QImage>
#include <QLabel>
#include <QScrollBar>
#include <set>
#include <vector>

namespace cleave::gui {
namespace {

using namespace literals;

const std::vector<QSize> kSizes{{1280, 800}, {1600, 1000}, {2560, 1440}};

int distinct_colours(const QImage& image) {
  std::set<QRgb> colours;
  for (int y = 0; y < image.height(); y += 2)
    for (int x = 0; x < image.width(); x += 2)
      colours.insert(image.pixel(x, y));
  return static_cast<int>(colours.size());
}

TEST(Pictures, are_not_blank_in_either_theme) {
  Story story;
  for (const draw::Theme theme : {draw::Theme::light, draw::Theme::dark}) {
    story.window.set_theme(theme);
    QApplication::processEvents();
    for (PictureView* view : story.window.pictures()) {
      if (!view->isVisible()) continue;
      EXPECT_GT(distinct_colours(view->image(1)), 8) << view->picture().name;
    }
  }
}

TEST(Pictures, have_the_cursor_in_its_colour_where_the_axis_says) {
  Story story;
  story.go_to(Time{} + 15_s);
  for (const char* name : {"Space-time diagram", "Replica divergence", "Timeline"}) {
    PictureView& view = story.picture(name);
    const QImage image = view.image(4);  // so that a line of one pixel is four wide
    const int x = static_cast<int>(view.shown().axis->x(story.stage().view().at) * 4);
    const QRgb ink = qcolor(draw::Ink::cursor, draw::Theme::light).rgb();
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int dx = -2; dx <= 2; ++dx)
        if (x + dx >= 0 && x + dx < image.width() && image.pixel(x + dx, y) == ink) {
          ++found;
          break;
        }
    EXPECT_GT(found, image.height() / 2) << name;
  }
}

// As painted, with the fonts' own measures: no two labels touch, none leaves its picture.
TEST(Pictures, have_labels_that_do_not_overlap_and_are_not_clipped) {
  for (const char* file : {kFirstCut, kGithub, kStaleRead}) {
    Story story(file);
    if (file == kStaleRead) story.open_panels();
    for (const QSize size : kSizes) {
      story.window.resize(size);
      QApplication::processEvents();
      for (PictureView* view : story.window.pictures()) {
        if (!view->isVisible()) continue;
        std::vector<std::pair<QRectF, std::string>> seen;
        for (const draw::Shape& shape : view->shown().drawing.shapes) {
          const auto* label = std::get_if<draw::Label>(&shape);
          if (label == nullptr || label->text.empty()) continue;
          const draw::Rect r = draw::rect_of(*label);
          const double width = QFontMetricsF(qfont(label->style))
                                   .horizontalAdvance(QString::fromStdString(label->text));
          EXPECT_NEAR(width, r.width, 2 + r.width * 0.04) << label->text;
          const QRectF rect(r.x, r.y, r.width, r.height);
          EXPECT_TRUE(QRectF(view->rect()).adjusted(-1, -1, 1, 1).contains(rect))
              << view->picture().name << ": '" << label->text << "' is clipped at " << size.width()
              << " in " << file;
          for (const auto& [other, text] : seen)
            EXPECT_FALSE(other.adjusted(1, 1, -1, -1).intersects(rect))
                << view->picture().name << ": '" << label->text << "' on '" << text << "' at "
                << size.width() << " in " << file;
          seen.emplace_back(rect, label->text);
        }
      }
    }
  }
}

TEST(Layout, has_room_for_every_label_at_every_size) {
  for (const char* file : {kFirstCut, kStaleRead}) {
    Story story(file);
    if (file == kStaleRead) story.open_panels();
    for (const QSize size : kSizes) {
      story.window.resize(size);
      QApplication::processEvents();
      EXPECT_EQ(story.window.size(), size) << "the window needs more room than this";
      for (const QLabel* label : story.window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->wordWrap() || label->objectName() == "panelNote")
          continue;
        EXPECT_LE(label->sizeHint().width(), label->width() + 1)
            << label->text().toStdString() << " at " << size.width();
      }
      for (const QScrollBar* bar : story.window.findChildren<QScrollBar*>())
        EXPECT_FALSE(bar->isVisible() && bar->orientation() == Qt::Horizontal) << size.width();
    }
  }
}

TEST(Export, writes_pictures_as_svg_and_png) {
  Story story;
  for (PictureView* view : story.window.pictures()) {
    if (!view->isVisible()) continue;
    const std::string svg = view->svg();
    EXPECT_NE(svg.find("<svg"), std::string::npos);
    EXPECT_LT(svg.size(), 2u << 20) << view->picture().name;
    EXPECT_EQ(view->image(2).size(), view->size() * 2);
  }
}

}  // namespace
}  // namespace cleave::gui
