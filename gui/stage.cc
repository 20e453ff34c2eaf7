#include "gui/stage.h"

#include "gui/text.h"
#include "sim/draw/axis.h"
#include "sim/draw/operations.h"
#include "sim/explore/moments.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cleave::gui {
namespace {

constexpr int kFrameMs = 33;
constexpr int kReducedMs = 500;
constexpr Duration kWidestFirst{1'500'000'000};  // half of the first window
constexpr Duration kNarrowestFirst{50'000'000};
constexpr Duration kGrain{1'000'000};   // of times that are chosen by hand
constexpr std::size_t kReadable = 160;  // messages in it that can be told apart at a glance

// Whether there is such a thing in the run: what --select names may not be.
bool exists(const Recording& run, draw::Target target) {
  using Kind = draw::Target::Kind;
  switch (target.kind) {
    case Kind::node:
    case Kind::lane:
      return target.a < run.start.node_count();
    case Kind::region:
      return target.a < run.start.topology().places().size();
    case Kind::link:
      return target.a < run.start.topology().places().size() &&
             target.b < run.start.topology().places().size();
    case Kind::message:
      return target.a < run.trace.messages().size();
    case Kind::event:
      return target.a <= run.trace.events().size();
    case Kind::pair:
      return run.cast.is_replica(NodeId{target.a}) && run.cast.is_replica(NodeId{target.b}) &&
             target.a != target.b;
    case Kind::fault:
      return target.a < run.result.faults.size();
    case Kind::verdict:
      return target.a < run.result.expectations.size();
    case Kind::operation:
      return run.trace.find({NodeId{target.a}, target.b}) != nullptr;
    case Kind::side:
      return target.a < run.result.cap.size();
    case Kind::nothing:
      break;
  }
  return true;
}

// When something happened; of an event, that one of all at its time. Nothing: it is not in the run,
// or has no time.
struct Moment {
  Time at;
  std::optional<EventId> event;
};
std::optional<Moment> moment_of(const Recording& run, draw::Target target) {
  using Kind = draw::Target::Kind;
  if (!exists(run, target)) return std::nullopt;
  const auto events = run.trace.events();
  switch (target.kind) {
    case Kind::event:
      if (target.a == 0) break;  // the start
      return Moment{events[target.a - 1].at, EventId{target.a}};
    case Kind::fault:
      if (const auto& active = run.result.faults[target.a].active; !active.empty())
        return Moment{active.front().from, {}};
      break;
    case Kind::verdict:
      if (const Verdict& verdict = run.result.expectations[target.a].verdict; verdict.at)
        return Moment{*verdict.at, verdict.event};
      break;
    case Kind::operation:
      if (const TracedOperation* operation = run.trace.find({NodeId{target.a}, target.b}))
        return operation->completed ? Moment{operation->completed->at, operation->completed->event}
                                    : Moment{operation->invoked.at, operation->invoked.event};
      break;
    case Kind::side:
      return Moment{run.result.cap[target.a].window.from, {}};
    default:
      break;
  }
  return std::nullopt;
}

// The window that has all operations of a verdict's witness; nothing: it has none.
std::optional<Span> window_of(const Recording& run, draw::Target target) {
  if (target.kind != draw::Target::Kind::verdict) return std::nullopt;
  const auto operations = draw::witness_operations(run, target.a);
  if (operations.empty()) return std::nullopt;
  return draw::span_of(operations);
}

}  // namespace

Stage::Stage() {
  connect(&session_, &Session::opened, this, &Stage::on_opened);
  connect(&session_, &Session::framed, this, &Stage::on_framed);
  connect(&state_, &ViewState::time_changed, this, &Stage::seek);
  connect(&state_, &ViewState::changed, this, &Stage::looked);
  connect(&clock_, &QTimer::timeout, this, &Stage::tick);
  clock_.setInterval(kFrameMs);
}

void Stage::open(const Opening& opening) {
  opening_ = opening;
  set_playing(false);
  session_.open_file(opening.file, opening.seed);
}

// A run begins at the moment of greatest divergence: that is what there is to see.
Look Stage::first_look() const {
  const Recording& run = *futures().front().recording;
  Look look;
  draw::View& view = look.view;
  const Time end = run.result.simulated;
  const auto apart =
      run.result.stores.empty() ? std::nullopt : greatest_divergence(run, StoreId{0});
  view.at = opening_.at.value_or(apart.value_or(Time{end.ns / 2}));
  if (const auto chosen = moment_of(run, opening_.selected); chosen && !opening_.at) {
    view.at = chosen->at;
    look.event = chosen->event;
  }
  Duration half = kWidestFirst;
  while (half > kNarrowestFirst &&
         run.trace.messages_within(view.at - half, view.at + half) > kReadable)
    half = Duration{half.ns / 2};
  view.from = view.at - half;
  view.to = view.at + half;
  view.selected = opening_.selected;
  if (view.selected.kind == draw::Target::Kind::verdict) view.verdict = view.selected.a;
  if (const auto window = window_of(run, view.selected)) {
    view.from = window->from;
    view.to = window->to;
  }
  if (!run.cast.replicas.empty() && !run.cast.replicas.front().empty()) {
    const std::vector<NodeId>& replicas = run.cast.replicas.front();
    view.reference = replicas.front();
    if (replicas.size() > 1) view.pair = {replicas.front(), replicas.back()};
  }
  return look;
}

void Stage::on_opened(std::size_t run) {
  const Recording& recording = *futures().at(run).recording;
  if (run == 0) {
    frame_.reset();
    pinned_.reset();
    tracks_.clear();
    threads_.clear();
    traffic_.clear();
  }
  tracks_.push_back(draw::divergence_tracks(recording));
  threads_.emplace_back(recording.result.messages);
  traffic_.push_back(draw::traffic_of(recording));
  if (run == 0) {
    const draw::Target wanted = opening_.selected;
    if (!exists(recording, wanted)) opening_.selected = {};
    state_.begin(first_look(), recording.result.simulated);
    if (opening_.selected != wanted)
      Q_EMIT said("--select: this run has no " + q(draw::to_text(wanted)));
    if (opening_.at && *opening_.at > recording.result.simulated)
      Q_EMIT said("--at: found " + q(draw::clock_text(*opening_.at)) + "; the run ends at " +
                  q(draw::clock_text(recording.result.simulated)) +
                  ", and there the cursor stands");
    first_branch_awaited_ = opening_.deed.has_value();
    if (opening_.deed) return perform(*std::exchange(opening_.deed, std::nullopt));
    seek();
  } else {
    first_branch_awaited_ = false;
    return show_future(run, futures().at(run).parent);
  }
  Q_EMIT opened();
}

void Stage::on_framed(const std::shared_ptr<const Frame>& frame) {
  if (frame->run >= tracks_.size() || first_branch_awaited_) return;  // of a session before, too
  frame_ = frame;
  Q_EMIT framed();
}

void Stage::seek() {
  if (tracks_.empty()) return;
  const Look& look = state_.look();
  if (look.event)
    session_.seek(look.run, *look.event);
  else
    session_.seek(look.run, look.view.at);
}

const Recording* Stage::beside() const {
  const auto other = state_.look().beside;
  return other && *other < futures().size() ? futures()[*other].recording.get() : nullptr;
}

bool Stage::is_replica(NodeId node) const {
  return recording().cast.is_replica(node);
}

// ---- moving -------------------------------------------------------------------------------------

// That of the cursor, which a seek under way may not have reached yet.
EventId Stage::event_here() const {
  const Look& look = state_.look();
  if (look.event) return *look.event;
  return EventId{recording().trace.first_event_from(look.view.at + Duration{1})};
}

void Stage::stand_at(EventId event) {
  const auto all = recording().trace.events();
  state_.set_event(event, event.value == 0 ? Time{} : all[event.value - 1].at);
}

void Stage::step(std::int64_t events) {
  if (!ready()) return;
  const auto last = static_cast<std::int64_t>(recording().trace.events().size());
  const auto here = static_cast<std::int64_t>(event_here().value);
  stand_at(EventId{static_cast<std::uint64_t>(std::clamp<std::int64_t>(here + events, 0, last))});
}

void Stage::step_in_lane(int direction) {
  if (!ready()) return;
  using Kind = draw::Target::Kind;
  const draw::Target selected = view().selected;
  if (selected.kind != Kind::node && selected.kind != Kind::lane)
    return Q_EMIT said("Choose a lane or a node first: this goes from event to event of it.");
  const NodeId node{selected.a};
  const auto event = direction > 0 ? next_event_of(recording(), node, event_here())
                                   : previous_event_of(recording(), node, event_here());
  if (!event) return Q_EMIT said("It has no event in this direction.");
  stand_at(*event);
}

void Stage::jump(std::optional<Time> at) {
  if (!at) return Q_EMIT said("There is no such moment in this direction.");
  state_.set_time(*at);
  state_.remember();
}

void Stage::to_previous_fault() {
  jump(previous_fault_boundary(recording(), view().at));
}

void Stage::to_next_fault() {
  jump(next_fault_boundary(recording(), view().at));
}

void Stage::to_next_drop() {
  const auto drop = next_drop(recording(), view().at);
  if (!drop) return Q_EMIT said("No message is lost from here on.");
  const TracedMessage& message = recording().trace.messages()[*drop];
  state_.select({draw::Target::Kind::message, static_cast<std::uint32_t>(*drop), 0});
  jump(message.ended);
}

void Stage::to_violation(int direction) {
  jump(direction > 0 ? next_violation(recording(), view().at)
                     : previous_violation(recording(), view().at));
}

void Stage::to_distance_over(std::uint64_t distance) {
  jump(first_divergence_over(recording(), view().store, distance, view().at + Duration{1}));
}

void Stage::to_greatest_divergence() {
  jump(greatest_divergence(recording(), view().store));
}

void Stage::set_playing(bool playing) {
  if (playing == clock_.isActive()) return;
  if (playing && view().at >= state_.end()) state_.set_time(Time{});
  playing ? clock_.start() : clock_.stop();
  if (!playing) state_.remember();
  Q_EMIT playing_changed();
}

void Stage::set_reduced_motion(bool reduced) {
  clock_.setInterval(reduced ? kReducedMs : kFrameMs);
}

void Stage::tick() {
  const Duration step{std::llround(speed_ * clock_.interval() * 1e6)};
  state_.set_time(view().at + step);
  if (view().at >= state_.end()) set_playing(false);
}

void Stage::go_to(draw::Target target) {
  state_.select(target);
  if (target.kind == draw::Target::Kind::pair) {
    unpin();
    state_.set_pair(NodeId{target.a}, NodeId{target.b});
  }
  if (const auto window = window_of(recording(), target))
    state_.set_window(window->from, window->to);
  if (const auto moment = moment_of(recording(), target))
    moment->event ? state_.set_event(*moment->event, moment->at) : state_.set_time(moment->at);
  state_.remember();
}

void Stage::go_to_beside(draw::Target target) {
  const auto other = state_.look().beside;
  if (!other) return;
  show_future(*other, state_.run());
  go_to(target);
}

const Threads& Stage::threads() {
  return threads_.at(state_.run()).at(view().at, state_.look().event);
}

void Stage::pin(NodeId node) {
  pinned_ = Pin{node, frame_};
  Q_EMIT pinned_changed();
}

void Stage::unpin() {
  if (std::exchange(pinned_, std::nullopt)) Q_EMIT pinned_changed();
}

void Stage::explain(const std::string& field) {
  if (pinned_)
    session_.explain_change(state_.run(), view().at, pinned_->node, field);
  else if (const auto& pair = view().pair)
    session_.explain(state_.run(), view().at, pair->first, pair->second, field);
}

// ---- doing --------------------------------------------------------------------------------------

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

void Stage::show_future(std::size_t run, std::optional<std::size_t> beside) {
  unpin();
  state_.set_run(run, futures().at(run).recording->result.simulated, beside);
  state_.remember();
  Q_EMIT opened();
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
        "There is one future so far. Cut, crash or delay something: that makes another.");
  state_.set_beside(futures().size() - 1);
}

}  // namespace cleave::gui
