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
  Time end{1};                        // of that future: moments are kept within it
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

  // The first look; there is no way back from it.
  void begin(const Look& look);
  Time end() const { return look_.end; }

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
  // At once: another future, say, and the one that it is compared with.
  void look_at(const Look& look);
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

  Look look_;
  std::vector<Look> trail_;
  std::size_t here_ = 0;
};

}  // namespace cleave::gui
