#include "gui/tables.h"

#include "sim/draw/axis.h"
#include "sim/draw/ledger.h"
#include "sim/draw/operations.h"
#include "sim/draw/roles.h"
#include "sim/explore/fates.h"
#include "sim/explore/losses.h"
#include "sim/report/cap_text.h"
#include "sim/report/consistency_text.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

namespace cleave::gui {
namespace {

using Kind = draw::Target::Kind;

std::string name_of(const Recording& recording, NodeId node) {
  return std::string(recording.name(node));
}

std::string story_of_message(const Recording& run, std::uint32_t index) {
  const TracedMessage& m = run.trace.messages()[index];
  std::string name(run.message_name(m.to, m.name));
  if (name.empty()) name = "A message";
  return name + " from " + name_of(run, m.from) + " to " + name_of(run, m.to) + ". Sent at " +
         draw::clock_text(m.sent) + " in event " + grouped(m.cause.value) + "; " +
         std::string(draw::fate(m.end)) + " at " + draw::clock_text(m.ended) + ", " +
         rounded(m.ended - m.sent) + " later, in event " + grouped(m.event.value) + ".";
}

std::string story_of_node(Stage& stage, NodeId node) {
  const Recording& run = stage.recording();
  const World& now = stage.now();
  std::string text = name_of(run, node) + ", " + std::string(now.kind(node)) + " in " +
                     run.start.topology().place(run.place(node)).name + ".";
  if (!now.is_up(node)) text += " It is down.";
  if (now.is_paused(node)) text += " It is paused.";
  if (const std::string_view role = now.role(node); !role.empty())
    text += " Its role at the cursor: " + std::string(role) + ".";
  if (const std::string summary = now.summary(node); !summary.empty())
    text += " It is at " + summary + ".";
  return text;
}

std::string story_of_pair(Stage& stage, NodeId a, NodeId b) {
  const Recording& run = stage.recording();
  return name_of(run, a) + " and " + name_of(run, b) + " are " +
         grouped(stage.now().ledger().distance(stage.view().store, a, b)) +
         " updates apart at the cursor.";
}

std::string story_of_event(const Recording& run, std::uint32_t number) {
  if (number == 0 || number > run.trace.events().size()) return "The start of the run.";
  const TracedEvent& event = run.trace.events()[number - 1];
  std::string text = "Event " + grouped(number) + " at " + draw::clock_text(event.at);
  if (event.node) {
    const std::string name(run.message_name(*event.node, event.name));
    text += ", at " + name_of(run, *event.node);
    if (!name.empty()) text += ": " + name;
  }
  return text + ".";
}

std::string story_of_verdict(const Recording& run, std::uint32_t index) {
  const ExpectationResult& e = run.result.expectations.at(index);
  std::string text =
      e.name + ": " + std::string(to_string(e.verdict.word)) +
      (e.as_stated() ? ", as stated." : ", stated was " + std::string(to_string(e.expected)) + ".");
  if (!e.verdict.why.empty()) text += " " + e.verdict.why + ".";
  if (index >= run.scenario.expect.size()) return text;  // an engine's own
  const auto* lost = std::get_if<LostAcknowledgedWrites>(&run.scenario.expect[index].claim);
  if (lost != nullptr)
    for (const Loss& loss : losses(run))
      if (loss.store.value == lost->store) text += "\n\n" + sentence(run, loss);
  return text;
}

// As the witness has it, if it is of one, and what became of an update.
std::string story_of_operation(const Recording& run, const draw::View& view, OperationId id) {
  std::string text;
  for (const draw::ShownOperation& operation : draw::selected_operations(run, view))
    if (operation.selected && operation.number > 0) text = draw::spoken(operation) + ".";
  const TracedOperation* traced = run.trace.find(id);
  if (!text.empty() && traced && !is_update(traced->invoked.action)) return text;
  return (text.empty() ? "" : text + "\n\n") + fate_of(run, id).story;
}

// What is going on at the cursor: who plays which part, what is broken, who is apart.
std::string news(Stage& stage) {
  const Recording& run = stage.recording();
  const World& now = stage.now();
  const Time at = stage.view().at;
  std::string text = "At " + draw::clock_text(at) + " ";
  std::string active;
  for (const FaultResult& fault : run.result.faults)
    if (const Span* span = active_span(fault, at))
      active += (active.empty() ? "" : "; ") + fault.fault.name + " (" + deed(fault.fault) +
                ") has lasted for " + rounded(at - span->from);
  text += active.empty() ? "no fault is active." : active + ".";
  for (std::uint32_t s = 0; s < run.cast.replicas.size(); ++s) {
    for (const NodeId replica : run.cast.replicas[s]) {
      text += " " + name_of(run, replica);
      if (!now.is_up(replica))
        text += " is down,";
      else if (const std::string_view role = now.role(replica); !role.empty())
        text += " is " + std::string(role) + ",";
      text += " and holds " + grouped(now.ledger().held(StoreId{s}, replica).size()) + " updates.";
    }
    const std::uint64_t apart = now.ledger().largest_distance(StoreId{s});
    text += apart == 0 ? " All replicas of " + run.scenario.stores[s].name + " hold the same."
                       : " Replicas of " + run.scenario.stores[s].name + " are " +
                             counted(apart, "update", "updates") + " apart.";
  }
  return text;
}

// The largest losses with their reasons; empty: nothing that was acknowledged is lost.
std::string what_was_lost(const Recording& run) {
  constexpr std::size_t kMost = 2;
  std::uint64_t lost = 0;
  for (const StoreResult& store : run.result.stores)
    lost += store.lost_acknowledged;
  if (lost == 0) return "";
  std::vector<Loss> all = losses(run);
  std::stable_sort(all.begin(), all.end(), [](const Loss& a, const Loss& b) {
    return a.updates.size() > b.updates.size();
  });
  std::string text = counted(lost, "acknowledged write is", "acknowledged writes are") +
                     " lost at the end; each is under Lost writes.";
  for (std::size_t i = 0; i < std::min(all.size(), kMost); ++i)
    text += "\n\n" + sentence(run, all[i]);
  if (all.size() > kMost)
    text += "\n\nThe others were lost on " +
            counted(all.size() - kMost, "other occasion.", "other occasions.");
  return text;
}

std::string how_to_begin(Stage& stage) {
  const Recording& run = stage.recording();
  const std::string lost = what_was_lost(run);
  const std::string text =
      "Press Space and watch the updates reach the other replica; drag the line in any picture to "
      "go back in time. Drag across a link of the network to cut it: that makes another future, "
      "and Compare shows both.";
  if (lost.empty()) return text + " No acknowledged write is lost at the end.";
  return lost + "\n\n" + text;
}

// What is not as stated, what is violated, and the rest; each in the order of the scenario.
std::vector<std::size_t> worst_first(const std::vector<ExpectationResult>& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    return std::pair(all[i].as_stated(), all[i].verdict.word != Word::violated);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return order;
}

}  // namespace

std::string sign_of(Word word) {
  switch (word) {
    case Word::holds:
      return "✓";
    case Word::violated:
      return "◆";
    default:
      return "?";
  }
}

Rows verdict_rows(const Recording& recording) {
  Rows rows;
  rows.table.title = "Verdicts";
  rows.table.head = {"", "Claim", "Verdict", "At"};
  const auto& all = recording.result.expectations;
  for (const std::size_t i : worst_first(all)) {
    const ExpectationResult& e = all[i];
    std::string word(to_string(e.verdict.word));
    if (!e.as_stated())
      word += ", not as stated";
    else if (e.verdict.word == Word::violated)
      word += ", as stated";
    rows.table.rows.push_back({sign_of(e.verdict.word), e.name, word,
                               e.verdict.at ? draw::clock_text(*e.verdict.at) : ""});
    rows.targets.push_back({Kind::verdict, static_cast<std::uint32_t>(i), 0});
  }
  const auto& faults = recording.result.faults;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (!faults[i].inert) continue;
    rows.table.rows.push_back(
        {"✗", faults[i].fault.name + " did nothing", faults[i].why_inert, ""});
    rows.targets.push_back({Kind::fault, static_cast<std::uint32_t>(i), 0});
  }
  return rows;
}

Rows lost_rows(const Recording& recording) {
  Rows rows;
  rows.table.title = "Lost writes";
  rows.table.head = {"Write", "Acknowledged", "What became of it"};
  for (const Fate& fate : lost_writes(recording)) {
    rows.table.rows.push_back(
        {name_of(recording, fate.operation.client) + " #" + std::to_string(fate.operation.index),
         fate.acknowledged ? draw::clock_text(*fate.acknowledged) : "", fate.story});
    rows.targets.push_back({Kind::operation, fate.operation.client.value, fate.operation.index});
  }
  return rows;
}

Rows ledger_rows(const Recording& recording, const Span& window) {
  Rows rows;
  rows.table.title = "What each side got";
  rows.table.head = {"Side", "Served", "p50, p99", "Stale, lost"};
  const RunResult& run = recording.result;
  for (std::size_t i = 0; i < run.cap.size(); ++i) {
    const CapRow& row = run.cap[i];
    const std::uint64_t all = row.outcomes.all();
    if (row.window != window || all == 0) continue;
    std::string untrue;
    if (row.stale > 0) untrue = grouped(row.stale) + " stale";
    if (row.lost > 0) untrue = grouped(row.lost) + " lost";
    rows.table.rows.push_back(
        {side_name(row) + ": " + row.kind + (run.stores.size() > 1 ? " of " + row.store : ""),
         percentage(row.outcomes.served(), all) + " of " + grouped(all),
         row.p50 && row.p99 ? rounded(*row.p50) + ", " + rounded(*row.p99) : "-", untrue});
    rows.targets.push_back({Kind::side, static_cast<std::uint32_t>(i), 0});
  }
  return rows;
}

draw::Table levels_table(const RunResult& run) {
  draw::Table table{"Levels of consistency", {"Objects and levels", "Why"}, {}};
  for (const ConsistencyRow& row : run.consistency)
    if (was_tested(row)) table.rows.push_back({sentence(row), row.why});
  return table;
}

std::string sentence(const std::vector<DelaySlope>& slopes) {
  if (slopes.empty()) return "Delay slope: nothing was asked over a distance.";
  std::string text = "Delay slope, without faults: of each ms more between regions, one way,";
  for (const DelaySlope& slope : slopes)
    text += "\n" + slope.operation + " takes " + two_decimals(slope.thousandths) + " ms longer";
  return text;
}

Rows difference_rows(const Diff& diff, const std::string& left, const std::string& right) {
  Rows rows;
  rows.table.title = "State diff";
  rows.table.head = {"Field", left, right};
  // What a node works with before what it keeps: a log on disk is long and says the same.
  for (const bool disk : {false, true})
    for (const Diff::Entry& entry : diff.shown)
      if (entry.path.starts_with("disk") == disk)
        rows.table.rows.push_back({entry.path, entry.left, entry.right});
  return rows;
}

std::string story_of_selection(Stage& stage) {
  const Recording& run = stage.recording();
  const draw::Target target = stage.view().selected;
  switch (target.kind) {
    case Kind::message:
      if (target.a < run.trace.messages().size()) return story_of_message(run, target.a);
      break;
    case Kind::node:
    case Kind::lane:
      if (target.a < run.start.node_count()) return "";
      break;
    case Kind::pair:
      return "";
    case Kind::event:
      return story_of_event(run, target.a);
    case Kind::verdict:
      if (target.a < run.result.expectations.size()) return story_of_verdict(run, target.a);
      break;
    case Kind::fault:
      if (target.a < run.result.faults.size()) {
        const FaultResult& fault = run.result.faults[target.a];
        return fault.fault.name + ": " + deed(fault.fault) + ". It " + effect(fault) + ".";
      }
      break;
    case Kind::side:
      if (target.a < run.result.cap.size())
        return draw::spoken(run.result, run.result.cap[target.a]) + ".";
      break;
    case Kind::operation:
      return story_of_operation(run, stage.view(), {NodeId{target.a}, target.b});
    default:
      break;
  }
  return how_to_begin(stage);
}

std::string story_of_moment(Stage& stage) {
  const draw::Target target = stage.view().selected;
  std::string text;
  if (target.kind == Kind::pair)
    text = story_of_pair(stage, NodeId{target.a}, NodeId{target.b}) + "\n\n";
  else if ((target.kind == Kind::node || target.kind == Kind::lane) &&
           target.a < stage.recording().start.node_count())
    text = story_of_node(stage, NodeId{target.a}) + "\n\n";
  return text + news(stage);
}

}  // namespace cleave::gui
