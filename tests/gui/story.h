// A window under test: opens a scenario, and waits for what the worker does.
#pragma once
#include "gui/main_window.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <functional>
#include <string>

namespace cleave::gui {

inline constexpr const char* kFirstCut = "scenarios/tutorial/01-first-cut.yaml";
inline constexpr const char* kGithub = "scenarios/incidents/github-2018.yaml";
inline constexpr const char* kStaleRead = "scenarios/cap/stale-read.yaml";
inline constexpr int kPatienceMs = 60'000;  // only of a test that fails

struct Story {
  MainWindow window{draw::Theme::light};

  explicit Story(const std::string& file = kFirstCut, QSize size = {1600, 1000}) {
    window.resize(size);
    QSignalSpy ready(&window, &MainWindow::ready);
    window.open({file, std::nullopt, std::nullopt, {}, std::nullopt});
    window.show();
    EXPECT_TRUE(ready.count() > 0 || ready.wait(kPatienceMs)) << file << " was not opened";
  }
  Stage& stage() { return window.stage(); }
  ViewState& state() { return window.stage().state(); }

  // Does something, and waits for the frame that it leads to.
  void and_wait(const std::function<void()>& action) {
    QSignalSpy framed(&stage(), &Stage::framed);
    action();
    EXPECT_TRUE(framed.count() > 0 || framed.wait(kPatienceMs)) << "no frame came";
    settle();
  }
  void go_to(Time at) {
    and_wait([&] { state().set_time(at); });
  }
  // Until the frame is that of the moment that is looked at, and all is laid out for it: Qt shows
  // and hides the scroll bar of a table only when it comes to its queue.
  void settle() {
    while (QTest::qWaitFor([&] { return !at_cursor(); }, 0))
      QApplication::processEvents();
    EXPECT_TRUE(QTest::qWaitFor([&] { return at_cursor(); }, kPatienceMs));
    QApplication::processEvents();
  }
  bool at_cursor() {
    const Look& look = state().look();
    const Frame& frame = stage().frame();
    return frame.run == look.run &&
           (look.event ? frame.event == *look.event : frame.at == look.view.at);
  }
  void branch(const Deed& deed) {
    const std::size_t before = stage().futures().size();
    and_wait([&] { stage().perform(deed); });
    EXPECT_TRUE(QTest::qWaitFor([&] { return stage().futures().size() > before; }, kPatienceMs));
    settle();
  }
  Choice choice(const std::string& label) {
    for (const Choice& choice : stage().choices())
      if (choice.label.starts_with(label)) return choice;
    ADD_FAILURE() << "no future is called " << label;
    return {"", 0, ""};
  }
  // Until it is shown and, of two configurations, it was found where they part.
  void choose(const std::string& label) {
    QSignalSpy opened(&stage(), &Stage::opened);
    and_wait([&] {
      stage().choose(choice(label));
      EXPECT_TRUE(opened.count() > 0 || opened.wait(kPatienceMs)) << label << " was not shown";
    });
    EXPECT_TRUE(QTest::qWaitFor([&] { return !stage().beside() || !stage().parting().isEmpty(); },
                                kPatienceMs));
    settle();
  }
  // The panels that are behind others at first: a witness, and the CAP ledger or the levels.
  static constexpr int kLedger = 1;
  static constexpr int kLevels = 2;
  void open_panels(int page = kLedger) {
    stage().go_to({draw::Target::Kind::verdict, 0, 0});
    for (Panel* panel : window.findChildren<Panel*>())
      if (panel->accessibleName().contains("CAP ledger")) panel->show_page(page);
    settle();
  }
  PictureView& picture(const char* name) {
    for (PictureView* view : window.pictures())
      if (view->picture().name == name) return *view;
    ADD_FAILURE() << "no picture is called " << name;
    return *window.pictures().front();
  }
};

}  // namespace cleave::gui
