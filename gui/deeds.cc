#include "gui/deeds.h"

#include "gui/text.h"
#include "sim/draw/target.h"
#include "sim/report/phrases.h"

#include <functional>
#include <string>
#include <vector>

namespace cleave::gui {
namespace {

void add(QMenu& menu, Stage& stage, const QString& text, const Deed& deed) {
  QAction* action = menu.addAction(text);
  QObject::connect(action, &QAction::triggered, &stage, [&stage, deed] { stage.perform(deed); });
}

// Of a menu that stayed empty, why.
void explain_if_empty(QMenu& menu, const QString& why) {
  if (menu.isEmpty()) menu.addAction(why)->setEnabled(false);
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

std::string node_name(const Stage& stage, NodeId node) {
  return std::string(stage.recording().name(node));
}

// ---- two regions --------------------------------------------------------------------------------

struct Two {
  std::string a, b;
  std::string list() const { return "[" + a + ", " + b + "]"; }
  QString words() const { return q(a) + " and " + q(b); }
};

void for_each_two(const std::vector<std::string>& regions,
                  const std::function<void(const Two&)>& visit) {
  for (std::size_t i = 0; i < regions.size(); ++i)
    for (std::size_t j = i + 1; j < regions.size(); ++j)
      visit({regions[i], regions[j]});
}

Deed cut_of(const Two& two) {
  return {"cut", "cut: " + two.list()};
}

void add_cuts(QMenu& menu, Stage& stage, const Two& two) {
  const QString words = "Cut " + two.words() + " apart";
  add(menu, stage, words, cut_of(two));
  add(menu, stage, words + " for 5 s", {"cut", cut_of(two).words + ", for: 5s"});
}

void add_delays(QMenu& menu, Stage& stage, const Two& two) {
  add(menu, stage, "200 ms more between " + two.words(),
      {"delay", "delay: " + two.list() + ", by: 200ms"});
  add(menu, stage, "Lose 20 % between " + two.words(),
      {"loss", "loss: " + two.list() + ", probability: 20%"});
}

void add_cut_from_all(QMenu& menu, Stage& stage, const std::string& region) {
  add(menu, stage, "Cut " + q(region) + " from all others", {"cut", "cut: [" + region + ", rest]"});
}

// ---- one thing ----------------------------------------------------------------------------------

void add_for_link(QMenu& menu, Stage& stage, const Two& two) {
  add_cuts(menu, stage, two);
  add(menu, stage, "One way: " + q(two.b) + " does not hear " + q(two.a),
      {"cut_one_way", "cut_one_way: {from: " + two.a + ", to: " + two.b + "}"});
  add_delays(menu, stage, two);
}

void add_for_node(QMenu& menu, Stage& stage, const std::string& node) {
  add(menu, stage, "Crash " + q(node), {"crash", "crash: " + node});
  add(menu, stage, "Crash " + q(node) + ", back after 5 s",
      {"crash", "crash: " + node + ", for: 5s"});
  add(menu, stage, "Pause " + q(node) + " for 5 s", {"pause", "pause: " + node + ", for: 5s"});
  add(menu, stage, "Isolate " + q(node), {"isolate", "isolate: " + node});
}

void add_heal(QMenu& menu, Stage& stage, const Fault& fault, const QString& when) {
  add(menu, stage, "End " + q(fault.name) + when, {"heal", "heal: " + fault.name});
}

// What a drag of its edges does, for those who drag nothing.
void add_stretches(QMenu& menu, Stage& stage, draw::Target target) {
  const Fault& fault = stage.recording().result.faults.at(target.a).fault;
  const auto add_edge = [&](const QString& text, Time edge) {
    menu.addAction(text, &stage,
                   [&stage, target, edge] { stage.stretch(target, edge, stage.view().at); });
  };
  add_edge("Let " + q(fault.name) + " begin at the cursor", fault.at);
  if (fault.lasts)
    add_edge("Let " + q(fault.name) + " last until the cursor", fault.at + *fault.lasts);
}

Two ends_of(const Stage& stage, draw::Target link) {
  return {place_name(stage, link.a), place_name(stage, link.b)};
}

}  // namespace

void fill_cut_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  const std::vector<std::string> names = regions(stage);
  if (names.size() > 2)
    for (const std::string& name : names)
      add_cut_from_all(menu, stage, name);
  for_each_two(names, [&](const Two& two) { add_cuts(menu, stage, two); });
  explain_if_empty(menu, "There is one region: nothing can be cut apart");
}

void fill_crash_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  for (const auto& replicas : stage.recording().cast.replicas)
    for (const NodeId replica : replicas) {
      const std::string name = node_name(stage, replica);
      add_for_node(*menu.addMenu(q(name)), stage, name);
    }
  explain_if_empty(menu, "This scenario has no replicas");
}

void fill_delay_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  for_each_two(regions(stage), [&](const Two& two) { add_delays(menu, stage, two); });
  explain_if_empty(menu, "There is one region, and no link");
}

void fill_heal_menu(QMenu& menu, Stage& stage) {
  menu.clear();
  for (const FaultResult& fault : stage.recording().result.faults)
    if (active_span(fault, stage.view().at) != nullptr) add_heal(menu, stage, fault.fault, " now");
  explain_if_empty(menu, "No fault is active at the cursor");
}

Deed cut_between(const Stage& stage, draw::Target link) {
  return cut_of(ends_of(stage, link));
}

void fill_menu_of(QMenu& menu, Stage& stage, draw::Target target) {
  using Kind = draw::Target::Kind;
  switch (target.kind) {
    case Kind::link:
      return add_for_link(menu, stage, ends_of(stage, target));
    case Kind::region:
      return add_cut_from_all(menu, stage, place_name(stage, target.a));
    case Kind::node:
    case Kind::lane:
      return add_for_node(menu, stage, node_name(stage, NodeId{target.a}));
    case Kind::fault:
      add_heal(menu, stage, stage.recording().result.faults.at(target.a).fault, " at the cursor");
      return add_stretches(menu, stage, target);
    default:
      return;
  }
}

}  // namespace cleave::gui
