// The futures of a stage: what makes another one, which is looked at, and what beside it.
#include "gui/carried_look.h"
#include "gui/stage.h"
#include "gui/text.h"
#include "sim/draw/axis.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <utility>

namespace cleave::gui {
namespace {

constexpr Duration kGrain{1'000'000};  // of times that are chosen by hand

QString words(const std::optional<Divergence>& parting) {
  if (!parting) return "the two futures are the same, event for event";
  if (parting->event == EventId{}) return "the two futures part in their last state alone";
  return "the two futures part in event " + q(grouped(parting->event.value)) + ", at " +
         q(draw::clock_text(parting->at));
}

}  // namespace

void Stage::perform(const Deed& deed) {
  set_playing(false);
  session_.branch(state_.run(), deed, view().at);
}

void Stage::stretch(draw::Target target, Time from, Time to) {
  const Fault& fault = recording().result.faults.at(target.a).fault;
  const Time end = fault.lasts ? fault.at + *fault.lasts : state_.end();
  const Time there{std::clamp<std::int64_t>(to.ns / kGrain.ns * kGrain.ns, 0, state_.end().ns)};
  const bool beginning = from - fault.at < end - from;
  if (!beginning && !fault.lasts)
    return Q_EMIT said(q(fault.name) + " lasts until something ends it: drag its beginning.");
  Stretch stretch{fault.name, fault.at, end};
  if (beginning)
    stretch.from = std::min(there, end - kGrain);
  else
    stretch.to = std::max(there, fault.at + kGrain);
  set_playing(false);
  session_.stretch(state_.run(), stretch);
}

std::vector<Choice> Stage::choices() const {
  std::vector<Choice> all;
  if (futures().empty()) return all;
  all.push_back({futures()[0].label, 0, ""});
  for (const Configuration& configuration : futures()[0].recording->loaded.configurations) {
    const auto run = run_of(configuration.name);
    if (run == 0) continue;
    const char* state = run                                       ? ""
                        : session_.is_running(configuration.name) ? ", being run"
                                                                  : ", not run yet";
    all.push_back({label_of_configuration(configuration.name) + state, run, configuration.name});
  }
  for (std::size_t run = 0; run < futures().size(); ++run)
    if (const Future& future = futures()[run]; future.parent)
      all.push_back({future.label + " at " + draw::clock_text(future.from), run, ""});
  return all;
}

void Stage::choose(const Choice& choice) {
  if (choice.run) return turn_to(*choice.run);
  session_.run_configuration(choice.configuration);
}

void Stage::turn_to(std::size_t run) {
  const Look& look = state_.look();
  if (run == look.run) return;
  const bool alone = !look.beside && (run == 0 || futures().at(run).parent);
  const bool places = look.beside == run || !look.beside;
  show_future(run, alone ? std::nullopt : places ? std::optional(look.run) : look.beside);
}

void Stage::show_future(std::size_t run, std::optional<std::size_t> beside) {
  const Recording& there = *futures().at(run).recording;
  Look next = carried(state_.look(), recording(), there);
  next.run = run;
  next.end = there.result.simulated;
  next.beside = beside;
  state_.look_at(next);
  state_.remember();
}

bool Stage::can_undo() const {
  return state_.run() < futures().size() && futures()[state_.run()].parent.has_value();
}

// The branch stays among the futures: undoing is only going back to its parent.
void Stage::undo() {
  if (!can_undo()) return Q_EMIT said("Nothing was done to this future.");
  show_future(*futures()[state_.run()].parent, std::nullopt);
}

void Stage::set_comparing(bool comparing) {
  if (!comparing) return state_.set_beside(std::nullopt);
  if (const auto parent = futures().at(state_.run()).parent) return state_.set_beside(parent);
  if (futures().size() < 2)
    return Q_EMIT said(
        "There is one future so far. Cut, crash or delay something: that makes another. So does a "
        "configuration of `compare:` that is chosen in the list at the top left.");
  state_.set_beside(state_.run() == 0 ? futures().size() - 1 : 0);
}

// ---- two beside each other ----------------------------------------------------------------------

draw::View Stage::view_of(std::size_t run) const {
  if (run == state_.run()) return view();
  return carried(state_.look(), recording(), *futures().at(run).recording).view;
}

// Looked for once. Of two branches the events are compared, at once; configurations may have the
// same events with another content, and are run again so far.
QString Stage::parting() {
  const auto other = state_.look().beside;
  if (!beside()) return {};
  const auto [first, second] = std::minmax({*other, state_.run()});
  const auto [found, is_new] = partings_.try_emplace({first, second}, "");
  if (is_new && origin_of(first) == origin_of(second))
    found->second = words(first_differing_event(recording(), *beside()));
  else if (is_new)
    session_.find_parting(first, second);
  return found->second;
}

void Stage::on_parted(std::size_t first, std::size_t second, std::optional<Divergence> where) {
  partings_[{first, second}] = words(where);
  Q_EMIT parting_found();
}

std::size_t Stage::origin_of(std::size_t run) const {
  while (futures().at(run).parent)
    run = *futures()[run].parent;
  return run;
}

std::optional<std::size_t> Stage::run_of(const std::string& configuration) const {
  for (std::size_t run = 0; run < futures().size(); ++run)
    if (!futures()[run].parent && futures()[run].recording->result.configuration == configuration)
      return run;
  return std::nullopt;
}

}  // namespace cleave::gui
