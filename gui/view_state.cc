#include "gui/view_state.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cleave::gui {
namespace {

constexpr Duration kLeastWindow{1'000};  // a microsecond
constexpr std::size_t kLongestTrail = 200;

// The cursor between start and end, the window no longer than the run and not beyond its ends.
Look kept_within(Look look) {
  draw::View& view = look.view;
  view.at = std::clamp(view.at, Time{}, look.end);
  const std::int64_t whole = std::max<std::int64_t>(look.end.ns, 1);
  const std::int64_t width =
      std::clamp((view.to - view.from).ns, std::min(kLeastWindow.ns, whole), whole);
  view.from.ns = std::clamp<std::int64_t>(view.from.ns, 0, whole - width);
  view.to = view.from + Duration{width};
  return look;
}

}  // namespace

void ViewState::begin(const Look& look) {
  trail_.clear();
  here_ = 0;
  become(kept_within(look));
  trail_.push_back(look_);
}

void ViewState::become(Look look) {
  if (look == look_) return;
  const bool moved =
      look.view.at != look_.view.at || look.run != look_.run || look.event != look_.event;
  look_ = std::move(look);
  if (moved) Q_EMIT time_changed();
  Q_EMIT changed();
}

void ViewState::set_time(Time at) {
  move_to(at, std::nullopt);
}

void ViewState::set_event(EventId event, Time at) {
  move_to(at, event);
}

void ViewState::move_to(Time at, std::optional<EventId> event) {
  Look next = look_;
  next.event = event;
  draw::View& view = next.view;
  view.at = std::clamp(at, Time{}, next.end);
  if (view.at < view.from || view.at > view.to) {
    const Duration width = view.to - view.from;
    view.from = view.at - Duration{width.ns / 2};
    view.to = view.from + width;
  }
  become(kept_within(next));
}

void ViewState::set_window(Time from, Time to) {
  Look next = look_;
  next.view.from = from;
  next.view.to = to;
  become(kept_within(next));
}

void ViewState::zoom(double factor, Time around) {
  const draw::View& view = look_.view;
  const auto scaled = [&](Time t) {
    return around + Duration{std::llround(static_cast<double>((t - around).ns) * factor)};
  };
  set_window(scaled(view.from), scaled(view.to));
}

void ViewState::pan(double share) {
  const draw::View& view = look_.view;
  const auto by = static_cast<double>((view.to - view.from).ns) * share;
  const Duration step{std::llround(by)};
  set_window(view.from + step, view.to + step);
}

void ViewState::select(draw::Target target) {
  Look next = look_;
  next.view.selected = target;
  if (target.kind == draw::Target::Kind::verdict)
    next.view.verdict = target.a;
  else if (target.kind == draw::Target::Kind::nothing)
    next.view.verdict.reset();
  become(next);
}

void ViewState::set_pair(NodeId left, NodeId right) {
  Look next = look_;
  next.view.pair = {left, right};
  become(next);
}

void ViewState::swap_pair() {
  if (look_.view.pair) set_pair(look_.view.pair->second, look_.view.pair->first);
}

void ViewState::set_reference(NodeId replica) {
  Look next = look_;
  next.view.reference = replica;
  become(next);
}

void ViewState::set_store(StoreId store) {
  Look next = look_;
  next.view.store = store;
  become(next);
}

void ViewState::set_conversation(std::uint32_t conversation) {
  Look next = look_;
  next.view.conversation = conversation;
  become(next);
}

void ViewState::set_hidden(NodeId node, bool hidden) {
  Look next = look_;
  if (hidden)
    next.view.hidden.insert(node);
  else
    next.view.hidden.erase(node);
  become(next);
}

void ViewState::look_at(const Look& look) {
  become(kept_within(look));
}

void ViewState::set_beside(std::optional<std::size_t> run) {
  Look next = look_;
  next.beside = run;
  become(next);
}

void ViewState::remember() {
  if (!trail_.empty() && trail_[here_] == look_) return;
  trail_.resize(trail_.empty() ? 0 : here_ + 1);
  trail_.push_back(look_);
  if (trail_.size() > kLongestTrail) trail_.erase(trail_.begin());
  here_ = trail_.size() - 1;
}

void ViewState::back() {
  remember();  // so that forward comes back to here
  if (can_go_back()) become(trail_[--here_]);
}

void ViewState::forward() {
  if (can_go_forward()) become(trail_[++here_]);
}

}  // namespace cleave::gui
