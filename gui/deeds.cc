#include "gui/deeds.h"

#include "sim/draw/target.h"

#include <string>
#include <vector>

namespace cleave::gui {
namespace {

void add(QMenu& menu, Stage& stage, const QString& text, Deed deed) {
  QAction* action = menu.addAction(text);
  QObject::connect(action, &QAction::triggered, &stage,
                   [&stage, deed = std::move(deed)] { stage.perform(deed); });
}

void add_nothing(QMenu& menu, const QString& why) {
  menu.addAction(why)->setEnabled(false);
}

QString q(const std::string& text) {
  return QString::fromStdString(text);
}

std::vector<std::string> regions(const Stage& stage) {
  std::vector<std::string> names;
  for (const Place& place : stage.recording().start.topology().places())
    if (place.kind == Place::Kind::region) names.push_back(place.name);
  return names;
}

std::string place_name(const Stage& stage, std::uint32_t place) {
  return stage.recording().start.topology().place(PlaceId{static_cast<std::uint16_t>(place)}).name;
}

void add_for_link(QMenu& menu, Stage& stage, const std::string& a, const std::string& b) {
  const std::string both = "[" + a + ", " + b + "]";
  const QString words = q(a) + " and " + q(b);
  add(menu, stage, "Cut " + words + " apart", {"cut", "cut: " + both});
  add(menu, stage, "Cut " + words + " apart for 5 s", {"cut", "cut: " + both + ", for: 5s"});
  add(menu, stage, "One way: " + q(b) + " does not hear " + q(a),
      {"cut_one_way", "cut_one_way: {from: " + a + ", to: " + b + "}"});
  add(menu, stage, "200 ms more between " + words, {"delay", "delay: " + both + ", by: 200ms"});
  add(menu, stage, "Lose 20 % between " + words, {"loss", "loss: " + both + ", probability: 20%"});
}

void add_for_node(QMenu& menu, Stage& stage, const std::string& node) {
  add(menu, stage, "Crash " + q(node), {"crash", "crash: " + node});
  add(menu, stage, "Crash " + q(node) + ", back after 5 s",
      {"crash", "crash: " + node + ", for: 5s"});
  add(menu, stage, "Pause " + q(node) + " for 5 s", {"pause", "pause: " + node + ", for: 5s"});
  add(menu, stage, "Isolate " + q(node), {"isolate", "isolate: " + node});
}

}  // namespace

void fill_cut_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  const std::vector<std::string> names = regions(stage);
  for (const std::string& name : names)
    if (names.size() > 2)
      add(menu, stage, "Cut " + q(name) + " from all others", {"cut", "cut: [" + name + ", rest]"});
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size(); ++j) {
      const std::string both = "[" + names[i] + ", " + names[j] + "]";
      const QString words = "Cut " + q(names[i]) + " and " + q(names[j]) + " apart";
      add(menu, stage, words, {"cut", "cut: " + both});
      add(menu, stage, words + " for 5 s", {"cut", "cut: " + both + ", for: 5s"});
    }
  if (menu.isEmpty()) add_nothing(menu, "There is one region: nothing can be cut apart");
}

void fill_crash_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  for (const auto& replicas : stage.recording().cast.replicas)
    for (const NodeId replica : replicas)
      add_for_node(*menu.addMenu(q(std::string(stage.recording().name(replica)))), stage,
                   std::string(stage.recording().name(replica)));
  if (menu.isEmpty()) add_nothing(menu, "This scenario has no replicas");
}

void fill_delay_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  const std::vector<std::string> names = regions(stage);
  for (std::size_t i = 0; i < names.size(); ++i)
    for (std::size_t j = i + 1; j < names.size(); ++j) {
      const std::string both = "[" + names[i] + ", " + names[j] + "]";
      const QString words = " between " + q(names[i]) + " and " + q(names[j]);
      add(menu, stage, "200 ms more" + words, {"delay", "delay: " + both + ", by: 200ms"});
      add(menu, stage, "Lose 20 %" + words, {"loss", "loss: " + both + ", probability: 20%"});
    }
  if (menu.isEmpty()) add_nothing(menu, "There is one region, and no link");
}

void fill_heal_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  const auto& faults = stage.recording().result.faults;
  for (std::size_t i = 0; i < faults.size(); ++i)
    for (const Span& span : faults[i].active)
      if (span.from <= stage.view().at && stage.view().at < span.to) {
        const std::string& name = faults[i].fault.name;
        add(menu, stage, "End " + q(name) + " now", {"heal", "heal: " + name});
        break;
      }
  if (menu.isEmpty()) add_nothing(menu, "No fault is active at the cursor");
}

Deed cut_between(const Stage& stage, draw::Target link) {
  return {"cut", "cut: [" + place_name(stage, link.a) + ", " + place_name(stage, link.b) + "]"};
}

void fill_menu_of(QMenu& menu, Stage& stage, draw::Target target) {
  using Kind = draw::Target::Kind;
  switch (target.kind) {
    case Kind::link:
      return add_for_link(menu, stage, place_name(stage, target.a), place_name(stage, target.b));
    case Kind::region: {
      const std::string name = place_name(stage, target.a);
      return add(menu, stage, "Cut " + q(name) + " from all others",
                 {"cut", "cut: [" + name + ", rest]"});
    }
    case Kind::node:
    case Kind::lane:
      return add_for_node(menu, stage, std::string(stage.recording().name(NodeId{target.a})));
    case Kind::fault: {
      const std::string& name = stage.recording().result.faults.at(target.a).fault.name;
      return add(menu, stage, "End " + q(name) + " at the cursor", {"heal", "heal: " + name});
    }
    default:
      return;
  }
}

}  // namespace cleave::gui
