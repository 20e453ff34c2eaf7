#include "gui/stage.h"

#include "gui/carried_look.h"
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
constexpr std::size_t kReadable = 160;  // messages in it that can be told apart at a glance

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
  connect(&state_, &ViewState::changed, this, &Stage::on_looked);
  connect(&session_, &Session::parted, this, &Stage::on_parted);
  connect(&clock_, &QTimer::timeout, this, &Stage::tick);
  clock_.setInterval(kFrameMs);
}

void Stage::open(const Opening& opening) {
  opening_ = opening;
  set_playing(false);
  session_.open_file(opening.file, opening.seed, opening.configuration);
}

// A run begins at the moment of greatest divergence: that is what there is to see.
Look Stage::first_look() const {
  const Recording& run = *futures().front().recording;
  Look look;
  draw::View& view = look.view;
  const Time end = look.end = run.result.simulated;
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
  choose_replicas(view, run);
  return look;
}

void Stage::on_opened(std::size_t run) {
  const Future& future = futures().at(run);
  if (run == 0) {
    frame_.reset();
    pinned_.reset();
    tracks_.clear();
    threads_.clear();
    traffic_.clear();
    partings_.clear();
    run_ = 0;
  }
  tracks_.push_back(draw::divergence_tracks(*future.recording));
  threads_.emplace_back(future.recording->result.messages);
  traffic_.push_back(draw::traffic_of(*future.recording));
  if (run == 0) return begin();
  second_future_awaited_ = false;
  if (future.parent) return show_future(run, future.parent);
  turn_to(run);
}

void Stage::begin() {
  const Recording& recording = *futures().front().recording;
  const draw::Target wanted = opening_.selected;
  if (!exists(recording, wanted)) opening_.selected = {};
  state_.begin(first_look());
  if (opening_.selected != wanted)
    Q_EMIT said("--select: this run has no " + q(draw::to_text(wanted)));
  if (opening_.at && *opening_.at > recording.result.simulated)
    Q_EMIT said("--at: found " + q(draw::clock_text(*opening_.at)) + "; the run ends at " +
                q(draw::clock_text(recording.result.simulated)) + ", and there the cursor stands");
  if (opening_.configuration == recording.result.configuration) {
    Q_EMIT said("--compare: that is the run that was opened");
    opening_.configuration.reset();
  }
  second_future_awaited_ = opening_.deed || opening_.configuration;
  if (opening_.deed) return perform(*std::exchange(opening_.deed, std::nullopt));
  if (opening_.configuration)
    return session_.run_configuration(*std::exchange(opening_.configuration, std::nullopt));
  seek();
  Q_EMIT opened();
}

// One of another future is of what was looked at before.
void Stage::on_framed(const std::shared_ptr<const Frame>& frame) {
  if (frame->run != state_.run() || frame->run >= tracks_.size() || second_future_awaited_) return;
  frame_ = frame;
  Q_EMIT framed();
}

// Until its frame comes, another configuration is at its start: nodes of one are not in the other.
void Stage::on_looked() {
  const std::size_t before = std::exchange(run_, state_.run());
  if (before == run_) return Q_EMIT looked();
  if (frame_ && origin_of(before) != origin_of(run_)) {
    const auto& recording = futures()[run_].recording;
    frame_ = std::make_shared<const Frame>(
        Frame{run_, Time{}, EventId{}, {recording, &recording->start}, 0});
  }
  unpin();
  Q_EMIT looked();
  Q_EMIT opened();
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
  if (!exists(recording(), target)) return;  // it was of a future that was left meanwhile
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

}  // namespace cleave::gui
