// Tests of the window share one application, offscreen, with the embedded typefaces.
#include "gui/theme.h"
#include "gui/views/picture_view.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QStyleFactory>

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  testing::InitGoogleTest(&argc, argv);
  QApplication app(argc, argv);
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  cleave::gui::load_typefaces();
  cleave::gui::install_picture_accessibility();
  return RUN_ALL_TESTS();
}
