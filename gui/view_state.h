// The one thing that all panels look at: which future, which moment, which window of time, which
// selection. Panels change it and are told of changes; they do not know each other. Keeps the way
// back, as a browser does.
#pragma once
#include "sim/draw/view.h"

#include <QObject>
#include <cstddef>
#include <optional>
#include <vector>

namespace cleave::gui {

struct Look {
  std::size_t run = 0;
  std::optional<std::size_t> beside;  // the future that is compared with it
  draw::View view;
  std::optional<EventId> event;  // of several at view.at, the last that has happened; none: all
  bool operator==(const Look&) const = default;
};

class ViewState : public QObject {
  Q_OBJECT

 public:
  const Look& look() const { return look_; }
  const draw::View& view() const { return look_.view; }
  std::size_t run() const { return look_.run; }

  // For a run from its start to `end`: moments are kept within it.
  void begin(const Look& look, Time end);
  Time end() const { return end_; }

  void set_time(Time at);  // and moves the window along, if the cursor would leave it
  void set_event(EventId event, Time at);
  void set_window(Time from, Time to);
  void zoom(double factor, Time around);
  void pan(double share);  // of the window's width
  // Of a verdict, its witness too, until nothing is selected.
  void select(draw::Target target);
  void set_pair(NodeId left, NodeId right);
  void swap_pair();
  void set_reference(NodeId replica);
  void set_store(StoreId store);
  void set_conversation(std::uint32_t conversation);
  void set_hidden(NodeId node, bool hidden);
  // Another future, which ends at `end`, and the one that it is compared with.
  void set_run(std::size_t run, Time end, std::optional<std::size_t> beside);
  void set_beside(std::optional<std::size_t> run);

  // A place worth coming back to. What follows until the next one is not kept.
  void remember();
  bool can_go_back() const { return here_ > 0; }
  bool can_go_forward() const { return here_ + 1 < trail_.size(); }
  void back();
  void forward();

 Q_SIGNALS:
  void changed();       // anything
  void time_changed();  // the cursor

 private:
  void become(Look look);
  void move_to(Time at, std::optional<EventId> event);
  Look kept_within(Look look) const;

  Look look_;
  Time end_{1};
  std::vector<Look> trail_;
  std::size_t here_ = 0;
};

}  // namespace cleave::gui
