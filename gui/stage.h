// What the window shows, without the window: the session, the view of it, the frame at the cursor,
// and what is worked out once for each future. The commands of buttons and keys are here.
#pragma once
#include "gui/session.h"
#include "gui/view_state.h"
#include "sim/draw/divergence_tracks.h"
#include "sim/draw/timeline.h"
#include "sim/scenario/threads.h"

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::gui {

// How the window begins.
struct Opening {
  std::string file;
  std::optional<std::uint64_t> seed;
  std::optional<Time> at;
  draw::Target selected;
  std::optional<Deed> deed;  // done at once, at the cursor: two futures to begin with
  std::optional<std::string> configuration{};  // of `compare:`, run at once: two futures as well
};

// A replica as it was at a moment, to hold what becomes of it against.
struct Pin {
  NodeId node;
  std::shared_ptr<const Frame> then;
};

// A line of the list of futures.
struct Choice {
  std::string label;               // "local, cut-1 at 12.4 s"
  std::optional<std::size_t> run;  // none: a configuration that was not run yet
  std::string configuration;       // then
};

class Stage : public QObject {
  Q_OBJECT

 public:
  Stage();

  void open(const Opening& opening);
  bool ready() const { return frame_ != nullptr; }

  ViewState& state() { return state_; }
  const draw::View& view() const { return state_.view(); }
  Session& session() { return session_; }
  const std::vector<Future>& futures() const { return session_.futures(); }
  const Recording& recording() const { return *futures().at(state_.run()).recording; }
  // The future that this one is compared with; null: none.
  const Recording* beside() const;
  // The view as it is of another future, which has its own nodes.
  draw::View view_of(std::size_t run) const;
  // Where the two that are compared part, in words; empty until that is found: `parting_found`.
  QString parting();
  // Requires: ready(). The World of the future and moment that are looked at; while a seek is under
  // way, of the moment before or, if that was of another configuration, of the start.
  const Frame& frame() const { return *frame_; }
  const World& now() const { return *frame_->world; }
  const draw::DivergenceTracks& tracks(std::size_t run) const { return tracks_.at(run); }
  // What devices show at the cursor.
  const Threads& threads();
  const draw::TrafficTrack& traffic(std::size_t run) const { return traffic_.at(run); }
  bool is_replica(NodeId node) const;
  const std::optional<Pin>& pinned() const { return pinned_; }

  // ---- moving ----------------------------------------------------------------------------------
  void step(std::int64_t events);
  void step_in_lane(int direction);   // to an event of the node that is selected
  void jump(std::optional<Time> at);  // nothing: there is no such moment, and it is said
  void to_previous_fault();
  void to_next_fault();
  void to_next_drop();
  void to_violation(int direction);
  void to_distance_over(std::uint64_t distance);
  void to_greatest_divergence();
  void set_playing(bool playing);
  bool playing() const { return clock_.isActive(); }
  void set_speed(double speed) { speed_ = speed; }
  void set_reduced_motion(bool reduced);
  void go_to(draw::Target target);  // selects it, and stands where it can be seen
  // Of the future that this one is compared with: turns to it first.
  void go_to_beside(draw::Target target);
  // A node as it is now is compared with itself, until two are compared or nothing is selected.
  void pin(NodeId node);
  void unpin();
  // Since when what is compared differs in a field; the session says it.
  void explain(const std::string& field);

  // ---- doing -----------------------------------------------------------------------------------
  void perform(const Deed& deed);
  // Drags an edge of a fault, the one nearer to `from`, to another time.
  void stretch(draw::Target fault, Time from, Time to);
  // All futures, and the configurations that could be run: what was opened, configurations,
  // branches.
  std::vector<Choice> choices() const;
  // What was beside stays there, or changes places if it is chosen. A configuration has always one
  // beside it, the one that was looked at if there was none. One that was not run yet is run first.
  void choose(const Choice& choice);
  // To a future, compared with `beside`.
  void show_future(std::size_t run, std::optional<std::size_t> beside);
  bool can_undo() const;
  void undo();
  void set_comparing(bool comparing);

 Q_SIGNALS:
  void opened();  // a first run, or another future; after `looked`
  void looked();  // anything of the view changed
  void framed();  // the World at the cursor is there
  void said(const QString& what);
  void playing_changed();
  void pinned_changed();
  void parting_found();

 private:
  void on_opened(std::size_t run);
  void on_framed(const std::shared_ptr<const Frame>& frame);
  void on_looked();
  void on_parted(std::size_t first, std::size_t second, std::optional<Divergence> where);
  void begin();
  void turn_to(std::size_t run);
  std::size_t origin_of(std::size_t run) const;
  std::optional<std::size_t> run_of(const std::string& configuration) const;
  void seek();
  EventId event_here() const;
  void stand_at(EventId event);
  void tick();
  Look first_look() const;

  Session session_;
  ViewState state_;
  Opening opening_;
  std::shared_ptr<const Frame> frame_;
  std::vector<draw::DivergenceTracks> tracks_;
  std::vector<ThreadCursor> threads_;
  std::vector<draw::TrafficTrack> traffic_;
  std::optional<Pin> pinned_;
  std::map<std::pair<std::size_t, std::size_t>, QString> partings_;  // empty: looked for
  std::size_t run_ = 0;                                              // whose panels are shown
  QTimer clock_;
  double speed_ = 0.25;
  bool second_future_awaited_ = false;
};

}  // namespace cleave::gui
