// cleave-gui: the window, or a picture of it.
#include "gui/main_window.h"
#include "gui/theme.h"
#include "sim/base/quantity.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QStyleFactory>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <variant>

namespace cleave::gui {
namespace {

constexpr int kBadOptions = 64;  // as of `cleave`
constexpr int kFileError = 74;
constexpr const char* kFirst = "scenarios/tutorial/02-first-conversation.yaml";

constexpr const char* kExamples = R"(
Examples:
  cleave-gui                                     the first lesson, where it is most interesting
  cleave-gui scenarios/incidents/github-2018.yaml --seed 42 --at 63.2s
  cleave-gui --at 12s --branch 'crash: notes/us-east/0, for: 5s'   two futures, side by side
  cleave-gui scenarios/cap/raft-reads.yaml --compare local         two configurations
  cleave-gui bug.yaml                            a run saved by `cleave run --save`
  cleave-gui split.yaml --screenshot split.png --size 1600x1000 --theme dark
)";

[[noreturn]] void refuse(const QString& complaint) {
  std::fprintf(stderr, "cleave-gui: %s\nSee cleave-gui --help.\n", qPrintable(complaint));
  std::exit(kBadOptions);
}

struct Options {
  Opening opening;
  QString screenshot;
  QSize size{1600, 1000};
  std::optional<draw::Theme> theme;
};

QSize size_of(const QString& text) {
  const QStringList parts = text.split('x');
  const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
  if (size.width() < 640 || size.height() < 400 || size.width() > 8000 || size.height() > 8000)
    refuse("--size: found '" + text +
           "'; expected WIDTHxHEIGHT from 640x400 to 8000x8000, such "
           "as 1600x1000");
  return size;
}

draw::Theme theme_of(const QString& text) {
  if (text == "light") return draw::Theme::light;
  if (text == "dark") return draw::Theme::dark;
  refuse("--theme: found '" + text + "'; expected light or dark");
}

template <class T>
T quantity(const char* option, const QString& text) {
  auto parsed = parse_quantity<T>(text.toStdString());
  if (const T* value = std::get_if<T>(&parsed)) return *value;
  const Mistake& mistake = std::get<Mistake>(parsed);
  refuse(QString(option) + ": " + QString::fromStdString(mistake.found) + "; expected " +
         QString::fromStdString(mistake.expected));
}

// Where the scenarios are: here, or where they were installed.
std::string first_scenario() {
  const QString installed = QCoreApplication::applicationDirPath() + "/../share/cleave/" + kFirst;
  for (const QString& path :
       {QString(kFirst), QCoreApplication::applicationDirPath() + "/../../../" + kFirst, installed})
    if (QFileInfo::exists(path)) return path.toStdString();
  refuse("found no scenario to begin with; name one");
}

Options options_of(const QCoreApplication& app) {
  QCommandLineParser parser;
  parser.setApplicationDescription(QString("See two replicas part and meet again.\n") + kExamples);
  parser.addHelpOption();
  parser.addPositionalArgument("SCENARIO", "A scenario, or a saved run.", "[SCENARIO]");
  const QCommandLineOption seed("seed", "Of all that is random.", "N");
  const QCommandLineOption at("at", "Where the cursor stands, as in 20.5s.", "T");
  const QCommandLineOption select("select",
                                  "What is selected, as in 'event 2066' or 'verdict 0'; without "
                                  "--at the cursor stands there.",
                                  "ID");
  const QCommandLineOption deed("branch",
                                "Do this at the cursor, as in 'crash: notes/us-east/0', and show "
                                "both futures.",
                                "DEED");
  const QCommandLineOption compare("compare",
                                   "Run this configuration of the scenario's `compare:` as well, "
                                   "and show both futures.",
                                   "NAME");
  const QCommandLineOption screenshot("screenshot", "Write a picture of the window, and exit.",
                                      "FILE.png");
  const QCommandLineOption size("size", "Of the window.", "WxH", "1600x1000");
  const QCommandLineOption theme("theme", "light or dark.", "THEME");
  parser.addOptions({seed, at, select, deed, compare, screenshot, size, theme});
  if (!parser.parse(app.arguments())) refuse(parser.errorText());
  if (parser.isSet("help")) parser.showHelp(0);
  const QStringList files = parser.positionalArguments();
  if (files.size() > 1) refuse("found " + files[1] + " after " + files[0] + "; expected one file");

  Options options;
  options.opening.file = files.isEmpty() ? first_scenario() : files[0].toStdString();
  if (!QFileInfo(QString::fromStdString(options.opening.file)).isReadable()) {
    std::fprintf(stderr, "cleave-gui: cannot read %s; name a scenario or a saved run\n",
                 options.opening.file.c_str());
    std::exit(kFileError);
  }
  if (parser.isSet(seed))
    options.opening.seed = quantity<std::uint64_t>("--seed", parser.value(seed));
  if (parser.isSet(at)) options.opening.at = Time{} + quantity<Duration>("--at", parser.value(at));
  if (parser.isSet(select)) {
    const auto target = draw::target_of(parser.value(select).toStdString());
    if (!target)
      refuse("--select: found '" + parser.value(select) +
             "'; expected a kind and its numbers, such as 'event 2066', 'node 0' or 'pair 0 1'");
    options.opening.selected = *target;
  }
  if (parser.isSet(deed)) {
    const QString words = parser.value(deed);
    if (!words.contains(':'))
      refuse("--branch: found '" + words +
             "'; expected a fault as a scenario has it, such as "
             "'crash: notes/us-east/0'");
    options.opening.deed = Deed{words.section(':', 0, 0).toStdString(), words.toStdString()};
  }
  if (parser.isSet(compare)) {
    if (parser.isSet(deed)) refuse("found --compare and --branch; expected one of them");
    options.opening.configuration = parser.value(compare).toStdString();
  }
  options.screenshot = parser.value(screenshot);
  options.size = size_of(parser.value(size));
  if (parser.isSet(theme)) options.theme = theme_of(parser.value(theme));
  return options;
}

// A picture is taken once everything shows the first frame; an error is printed instead.
void take_picture(MainWindow& window, const QString& file) {
  QObject::connect(
      &window, &MainWindow::ready, &window,
      [&window, file] {
        if (window.save_picture(file)) return QApplication::exit(0);
        std::fprintf(stderr, "cleave-gui: could not write %s\n", qPrintable(file));
        QApplication::exit(kFileError);
      },
      Qt::QueuedConnection);
  QObject::connect(&window.stage(), &Stage::said, &window, [](const QString& what) {
    std::fprintf(stderr, "cleave-gui: %s\n", qPrintable(what));
  });
  QObject::connect(&window.stage().session(), &Session::failed, &window, [](const QString& what) {
    std::fprintf(stderr, "cleave-gui: %s\n", qPrintable(what));
    QApplication::exit(kBadOptions);
  });
}

// What Qt says of a place without a display, where pictures are made, is no news to anybody.
void say_what_matters(QtMsgType /*type*/, const QMessageLogContext& /*where*/,
                      const QString& what) {
  if (what.startsWith("This plugin does not support ") || what.contains("XDG_RUNTIME_DIR")) return;
  std::fprintf(stderr, "cleave-gui: %s\n", qPrintable(what));
}

int run(int argc, char** argv) {
  qInstallMessageHandler(say_what_matters);
  QApplication app(argc, argv);
  QApplication::setApplicationName("cleave-gui");
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  const Options options = options_of(app);
  load_typefaces();
  install_picture_accessibility();
  MainWindow window(options.theme.value_or(system_theme()));
  window.resize(options.size);
  if (!options.screenshot.isEmpty()) take_picture(window, options.screenshot);
  window.open(options.opening);
  window.show();
  return QApplication::exec();
}

}  // namespace
}  // namespace cleave::gui

int main(int argc, char** argv) {
  try {
    return cleave::gui::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cleave-gui: %s\n", error.what());
    return 70;
  }
}
